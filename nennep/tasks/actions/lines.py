"""What follows from a meeting: its lines become tasks, and reported ones are judged.

Called by meetings, inside the transaction that closes the minutes or writes a result.
"""

from collections.abc import Iterator

from nennep.accounts.models import User
from nennep.core import clock, trail
from nennep.library.queries.issuing import term_of
from nennep.meetings.choices import MeetingKind, PaperKind
from nennep.meetings.models import Meeting, Resolution, ResolutionItem
from nennep.meetings.queries.in_force import day_of
from nennep.meetings.queries.issuing import obstacle_to
from nennep.meetings.rules.carrying import is_routine
from nennep.meetings.rules.numbering import Obstacle
from nennep.tasks.actions.finding import find_anew
from nennep.tasks.actions.ground import open_book, tell_cell
from nennep.tasks.choices import Judgement, TaskSource
from nennep.tasks.models import Assignment, AssignmentQuerySet, Task, Uptake
from nennep.tasks.queries.wording import basis_of
from nennep.tasks.rules.states import proposed_judgement

# A paper that the meeting did not carry gives nobody anything to do.
NOT_DECIDED = frozenset({Obstacle.NOT_PASSED, Obstacle.NO_EFFECT, Obstacle.TOO_FEW_OFFICIAL})


def follow_closing(meeting: Meeting, *, by: User) -> None:
    """First what was reported is judged, then what was decided becomes tasks."""
    judged = judge_reported(meeting)
    given = list(take_lines(meeting, by))
    for each in given:
        find_anew(each.task)
    if given:
        trail.record("lines became tasks", meeting, by=by, count=len(given))
    open_book(meeting.unit, day_of(meeting))
    tell_cell(meeting.unit, [each.due_on for each in (*judged, *given)])


def take_lines(meeting: Meeting, by: User) -> Iterator[Assignment]:
    """A task for each line, with the line's public id, and the line's person as its receiver."""
    above = dict(
        Uptake.objects.filter(meeting=meeting, line__isnull=False).values_list(
            "line_id", "assignment__task_id"
        )
    )
    for paper in meeting.resolutions.order_by("id"):
        if not _is_decided(paper, meeting):
            continue
        for line in paper.items.filter(task__isnull=True).order_by("position", "id"):
            if line.who_id is not None or not is_routine(line.what, meeting.period):
                yield _take(line, paper, meeting, above.get(line.pk), by)


def _is_decided(paper: Resolution, meeting: Meeting) -> bool:
    if paper.number is not None:
        return True
    return obstacle_to(paper, meeting, term_of(meeting.unit, day_of(meeting))) not in NOT_DECIDED


def _take(
    line: ResolutionItem, paper: Resolution, meeting: Meeting, above_id: int | None, by: User
) -> Assignment:
    task = Task.objects.create(
        public_id=line.public_id,
        unit=meeting.unit,
        source=source_of(paper.kind, is_numbered=paper.number is not None),
        basis=basis_of(paper.symbol, meeting.kind, day_of(meeting)),
        resolution=paper,
        line=line,
        carries_out_id=above_id,
        what=line.what,
        is_of_cell=meeting.kind != MeetingKind.CELL_COMMITTEE,
        given_on=day_of(meeting),
        due_on=line.due_on,
        given_by=by,
    )
    return Assignment.objects.create(
        task=task,
        unit=meeting.unit,
        member_id=line.who_id,
        who_text="" if line.who_id else line.who_text,
        due_on=line.due_on,
    )


def source_of(kind: str, *, is_numbered: bool) -> TaskSource:
    """A resolution without a number is no resolution: its lines rest on what the chair concluded."""
    is_resolution = kind == PaperKind.RESOLUTION and is_numbered
    return TaskSource.RESOLUTION if is_resolution else TaskSource.CONCLUSION


def judge_reported(meeting: Meeting) -> list[Assignment]:
    """What was reported by the day of the meeting is judged there, by its days.

    The cell judges its own lines and all else that members were given; its committee its own.
    """
    day, judged = day_of(meeting), []
    for each in _reported(meeting):
        judgement = proposed_judgement(each.due_on, each.done_on, day)
        if judgement is not None and (each.done_on is None or each.done_on <= day):
            each.judgement, each.judged_on, each.judged_in = judgement, day, meeting
            judged.append(each)
    Assignment.objects.bulk_update(judged, ["judgement", "judged_on", "judged_in"])
    return judged


def _reported(meeting: Meeting) -> AssignmentQuerySet:
    """Given before this meeting and reported, by the body that meets."""
    rows = Assignment.objects.open().filter(
        unit=meeting.unit,
        task__is_to_units=False,
        task__given_on__lt=day_of(meeting),
        reported_at__isnull=False,
    )
    of_committee = {"task__resolution__meeting__kind": MeetingKind.CELL_COMMITTEE}
    if meeting.kind == MeetingKind.CELL_COMMITTEE:
        return rows.filter(**of_committee)
    return rows.exclude(**of_committee)


def follow_result(line: ResolutionItem, *, by: User) -> None:
    """The task of a line says what the line says. A judgement that rested on days is made anew."""
    found = Assignment.objects.filter(task__line=line).select_related("task", "unit")
    for each in found.select_for_update(of=("self",)):
        each.result, each.done_on = line.result, line.done_on
        has_come = bool(line.result) or line.done_on is not None
        each.reported_at = (each.reported_at or clock.now()) if has_come else None
        _judge_anew(each)
        each.save(update_fields=["result", "done_on", "reported_at", "judgement", "judged_on"])
        tell_cell(each.unit, [each.due_on])


def _judge_anew(each: Assignment) -> None:
    """Where the days now say something else; what is open again, or was done later, waits."""
    day = each.judged_on
    if day is None or each.judgement == Judgement.ABOVE:
        return
    judgement = proposed_judgement(each.due_on, each.done_on, day)
    is_later = each.done_on is not None and each.done_on > day
    if judgement is None or is_later or each.reported_at is None:
        each.judgement, each.judged_on = "", None
    else:
        each.judgement = judgement
