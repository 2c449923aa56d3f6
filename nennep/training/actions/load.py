"""Many past facts at once, with one line of the trail: the demonstration, and later imports.

The figures of the cells are recomputed by whoever loads them.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.db import transaction

from nennep.accounts.models import User
from nennep.core import trail
from nennep.members.queries import totals_on
from nennep.organisation.models import Unit
from nennep.training.actions.courses import NewCourse, NewSession, add_session, plan_course
from nennep.training.actions.dissemination import NewDissemination, cells_asked
from nennep.training.choices import SheetSource
from nennep.training.models import Dissemination, Participant, Quiz, QuizCount, Receipt
from nennep.training.queries.holders import Holder


@dataclass(frozen=True, slots=True)
class PastSession:
    """`absent`: the places in `invited` of those who did not come."""

    session: NewSession
    invited: Collection[Holder]
    absent: Collection[int] = ()


@transaction.atomic
def load_course(unit: Unit, *, course: NewCourse, sessions: Iterable[PastSession], by: User) -> int:
    """A course as it was held, session by session."""
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


@dataclass(frozen=True, slots=True)
class PastReach:
    """A cell made it known on a day; `missed`: so many of its members were not reached."""

    on: date
    form: str
    missed: int = 0


@transaction.atomic
def load_dissemination(
    unit: Unit, *, new: NewDissemination, reached: Mapping[int, PastReach], by: User
) -> Dissemination:
    """A document that was given, with what cells (by id) reported; minutes are not looked through."""
    given = Dissemination.objects.create(
        unit=unit,
        title=new.title,
        symbol=new.symbol,
        form=new.form,
        begins_on=new.begins_on,
        due_on=new.due_on,
        given_by=by,
    )
    cells = [cell.pk for cell in cells_asked(unit, new)]
    strengths = totals_on(cells, new.begins_on)
    Receipt.objects.bulk_create(
        _receipt(given, cell, strengths[cell], reached.get(cell)) for cell in cells
    )
    trail.record("dissemination given", given, by=by, title=given.words, count=len(cells))
    return given


def _receipt(given: Dissemination, cell: int, strength: int, reach: PastReach | None) -> Receipt:
    if reach is None or strength == 0:
        return Receipt(dissemination=given, unit_id=cell, strength=strength)
    return Receipt(
        dissemination=given,
        unit_id=cell,
        strength=strength,
        reached_on=reach.on,
        members=max(strength - reach.missed, 1),
        form=reach.form,
    )


@transaction.atomic
def load_sheets(quiz: Quiz, *, counts: Iterable[tuple[Unit, int, Sequence[int]]], by: User) -> int:
    """Paper sheets of many cells: how many, and how often each question was answered right."""
    rows = [
        QuizCount(quiz=quiz, unit=cell, source=SheetSource.PAPER, sheets=sheets, right=list(right))
        for cell, sheets, right in counts
    ]
    trail.record("paper sheets counted", quiz, by=by, count=len(rows))
    return len(QuizCount.objects.bulk_create(rows))
