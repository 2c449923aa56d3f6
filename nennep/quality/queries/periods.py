"""The roll-up of a half-year or a year: the classes of a cell's months, and what they make."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from nennep.core import clock
from nennep.core.periods import Period, add_months
from nennep.meetings.choices import SATISFY_REGULAR, LedgerKind, Outcome
from nennep.meetings.queries.ledger import CellInMonth, cells_in_months, cells_under
from nennep.meetings.queries.timelines import Calendar
from nennep.organisation.models import Unit
from nennep.quality.choices import MeetingClass, Part
from nennep.quality.models import ScoreSheet
from nennep.quality.queries.classes import named_apart
from nennep.quality.rules.in_force import QualityRules
from nennep.quality.rules.years import MonthResult, YearRules, average, period_class
from nennep.regulations.queries import RuleBook

HELD = (Outcome.HELD, Outcome.LATE)


def period_of(year: int, part: str) -> Period:
    """A calendar year, or its first or second half."""
    first = date(year, 7 if part == Part.SECOND else 1, 1)
    return Period(first, add_months(first, 11 if part == Part.YEAR else 5))


@dataclass(frozen=True)
class PeriodRow:
    """One cell: what became of each month, and the class of the period by the rule in force."""

    code: str
    name: str
    months: Mapping[date, MonthResult]
    klass: str | None
    rules: YearRules | None

    def count(self, klass: str) -> int:
        return sum(1 for month in self.months.values() if month.klass == klass)

    @property
    def counts(self) -> list[tuple[str, int]]:
        return [(klass, self.count(klass)) for klass in MeetingClass.values]

    @property
    def average(self) -> Fraction | None:
        return average(list(self.months.values()))

    @property
    def held(self) -> int:
        return sum(1 for month in self.months.values() if month.is_expected and month.is_held)

    @property
    def expected(self) -> int:
        return sum(1 for month in self.months.values() if month.is_expected)

    @property
    def word(self) -> str:
        return str(MeetingClass(self.klass).label) if self.klass else ""


@dataclass(frozen=True)
class PeriodTable:
    unit: Unit
    period: Period
    part: str
    rows: Sequence[PeriodRow]
    is_over: bool

    @property
    def months(self) -> list[date]:
        return self.period.months

    @property
    def counts(self) -> list[tuple[str, int]]:
        return [
            (str(klass.label), sum(1 for row in self.rows if row.klass == klass))
            for klass in MeetingClass
        ]

    @property
    def has_rule(self) -> bool:
        return any(row.rules is not None for row in self.rows)


def period_table(unit: Unit, year: int, part: str) -> PeriodTable:
    """A fixed number of queries. Only what is due by today counts; official classes alone."""
    period, today = period_of(year, part), clock.today()
    last = min(period.last, today.replace(day=1))
    cells = named_apart(unit, last, cells_under(unit, last))
    calendar, book = Calendar(), RuleBook.load()
    classes = _classes(cells, period)
    months: dict[int, dict[date, MonthResult]] = defaultdict(dict)
    paths: dict[int, str] = {}
    for cell in cells_in_months(cells, period.first, last, calendar):
        if (result := _month(cell, classes.get((cell.cell_id, cell.month)), today)) is not None:
            months[cell.cell_id][cell.month] = result
        paths[cell.cell_id] = cell.place.path
    day = min(period.last_day, today)
    rows = []
    for cell_id, (code, name) in sorted(cells.items(), key=lambda pair: pair[1]):
        rule = book.in_force(QualityRules, paths.get(cell_id, unit.path), day).values
        rules = rule.year if part == Part.YEAR else rule.half_year
        klass = period_class(list(months[cell_id].values()), rules)
        rows.append(PeriodRow(code, name, months[cell_id], klass, rules))
    return PeriodTable(unit, period, part, rows, is_over=period.last_day < today)


def _classes(
    cells: Mapping[int, tuple[str, str]], period: Period
) -> dict[tuple[int, date], tuple[str | None, Fraction | None]]:
    """Official class and points of the regular meeting, by cell and month."""
    sheets = ScoreSheet.objects.counted().filter(
        meeting__unit_id__in=list(cells),
        meeting__period__range=(period.first, period.last),
        meeting__kind__in=sorted(SATISFY_REGULAR),
    )
    columns = ("meeting__unit_id", "meeting__period", "official_class", "total")
    return {
        (cell_id, month): (klass or None, None if total is None else Fraction(total))
        for cell_id, month, klass, total in sheets.order_by().values_list(*columns)
    }


def _month(
    cell: CellInMonth, found: tuple[str | None, Fraction | None] | None, today: date
) -> MonthResult | None:
    """None where nothing was expected, or its time is not over and it was not held."""
    outcomes = {row.expected.kind: row.expected.outcome(today) for row in cell.rows}
    regular = outcomes.get(LedgerKind.REGULAR)
    thematic = outcomes.get(LedgerKind.THEMATIC)
    is_regular_due = regular not in {None, Outcome.PENDING}
    is_thematic_due = thematic not in {None, Outcome.PENDING}
    if not is_regular_due and not is_thematic_due:
        return None
    klass, points = found or (None, None)
    return MonthResult(
        is_expected=is_regular_due,
        is_held=regular in HELD,
        thematic_expected=int(is_thematic_due),
        thematic_held=int(thematic in HELD),
        klass=klass,
        points=points,
    )
