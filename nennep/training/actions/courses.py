"""Planning a course and its sessions."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import clock, trail
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.text import nfc, tidy
from nennep.organisation.models import Unit
from nennep.training.actions.ground import open_session, tell_cells
from nennep.training.models import Course, CourseSession
from nennep.training.models.courses import AUDIENCE


@dataclass(frozen=True, slots=True)
class NewCourse:
    """`documents`: titles and symbols of what is taught, a line each."""

    title: str
    posts: Collection[str]
    documents: str = ""


@dataclass(frozen=True, slots=True)
class NewSession:
    """`ends_on` is its last day, where it takes more than one; `hours` are hours of teaching."""

    starts_on: date
    ends_on: date | None = None
    starts_at: time | None = None
    hours: Decimal | None = None
    place: str = ""


@transaction.atomic
def plan_course(unit: Unit, *, course: NewCourse, session: NewSession, by: User) -> Course:
    """A course with its first session. Also entered afterwards, for one that was held already."""
    title, documents = tidy(course.title), nfc(course.documents).strip()
    refuse_secret(title, documents)
    if not title:
        raise Refusal(_("Write the subject."), code="title_missing", field="title")
    meant = {AUDIENCE[post]: True for post in AUDIENCE if post in set(course.posts)}
    if not meant:
        raise Refusal(_("Choose for whom the course is."), code="posts_missing", field="posts")
    planned = Course.objects.create(
        unit=unit, title=title, documents=documents, planned_by=by, **meant
    )
    trail.record("course planned", planned, by=by, title=title)
    _add(planned, session)
    return planned


@transaction.atomic
def add_session(course: Course, *, session: NewSession, by: User) -> CourseSession:
    """The same course once more, for others or for those who missed it."""
    added = _add(course, session)
    trail.record("session planned", added, by=by, on=added.starts_on)
    return added


def _add(course: Course, session: NewSession) -> CourseSession:
    ends_on, place = session.ends_on or session.starts_on, tidy(session.place)
    refuse_secret(place)
    if ends_on < session.starts_on:
        raise Refusal(
            _("The last day lies before the first. Swap the two days."),
            code="ends_before_it_begins",
            field="ends_on",
        )
    return CourseSession.objects.create(
        course=course,
        starts_on=session.starts_on,
        ends_on=ends_on,
        starts_at=session.starts_at,
        hours=session.hours,
        place=place,
    )


@transaction.atomic
def cancel_session(session: CourseSession, *, reason: str, by: User) -> CourseSession:
    """It is not held, for a reason; or it was entered by mistake: who came counts no more."""
    fresh, reason = open_session(session), tidy(reason)
    refuse_secret(reason)
    if not reason:
        raise Refusal(
            _("Write why the session is cancelled."), code="reason_missing", field="reason"
        )
    fresh.cancelled_on = clock.today()
    fresh.save(update_fields=["cancelled_on"])
    trail.record("session cancelled", fresh, by=by, reason=reason)
    tell_cells(set(fresh.participants.filter(came=True).values_list("unit_id", flat=True)))
    return fresh
