"""Where a meeting stands: the five steps, what is missing, and the one thing to do next."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nennep.meetings.choices import StepPage
from nennep.meetings.models import Meeting, ResolutionItem
from nennep.meetings.queries.agenda import agenda_steps, is_prepared
from nennep.meetings.queries.in_force import rules_of
from nennep.meetings.queries.marks import roll_call_of


class Doing(StrEnum):
    """The one next action of a meeting."""

    PREPARE = "prepare"
    INVITE = "invite"
    SEND_PAPERS = "send_papers"
    OPEN = "open"
    TAKE_ROLL = "take_roll"
    MARK_STEPS = "mark_steps"
    END = "end"
    ADOPT = "adopt"
    CLOSE = "close"
    SEND_FINISHED = "send_finished"
    FOLLOW_UP = "follow_up"
    NOTHING = "nothing"


LABELS: dict[Doing, str | Promise] = {
    Doing.PREPARE: _("Prepare the meeting"),
    Doing.INVITE: _("Invite the members"),
    Doing.SEND_PAPERS: _("Send the papers"),
    Doing.OPEN: _("Open the meeting"),
    Doing.TAKE_ROLL: _("Take the roll call"),
    Doing.MARK_STEPS: _("Mark the steps"),
    Doing.END: _("End the meeting"),
    Doing.ADOPT: _("Read out and adopt the minutes"),
    Doing.CLOSE: _("Close the minutes"),
    Doing.SEND_FINISHED: _("Send the finished papers"),
    Doing.FOLLOW_UP: _("Write what came of the resolution"),
    Doing.NOTHING: _("Everything is done"),
}
# Which of the five steps an action belongs to.
STEP_OF = {
    Doing.PREPARE: 1, Doing.INVITE: 1, Doing.SEND_PAPERS: 1, Doing.OPEN: 2, Doing.TAKE_ROLL: 2,
    Doing.MARK_STEPS: 3, Doing.END: 4, Doing.ADOPT: 4, Doing.CLOSE: 4, Doing.SEND_FINISHED: 5,
    Doing.FOLLOW_UP: 5, Doing.NOTHING: 5,
}  # fmt: skip
STEPS: tuple[tuple[StepPage, str | Promise], ...] = (
    (StepPage.PREPARE, _("Prepare")),
    (StepPage.OPEN, _("Open, roll call")),
    (StepPage.DISCUSS, _("Discuss, vote")),
    (StepPage.CONCLUDE, _("Conclude, adopt")),
    (StepPage.FOLLOW, _("Follow up")),
)


@dataclass(frozen=True, slots=True)
class StepState:
    """One of the five steps people know. `is_current`: what is next lies in it."""

    number: int
    code: str
    label: str
    is_done: bool
    is_current: bool

    @property
    def state(self) -> str:
        return "done" if self.is_done else "todo"


@dataclass(frozen=True, slots=True)
class NextAction:
    """What to do next, in words, and the step whose page does it."""

    doing: Doing
    label: str
    step: int


@dataclass(frozen=True, slots=True)
class Progress:
    """The five steps and the next action."""

    steps: tuple[StepState, ...]
    next_action: NextAction


def progress(meeting: Meeting) -> Progress:
    """At most five queries."""
    has_agenda = is_prepared(meeting) or meeting.items.exists()
    has_open = meeting.is_closed and open_results(meeting)
    doing = _doing(meeting, has_agenda=has_agenda, has_open=has_open)
    current = STEP_OF[doing]
    done = (
        meeting.started_at is not None or (has_agenda and meeting.papers_sent_at is not None),
        meeting.started_at is not None and roll_call_of(meeting) is not None,
        meeting.steps_marked_at is not None or current > STEP_OF[Doing.MARK_STEPS],
        meeting.is_closed,
        doing is Doing.NOTHING,
    )
    steps = tuple(
        StepState(number, code, str(label), is_done, number == current)
        for number, ((code, label), is_done) in enumerate(zip(STEPS, done, strict=True), 1)
    )
    return Progress(steps, NextAction(doing, str(LABELS[doing]), current))


def open_results(meeting: Meeting) -> bool:
    """Whether a line of this meeting's papers has no result yet."""
    return ResolutionItem.objects.filter(
        resolution__meeting=meeting, done_on__isnull=True, result=""
    ).exists()


def _doing(meeting: Meeting, *, has_agenda: bool, has_open: bool) -> Doing:
    if meeting.is_closed:
        return _after(meeting, has_open=has_open)
    if meeting.started_at is not None:
        return _during(meeting)
    if not has_agenda:
        return Doing.PREPARE
    if meeting.invited_at is None:
        return Doing.INVITE
    return Doing.SEND_PAPERS if meeting.papers_sent_at is None else Doing.OPEN


def _during(meeting: Meeting) -> Doing:
    """Steps are marked where the rules of the day have any for this kind of meeting."""
    if roll_call_of(meeting) is None:
        return Doing.TAKE_ROLL
    if meeting.steps_marked_at is None and agenda_steps(meeting):
        return Doing.MARK_STEPS
    if meeting.ended_at is None:
        return Doing.END
    return Doing.ADOPT if meeting.minutes_adopted_at is None else Doing.CLOSE


def _after(meeting: Meeting, *, has_open: bool) -> Doing:
    """Finished papers are only asked for where a rule of that day asks for them."""
    if (
        meeting.finished_sent_at is None
        and rules_of(meeting).values.finished_days_after is not None
    ):
        return Doing.SEND_FINISHED
    return Doing.FOLLOW_UP if has_open else Doing.NOTHING
