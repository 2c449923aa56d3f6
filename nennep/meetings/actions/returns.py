"""Figures of past meetings from the cells' papers: many at once, by the office that takes the returns.

The same path as history (`history.load_history`): a closed meeting with a typed roll call and no
names. What contradicts itself is refused row by row; the other rows are written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import clock, facts, trail
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.takeback import delete_made, refuse_built_on
from nennep.meetings.actions.history import (
    PastExplanation,
    PastMeeting,
    PastRoll,
    load_explanations,
    load_history,
)
from nennep.meetings.actions.locks import locked
from nennep.meetings.models import Meeting, RollCall
from nennep.meetings.queries.returns import KnownMonths
from nennep.meetings.rules.returns import PaperReason, PaperReturn
from nennep.organisation.models import Unit

Entry = PaperReturn | PaperReason


@dataclass
class Entered:
    """What came of the entries, by their `note`: how many were written, were there, were refused."""

    written: int = 0
    same: int = 0
    refused: dict[int, Refusal] = field(default_factory=dict)


@transaction.atomic
def record_returns(entries: Sequence[Entry], *, under: Unit, by: User) -> Entered:
    """Writes what can be written. A fixed number of queries for the cells of one month."""
    entered = Entered()
    if not entries:
        return entered
    cells = sorted({entry.unit_id for entry in entries})
    # Entered twice at once, the second waits here and finds everything recorded.
    list(Unit.objects.select_for_update().filter(pk__in=cells).order_by("pk").values_list("pk"))
    periods = [entry.period for entry in entries]
    known = KnownMonths(cells, min(periods), max(periods))
    meetings: list[PaperReturn] = []
    reasons: list[PaperReason] = []
    for entry in sorted(entries, key=_in_order):
        try:
            is_new = _is_new(entry, known)
        except Refusal as refusal:
            entered.refused[entry.note] = refusal
            continue
        if not is_new:
            entered.same += 1
        elif isinstance(entry, PaperReturn):
            meetings.append(entry)
        else:
            reasons.append(entry)
    entered.written = len(meetings) + len(reasons)
    _write(meetings, reasons, by)
    if entered.written:
        trail.record(
            "returns entered", under, by=by, meetings=len(meetings), reasons=len(reasons),
            month=min(periods),
        )  # fmt: skip
    return entered


@transaction.atomic
def take_return_back(meeting: Meeting, *, by: User) -> None:
    """As if it had never been entered. Not once anything stands on it."""
    meeting = locked(meeting)
    if not meeting.is_return:
        raise Refusal(
            _("The cell keeps this meeting itself. Write a correction as an addendum."),
            code="not_a_return",
        )
    cell, period = meeting.unit, meeting.period
    log = {
        "made": {model._meta.label_lower: [meeting.pk, meeting.pk] for model in (Meeting, RollCall)},
        "changed": {}, "removed": {}, "trail": 0,  # any line about it was written by who went on from it
    }  # fmt: skip
    refuse_built_on(log)
    trail.record(
        "return taken back", cell, by=by, kind=meeting.kind, month=period, day=meeting.held_on
    )
    delete_made(log)
    facts.facts_changed.send(sender=Meeting, cell=cell, month=period, kind="month")


def tell_months(cells_by_month: Mapping[date, Collection[int]]) -> None:
    """Whoever counts the months counts them anew: one call for each month."""
    for month in sorted(cells_by_month):
        facts.facts_changed.send(
            sender=Meeting, cells=sorted(cells_by_month[month]), cell=None, month=month,
            kind="months",
        )  # fmt: skip


def _in_order(entry: Entry) -> tuple[int, str]:
    """Meetings of one cell in the order of the days they were held: history asks for that."""
    at = entry.started_at.isoformat() if isinstance(entry, PaperReturn) else ""
    return entry.unit_id, at


def _is_new(entry: Entry, known: KnownMonths) -> bool:
    """Whether it is to be written; False where exactly this was entered before."""
    if isinstance(entry, PaperReason):
        refuse_secret(entry.reason)
        return not known.refuse_reason(entry)
    refuse_secret(entry.topic)
    if known.is_there(entry):
        return False
    known.refuse(entry)
    known.note(entry)
    return True


def _write(meetings: list[PaperReturn], reasons: list[PaperReason], by: User) -> None:
    now = clock.now()
    touched: dict[date, set[int]] = defaultdict(set)
    entries: list[Entry] = [*meetings, *reasons]
    for entry in entries:
        touched[entry.period].add(entry.unit_id)
    if meetings:
        load_history(map(past_of, meetings), by=by)
    if reasons:
        load_explanations(
            (PastExplanation(r.unit_id, r.kind, r.period, r.reason, now) for r in reasons), by=by
        )
    tell_months(touched)


def past_of(said: PaperReturn) -> PastMeeting:
    """The return as history writes it: closed when it is entered, the roll call typed."""
    now, counted = clock.now(), said.figures
    return PastMeeting(
        unit_id=said.unit_id,
        kind=said.kind,
        period=said.period,
        topic=said.topic,
        planned_at=said.started_at,
        started_at=said.started_at,
        ended_at=said.ended_at,
        closed_at=now,
        papers_sent_at=said.papers_sent_at,
        finished_sent_at=said.finished_sent_at,
        steps_marked_at=now if said.are_steps_done else None,
        roll=PastRoll(
            counted.official, counted.probationary, counted.exempt, counted.away,
            counted.suspended, counted.here,
            typed=(counted.present, counted.excused, counted.unexcused),
            speakers=counted.speakers,
        ),
        attendance=(),
        is_return=True,
    )  # fmt: skip
