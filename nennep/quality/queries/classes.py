"""The monthly class table: every cell of a unit, its meeting, its points and class; none is hidden."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID

from django.utils.translation import gettext as _

from nennep.core import clock
from nennep.core.fields import holding_on
from nennep.core.periods import month_end
from nennep.meetings.choices import SATISFY_REGULAR, LedgerKind, Outcome
from nennep.meetings.models import Meeting
from nennep.meetings.queries.in_force import hanoi_day
from nennep.meetings.queries.ledger import LedgerRow, cells_under, ledger
from nennep.members.queries import totals_on
from nennep.organisation.models import Placement, Unit
from nennep.quality.choices import MeetingClass
from nennep.quality.models import ScoreSheet
from nennep.quality.queries.filled import with_rubrics
from nennep.quality.queries.words import points_words
from nennep.quality.rules.sheets import Sheet, parse_sheet
from nennep.regulations.models import RuleValue

# What the table tells of a meeting, its roll call, its score and the vote: rows are many, texts long.
SHOWN = (
    "public_id", "kind", "period", "started_at", "unit__code", "roll_call__present",
    "roll_call__required", "score_sheet__rubric_id", "score_sheet__lines", "score_sheet__total",
    "score_sheet__self_class", "score_sheet__voted_class", "score_sheet__official_class",
    "score_sheet__official_reason", "score_sheet__agreed_at", "score_sheet__vote__is_passed",
)  # fmt: skip
NOTED_AT_MOST = 6  # criteria named in a note; the sheet has them all


@dataclass(frozen=True)
class ClassRow:
    """One cell, or a thematic meeting scored by a sheet of its own.

    `klass` is the official class, while that is not decided what the cell says of itself.
    `outcome` is told where no meeting was held.
    """

    code: str
    name: str
    outcome: Outcome | None = None
    is_thematic: bool = False
    meeting: UUID | None = None
    sheet_id: int | None = None
    held_on: date | None = None
    present: int | None = None
    required: int | None = None
    points: Fraction | None = None
    self_class: str = ""
    vote_class: str = ""
    official_class: str = ""
    note: str = ""

    @property
    def own_class(self) -> str:
        return self.vote_class or self.self_class

    @property
    def klass(self) -> str:
        return self.official_class or self.own_class

    @property
    def is_official(self) -> bool:
        return bool(self.official_class)

    @property
    def word(self) -> str:
        return str(MeetingClass(self.klass).label) if self.klass else ""


@dataclass(frozen=True)
class ClassTable:
    """The table of a unit and month, by the structure of that month. `strength`: before, after."""

    unit: Unit
    month: date
    rows: tuple[ClassRow, ...]
    strength: tuple[int, int] = (0, 0)
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def held(self) -> int:
        return sum(1 for row in self.rows if row.meeting is not None)

    @property
    def present(self) -> int:
        return sum(row.present or 0 for row in self.rows)

    @property
    def required(self) -> int:
        return sum(row.required or 0 for row in self.rows)

    @property
    def waiting(self) -> int:
        """Classed by the cell, not by the superior yet."""
        return sum(1 for row in self.rows if row.own_class and not row.official_class)

    @property
    def average(self) -> Fraction | None:
        points = [row.points for row in self.rows if row.points is not None]
        return sum(points, Fraction(0)) / len(points) if points else None


def class_table(unit: Unit, month: date) -> ClassTable:
    """A fixed number of queries, whatever the number of cells."""
    cells = named_apart(unit, month, cells_under(unit, month))
    scored = _scored(cells, month)
    rows = tuple(_rows(unit, month, cells, scored))
    counts = Counter(row.klass for row in rows if row.klass)
    return ClassTable(unit, month, rows, _strength(cells, month), counts)


def named_apart(
    unit: Unit, month: date, cells: dict[int, tuple[str, str]]
) -> dict[int, tuple[str, str]]:
    """A cell further below stands with its committee: many cells of a district share a name."""
    places = Placement.objects.filter(holding_on(month_end(month)), unit_id__in=list(cells))
    further = dict(places.exclude(parent=unit).values_list("unit_id", "parent__name"))
    return {
        pk: (code, f"{name}, {further[pk]}" if pk in further and pk != unit.pk else name)
        for pk, (code, name) in cells.items()
    }


@dataclass(frozen=True, slots=True)
class _Scored:
    meeting: Meeting
    sheet: ScoreSheet | None


def _scored(cells: Iterable[int], month: date) -> dict[str, list[_Scored]]:
    """Closed regular meetings, and thematic ones that have a score, by the code of the cell."""
    meetings = Meeting.objects.closed().filter(unit_id__in=list(cells), period=month)
    meetings = meetings.select_related("unit", "roll_call", "score_sheet__vote").only(*SHOWN)
    rows = list(meetings.order_by("unit_id", "started_at", "id"))
    sheets = [sheet for row in rows if (sheet := getattr(row, "score_sheet", None)) is not None]
    with_rubrics(sheets)
    found: dict[str, list[_Scored]] = {}
    for meeting in rows:
        sheet = getattr(meeting, "score_sheet", None)
        if meeting.kind in SATISFY_REGULAR or sheet is not None:
            found.setdefault(meeting.unit.code, []).append(_Scored(meeting, sheet))
    return found


def _rows(
    unit: Unit,
    month: date,
    cells: dict[int, tuple[str, str]],
    scored: dict[str, list[_Scored]],
) -> Iterator[ClassRow]:
    """In the order of the ledger; a cell of which nothing is expected stands there if it met."""
    outcomes = {row.cell_code: row for row in ledger(unit, month).rows if row.kind == LedgerKind.REGULAR}  # fmt: skip
    sheets: dict[int, Sheet] = {}
    for code, name in sorted(cells.values()):
        found = scored.get(code, [])
        if not any(each.meeting.kind in SATISFY_REGULAR for each in found):
            yield from _missing(code, name, outcomes.get(code))
        for each in found:
            yield _row(code, name, each, sheets)


def _missing(code: str, name: str, row: LedgerRow | None) -> Iterator[ClassRow]:
    if row is not None:
        yield ClassRow(code, name, row.outcome, note=str(row.outcome.label))


def _row(code: str, name: str, each: _Scored, sheets: dict[int, Sheet]) -> ClassRow:
    meeting, sheet = each.meeting, each.sheet
    roll_call = getattr(meeting, "roll_call", None)
    agreed = sheet if sheet is not None and sheet.is_agreed else None
    return ClassRow(
        code,
        name,
        is_thematic=meeting.kind not in SATISFY_REGULAR,
        meeting=meeting.public_id,
        sheet_id=agreed.pk if agreed else None,
        held_on=hanoi_day(meeting.started_at) if meeting.started_at else None,
        present=roll_call.present if roll_call else None,
        required=roll_call.required if roll_call else None,
        points=Fraction(agreed.total) if agreed and agreed.total is not None else None,
        self_class=agreed.self_class if agreed else "",
        vote_class=agreed.vote_class if agreed else "",
        official_class=sheet.official_class if sheet else "",
        note=_note(agreed, sheets),
    )


def _note(sheet: ScoreSheet | None, sheets: dict[int, Sheet]) -> str:
    """Where points were lost, and why the superior decided otherwise."""
    if sheet is None:
        return _("not scored")
    parts = list(_lost(sheet, sheets))
    left = len(parts) - NOTED_AT_MOST
    if left > 0:
        parts = [*parts[:NOTED_AT_MOST], _("and %(count)s more") % {"count": left}]
    if sheet.official_reason:
        parts.append(_("superior: %(reason)s") % {"reason": sheet.official_reason})
    return "; ".join(parts)


def _lost(sheet: ScoreSheet, sheets: dict[int, Sheet]) -> Iterator[str]:
    rubric = sheets.get(sheet.rubric_id)
    if rubric is None:
        rubric = sheets[sheet.rubric_id] = parse_sheet(sheet.rubric.value)
    for criterion in rubric.lines:
        value, _origin, _reason = sheet.line(criterion.code)
        if value is False:
            yield _("%(code)s not met") % {"code": criterion.code}
        elif value is not None and value is not True and criterion.max and not criterion.is_bonus:
            lost = criterion.max - Fraction(value)
            if lost > 0:
                yield f"{criterion.code}: −{points_words(lost)}"


def _strength(cells: Iterable[int], month: date) -> tuple[int, int]:
    """Members on the rolls the day before the month, and on its last day or today."""
    ids = list(cells)
    last = min(month_end(month), clock.today())
    before, after = totals_on(ids, month - timedelta(days=1)), totals_on(ids, last)
    return sum(before.values()), sum(after.values())


def legend(table: ClassTable) -> list[tuple[str, str, str]]:
    """Code and title of the criteria that notes name, once for each sheet: title of sheet, code, title."""
    ids = {row.sheet_id for row in table.rows if row.sheet_id is not None}
    rubrics = ScoreSheet.objects.filter(pk__in=ids).order_by().values_list("rubric_id").distinct()
    found = []
    for rubric in RuleValue.objects.filter(pk__in=rubrics).order_by("pk"):
        sheet = parse_sheet(rubric.value)
        found += [(sheet.title, c.code, c.title) for c in sheet.lines]
    return found
