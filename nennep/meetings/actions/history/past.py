"""A past meeting as a value: what was recorded of it, without what follows from that."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from nennep.meetings.rules.attendance import PresenceCounts, StrengthCounts, presence_counts


class PastRoll(NamedTuple):
    """The cell's strength on the day. `typed`: present, excused and unexcused where no names are kept."""

    official: int
    probationary: int
    exempt: int = 0
    away: int = 0
    suspended: int = 0
    here: int = 0
    voters_away: int = 0
    voters_suspended: int = 0
    voters_exempt_absent: int = 0
    typed: tuple[int, int, int] | None = None
    speakers: int = 0

    @property
    def strength(self) -> StrengthCounts:
        return StrengthCounts(*self[:9])

    def presence(self, rows: Sequence[Sequence[Any]]) -> PresenceCounts:
        if self.typed is None:
            return presence_counts(rows)
        return PresenceCounts(sum(self.typed), *self.typed, 0, self.speakers)


@dataclass(frozen=True, slots=True)
class PastItem:
    title: str
    origin: str = "own"
    step: str = ""
    is_on_paper_only: bool = False
    discussion: str = ""
    conclusion: str = ""


@dataclass(frozen=True, slots=True)
class PastVote:
    """`item` is the place of its item in the meeting's items, from 0."""

    subject: str
    question: str
    in_favour: int
    against: int = 0
    other: int = 0
    method: str = "card"
    item: int | None = None


@dataclass(frozen=True, slots=True)
class PastLine:
    what: str
    who_id: int | None = None
    who_text: str = ""
    due_on: date | None = None
    result: str = ""
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class PastResolution:
    kind: str = "NQ"
    summary: str = ""
    last_month: str = ""
    next_month: str = ""
    signing_style: str = "cell"
    lines: Sequence[PastLine] = ()

    @property
    def has_text(self) -> bool:
        return bool(self.summary or self.last_month or self.next_month or self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class PastMeeting:
    """`attendance` are tuples in the order of `rules.attendance.AttendanceRow`, flags as 0 or 1."""

    unit_id: int
    kind: str
    period: date
    started_at: datetime
    ended_at: datetime
    closed_at: datetime
    roll: PastRoll
    attendance: Sequence[Sequence[Any]]
    is_return: bool = False
    thematic_started_at: datetime | None = None
    place: str = ""
    topic: str = ""
    planned_at: datetime | None = None
    chair_id: int | None = None
    chair_name: str = ""
    chair_post: str = ""
    minute_taker_id: int | None = None
    minute_taker_name: str = ""
    invited_at: datetime | None = None
    superior_told_at: datetime | None = None
    papers_sent_at: datetime | None = None
    finished_sent_at: datetime | None = None
    steps_marked_at: datetime | None = None
    skipped_steps: Sequence[str] = ()
    dues_paid: int | None = None
    dues_due: int | None = None
    opening_text: str = ""
    closing_text: str = ""
    declared_free_of_secrets_at: datetime | None = None
    minutes_adopted_at: datetime | None = None
    items: Sequence[PastItem] = ()
    votes: Sequence[PastVote] = ()
    resolutions: Sequence[PastResolution] = ()

    def texts(self) -> Iterator[str]:
        """Everything that was written, for the secret guard."""
        yield from (self.place, self.topic, self.opening_text, self.closing_text)
        yield from {row[7] for row in self.attendance}
        for item in self.items:
            yield from (item.title, item.discussion, item.conclusion)
        yield from (vote.question for vote in self.votes)
        for paper in self.resolutions:
            yield from (paper.summary, paper.last_month, paper.next_month)
            for line in paper.lines:
                yield from (line.what, line.who_text, line.result)
