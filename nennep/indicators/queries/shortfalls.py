"""The cells and months behind a figure: those that keep it from being whole, or that it counts."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q
from django.db.models.expressions import Combinable

from nennep.core import clock
from nennep.core.fields import Total, holding_on
from nennep.core.periods import Period
from nennep.core.person import Person
from nennep.indicators.models import CellMonth, UnitStock
from nennep.indicators.queries.extent import lay_under, then_places, then_under
from nennep.indicators.rules.months import first_running_month
from nennep.meetings.queries.calls import secretaries_shown_to
from nennep.members.queries import PositionHolder
from nennep.organisation.choices import CELL_KINDS
from nennep.organisation.models import Placement, Unit

SHOWN_AT_MOST = 100
# Above so many cells the way down leads through the units below first.
CELLS_AT_MOST = 1500

Condition = Callable[[date], Q]


def _(message: str) -> str:
    """Mark a text for translation; it is translated where it is shown."""
    return message


def _gap(prefix: str, *held: str) -> Condition:
    """Expected, due and not held."""
    met = sum((F(f"{prefix}_{name}") for name in held[1:]), F(f"{prefix}_{held[0]}"))

    def condition(today: date) -> Q:
        is_pending = Q(**{f"{prefix}_unmet__gt": 0}, over_on__gt=today)
        return Q(**{f"{prefix}_expected__gt": met}) & ~is_pending

    return condition


def _fewer(part: str, whole: str) -> Condition:
    return lambda _today: Q(**{f"{part}__lt": F(whole)})


def _some(name: str) -> Condition:
    return lambda _today: Q(**{f"{name}__gt": 0})


def _silent(today: date) -> Q:
    return Q(reg_unmet__gt=0, over_on__lte=today)


def _undone(today: date) -> Q:
    """Due and not done by its day; what is open in a month not over yet is pending."""
    running = first_running_month(today)
    is_over = Q(month__lt=running, task_due__gt=F("task_done"))
    return is_over | Q(month__gte=running, task_due__gt=F("task_done") + F("task_open"))


def _unanswered(today: date) -> Q:
    """Due and not answered by its day; what is open in a month not over yet is pending."""
    running = first_running_month(today)
    is_over = Q(month__lt=running, rec_due__gt=F("rec_in_time"))
    return is_over | Q(month__gte=running, rec_due__gt=F("rec_in_time") + F("rec_open"))


def _undecided(_today: date) -> Q:
    own = F("self_good") + F("self_fair") + F("self_medium") + F("self_poor")
    return ~Q(gap_judged=own)


def _not_good(_today: date) -> Q:
    return Q(official_fair__gt=0) | Q(official_medium__gt=0) | Q(official_poor__gt=0)


_NO_REGULAR = (_("Months without a regular meeting"), _gap("reg", "held", "late"))
_NO_THEMATIC = (_("Quarters without a thematic meeting"), _gap("them", "held"))
_NO_STEP = (_("Months in which a compulsory step was left out"), _fewer("step_complete", "step_judged"))  # fmt: skip

KINDS: Mapping[str, tuple[str, Condition]] = {
    "MTG_REG": _NO_REGULAR,
    "MTG_REG.cells": _NO_REGULAR,
    "MTG_THEM": _NO_THEMATIC,
    "MTG_THEM.cells": _NO_THEMATIC,
    "MTG_STEP": _NO_STEP,
    "MTG_STEP.cells": _NO_STEP,
    "MTG_CC": (_("Months without a cell committee meeting"), _gap("cc", "held")),
    "MTG_LATE": (_("Months in which the meeting was late"), _some("reg_late")),
    "MTG_SILENT": (_("Months neither held nor explained"), _silent),
    "TIME.minimum": (_("Months with a meeting shorter than the minimum"), _fewer("time_met", "time_judged")),
    "ATT_UNEX.absences": (_("Months with absences without a reason"), _some("att_unexcused")),
    "TASK_DONE": (_("Months with a task that was not done by its day"), _undone),
    "TASK_DONE.late": (_("Months with a task that was done later"), _some("task_late")),
    "QUAL.self.medium": (_("Months the cell classed medium"), _some("self_medium")),
    "QUAL.self.poor": (_("Months the cell classed poor"), _some("self_poor")),
    "QUAL.official": (_("Months whose class waits for the superior"), _undecided),
    "QUAL.official.good": (_("Months not officially classed good"), _not_good),
    "QUAL.official.medium": (_("Months officially classed medium"), _some("official_medium")),
    "QUAL.official.poor": (_("Months officially classed poor"), _some("official_poor")),
    "QUAL.gap.above": (_("Months the cell classed better than its superior"), _some("gap_above")),
    "QUAL.gap.below": (_("Months the cell classed worse than its superior"), _some("gap_below")),
    "SUP.visits": (_("Months in which a superior attended"), _some("visits_made")),
    "INSP": (_("Months with an inspection or supervision"), _some("inspections")),
    "INSP.answered": (_("Months with a recommendation not answered by its day"), _unanswered),
    "MODEL": (_("Months with a model meeting"), _some("models_held")),
    "PREP.sent": (_("Months in which papers were sent too late"), _fewer("sent_met", "sent_judged")),
    "PREP.finished": (_("Months in which finished papers were out too late"), _fewer("finished_met", "finished_judged")),
}  # fmt: skip


UNVISITED = "SUP"  # cells, not months, are what is missing there

# Stocks: of how many in a cell it is true, and of how many it should be, on the day.
MEMBERS: Mapping[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "TASK": (_("Cells with working members who have no concrete task"), ("task_members",), ("task_working",)),
    "TASK.any": (_("Cells with working members who have no task at all"), ("task_any",), ("task_working",)),
    "TRAIN": (_("Cells with secretaries, deputies or committee members not trained in the year"),
              ("secretaries_trained", "deputies_trained", "cell_committee_trained"),
              ("secretaries", "deputies", "cell_committee")),
    "TRAIN.secretary": (_("Cells whose secretary was not trained in the year"),
                        ("secretaries_trained",), ("secretaries",)),
    "TRAIN.deputy": (_("Cells with deputies not trained in the year"),
                     ("deputies_trained",), ("deputies",)),
    "TRAIN.committee": (_("Cells with committee members not trained in the year"),
                        ("cell_committee_trained",), ("cell_committee",)),
    "DISS": (_("Cells with members not reached by documents due"),
             ("diss_members_reached",), ("diss_members",)),
    "DISS.cells": (_("Cells that have not made known all documents due"),
                   ("diss_reached",), ("diss_asked",)),
    "EHB": (_("Cells with members without the e-handbook"), ("ehb_installed",), ("ehb_members",)),
    "EHB.liable": (_("Cells with members not exempt without the e-handbook"),
                   ("ehb_installed_liable",), ("ehb_liable",)),
    "EHB.signed_in": (_("Cells with members who cannot sign in to the e-handbook"),
                      ("ehb_signed_in",), ("ehb_members",)),
}  # fmt: skip


@dataclass(frozen=True)
class CellShortfall:
    """A unit and its months, or how many of its members; its secretary beside it."""

    unit: Unit
    months: Sequence[date]
    secretary: PositionHolder | None
    members: tuple[int, int] | None = None


@dataclass(frozen=True)
class Shortfalls:
    """`title` says what the months have in common (a message id); `count` is of all such cells."""

    title: str
    cells: Sequence[CellShortfall]
    count: int
    are_cells: bool = True

    @property
    def left_out(self) -> int:
        return self.count - len(self.cells)

    @property
    def has_months(self) -> bool:
        """False where whole cells are missing, or members of them."""
        return any(cell.months for cell in self.cells)


def shortfalls(unit: Unit, code: str, period: Period, person: Person) -> Shortfalls | None:
    """Cells under the unit by the structure of then, those with most months first.

    None where the figure has no such rows.
    """
    if code == UNVISITED:
        return _unvisited(unit, period, person)
    if code in MEMBERS:
        return _uncovered(unit, code, min(period.last_day, clock.today()), person)
    if code not in KINDS:
        return None
    title, condition = KINDS[code]
    today = clock.today()
    scope = Q(cell=unit) if unit.is_cell else then_under(unit)
    rows = CellMonth.objects.filter(
        condition(today), scope, month__range=(period.first, period.last)
    )
    months: dict[int, list[date]] = defaultdict(list)
    for cell_id, month in rows.order_by("month").values_list("cell_id", "month"):
        months[cell_id].append(month)
    worst = sorted(months, key=lambda cell_id: (-len(months[cell_id]), cell_id))[:SHOWN_AT_MOST]
    units = Unit.objects.select_related("parent").in_bulk(worst)
    secretaries = secretaries_shown_to(person, unit, worst, today)
    cells = [CellShortfall(units[pk], months[pk], secretaries.get(pk)) for pk in worst]
    return Shortfalls(title, cells, len(months), all(units[pk].is_cell for pk in worst))


def _unvisited(unit: Unit, period: Period, person: Person) -> Shortfalls:
    """Cells of the period that no superior attended in it, by their place in the tree."""
    scope = Q(cell=unit) if unit.is_cell else then_under(unit)
    rows = CellMonth.objects.filter(
        scope, month__range=(period.first, period.last), reg_expected__gt=0
    )
    visited = rows.filter(visits_made__gt=0).values("cell_id")
    left = list(
        Unit.objects.filter(pk__in=rows.values("cell_id"))
        .exclude(pk__in=visited)
        .order_by("path")
        .values_list("pk", flat=True)
    )
    shown = left[:SHOWN_AT_MOST]
    units = Unit.objects.select_related("parent").in_bulk(shown)
    secretaries = secretaries_shown_to(person, unit, shown, clock.today())
    cells = [CellShortfall(units[pk], (), secretaries.get(pk)) for pk in shown]
    return Shortfalls(_("Cells that no superior attended"), cells, len(left))


def _uncovered(unit: Unit, code: str, day: date, person: Person) -> Shortfalls:
    """Cells that stood under the unit that day, those with most members first. No names."""
    title, part, whole = MEMBERS[code]
    places = Placement.objects.filter(
        holding_on(day), lay_under(then_places(unit)), kind__in=sorted(CELL_KINDS)
    )
    rows = (
        UnitStock.objects.filter(unit_id__in=places.values("unit_id"), on__lte=day)
        .order_by()
        .values_list("unit_id")
        .annotate(asked=_sum(whole), covered=_sum(part))
        .filter(asked__gt=F("covered"))
    )
    left = {pk: (asked - covered, asked) for pk, asked, covered in rows}
    worst = sorted(left, key=lambda pk: (-left[pk][0], pk))[:SHOWN_AT_MOST]
    units = Unit.objects.select_related("parent").in_bulk(worst)
    secretaries = secretaries_shown_to(person, unit, worst, day)
    cells = [CellShortfall(units[pk], (), secretaries.get(pk), left[pk]) for pk in worst]
    return Shortfalls(title, cells, len(left))


def _sum(columns: Sequence[str]) -> Combinable:
    first, *others = (Total(column) for column in columns)
    return sum(others, start=first)
