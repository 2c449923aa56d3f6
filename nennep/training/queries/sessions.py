"""Sessions that are planned and were held, and the people on their lists."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from nennep.core import clock
from nennep.organisation.models import Unit
from nennep.training.models import Course, CourseSession, Participant
from nennep.training.queries.holders import Holder, holders_under

SHOWN_AT_MOST = 60


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session with its counts; `is_own`: held by the very unit whose page it stands on."""

    session: CourseSession
    invited: int
    came: int
    is_own: bool

    @property
    def pair(self) -> tuple[int, int]:
        return self.came, self.invited


def sessions_for(unit: Unit, year: int) -> list[SessionLine]:
    """Held by the unit or by one above it, in the year; the latest first. Two queries."""
    sessions = list(
        CourseSession.objects.standing()
        .filter(course__unit_id__in=[*unit.ancestor_ids, unit.pk], starts_on__year=year)
        .select_related("course__unit")
        .order_by("-starts_on", "-id")[:SHOWN_AT_MOST]
    )
    counts = counts_of([s.pk for s in sessions])
    return [
        SessionLine(s, *counts.get(s.pk, (0, 0)), s.course.unit_id == unit.pk) for s in sessions
    ]


def counts_of(session_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """By session, how many were invited and how many came, invited or not."""
    rows = Participant.objects.filter(session_id__in=session_ids).order_by()
    counted = rows.values_list("session_id").annotate(
        invited=Count("id", filter=Q(is_invited=True)), came=Count("id", filter=Q(came=True))
    )
    return {session: (invited, came) for session, invited, came in counted}


def people_of(session: CourseSession) -> list[Participant]:
    """Everybody on the list, in the order of the tree and the highest post first."""
    rows = session.participants.select_related("unit__parent", "member")
    return sorted(rows, key=_in_order)


def _in_order(person: Participant) -> tuple[str, str, str]:
    return (person.unit.path, person.post, person.member.sort_key if person.member else "")


def day_of_list(session: CourseSession) -> date:
    """Posts are those of the session's first day, or of today while that is still to come."""
    return min(session.starts_on, clock.today())


def to_invite(session: CourseSession) -> list[Holder]:
    """Holders of the posts the course is meant for, below the unit that holds it, each once."""
    posts = set(session.course.posts)
    holders = holders_under(session.course.unit, day_of_list(session))
    return each_once(holder for holder in holders if holder.post in posts)


def each_once(holders: Iterable[Holder]) -> list[Holder]:
    """Somebody with posts in two units stands on a list once, with the first of them."""
    found: dict[object, Holder] = {}
    for holder in holders:
        found.setdefault(holder.member_id or ("unit", holder.unit_id), holder)
    return list(found.values())


def course_sessions(course: Course) -> list[SessionLine]:
    sessions = list(course.sessions.select_related("course__unit"))
    counts = counts_of([s.pk for s in sessions])
    return [SessionLine(s, *counts.get(s.pk, (0, 0)), is_own=True) for s in sessions]
