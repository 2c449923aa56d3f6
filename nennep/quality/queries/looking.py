"""What of closed meetings deserves a second look, for one meeting or for a city's month.

Read in sets: the number of queries does not depend on how many meetings are asked for. The texts
of a meeting are compared with those of the month before in the same cell, and with no others.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from typing import Any

from nennep.core.periods import add_months
from nennep.meetings.choices import SATISFY_REGULAR
from nennep.meetings.models import AgendaItem, Meeting, Resolution
from nennep.meetings.queries.in_force import hanoi_day
from nennep.meetings.queries.timelines import path_on, timelines
from nennep.organisation.models import Unit
from nennep.quality.queries.facts import TOGETHER
from nennep.quality.queries.filled import SHEET_OF
from nennep.quality.rules.likeness import Shingles, shingles
from nennep.quality.rules.oddities import (
    Finding,
    HeldMeeting,
    OddityRules,
    findings,
    points_of,
)
from nennep.regulations.queries import RuleBook

COLUMNS = ("id", "unit_id", "kind", "period", "started_at", "ended_at")
NOTHING: Shingles = frozenset()


@dataclass(frozen=True, slots=True)
class LookedAt:
    """One meeting, the rules of its day, and what was found."""

    meeting_id: int
    unit_id: int
    period: date
    rules: OddityRules
    found: tuple[Finding, ...]


def meetings_to_look_at(unit: Unit, month: date) -> list[int]:
    """The closed meetings of the month of cells that stand under the unit now."""
    meetings = Meeting.objects.closed().within(unit).filter(period=month, kind__in=list(SHEET_OF))
    return list(meetings.order_by("unit__path", "id").values_list("pk", flat=True))


def look_at(meeting_ids: Iterable[int]) -> Iterator[LookedAt]:
    """In chunks; meetings whose minutes are not closed are passed over."""
    book, ids = RuleBook.load(), iter(meeting_ids)
    while chunk := list(islice(ids, TOGETHER)):
        yield from _chunk(chunk, book)


def _chunk(ids: Sequence[int], book: RuleBook) -> Iterator[LookedAt]:
    rows = list(Meeting.objects.closed().filter(pk__in=ids).order_by("pk").values(*COLUMNS))
    if not rows:
        return
    cells = sorted({row["unit_id"] for row in rows})
    lives, years = timelines(cells), _years(rows, cells)
    before = _months_before(rows, cells)
    texts = _Texts([*ids, *before.values()])
    for row in rows:
        held_on = hanoi_day(row["started_at"])
        rules = book.in_force(OddityRules, path_on(lives.get(row["unit_id"]), held_on), held_on)
        earlier = before.get((row["unit_id"], row["period"]))
        is_regular = row["kind"] in SATISFY_REGULAR
        written, previous = texts.pair(row["id"], earlier if is_regular else None)
        year = years.get(row["unit_id"], ()) if is_regular else ()
        found = findings(
            rules.values,
            minutes=int((row["ended_at"] - row["started_at"]).total_seconds() // 60),
            year=[
                m for m in year if m.month.year == row["period"].year and m.month <= row["period"]
            ],
            written=written,
            before=previous,
        )
        yield LookedAt(row["id"], row["unit_id"], row["period"], rules.values, tuple(found))


def _years(rows: Sequence[dict[str, Any]], cells: Sequence[int]) -> dict[int, list[HeldMeeting]]:
    """The regular meetings of the calendar years of these, by cell, months in order."""
    months = [row["period"] for row in rows]
    held = Meeting.objects.closed().filter(
        unit_id__in=cells,
        kind__in=sorted(SATISFY_REGULAR),
        period__range=(min(months).replace(month=1), max(months)),
    )
    columns = held.order_by("unit_id", "period", "id").values_list(
        "unit_id", "period", "roll_call__present", "roll_call__required", "score_sheet__lines"
    )
    found: dict[int, list[HeldMeeting]] = defaultdict(list)
    for unit_id, month, present, required, lines in columns.iterator():
        found[unit_id].append(
            HeldMeeting(month, present or 0, required or 0, points_of(lines or {}))
        )
    return found


def _months_before(
    rows: Sequence[dict[str, Any]], cells: Sequence[int]
) -> dict[tuple[int, date], int]:
    """The regular meeting of the month before, by cell and the month it is compared with."""
    months = {add_months(row["period"], -1) for row in rows}
    held = Meeting.objects.closed().filter(
        unit_id__in=cells, kind__in=sorted(SATISFY_REGULAR), period__in=months
    )
    columns = held.order_by("id").values_list("unit_id", "period", "id")
    return {(unit_id, add_months(period, 1)): pk for unit_id, period, pk in columns}


class _Texts:
    """What people wrote in these meetings, and the titles that the product or a superior set."""

    def __init__(self, ids: Sequence[int]) -> None:
        self.written: dict[int, list[str]] = defaultdict(list)
        self.titles: dict[int, list[str]] = defaultdict(list)
        items = AgendaItem.objects.filter(meeting_id__in=ids).order_by()
        for pk, title, *texts in items.values_list(
            "meeting_id", "title", "discussion", "conclusion"
        ).iterator():
            self.titles[pk].append(title)
            self.written[pk] += filter(None, texts)
        papers = Resolution.objects.filter(meeting_id__in=ids).order_by()
        around = Meeting.objects.filter(pk__in=ids).order_by()
        for pk, *texts in chain(
            papers.values_list("meeting_id", "last_month", "next_month"),
            around.values_list("id", "opening_text", "closing_text"),
        ):
            self.written[pk] += filter(None, texts)

    def pair(self, one: int, other: int | None) -> tuple[Shingles, Shingles]:
        """The runs of words of both, without those of the titles; nothing where there is one only."""
        if other is None or not self.written[one] or not self.written[other]:
            return NOTHING, NOTHING
        given = shingles(chain(self.titles[one], self.titles[other]))
        return shingles(self.written[one]) - given, shingles(self.written[other]) - given
