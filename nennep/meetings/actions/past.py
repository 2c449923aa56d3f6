"""A meeting that was held on paper, typed in from one page, in one transaction."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from nennep.accounts.models import User
from nennep.meetings.actions.agenda import add_item
from nennep.meetings.actions.closing import Closing, close_minutes
from nennep.meetings.actions.holding import (
    add_guest,
    end_meeting,
    mark_steps,
    open_meeting,
    set_dues,
    start_thematic,
)
from nennep.meetings.actions.planning import plan_meeting
from nennep.meetings.actions.recording import (
    adopt_minutes,
    declare_free_of_secrets,
    write_closing,
    write_item,
)
from nennep.meetings.actions.resolving import add_line, write_resolution
from nennep.meetings.actions.roll_call import take_roll, take_roll_figures, who_spoke
from nennep.meetings.actions.sending import mark_finished_sent, mark_papers_sent
from nennep.meetings.actions.voting import record_vote
from nennep.meetings.choices import VoteMethod
from nennep.meetings.models import Meeting
from nennep.meetings.rules.attendance import Absence
from nennep.meetings.rules.figures import RollFigures
from nennep.members.models import Member
from nennep.organisation.models import Unit


@dataclass(frozen=True)
class SheetLine:
    """A line of the resolution as the paper has it."""

    what: str
    who: Member | None = None
    who_text: str = ""
    due_on: date | None = None


@dataclass(frozen=True)
class SheetVote:
    """A vote as the paper has it: the counts."""

    in_favour: int
    against: int = 0
    other: int = 0
    subject: str = "resolution"
    question: str = ""
    method: str = VoteMethod.CARD


@dataclass(frozen=True)
class SheetGuest:
    """Somebody who attended without being of the cell."""

    full_name: str
    post: str = ""
    is_superior: bool = False


@dataclass(frozen=True)
class PastSheet:
    """One page of the minutes book.

    `spoke_all_but` and `spoke_only` None: the page does not say who spoke. `skipped_steps` None: it
    does not say that the steps were gone through.
    """

    kind: str
    period: date
    started_at: datetime
    ended_at: datetime
    place: str = ""
    topic: str = ""
    thematic_started_at: datetime | None = None
    chair: Member | None = None
    minute_taker: Member | None = None
    minute_taker_name: str = ""
    absences: Mapping[int, Absence] = field(default_factory=dict)
    late: Collection[int] = ()
    left_early: Collection[int] = ()
    exempt_came: Collection[int] = ()
    figures: RollFigures | None = None
    spoke_all_but: Collection[int] | None = None
    spoke_only: Collection[int] | None = None
    guests: Sequence[SheetGuest] = ()
    skipped_steps: Collection[str] | None = ()
    dues: tuple[int, int] | None = None
    papers_sent_at: datetime | None = None
    finished_sent_at: datetime | None = None
    items: Sequence[tuple[str, str]] = ()
    conclusion: str = ""
    summary: str = ""
    lines: Sequence[SheetLine] = ()
    vote: SheetVote | None = None


@transaction.atomic
def record_past_meeting(unit: Unit, *, sheet: PastSheet, by: User) -> Closing:
    """The same pieces as a meeting recorded as it goes: what they refuse is refused here."""
    meeting = plan_meeting(
        unit,
        kind=sheet.kind,
        period=sheet.period,
        planned_at=sheet.started_at,
        place=sheet.place,
        topic=sheet.topic,
        by=by,
    )
    meeting = open_meeting(
        meeting,
        started_at=sheet.started_at,
        chair=sheet.chair,
        minute_taker=sheet.minute_taker,
        minute_taker_name=sheet.minute_taker_name,
        by=by,
    )
    _record_times(meeting, sheet, by)
    _record_people(meeting, sheet, by)
    _record_course(meeting, sheet, by)
    _record_paper(meeting, sheet, by)
    adopt_minutes(meeting, at=sheet.ended_at, by=by)
    declare_free_of_secrets(meeting, by=by)
    closing = close_minutes(meeting, by=by)
    if sheet.finished_sent_at is not None:
        mark_finished_sent(closing.meeting, at=sheet.finished_sent_at, by=by)
    return closing


def _record_times(meeting: Meeting, sheet: PastSheet, by: User) -> None:
    if sheet.papers_sent_at is not None:
        mark_papers_sent(meeting, at=sheet.papers_sent_at, by=by)
    if sheet.thematic_started_at is not None:
        start_thematic(meeting, at=sheet.thematic_started_at, by=by)
    end_meeting(meeting, ended_at=sheet.ended_at, by=by)


def _record_people(meeting: Meeting, sheet: PastSheet, by: User) -> None:
    for guest in sheet.guests:
        add_guest(
            meeting,
            full_name=guest.full_name,
            post=guest.post,
            is_superior=guest.is_superior,
            by=by,
        )
    if sheet.figures is not None:
        take_roll_figures(meeting, figures=sheet.figures, by=by)
        return
    take_roll(
        meeting,
        absences=sheet.absences,
        late=sheet.late,
        left_early=sheet.left_early,
        exempt_came=sheet.exempt_came,
        by=by,
    )
    if sheet.spoke_only is not None:
        who_spoke(meeting, ids=sheet.spoke_only, by=by)
    elif sheet.spoke_all_but is not None:
        who_spoke(meeting, except_ids=sheet.spoke_all_but, by=by)


def _record_course(meeting: Meeting, sheet: PastSheet, by: User) -> None:
    if sheet.skipped_steps is not None:
        mark_steps(meeting, skipped=sheet.skipped_steps, by=by)
    if sheet.dues is not None:
        set_dues(meeting, paid=sheet.dues[0], due=sheet.dues[1], by=by)
    for title, conclusion in sheet.items:
        item = add_item(meeting, title=title, by=by)
        if conclusion:
            write_item(item, discussion="", conclusion=conclusion, version=item.version, by=by)
    if sheet.conclusion:
        write_closing(meeting, text=sheet.conclusion, version=meeting.version, by=by)


def _record_paper(meeting: Meeting, sheet: PastSheet, by: User) -> None:
    if sheet.vote is not None:
        record_vote(
            meeting,
            subject=sheet.vote.subject,
            question=sheet.vote.question,
            method=sheet.vote.method,
            in_favour=sheet.vote.in_favour,
            against=sheet.vote.against,
            other=sheet.vote.other,
            by=by,
        )
    if not (sheet.lines or sheet.summary):
        return
    paper = write_resolution(meeting, summary=sheet.summary, by=by)
    for line in sheet.lines:
        add_line(
            paper,
            what=line.what,
            who=line.who,
            who_text=line.who_text,
            due_on=line.due_on,
            by=by,
        )
