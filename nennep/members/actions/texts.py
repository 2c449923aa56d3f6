"""Texts about an organisation that are read above it: no secret, and no name of its people."""

from django.utils.translation import gettext as _

from nennep.core import clock
from nennep.core.fields import holding_on
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.text import nfc, tidy
from nennep.members.models import Member, MemberQuerySet
from nennep.organisation.models import Unit

LONGEST_LINE = 500
LONGEST_TEXT = 5_000


def text_about(unit: Unit, text: str, *, field: str) -> str:
    """The text as it is kept: of the organisation, with no secret and no name of its people.

    Texts of supervision are read above the cell, where names are not; findings on persons belong
    to nobody's machine. A unit of figures only gets no text at all.
    """
    text = nfc(text).strip()
    refuse_secret(text)
    if len(text) > LONGEST_TEXT:
        raise Refusal(_("The text is too long. Shorten it."), code="too_long", field=field)
    if not text:
        return text
    if unit.is_figures_only:
        raise Refusal(
            _("“%(unit)s” keeps figures only. Write it in the paper book.") % {"unit": unit.name},
            code="figures_only",
            field=field,
        )
    _refuse_names(unit, text, field)
    return text


def line_about(unit: Unit, text: str, *, field: str, longest: int = LONGEST_LINE) -> str:
    """The same on one line."""
    line = tidy(text)
    if len(line) > longest:
        raise Refusal(
            _("Shorten it to %(count)s characters.") % {"count": longest},
            code="too_long",
            field=field,
        )
    return text_about(unit, line, field=field)


def _refuse_names(unit: Unit, text: str, field: str) -> None:
    found = tidy(text).casefold()
    names = _people_of(unit).order_by("sort_key").values_list("full_name", flat=True)
    named = next((name for name in names if tidy(name).casefold() in found), None)
    if named is not None:
        raise Refusal(
            _(
                "Write about the organisation, not about persons: “%(name)s” belongs to “%(unit)s”."
                " Say “the secretary”, “one member”."
            )
            % {"name": named, "unit": unit.name},
            code="names_a_person",
            field=field,
        )


def _people_of(unit: Unit) -> MemberQuerySet:
    """On the roll of a cell today; of a committee those who hold a post in it."""
    today = clock.today()
    if unit.is_cell:
        return Member.objects.filter(holding_on(today, "standings__"), standings__unit=unit)
    return Member.objects.filter(
        holding_on(today, "positions__"), positions__body__unit=unit
    ).distinct()
