"""What meetings of a cell answer for: the lines of earlier papers, for one meeting or a year's."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime

from nennep.core import clock
from nennep.core.periods import add_months
from nennep.meetings.choices import SATISFY_REGULAR, MeetingKind
from nennep.meetings.models import AgendaItem, Meeting, ResolutionItem
from nennep.meetings.queries.agenda import CARRIED_FOR_MONTHS, carries_lines
from nennep.meetings.queries.in_force import day_of
from nennep.meetings.rules.carrying import is_routine

NEVER = datetime(1900, 1, 1, tzinfo=clock.HANOI)


def last_lines(meeting: Meeting) -> list[ResolutionItem]:
    """What is answered for at this meeting, with the results as they are now.

    All lines of the latest earlier paper of the same body; older ones that fell due since the last
    meeting that answers for lines; and those carried onto this agenda because they were still open.
    """
    return last_lines_of([meeting])[meeting.pk]


def last_lines_of(meetings: Sequence[Meeting]) -> Mapping[int, list[ResolutionItem]]:
    """The same by meeting, for meetings of one cell. At most three queries, however many they are."""
    if not meetings:
        return {}
    first = min(meeting.period for meeting in meetings)
    lines = _lines(meetings, add_months(first, -CARRIED_FOR_MONTHS))
    earlier = {meeting.pk: _earlier(meeting, lines) for meeting in meetings}
    if not all(earlier.values()):  # the paper before may be older than a year
        lines = _lines(meetings, None)
        earlier = {meeting.pk: _earlier(meeting, lines) for meeting in meetings}
    carried = _carried(meetings)
    return {
        meeting.pk: _answered(meeting, earlier[meeting.pk], carried.get(meeting.pk, frozenset()))
        for meeting in meetings
    }


def _lines(meetings: Sequence[Meeting], since: date | None) -> list[ResolutionItem]:
    """Lines of the cell's closed meetings in the order of their days."""
    closed = Meeting.objects.closed().filter(
        unit_id__in={meeting.unit_id for meeting in meetings},
        period__lte=max(meeting.period for meeting in meetings),
    )
    if since is not None:
        closed = closed.filter(period__gte=since)
    lines = ResolutionItem.objects.filter(resolution__meeting__in=closed)
    lines = lines.select_related("who", "resolution__meeting")
    return list(lines.order_by("resolution__meeting__started_at", "resolution_id", "position"))


def _carried(meetings: Sequence[Meeting]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    rows = AgendaItem.objects.filter(meeting__in=meetings, carried_from__isnull=False)
    for meeting_id, line_id in rows.order_by().values_list("meeting_id", "carried_from_id"):
        if line_id is not None:
            found.setdefault(meeting_id, set()).add(line_id)
    return found


def _earlier(meeting: Meeting, lines: Iterable[ResolutionItem]) -> list[ResolutionItem]:
    """Of the same body: the cell's own meetings, or those of its committee."""
    is_of_committee = meeting.kind == MeetingKind.CELL_COMMITTEE
    return [
        line
        for line in lines
        if (line.resolution.meeting.kind == MeetingKind.CELL_COMMITTEE) == is_of_committee
        and _is_before(line.resolution.meeting, meeting)
    ]


def _is_before(earlier: Meeting, meeting: Meeting) -> bool:
    """Until it is opened, a meeting comes after all that were closed."""
    if earlier.pk == meeting.pk or earlier.period > meeting.period:
        return False
    if meeting.started_at is None or earlier.started_at is None:
        return True
    return earlier.started_at < meeting.started_at


def _answered(
    meeting: Meeting, earlier: Sequence[ResolutionItem], carried: Collection[int]
) -> list[ResolutionItem]:
    if not earlier:
        return []
    last = max((line.resolution.meeting for line in earlier), key=_order)
    answering = [
        line.resolution.meeting
        for line in earlier
        if carries_lines(last.kind) or line.resolution.meeting.kind in SATISFY_REGULAR
    ]
    since = day_of(max(answering, key=_order, default=last))
    return [
        line
        for line in earlier
        if line.resolution.meeting_id == last.pk
        or line.pk in carried
        or _fell_due(line, since, meeting)
    ]


def _order(meeting: Meeting) -> tuple[datetime, int]:
    return meeting.started_at or NEVER, meeting.pk


def _fell_due(line: ResolutionItem, since: date, meeting: Meeting) -> bool:
    period = line.resolution.meeting.period
    if line.due_on is None or period < add_months(meeting.period, -CARRIED_FOR_MONTHS):
        return False
    return since < line.due_on <= day_of(meeting) and not is_routine(line.what, period)
