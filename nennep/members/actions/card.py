"""The number of the Party card: optional, stored sealed, found again only by its fingerprint."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.core import sealed_texts
from nennep.core.person import Person
from nennep.core.refusal import Refusal
from nennep.members.actions.ground import locked, told
from nennep.members.models import Member
from nennep.members.queries import CARD, members_with_card
from nennep.members.rules import LONGEST_CARD, SHORTEST_CARD, plain_card_number


@transaction.atomic
def set_card_number(member: Member, number: str, *, by: Person) -> Member:
    """The number, or none where it is empty. The trail says that it changed, never what it is."""
    member = locked(member)
    plain = _clean(number)
    _refuse_second_holder(member, plain, by)
    write_card_number(member, plain)
    told("card number set" if plain else "card number removed", member, [], by=by)
    return member


def write_card_number(member: Member, plain: str) -> None:
    sealed, mark = "", ""
    if plain:
        sealed = sealed_texts.seal(plain, purpose=CARD, row=member.public_id)
        mark = sealed_texts.blind(plain, purpose=CARD)
    member.sealed_card_number, member.card_mark = sealed, mark
    member.save(update_fields=["sealed_card_number", "card_mark"])


def _clean(number: str) -> str:
    if not number.strip():
        return ""
    plain = plain_card_number(number)
    if plain is None:
        raise Refusal(
            _(
                "“%(text)s” is not a card number. Write its %(least)s to %(most)s letters and digits."
            )
            % {"text": number.strip(), "least": SHORTEST_CARD, "most": LONGEST_CARD},
            code="bad_card_number",
            field="number",
        )
    return plain


def _refuse_second_holder(member: Member, plain: str, by: Person) -> None:
    """Looked for where the person may manage members: nobody learns of a card elsewhere."""
    holder = members_with_card(plain, by).exclude(pk=member.pk).first() if plain else None
    if holder is not None:
        raise Refusal(
            _(
                "This number is recorded for %(name)s, “%(unit)s”. Look at the card again, or join the"
                " two entries if they are one person."
            )
            % {"name": holder.full_name, "unit": holder.unit.name},
            code="card_number_taken",
            field="number",
        )
