"""What every action here stands on."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from nennep.core import facts
from nennep.core.refusal import Refusal
from nennep.organisation.models import Unit
from nennep.training.models import CourseSession, Participant


def open_session(session: CourseSession) -> CourseSession:
    """The row as it is now, locked, and not cancelled."""
    rows = CourseSession.objects.select_for_update(of=("self",)).select_related("course__unit")
    fresh = rows.get(pk=session.pk)
    if fresh.cancelled_on is not None:
        raise Refusal(_("This session was cancelled. Plan another one."), code="cancelled")
    return fresh


def tell_cells(cells: Collection[int]) -> None:
    """What is counted of these cells from training has changed."""
    living = Unit.objects.filter(pk__in=list(cells)).cells()
    ids = sorted(living.values_list("pk", flat=True))
    if ids:
        facts.facts_changed.send(
            sender=Participant, cell=None, month=None, kind="stocks", cells=ids
        )
