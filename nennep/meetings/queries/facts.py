"""What a cell's month adds up to, from its facts, for one cell or for thousands.

Everything is read in sets: the number of queries does not depend on how many cells are asked for.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.db.models import BooleanField, Count, ExpressionWrapper, Model, Q, QuerySet

from nennep.meetings.choices import LedgerKind, MeetingKind, Outcome, Presence
from nennep.meetings.models import AgendaItem, Attendance, Guest, Meeting, ResolutionItem, Vote
from nennep.meetings.queries.in_force import hanoi_day
from nennep.meetings.queries.ledger import (
    CellInMonth,
    Happened,
    Held,
    Row,
    cells_in_months,
    said_in,
    whole_quarters,
)
from nennep.meetings.queries.timelines import Calendar
from nennep.meetings.rules import MeetingRules
from nennep.meetings.rules.length import minimum_minutes
from nennep.meetings.rules.steps import judge_steps, steps_of
from nennep.members.choices import RollStatus

JUDGED_KINDS = (MeetingKind.REGULAR, MeetingKind.COMBINED, MeetingKind.THEMATIC)
REQUIRED = (RollStatus.REQUIRED, RollStatus.HERE)
NOTHING: frozenset[str] = frozenset()


@dataclass(slots=True)
class MonthFacts:
    """The counters of a cell's month; their meaning is that of `indicators.CellMonth`."""

    cell_id: int
    month: date
    path: str
    block: str
    over_on: date
    reg_expected: int = 0
    reg_held: int = 0
    reg_late: int = 0
    reg_excused: int = 0
    reg_waiting: int = 0
    reg_unmet: int = 0
    reg_lateness_judged: int = 0
    them_expected: int = 0
    them_held: int = 0
    them_excused: int = 0
    them_waiting: int = 0
    them_unmet: int = 0
    cc_expected: int = 0
    cc_held: int = 0
    cc_excused: int = 0
    cc_waiting: int = 0
    cc_unmet: int = 0
    step_judged: int = 0
    step_complete: int = 0
    steps_proven: int = 0
    steps_declared: int = 0
    time_judged: int = 0
    time_met: int = 0
    minutes_total: int = 0
    minutes_meetings: int = 0
    att_required: int = 0
    att_present: int = 0
    att_excused: int = 0
    att_unexcused: int = 0
    them_required: int = 0
    them_present: int = 0
    speak_present: int = 0
    speak_spoke: int = 0
    sent_judged: int = 0
    sent_met: int = 0
    finished_judged: int = 0
    finished_met: int = 0


Month = TypeVar("Month", bound=MonthFacts)


@dataclass(slots=True)
class Turnout:
    """Those required to attend one meeting, and what they did."""

    required: int = 0
    present: int = 0
    excused: int = 0
    unexcused: int = 0
    spoke: int = 0


