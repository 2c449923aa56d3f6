"""Card numbers: who holds one, and what it is for those who manage the member."""

from __future__ import annotations

from nennep.core import sealed_texts
from nennep.core.person import Person
from nennep.members.choices import Can
from nennep.members.models import Member, MemberQuerySet
from nennep.members.rules import plain_card_number

CARD = "card number"


def members_with_card(number: str, person: Person) -> MemberQuerySet:
    """Found by the fingerprint of the whole number, where the person may manage members."""
    plain = plain_card_number(number)
    managed = Member.objects.where_may(person, Can.MANAGE_MEMBERS)
    if plain is None:
        return managed.none()
    mark = sealed_texts.blind(plain, purpose=CARD)
    return managed.filter(card_mark=mark, merged_into__isnull=True).select_related("unit")


def card_number_of(member: Member) -> str | None:
    """The number; empty where none is kept, None where it was sealed with another key."""
    if not member.sealed_card_number:
        return ""
    try:
        return sealed_texts.unseal(member.sealed_card_number, purpose=CARD, row=member.public_id)
    except sealed_texts.Unreadable:
        return None
