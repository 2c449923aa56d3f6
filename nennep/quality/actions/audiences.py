"""Who came to watch a model meeting, and what was learnt of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import clock, trail
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.text import tidy
from nennep.meetings.models import Meeting
from nennep.members.actions.texts import text_about
from nennep.organisation.models import Unit
from nennep.quality.models import Audience, ModelLesson

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Watching:
    """An organisation that came, and with how many people. `unit` where it is known here."""

    name: str
    people: int
    unit: Unit | None = None


@transaction.atomic
def write_audience(
    meeting: Meeting, *, audience: Sequence[Watching], lessons: str, by: User
) -> ModelLesson:
    """The whole list anew, with what was learnt. Only of a model meeting that was held."""
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("unit").get(
        pk=meeting.pk
    )  # fmt: skip
    _refuse_others(meeting)
    lessons = text_about(meeting.unit, lessons, field="lessons")
    rows = [_row(each) for each in audience if tidy(each.name) or each.people]
    lesson, _is_new = ModelLesson.objects.update_or_create(
        meeting=meeting,
        defaults={"lessons": lessons, "written_by": by, "written_at": clock.now()},
    )
    lesson.audience.all().delete()
    for row in rows:
        row.lesson = lesson
    Audience.objects.bulk_create(rows)
    trail.record("audience written", lesson, by=by, count=len(rows))
    return lesson


def _refuse_others(meeting: Meeting) -> None:
    if not meeting.is_model or meeting.cancelled_at is not None:
        raise Refusal(_("This is not a model meeting."), code="not_a_model")
    if meeting.started_at is None:
        raise Refusal(
            _("The meeting has not been opened yet. Write who came once it was held."),
            code="not_opened",
        )


def _row(watching: Watching) -> Audience:
    name = tidy(watching.name)[:LONGEST_NAME]
    refuse_secret(name)
    if not name:
        raise Refusal(_("Write which organisation came."), code="name_missing")
    if watching.people < 1:
        raise Refusal(
            _("Write how many came from “%(name)s”.") % {"name": name}, code="people_missing"
        )
    return Audience(watching=watching.unit, name=name, people=watching.people)