@dataclass(slots=True)
class Details:
    """What was recorded of closed meetings, by meeting id."""

    happened: Happened = field(default_factory=Happened)
    meetings: dict[tuple[int, date], list[dict[str, Any]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    turnouts: dict[int, Turnout] = field(default_factory=dict)
    steps_on_agenda: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    concluded: set[int] = field(default_factory=set)
    voted: set[int] = field(default_factory=set)
    tasked: set[int] = field(default_factory=set)
    with_guests: set[int] = field(default_factory=set)
    shown_above: dict[str, set[int]] = field(default_factory=dict)


AskProof = Callable[[Collection[int]], set[int]]
_proofs: dict[str, AskProof] = {}


def register_proof(name: str, ask: AskProof) -> None:
    """An app above knows of which of these meetings the fact `name` holds (`Step.proven_by`)."""
    _proofs[name] = ask


def proven_above(meeting_ids: Collection[int]) -> dict[str, set[int]]:
    """One question to each app, however many meetings."""
    return {name: ask(meeting_ids) for name, ask in _proofs.items()}


def month_facts(
    cell_ids: Iterable[int],
    first: date,
    last: date,
    calendar: Calendar,
    make: type[Month] = MonthFacts,  # type: ignore[assignment]  # the default of a type variable
) -> Iterator[Month]:
    """Facts of every month of the span in which each cell existed, cell by cell, months in order.

    `make` may be a row that holds more than the meetings know: an app above fills in the rest.
    """
    ids = list(cell_ids)
    details = _details(ids, first, last)
    for cell in cells_in_months(ids, first, last, calendar, details.happened):
        yield _facts_of(cell, details, calendar, make)


def _facts_of(cell: CellInMonth, details: Details, calendar: Calendar, make: type[Month]) -> Month:
    facts = make(cell.cell_id, cell.month, cell.place.path, cell.place.block, cell.over_on)
    for row in cell.rows:
        _count_row(facts, row)
    for meeting in details.meetings.get((cell.cell_id, cell.month), ()):
        rules = calendar.rules_on(cell.place.path, meeting["held_on"])
        _count_meeting(facts, meeting, details, rules)
    return facts


PREFIX = {LedgerKind.REGULAR: "reg", LedgerKind.THEMATIC: "them", LedgerKind.CELL_COMMITTEE: "cc"}


def _count_row(facts: MonthFacts, row: Row) -> None:
    expected, prefix = row.expected, PREFIX[row.expected.kind]
    outcome = expected.settled.value if expected.settled is not None else "unmet"
    setattr(facts, f"{prefix}_expected", 1)
    setattr(facts, f"{prefix}_{outcome}", 1)
    if expected.lateness_is_defined and expected.settled in (Outcome.HELD, Outcome.LATE):
        facts.reg_lateness_judged = 1


def _count_meeting(
    facts: MonthFacts, meeting: dict[str, Any], details: Details, rules: MeetingRules
) -> None:
    turnout = details.turnouts.get(meeting["id"]) or Turnout()
    _count_steps(facts, meeting, details, turnout, rules)
    _count_papers(facts, meeting, rules)
    if meeting["kind"] == MeetingKind.THEMATIC:
        facts.them_required += turnout.required
        facts.them_present += turnout.present
        return
    _count_length(facts, meeting, rules)
    facts.att_required += turnout.required
    facts.att_present += turnout.present
    facts.att_excused += turnout.excused
    facts.att_unexcused += turnout.unexcused
    if turnout.spoke or not meeting["roll_call__is_typed"]:
        # Where only totals are kept, nobody may have counted who spoke: then it judges nothing.
        facts.speak_present += turnout.present
        facts.speak_spoke += turnout.spoke


def _count_steps(
    facts: MonthFacts,
    meeting: dict[str, Any],
    details: Details,
    turnout: Turnout,
    rules: MeetingRules,
) -> None:
    steps = steps_of(meeting["kind"], rules)
    if steps is None:
        return
    verdict = judge_steps(
        steps,
        is_declared=meeting["are_steps_declared"],
        skipped=frozenset(meeting["skipped_steps"]) if meeting["skipped_steps"] else NOTHING,
        on_agenda=frozenset(details.steps_on_agenda.get(meeting["id"], NOTHING)),
        proofs=proofs(meeting, details, turnout),
    )
    facts.step_judged += 1
    facts.step_complete += verdict.is_complete
    facts.steps_proven += verdict.proven
    facts.steps_declared += verdict.declared


def proofs(meeting: dict[str, Any], details: Details, turnout: Turnout) -> frozenset[str]:
    """The facts at hand that prove steps, by the names the rules use (`Step.proven_by`)."""
    pk = meeting["id"]
    at_hand = {
        "roll_call": meeting["has_roll_call"],
        "times": meeting["started_at"] is not None and meeting["ended_at"] is not None,
        "chair": bool(meeting["chair_name"]),
        "minute_taker": bool(meeting["minute_taker_name"]),
        "minutes_read": meeting["is_adopted"],
        "dues": meeting["dues_paid"] is not None,
        "papers": meeting["papers_sent_at"] is not None,
        "agenda": pk in details.steps_on_agenda,
        "conclusions": pk in details.concluded,
        "votes": pk in details.voted,
        "tasks": pk in details.tasked,
        "guests": pk in details.with_guests,
        "speakers": turnout.spoke > 0,
    }
    at_hand |= {name: pk in meetings for name, meetings in details.shown_above.items()}
    return frozenset(name for name, is_there in at_hand.items() if is_there)


def _count_papers(facts: MonthFacts, meeting: dict[str, Any], rules: MeetingRules) -> None:
    day = meeting["held_on"]
    if rules.papers_days_before is not None:
        last = day - timedelta(days=rules.papers_days_before)
        facts.sent_judged += 1
        facts.sent_met += _was_done_by(meeting["papers_sent_at"], last)
    if rules.finished_days_after is not None:
        last = day + timedelta(days=rules.finished_days_after)
        facts.finished_judged += 1
        facts.finished_met += _was_done_by(meeting["finished_sent_at"], last)


def _was_done_by(moment: datetime | None, last: date) -> bool:
    return moment is not None and hanoi_day(moment) <= last


def _count_length(facts: MonthFacts, meeting: dict[str, Any], rules: MeetingRules) -> None:
    minutes = int((meeting["ended_at"] - meeting["started_at"]).total_seconds() // 60)
    strength = (meeting["roll_call__official"] or 0) + (meeting["roll_call__probationary"] or 0)
    minimum = minimum_minutes(meeting["kind"], strength, rules)
    facts.minutes_total += minutes
    facts.minutes_meetings += 1
    if minimum is not None:
        facts.time_judged += 1
        facts.time_met += minutes >= minimum


MEETING_COLUMNS = (
    "id",
    "unit_id",
    "kind",
    "period",
    "started_at",
    "ended_at",
    "papers_sent_at",
    "finished_sent_at",
    "skipped_steps",
    "chair_name",
    "minute_taker_name",
    "dues_paid",
    "are_steps_declared",
    "is_adopted",
    "has_roll_call",
    "roll_call__is_typed",
    "roll_call__official",
    "roll_call__probationary",
    "roll_call__required",
    "roll_call__present",
    "roll_call__excused",
    "roll_call__unexcused",
    "roll_call__speakers",
)


def _details(cell_ids: Sequence[int], first: date, last: date) -> Details:
    around = whole_quarters(first, last)
    details = Details(Happened(said=said_in(cell_ids, around)))
    meetings = Meeting.objects.closed().filter(unit_id__in=cell_ids, period__range=around)
    # Asked as yes or no: moments that nobody reads cost more than the rest of the row.
    meetings = meetings.annotate(
        are_steps_declared=Q(steps_marked_at__isnull=False),
        is_adopted=Q(minutes_adopted_at__isnull=False),
        has_roll_call=Q(roll_call__taken_at__isnull=False),
    )
    for meeting in meetings.order_by().values(*MEETING_COLUMNS).iterator():
        _note_meeting(details, meeting)
    span = (cell_ids, first, last)
    _read_turnouts(details, *span)
    _read_items(details, *span)
    details.voted = _meetings_with(Vote.objects.all(), "meeting", *span)
    details.tasked = _meetings_with(ResolutionItem.objects.all(), "resolution__meeting", *span)
    details.with_guests = _meetings_with(Guest.objects.all(), "meeting", *span)
    details.shown_above = proven_above(
        [row["id"] for rows in details.meetings.values() for row in rows]
    )
    return details


def _note_meeting(details: Details, meeting: dict[str, Any]) -> None:
    key = (meeting["unit_id"], meeting["period"])
    meeting["held_on"] = hanoi_day(meeting["started_at"])
    details.happened.held[key].append(Held(meeting["id"], meeting["kind"], meeting["held_on"]))
    if meeting["kind"] in JUDGED_KINDS:
        details.meetings[key].append(meeting)
    if meeting["roll_call__is_typed"]:
        details.turnouts[meeting["id"]] = _typed_turnout(meeting)


def _typed_turnout(meeting: dict[str, Any]) -> Turnout:
    return Turnout(
        required=meeting["roll_call__required"],
        present=meeting["roll_call__present"],
        excused=meeting["roll_call__excused"],
        unexcused=meeting["roll_call__unexcused"],
        spoke=meeting["roll_call__speakers"],
    )


def _of_closed(way: str, cell_ids: Sequence[int], first: date, last: date) -> Q:
    """Rows of closed meetings of these cells and months; `way` leads to the meeting."""
    return Q(
        **{
            f"{way}__unit_id__in": cell_ids,
            f"{way}__period__range": (first, last),
            f"{way}__closed_at__isnull": False,
            f"{way}__cancelled_at__isnull": True,
        }
    )


def _read_turnouts(details: Details, cell_ids: Sequence[int], first: date, last: date) -> None:
    """Attendance row by row is the fact; the roll call's own counts are for showing."""
    rows = (
        Attendance.objects.filter(
            _of_closed("meeting", cell_ids, first, last),
            meeting__kind__in=JUDGED_KINDS,
            status__in=REQUIRED,
        )
        .order_by()
        .values_list("meeting_id")
        .annotate(
            required=Count("id"),
            present=Count("id", filter=Q(presence=Presence.PRESENT)),
            excused=Count("id", filter=Q(presence=Presence.EXCUSED)),
            unexcused=Count("id", filter=Q(presence=Presence.UNEXCUSED)),
            speakers=Count("id", filter=Q(spoke=True)),
        )
    )
    for meeting_id, *counts in rows.iterator():
        details.turnouts[meeting_id] = Turnout(*counts)


def _read_items(details: Details, cell_ids: Sequence[int], first: date, last: date) -> None:
    rows = AgendaItem.objects.filter(_of_closed("meeting", cell_ids, first, last)).annotate(
        has_conclusion=ExpressionWrapper(~Q(conclusion=""), output_field=BooleanField())
    )
    for meeting_id, step, has_conclusion in (
        rows.order_by().values_list("meeting_id", "step", "has_conclusion").iterator()
    ):
        details.steps_on_agenda[meeting_id].add(step)
        if has_conclusion:
            details.concluded.add(meeting_id)


def _meetings_with(
    rows: QuerySet[Model], way: str, cell_ids: Sequence[int], first: date, last: date
) -> set[int]:
    found = rows.filter(_of_closed(way, cell_ids, first, last)).order_by()
    return set(found.values_list(f"{way}_id", flat=True).distinct())
