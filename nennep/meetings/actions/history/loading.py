"""Writing past meetings in bulk: streamed in batches, one transaction, one line of the trail.

What an action would work out (base, threshold and result of votes, numbers of papers, counts of the
roll call) is worked out the same way; a test compares the two column by column. Nothing is refused
as planning would: these meetings happened. No signal is sent: whoever loads recomputes afterwards.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import trail
from nennep.core.bulk import insert_rows, reset_sequences
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.text import vn_date
from nennep.meetings.actions.history.ground import Ground
from nennep.meetings.actions.history.past import PastMeeting
from nennep.meetings.actions.history.rows import COLUMNS, NUMBERED, Rows, last_ids
from nennep.meetings.models import Attendance, Meeting, Resolution
from nennep.meetings.queries.in_force import hanoi_day

# Meetings written together: enough to keep the database busy, few enough to stay in memory.
BATCH = 2_000


@dataclass(frozen=True)
class Loaded:
    """How many rows were written."""

    meetings: int
    attendances: int
    resolutions: int


@transaction.atomic
def load_history(meetings: Iterable[PastMeeting], *, by: User) -> Loaded:
    """Meetings of one cell come in the order of the days they were held: their papers are numbered so."""
    ground, ids = Ground(), last_ids()
    counts: dict[type[Model], int] = dict.fromkeys(COLUMNS, 0)
    stream = _in_order(meetings)
    seen: set[str] = set()
    while batch := list(islice(stream, BATCH)):
        _refuse_secret_texts(batch, seen)
        rows = Rows(ground, ids, by.pk)
        for past in batch:
            rows.add(past)
        for model, columns in COLUMNS.items():
            insert_rows(model, columns, rows.tables[model])
            counts[model] += len(rows.tables[model])
    ground.write_series()
    reset_sequences(*NUMBERED, Attendance)
    trail.record("history loaded", None, by=by, meetings=counts[Meeting])
    return Loaded(counts[Meeting], counts[Attendance], counts[Resolution])


def _in_order(meetings: Iterable[PastMeeting]) -> Iterator[PastMeeting]:
    latest: dict[int, date] = {}
    for past in meetings:
        day = hanoi_day(past.started_at)
        if day < latest.get(past.unit_id, day):
            raise Refusal(
                _("The meeting of %(day)s comes after a later one of the same cell. Sort them.")
                % {"day": vn_date(day)},
                code="out_of_order",
            )
        latest[past.unit_id] = day
        yield past


def _refuse_secret_texts(batch: Iterable[PastMeeting], seen: set[str]) -> None:
    """Each text is looked at once, however often it is repeated."""
    fresh = {text for past in batch for text in past.texts()} - seen
    refuse_secret(*fresh)
    seen |= {text for text in fresh if len(text) < 200}
