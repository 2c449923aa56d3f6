"""Rows of seven tables for a batch of past meetings, with the ids they will have."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Max, Model

from nennep.core.ids import new_public_id
from nennep.library.rules.documents import symbol
from nennep.meetings.actions.history.ground import Ground
from nennep.meetings.actions.history.past import PastItem, PastMeeting, PastResolution, PastVote
from nennep.meetings.actions.voting import flaw_text
from nennep.meetings.choices import MeetingKind, PaperKind, Series
from nennep.meetings.models import (
    AgendaItem,
    Attendance,
    Meeting,
    Resolution,
    ResolutionItem,
    RollCall,
    Vote,
)
from nennep.meetings.queries.in_force import hanoi_day
from nennep.meetings.queries.issuing import SUBJECT
from nennep.meetings.rules import MeetingRules
from nennep.meetings.rules.length import planned_length
from nennep.meetings.rules.numbering import counted_under, obstacle, series_of
from nennep.meetings.rules.votes import Base, called, deducts_excused, judge_vote
from nennep.regulations.rules import InForce

# In the order in which they are written: what refers to a row comes after it.
COLUMNS: dict[type[Model], tuple[str, ...]] = {
    Meeting: (
        "id", "public_id", "unit", "kind", "period", "topic", "planned_at", "planned_minutes", "place",
        "online_permission", "chair", "chair_name", "chair_post", "minute_taker",
        "minute_taker_name", "started_at", "thematic_started_at", "ended_at", "invited_at",
        "superior_told_at", "papers_sent_at", "finished_sent_at", "steps_marked_at",
        "skipped_steps", "dues_paid", "dues_due", "opening_text", "closing_text",
        "declared_free_of_secrets_at", "minutes_adopted_at", "closed_at", "closed_by",
        "cancel_reason", "version", "is_return",
    ),
    RollCall: (
        "meeting", "taken_at", "taken_by", "is_typed",
        "official", "probationary", "exempt", "away", "suspended", "here",
        "voters_away", "voters_suspended", "voters_exempt_absent",
        "required", "present", "excused", "unexcused", "exempt_present", "speakers",
        "voters_excused",
    ),
    Attendance: (
        "meeting", "member", "status", "presence", "may_vote", "came_late", "left_early",
        "spoke", "reason",
    ),
    AgendaItem: (
        "id", "public_id", "meeting", "position", "step", "origin", "title", "is_on_paper_only",
        "discussion", "conclusion", "version",
    ),
    Vote: (
        "id", "public_id", "meeting", "item", "subject", "question", "method", "official", "away",
        "suspended", "exempt_absent", "excused", "deducted_by_law", "deduction_reason", "base",
        "in_favour", "against", "other", "threshold", "is_passed", "is_effective", "flaw",
    ),
    Resolution: (
        "id", "public_id", "meeting", "kind", "summary", "last_month", "next_month", "term",
        "series", "number", "symbol", "issued_on", "signing_style",
    ),
    ResolutionItem: (
        "id", "public_id", "resolution", "position", "what", "who", "who_text", "due_on", "result",
        "done_on",
    ),
}  # fmt: skip
# Attendance rows get their ids from the database: nothing refers to them.
NUMBERED: tuple[type[Model], ...] = (Meeting, AgendaItem, Vote, Resolution, ResolutionItem)


def last_ids() -> dict[type[Model], int]:
    return {
        model: model._meta.default_manager.aggregate(last=Max("id"))["last"] or 0  # type: ignore[union-attr]  # each has one
        for model in NUMBERED
    }


@dataclass(slots=True)
class Rows:
    """What a batch adds to each table. `ids` are the last ids given, and outlive the batch."""

    ground: Ground
    ids: dict[type[Model], int]
    by_id: int
    tables: dict[type[Model], list[tuple[Any, ...]]] = field(
        default_factory=lambda: {model: [] for model in COLUMNS}
    )

    def add(self, past: PastMeeting) -> None:
        meeting_id = self._next(Meeting)
        held_on = hanoi_day(past.started_at)
        rule = self.ground.rules_on(past.unit_id, held_on)
        self._add_meeting(meeting_id, past, rule.values)
        self._add_roll(meeting_id, past)
        items = [self._add_item(meeting_id, n, item) for n, item in enumerate(past.items, 1)]
        results = [self._add_vote(meeting_id, past, vote, items, rule) for vote in past.votes]
        for paper in past.resolutions:
            votes = [r for v, r in zip(past.votes, results, strict=True)
                     if v.subject == SUBJECT[PaperKind(paper.kind)]]  # fmt: skip
            self._add_paper(meeting_id, past, paper, votes, held_on, rule.values)

    def _next(self, model: type[Model]) -> int:
        self.ids[model] += 1
        return self.ids[model]

    def _add_meeting(self, meeting_id: int, past: PastMeeting, rules: MeetingRules) -> None:
        planned, _short_of = planned_length(past.kind, None, 0, rules)
        self.tables[Meeting].append((
            meeting_id, new_public_id(), past.unit_id, str(past.kind), past.period, past.topic,
            past.planned_at, planned, past.place, "", past.chair_id, past.chair_name, past.chair_post,
            past.minute_taker_id, past.minute_taker_name, past.started_at,
            past.thematic_started_at, past.ended_at, past.invited_at, past.superior_told_at,
            past.papers_sent_at, past.finished_sent_at, past.steps_marked_at,
            json.dumps(list(past.skipped_steps)), past.dues_paid, past.dues_due,
            past.opening_text, past.closing_text, past.declared_free_of_secrets_at,
            past.minutes_adopted_at, past.closed_at, self.by_id, "",
            1 + bool(past.opening_text) + bool(past.closing_text), past.is_return,
        ))  # fmt: skip

    def _add_roll(self, meeting_id: int, past: PastMeeting) -> None:
        is_typed = past.roll.typed is not None
        self.tables[RollCall].append((
            meeting_id, past.closed_at, self.by_id, is_typed,
            *past.roll.strength, *past.roll.presence(past.attendance),
        ))  # fmt: skip
        self.tables[Attendance].extend([(meeting_id, *row) for row in past.attendance])

    def _add_item(self, meeting_id: int, position: int, item: PastItem) -> int:
        item_id = self._next(AgendaItem)
        version = int(bool(item.discussion or item.conclusion))
        self.tables[AgendaItem].append((
            item_id, new_public_id(), meeting_id, position, item.step, str(item.origin),
            item.title, item.is_on_paper_only, item.discussion, item.conclusion, version,
        ))  # fmt: skip
        return item_id

    def _add_vote(
        self,
        meeting_id: int,
        past: PastMeeting,
        vote: PastVote,
        items: Sequence[int],
        rule: InForce[MeetingRules],
    ) -> tuple[bool, bool]:
        roll = past.roll
        excused = 0
        if deducts_excused(past.kind, rule.values):
            excused = roll.presence(past.attendance).voters_excused
        base = Base(
            roll.official,
            roll.voters_away,
            roll.voters_suspended,
            roll.voters_exempt_absent,
            excused,
        )
        judged = judge_vote(
            vote.subject,
            vote.in_favour,
            base,
            rule.values,
            is_of_committee=past.kind == MeetingKind.CELL_COMMITTEE,
        )
        self.tables[Vote].append((
            self._next(Vote), new_public_id(), meeting_id,
            None if vote.item is None else items[vote.item], vote.subject,
            vote.question or called(vote.subject, past.kind), str(vote.method), base.official,
            base.away, base.suspended, base.exempt_absent, base.excused, 0, "", base.count,
            vote.in_favour, vote.against, vote.other, judged.threshold, judged.is_passed, judged.is_effective,
            flaw_text(judged, base, rule),
        ))  # fmt: skip
        return judged.is_passed, judged.is_effective

    def _add_paper(
        self,
        meeting_id: int,
        past: PastMeeting,
        paper: PastResolution,
        votes: Sequence[tuple[bool, bool]],
        held_on: date,
        rules: MeetingRules,
    ) -> None:
        term_id = self.ground.term_on(past.unit_id, held_on)
        is_barred = obstacle(
            paper.kind,
            has_text=paper.has_text,
            has_term=term_id is not None,
            official=past.roll.official,
            votes=votes,
            rules=rules,
            is_of_committee=past.kind == MeetingKind.CELL_COMMITTEE,
        )
        issued: tuple[Any, ...] = (None, str(Series.CELL), None, "", None)
        if is_barred is None and term_id is not None:
            series = series_of(past.kind)
            number = self.ground.next_number(term_id, counted_under(paper.kind, series))
            issued = (term_id, str(series), number, symbol(number, paper.kind, series), held_on)
        paper_id = self._next(Resolution)
        self.tables[Resolution].append((
            paper_id, new_public_id(), meeting_id, str(paper.kind), paper.summary,
            paper.last_month, paper.next_month, *issued, str(paper.signing_style),
        ))  # fmt: skip
        self.tables[ResolutionItem].extend(
            (
                self._next(ResolutionItem), new_public_id(), paper_id, position, line.what,
                line.who_id, line.who_text, line.due_on, line.result, line.done_on,
            )
            for position, line in enumerate(paper.lines, 1)
        )  # fmt: skip
