"""What deserves a second look, as the cell is told it and as its superior chooses visits by it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nennep.core import clock
from nennep.core.periods import month_of
from nennep.core.person import Person
from nennep.core.scoping import may
from nennep.core.text import vn_percent
from nennep.meetings.queries.additions import Hint
from nennep.organisation.models import Unit
from nennep.quality.choices import Can, OddityKind
from nennep.quality.models import Oddity, OddityQuerySet, Visit


@dataclass(frozen=True, slots=True)
class Told:
    """A point as the cell reads it: what was seen, and how it may have come about."""

    oddity: Oddity

    @property
    def sentence(self) -> str:
        measure = Fraction(self.oddity.measure)
        words = {"count": round(measure), "share": vn_percent(measure, digits=0)}
        return _sentences(self.oddity.kind, round(measure)) % words

    @property
    def help_text(self) -> str:
        return {
            OddityKind.MINUTES_ALIKE: _(
                "The work of two months may well be alike. It may also be that a text was carried"
                " over and not written anew."
            ),
            OddityKind.VERY_SHORT: _(
                "Perhaps the moment of the end was typed in a hurry. If it was typed wrong, add a"
                " correction to the minutes."
            ),
            OddityKind.ALWAYS_FULL: _(
                "If so, all the better: say what the cell does for it. If somebody was missing now"
                " and then, mark it on the next roll call."
            ),
            OddityKind.SCORES_EQUAL: _(
                "The meetings may have been equally good. It may also be that the sheet was not"
                " gone through anew."
            ),
        }[OddityKind(self.oddity.kind)]


def _sentences(kind: str, count: int) -> str:
    return {
        OddityKind.MINUTES_ALIKE: _(
            "%(share)s of what was written stands in the minutes of the month before as well."
        ),
        OddityKind.VERY_SHORT: ngettext(
            "%(count)s minute lies between the start and the end that are recorded.",
            "%(count)s minutes lie between the start and the end that are recorded.",
            count,
        ),
        OddityKind.ALWAYS_FULL: _("%(count)s regular meetings running, everybody was present."),
        OddityKind.SCORES_EQUAL: _(
            "%(count)s meetings running, every criterion has the same points."
        ),
    }[OddityKind(kind)]


def told_to(cell: Unit, person: Person) -> list[Told]:
    """The points of a cell that hold, and those it explained; the latest first."""
    rows = Oddity.objects.visible_to(person).filter(unit=cell)
    rows = rows.filter(Q(still_holds=True) | ~Q(explanation=""))
    return [Told(row) for row in rows.select_related("meeting").order_by("-period", "id")]


def to_choose_from(unit: Unit, person: Person, kind: str = "") -> OddityQuerySet:
    """Points of the cells below whose own time has passed: the latest month first, then by place.

    In no order of how many or how much: it is a list to choose visits from, not a ranking.
    """
    rows = Oddity.objects.visible_to(person).within(unit).standing()
    if kind in OddityKind.values:
        rows = rows.filter(kind=kind)
    return rows.select_related("unit__parent").order_by("-period", "unit__path", "kind")


def planned_for(cell_ids: Collection[int]) -> dict[int, Visit]:
    """By cell, the nearest visit that is planned from this month on."""
    rows = Visit.objects.planned().filter(unit_id__in=cell_ids, month__gte=month_of(clock.today()))
    return {visit.unit_id: visit for visit in rows.order_by("-month", "-pk")}


def alerts(unit: Unit, person: Person) -> Iterator[Hint]:
    """On the first page of the cell, while it has not said anything about them."""
    if not may(person, Can.EXPLAIN_ODDITIES, unit):
        return
    open_ones = Oddity.objects.filter(unit=unit, explanation="").standing()
    if count := open_ones.count():
        yield Hint(
            ngettext(
                "%(count)s point in the minutes deserves a second look. The cell sees it first.",
                "%(count)s points in the minutes deserve a second look. The cell sees them first.",
                count,
            )
            % {"count": count},
            reverse("quality:oddities", args=[unit.code]),
        )
