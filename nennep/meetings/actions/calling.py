"""An office calls a cell that has not met, and notes what was said."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import clock, trail
from nennep.core.periods import month_of
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.text import tidy
from nennep.meetings.models import CallNote
from nennep.organisation.models import Unit


@transaction.atomic
def note_call(
    cell: Unit, *, month: date, said: str, by: User, called_on: date | None = None
) -> CallNote:
    """Today unless said. A note is never changed; another call is another note."""
    said, called_on = tidy(said), called_on or clock.today()
    refuse_secret(said)
    if not said:
        raise Refusal(
            _("Write what was said, or that nobody answered."), code="said_missing", field="said"
        )
    if called_on > clock.today():
        raise Refusal(
            _("A call cannot lie in the future."), code="in_the_future", field="called_on"
        )
    note = CallNote.objects.create(
        unit=cell,
        period=month_of(month),
        called_on=called_on,
        said=said,
        noted_by=by,
        noted_at=clock.now(),
    )
    trail.record("cell called", note, by=by, month=f"{note.period:%Y-%m}", on=called_on)
    return note
