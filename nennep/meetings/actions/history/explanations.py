"""Explanations of past months in bulk."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from nennep.accounts.models import User
from nennep.core import trail
from nennep.core.bulk import insert_rows, reset_sequences
from nennep.core.ids import new_public_id
from nennep.meetings.models import Explanation

COLUMNS = (
    "public_id", "unit", "kind", "period", "reason", "recorded_by", "recorded_at", "is_accepted",
    "answer", "answered_by", "answered_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PastExplanation:
    """`answered_by`: whoever loads, where nobody is named and there is an answer."""

    unit_id: int
    kind: str
    period: date
    reason: str
    recorded_at: datetime
    is_accepted: bool | None = None
    answer: str = ""
    answered_at: datetime | None = None
    answered_by: User | None = None


@transaction.atomic
def load_explanations(rows: Iterable[PastExplanation], *, by: User) -> int:
    count = insert_rows(
        Explanation,
        COLUMNS,
        (
            (
                new_public_id(), row.unit_id, str(row.kind), row.period, row.reason, by.pk,
                row.recorded_at, row.is_accepted, row.answer, _answerer(row, by), row.answered_at,
            )
            for row in rows
        ),
    )  # fmt: skip
    reset_sequences(Explanation)
    trail.record("explanations loaded", None, by=by, count=count)
    return count


def _answerer(row: PastExplanation, by: User) -> int | None:
    if row.answered_at is None:
        return None
    return (row.answered_by or by).pk
