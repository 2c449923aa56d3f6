"""A superior's task comes into the cell's own life: onto its agenda, and into its paper."""

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import trail
from nennep.core.refusal import Refusal
from nennep.meetings.actions import add_line, write_resolution
from nennep.meetings.actions.agenda import put_on_agenda
from nennep.meetings.choices import ItemOrigin, MeetingKind
from nennep.meetings.models import Meeting, ResolutionItem
from nennep.tasks.actions.ground import open_one
from nennep.tasks.models import Assignment, Uptake
from nennep.tasks.queries.discussing import not_discussed_by

TAKES_UP = frozenset({MeetingKind.REGULAR, MeetingKind.COMBINED, MeetingKind.EXTRAORDINARY})


def follow_preparing(meeting: Meeting, *, by: User) -> None:
    """What superiors gave and the cell has not taken up yet stands on the agenda by itself."""
    if meeting.kind not in TAKES_UP:
        return
    for assignment in not_discussed_by(meeting.unit_id):
        item = put_on_agenda(
            meeting, assignment.task.what[:300], purpose="superior", origin=ItemOrigin.SUPERIOR
        )
        Uptake.objects.create(assignment=assignment, meeting=meeting, item=item)


@transaction.atomic
def put_in_paper(assignment: Assignment, meeting: Meeting, *, by: User) -> ResolutionItem:
    """A line of the cell's own paper carries it out: the cell names who does it and until when."""
    fresh = open_one(assignment)
    if meeting.unit_id != fresh.unit_id:
        raise Refusal(_("That meeting is not one of this unit."), code="meeting_of_another")
    known = Uptake.objects.filter(assignment=fresh, meeting=meeting, line__isnull=False).first()
    if known is not None and known.line is not None:
        return known.line
    paper = meeting.resolutions.order_by("id").first() or write_resolution(meeting, by=by)
    line = add_line(paper, what=fresh.task.what, due_on=fresh.due_on, by=by)
    Uptake.objects.create(assignment=fresh, meeting=meeting, line=line)
    trail.record("task taken up", fresh, by=by, meeting=str(meeting))
    return line
