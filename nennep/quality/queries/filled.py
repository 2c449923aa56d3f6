"""Score sheets filled in: by facts alone, or as a cell agreed them. For one meeting or a city's month."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import Any
from uuid import UUID

from nennep.meetings.choices import MeetingKind
from nennep.meetings.models import Meeting
from nennep.meetings.queries.timelines import Calendar
from nennep.members.queries.among import among
from nennep.quality.choices import Origin, SheetKind
from nennep.quality.models import ScoreSheet
from nennep.quality.queries.facts import TOGETHER, FoundFacts, facts_of
from nennep.quality.rules.facts import MeetingFacts
from nennep.quality.rules.in_force import KEYS, QualityRules
from nennep.quality.rules.scoring import Line, Score, propose, score
from nennep.quality.rules.sheets import Sheet, parse_sheet
from nennep.regulations.models import RuleValue
from nennep.regulations.queries import RuleBook
from nennep.regulations.rules import RuleSource

# Which sheet a meeting is scored by. A combined session is the month's regular meeting.
SHEET_OF = {
    MeetingKind.REGULAR: SheetKind.REGULAR,
    MeetingKind.COMBINED: SheetKind.REGULAR,
    MeetingKind.THEMATIC: SheetKind.THEMATIC,
}


@dataclass(frozen=True, slots=True)
class SheetInForce:
    """A sheet and where it comes from; `rubric` is the public id of its rule."""

    sheet: Sheet
    source: RuleSource

    @property
    def rubric(self) -> UUID:
        return UUID(self.source.public_id)


@dataclass(frozen=True)
class Filled:
    """The sheet of one meeting: `now` as the facts stand, `agreed` as the cell agreed it."""

    found: FoundFacts
    held_by: SheetInForce
    now: Score
    kept: ScoreSheet | None = None
    agreed: Score | None = None

    @property
    def sheet(self) -> Sheet:
        return self.held_by.sheet

    @property
    def shown(self) -> Score:
        return self.agreed or self.now

    @property
    def facts(self) -> MeetingFacts:
        """Those the shown score rests on."""
        return MeetingFacts.of(self.kept.facts) if self.kept and self.agreed else self.found.facts

    @property
    def changed(self) -> list[tuple[Line, Line]]:
        """Lines the facts decided, and would decide otherwise as they stand now."""
        if self.agreed is None:
            return []
        pairs = zip(self.agreed.lines, self.now.lines, strict=True)
        return [(old, new) for old, new in pairs if _is_overtaken(old, new)]


def _is_overtaken(old: Line, new: Line) -> bool:
    """A line that a person set stands; so does one the facts no longer say anything of."""
    if old.origin != Origin.FACT or not new.is_set:
        return False
    return (old.points, old.is_met) != (new.points, new.is_met)


def sheet_in_force(found: FoundFacts, book: RuleBook) -> SheetInForce | None:
    """The sheet at the place of the cell on the day of the meeting; None where there is none."""
    kind = SHEET_OF.get(MeetingKind(found.kind))
    if kind is None:
        return None
    rule = book.in_force(QualityRules, found.path, found.held_on)
    sheet = rule.values.sheet_for(kind)
    source = rule.source_of(KEYS[kind].partition(".")[2])
    return SheetInForce(sheet, source) if sheet and source else None


def filled_sheets(
    meeting_ids: Iterable[int], *, with_kept: bool = True, calendar: Calendar | None = None
) -> Iterator[Filled]:
    """The sheets of these meetings in the order of their ids; those without a sheet are left out."""
    book, calendar, ids = RuleBook.load(), calendar or Calendar(), iter(meeting_ids)
    known: dict[int, SheetInForce] = {}
    while chunk := list(islice(ids, TOGETHER)):
        kept = _kept(chunk) if with_kept else {}
        for found in facts_of(chunk, calendar):
            filled = _filled(found, kept.get(found.meeting_id), book, known)
            if filled is not None:
                yield filled


def filled_sheet(meeting: Meeting) -> Filled | None:
    """None where the meeting was not opened, or no sheet is in force for it."""
    return next(filled_sheets([meeting.pk]), None)


def _kept(ids: list[int]) -> dict[int, ScoreSheet]:
    rows = ScoreSheet.objects.filter(pk__in=ids).select_related("vote", "scorer")
    return {row.pk: row for row in with_rubrics(rows)}


def with_rubrics(sheets: Iterable[ScoreSheet]) -> list[ScoreSheet]:
    """Each with its rubric, read once however many were scored by it: a rubric is a page of text."""
    rows = list(sheets)
    values = RuleValue.objects.select_related("basis").in_bulk({row.rubric_id for row in rows})
    for row in rows:
        row.rubric = values[row.rubric_id]
    return rows


def scored_among(meeting_ids: Collection[int]) -> set[int]:
    """Those of these meetings whose self-score is agreed and kept: the step of scoring was done."""
    kept = ScoreSheet.objects.filter(pk__in=among(meeting_ids), agreed_at__isnull=False)
    return set(kept.order_by().values_list("pk", flat=True))


def _filled(
    found: FoundFacts, kept: ScoreSheet | None, book: RuleBook, known: dict[int, SheetInForce]
) -> Filled | None:
    if kept is not None and kept.is_agreed:
        held_by = known.get(kept.rubric_id)
        if held_by is None:
            held_by = known[kept.rubric_id] = scored_by(kept.rubric)
        now = score(held_by.sheet, found.facts)
        return Filled(found, held_by, now, kept, agreed_score(held_by.sheet, kept))
    in_force = sheet_in_force(found, book)
    if in_force is None:
        return None
    return Filled(found, in_force, score(in_force.sheet, found.facts), kept)


def scored_by(rubric: RuleValue) -> SheetInForce:
    """The sheet a score was agreed by, whatever is in force since."""
    return SheetInForce(parse_sheet(rubric.value), rubric.entry().source)


def agreed_score(sheet: Sheet, kept: ScoreSheet) -> Score:
    """As it was agreed: nothing is worked out again but what the facts of then proposed."""
    facts = MeetingFacts.of(kept.facts)
    lines = []
    for criterion in sheet.lines:
        value, origin, reason = kept.line(criterion.code)
        is_met = value if isinstance(value, bool) else None
        lines.append(
            Line(
                criterion,
                is_asked=value is not None,
                proposal=propose(criterion, facts),
                points=None if value is None or is_met is not None else Fraction(value),
                is_met=is_met,
                origin=origin,
                reason=reason,
            )
        )
    total = None if kept.total is None else Fraction(kept.total)
    return Score(tuple(lines), total, kept.self_class or None)


def kept_lines(found: Score) -> dict[str, list[Any]]:
    """As they are stored; lines that were not asked are left out, reasons only where there are."""
    return {
        line.criterion.code: [
            number_of(line.points) if line.is_met is None else line.is_met,
            line.origin,
            *([line.reason] if line.reason else []),
        ]
        for line in found.lines
        if line.is_asked and line.is_set
    }


def number_of(points: Fraction | None) -> int | str | None:
    """Whole numbers as they are, others as text, so that they stay exact."""
    if points is None:
        return None
    return int(points) if points.denominator == 1 else str(points)
