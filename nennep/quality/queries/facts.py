"""The facts of meetings that score sheets rest on, for one meeting or for a city's month.

Everything is read in sets: the number of queries does not depend on how many meetings are asked
for, and one meeting is answered by the same code as thousands.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Model, Q, QuerySet

from nennep.core import clock
from nennep.meetings.choices import SATISFY_THEMATIC, MeetingKind
from nennep.meetings.models import AgendaItem, Guest, Meeting, ResolutionItem, Vote
from nennep.meetings.queries.facts import Details, Turnout, proofs, proven_above
from nennep.meetings.queries.in_force import hanoi_day
from nennep.meetings.queries.timelines import Calendar, path_on, timelines
from nennep.meetings.rules import MeetingRules
from nennep.meetings.rules.ledger import Timeline
from nennep.meetings.rules.length import minimum_minutes
from nennep.meetings.rules.steps import judge_steps, steps_of
from nennep.members.choices import PositionTitle
from nennep.members.models import Position
from nennep.members.queries.positions import CELL_BODIES
from nennep.quality.queries.answers import Answered, answered_for
from nennep.quality.queries.excuses import long_excuses
from nennep.quality.rules.facts import MeetingFacts

TOGETHER = 1_000  # meetings that are read together
DEPUTIES = (PositionTitle.DEPUTY, PositionTitle.STANDING_DEPUTY)
COLUMNS = (
    "id", "unit_id", "kind", "period", "started_at", "ended_at", "closed_at", "invited_at",
    "superior_told_at", "papers_sent_at", "finished_sent_at", "steps_marked_at", "skipped_steps",
    "minutes_adopted_at", "chair_name", "minute_taker_name", "dues_paid", "closing_text",
    "roll_call__taken_at", "roll_call__is_typed", "roll_call__official", "roll_call__probationary",
    "roll_call__required", "roll_call__present", "roll_call__unexcused", "roll_call__speakers",
)  # fmt: skip
CONCLUDING = ("resolution", "conclusion")


@dataclass(frozen=True, slots=True)
class FoundFacts:
    """The facts of one meeting, and where its cell stood on the day."""

    meeting_id: int
    unit_id: int
    kind: str
    held_on: date
    path: str
    facts: MeetingFacts


@dataclass(slots=True)
class Around:
    """What was recorded beside the meetings themselves."""

    details: Details = field(default_factory=Details)
    passed: set[int] = field(default_factory=set)
    committee: dict[tuple[int, date], date] = field(default_factory=dict)
    thematic: set[tuple[int, date]] = field(default_factory=set)
    lives: dict[int, Timeline] = field(default_factory=dict)
    deputies: set[int] = field(default_factory=set)
    answered: dict[int, Answered] = field(default_factory=dict)
    excused: dict[int, int] = field(default_factory=dict)


def facts_of(meeting_ids: Iterable[int], calendar: Calendar | None = None) -> Iterator[FoundFacts]:
    """Facts of meetings that were opened, in chunks; others are passed over."""
    calendar, ids = calendar or Calendar(), iter(meeting_ids)
    while chunk := list(islice(ids, TOGETHER)):
        yield from _chunk(chunk, calendar)


def facts_of_one(meeting: Meeting) -> FoundFacts | None:
    """None while the meeting has not been opened."""
    return next(facts_of([meeting.pk]), None)


def _chunk(ids: Sequence[int], calendar: Calendar) -> Iterator[FoundFacts]:
    rows = _rows(ids)
    if not rows:
        return
    around = _around(rows, calendar)
    for row in rows:
        yield _facts_of(row, around, calendar)


def _rows(ids: Sequence[int]) -> list[dict[str, Any]]:
    opened = Meeting.objects.filter(pk__in=ids, started_at__isnull=False)
    rows = list(opened.order_by("pk").values(*COLUMNS))
    for row in rows:
        row["held_on"] = hanoi_day(row["started_at"])
        row["has_roll_call"] = row["roll_call__taken_at"] is not None
        row["is_adopted"] = row["minutes_adopted_at"] is not None
    return rows


def _around(rows: Sequence[dict[str, Any]], calendar: Calendar) -> Around:
    ids = [row["id"] for row in rows]
    cells = sorted({row["unit_id"] for row in rows})
    around = Around(lives=timelines(cells))
    _read_items(around.details, ids)
    votes = Vote.objects.filter(meeting_id__in=ids).order_by()
    for meeting_id, subject, is_passed in votes.values_list("meeting_id", "subject", "is_passed"):
        around.details.voted.add(meeting_id)
        if is_passed and subject in CONCLUDING:
            around.passed.add(meeting_id)
    around.details.tasked = _with(ResolutionItem.objects.all(), "resolution__meeting", ids)
    around.details.with_guests = _with(Guest.objects.all(), "meeting", ids)
    around.details.shown_above = proven_above(ids)
    _read_same_month(around, rows, cells)
    around.deputies = _deputies(rows, cells)
    around.answered = answered_for(rows)
    around.excused = long_excuses(
        rows, {row["id"]: _rules(row, around, calendar).max_excused_running for row in rows}
    )
    return around


def _read_items(details: Details, ids: Sequence[int]) -> None:
    items = AgendaItem.objects.filter(meeting_id__in=ids).annotate(
        has_conclusion=ExpressionWrapper(~Q(conclusion=""), output_field=BooleanField())
    )
    columns = items.order_by().values_list("meeting_id", "step", "has_conclusion")
    for meeting_id, step, has_conclusion in columns.iterator():
        details.steps_on_agenda[meeting_id].add(step)
        if has_conclusion:
            details.concluded.add(meeting_id)


def _with(rows: QuerySet[Model], way: str, ids: Sequence[int]) -> set[int]:
    found = rows.filter(**{f"{way}_id__in": ids}).order_by()
    return set(found.values_list(f"{way}_id", flat=True).distinct())


def _read_same_month(around: Around, rows: Sequence[dict[str, Any]], cells: Sequence[int]) -> None:
    """Committee meetings with closed minutes, and thematic meetings begun, by cell and month."""
    months = sorted({row["period"] for row in rows})
    meetings = Meeting.objects.live().filter(
        unit_id__in=cells, period__in=months, started_at__isnull=False
    )
    wanted = meetings.filter(kind__in=[MeetingKind.CELL_COMMITTEE, *SATISFY_THEMATIC]).order_by()
    columns = ("unit_id", "period", "kind", "started_at", "closed_at")
    for unit_id, period, kind, started_at, closed_at in wanted.values_list(*columns):
        if kind != MeetingKind.CELL_COMMITTEE:
            around.thematic.add((unit_id, period))
        elif closed_at is not None:
            day = hanoi_day(started_at)
            known = around.committee.get((unit_id, period), day)
            around.committee[unit_id, period] = min(known, day)


def _deputies(rows: Sequence[dict[str, Any]], cells: Collection[int]) -> set[int]:
    """Meetings on whose day the cell had a deputy secretary."""
    days = {row["held_on"] for row in rows}
    posts = Position.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=min(days)),
        valid_from__lte=max(days),
        title__in=DEPUTIES,
        body__kind__in=CELL_BODIES,
        body__unit_id__in=cells,
    )
    spans: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
    for unit_id, since, until in posts.values_list("body__unit_id", "valid_from", "valid_to"):
        spans[unit_id].append((since, until))
    return {
        row["id"]
        for row in rows
        if any(
            since <= row["held_on"] and (until is None or row["held_on"] <= until)
            for since, until in spans[row["unit_id"]]
        )
    }


def _path(row: dict[str, Any], around: Around) -> str:
    return path_on(around.lives.get(row["unit_id"]), row["held_on"])


def _rules(row: dict[str, Any], around: Around, calendar: Calendar) -> MeetingRules:
    return calendar.rules_on(_path(row, around), row["held_on"])


def _facts_of(row: dict[str, Any], around: Around, calendar: Calendar) -> FoundFacts:
    rules = _rules(row, around, calendar)
    cell_month = (row["unit_id"], row["period"])
    answered = around.answered.get(row["id"], Answered())
    has_preparers = _had_committee(row, around) or row["id"] in around.deputies
    met = around.committee.get(cell_month)
    facts = MeetingFacts(
        kind=row["kind"],
        has_thematic=row["kind"] in SATISFY_THEMATIC or cell_month in around.thematic,
        has_preparers=has_preparers,
        minutes=_minutes(row),
        minimum=minimum_minutes(row["kind"], _strength(row), rules),
        in_time=_in_time(row, rules),
        present=row["roll_call__present"],
        required=row["roll_call__required"],
        unexcused=row["roll_call__unexcused"],
        excused_running=around.excused.get(row["id"]),
        speakers=_speakers(row),
        committee_met=met is not None and met <= row["held_on"] if has_preparers else None,
        members_told=row["invited_at"] is not None,
        superior_told=row["superior_told_at"] is not None,
        papers_days=_days_before(row),
        papers_sent=row["papers_sent_at"] is not None,
        steps_missing=_steps_missing(row, around, rules),
        minutes_adopted=row["is_adopted"] or row["closed_at"] is None,
        is_adoption_open=not row["is_adopted"] and row["closed_at"] is None,
        concluded=bool(row["closing_text"])
        or row["id"] in around.details.concluded
        or row["id"] in around.passed,
        finished_days=_days_after(row),
        is_finished_open=row["finished_sent_at"] is None,
        done=answered.done,
        due=answered.due,
    )
    return FoundFacts(
        row["id"], row["unit_id"], row["kind"], row["held_on"], _path(row, around), facts
    )


def _had_committee(row: dict[str, Any], around: Around) -> bool:
    life = around.lives.get(row["unit_id"])
    return life is not None and life.had_committee_on(row["held_on"])


def _minutes(row: dict[str, Any]) -> int | None:
    if row["ended_at"] is None:
        return None
    return int((row["ended_at"] - row["started_at"]).total_seconds() // 60)


def _strength(row: dict[str, Any]) -> int:
    return (row["roll_call__official"] or 0) + (row["roll_call__probationary"] or 0)


def _in_time(row: dict[str, Any], rules: MeetingRules) -> bool | None:
    """By the end of the grace of the month it is for; None where no due day is set."""
    if rules.due_day is None:
        return None
    last = max(rules.due_day, rules.grace_days or rules.due_day)
    return bool(row["held_on"] <= row["period"].replace(day=last))


def _speakers(row: dict[str, Any]) -> int | None:
    """Where only totals are kept, nobody may have counted who spoke."""
    if not row["has_roll_call"] or (row["roll_call__is_typed"] and not row["roll_call__speakers"]):
        return None
    return int(row["roll_call__speakers"])


def _days_before(row: dict[str, Any]) -> int:
    """−1 where the papers were not sent, or only after the meeting."""
    sent: datetime | None = row["papers_sent_at"]
    held_on: date = row["held_on"]
    return max((held_on - hanoi_day(sent)).days, -1) if sent else -1


def _days_after(row: dict[str, Any]) -> int:
    sent: datetime | None = row["finished_sent_at"]
    held_on: date = row["held_on"]
    return max(((hanoi_day(sent) if sent else clock.today()) - held_on).days, 0)


def _steps_missing(row: dict[str, Any], around: Around, rules: MeetingRules) -> int | None:
    steps = steps_of(row["kind"], rules)
    if steps is None:
        return None
    turnout = Turnout(spoke=row["roll_call__speakers"] or 0)
    verdict = judge_steps(
        steps,
        is_declared=row["steps_marked_at"] is not None,
        skipped=frozenset(row["skipped_steps"]),
        on_agenda=frozenset(around.details.steps_on_agenda.get(row["id"], ())),
        proofs=proofs(row, around.details, turnout),
    )
    return len(verdict.missing)
