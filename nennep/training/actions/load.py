"""Many past courses at once, with one line of the trail: the demonstration, and later imports."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time

from django.db import transaction

from nennep.accounts.models import User
from nennep.core import trail
from nennep.organisation.models import Unit
from nennep.training.actions.courses import NewCourse, NewSession, add_session, plan_course
from nennep.training.models import Participant
from nennep.training.queries.holders import Holder


@dataclass(frozen=True, slots=True)
class PastSession:
    """`absent`: the places in `invited` of those who did not come."""

    session: NewSession
    invited: Collection[Holder]
    absent: Collection[int] = ()


@transaction.atomic
def load_course(unit: Unit, *, course: NewCourse, sessions: Iterable[PastSession], by: User) -> int:
    """A course as it was held. The figures of its cells are recomputed by whoever loads it."""
    planned, count = None, 0
    for past in sessions:
        if planned is None:
            planned = plan_course(unit, course=course, session=past.session, by=by)
            held = planned.sessions.get()
        else:
            held = add_session(planned, session=past.session, by=by)
        held.recorded_at = datetime.combine(held.ends_on, time(10), tzinfo=UTC)
        held.save(update_fields=["recorded_at"])
        absent = set(past.absent)
        rows = (
            Participant(
                session=held,
                unit_id=holder.unit_id,
                member_id=holder.member_id,
                post=holder.post,
                came=place not in absent,
            )
            for place, holder in enumerate(past.invited)
        )
        count += len(Participant.objects.bulk_create(rows))
    trail.record("courses loaded", planned, by=by, count=count)
    return count
