"""Many past scores at once: for a demonstration, or a district's books typed in as a table."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Max

from nennep.accounts.models import User
from nennep.core import trail
from nennep.core.bulk import insert_rows, reset_sequences
from nennep.core.ids import new_public_id
from nennep.core.secret_guard import refuse_secret
from nennep.meetings.actions.voting import flaw_text
from nennep.meetings.models import RollCall, Vote
from nennep.meetings.rules import MeetingRules
from nennep.meetings.rules.votes import Base, judge_vote
from nennep.quality.actions.scoring import SUBJECT, refuse_unfit, stored, vote_question
from nennep.quality.models import ScoreSheet
from nennep.quality.queries.filled import Filled, filled_sheets, kept_lines
from nennep.quality.rules.scoring import Given, Score, score
from nennep.regulations.models import RuleValue
from nennep.regulations.queries import RuleBook

TOGETHER = 2_000
SHEET_COLUMNS = (
    "meeting", "rubric", "lines", "facts", "total", "self_class", "agreed_by", "agreed_at", "vote",
    "voted_class", "remedies", "official_class", "official_reason", "decided_by", "decided_at",
)  # fmt: skip
VOTE_COLUMNS = (
    "id", "public_id", "meeting", "subject", "question", "method", "official", "away",
    "suspended", "exempt_absent", "deducted_by_law", "deduction_reason", "base", "in_favour",
    "against", "other", "threshold", "is_passed", "is_effective", "flaw",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PastScore:
    """What was said of one closed meeting. `vote`: in favour, against, other; `official`: class, reason."""

    meeting_id: int
    agreed_at: datetime
    given: Mapping[str, Given] = field(default_factory=dict)
    vote: tuple[int, int, int] | None = None
    remedies: str = ""
    official: tuple[str, str] | None = None
    decided_at: datetime | None = None
    worked_out: tuple[Filled, Score] | None = None  # by whoever needed it to say all this


@transaction.atomic
def load_scores(scores: Iterable[PastScore], *, by: User) -> int:
    """The same rows the single actions write; returns how many. Refused as one where one is wrong."""
    loading = _Loading(by, (Vote.objects.aggregate(last=Max("id"))["last"] or 0))
    stream, count = iter(scores), 0
    while batch := list(islice(stream, TOGETHER)):
        refuse_secret(*{text for past in batch for text in _texts(past)})
        loading.read_roll_calls([past.meeting_id for past in batch])
        sheets = [loading.row(past, filled) for past, filled in _with_sheets(batch)]
        insert_rows(Vote, VOTE_COLUMNS, loading.take_votes())
        insert_rows(ScoreSheet, SHEET_COLUMNS, sheets)
        count += len(sheets)
    reset_sequences(Vote)
    trail.record("scores loaded", None, by=by, count=count)
    return count


def _texts(past: PastScore) -> Iterator[str]:
    yield past.remedies
    yield from (given.reason for given in past.given.values())
    if past.official:
        yield past.official[1]


def _with_sheets(batch: Sequence[PastScore]) -> Iterator[tuple[PastScore, Filled]]:
    for past in batch:
        if past.worked_out is not None:
            yield past, past.worked_out[0]
    wanted = {past.meeting_id: past for past in batch if past.worked_out is None}
    for filled in filled_sheets(sorted(wanted), with_kept=False):
        yield wanted[filled.found.meeting_id], filled


class _Loading:
    """The rows of a load: ids of votes go on from batch to batch."""

    def __init__(self, by: User, last_vote: int) -> None:
        self.by_id = by.pk
        self.last_vote = last_vote
        self.votes: list[tuple[Any, ...]] = []
        self.book = RuleBook.load()
        self.rubrics = dict(RuleValue.objects.values_list("public_id", "pk"))
        self.roll_calls: dict[int, RollCall] = {}

    def take_votes(self) -> list[tuple[Any, ...]]:
        taken, self.votes = self.votes, []
        return taken

    def read_roll_calls(self, meeting_ids: Sequence[int]) -> None:
        self.roll_calls = RollCall.objects.in_bulk(meeting_ids)

    def row(self, past: PastScore, filled: Filled) -> tuple[Any, ...]:
        found = (
            past.worked_out[1]
            if past.worked_out
            else score(filled.sheet, filled.found.facts, past.given)
        )
        refuse_unfit(filled, found, past.given)
        vote_id, voted = self._vote(past, filled, found)
        klass, reason = past.official or ("", "")
        return (
            past.meeting_id, self.rubrics[filled.held_by.rubric],
            _json(kept_lines(found)), _json(filled.found.facts.kept()),
            stored(found.total), found.klass or "", self.by_id, past.agreed_at, vote_id, voted,
            past.remedies, klass, reason,
            self.by_id if klass else None, (past.decided_at or past.agreed_at) if klass else None,
        )  # fmt: skip

    def _vote(self, past: PastScore, filled: Filled, found: Score) -> tuple[int | None, str]:
        if past.vote is None or found.klass is None:
            return None, ""
        base = self._base(past.meeting_id)
        rule = self.book.in_force(MeetingRules, filled.found.path, filled.found.held_on)
        in_favour, against, other = past.vote
        judged = judge_vote(SUBJECT, in_favour, base, rule.values)
        self.last_vote += 1
        self.votes.append((
            self.last_vote, new_public_id(), past.meeting_id, SUBJECT,
            vote_question(found.total, found.klass), "card", base.official, base.away,
            base.suspended, base.exempt_absent, 0, "", base.count, in_favour, against, other,
            judged.threshold, judged.is_passed, judged.is_effective,
            flaw_text(judged, base, rule),
        ))  # fmt: skip
        return self.last_vote, found.klass

    def _base(self, meeting_id: int) -> Base:
        known = self.roll_calls[meeting_id]
        return Base(
            known.official, known.voters_away, known.voters_suspended, known.voters_exempt_absent
        )


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
