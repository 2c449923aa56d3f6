"""Who came: everybody, except … Absences are drawn sparsely, not member by member."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import NamedTuple

from nennep.core.periods import add_months
from nennep.demo.plan.calendar import Sitting
from nennep.demo.plan.habits import ORDERLY, Habit
from nennep.demo.plan.rosters import Roster, Row
from nennep.demo.plan.tree import PlannedUnit
from nennep.demo.plan.words import one_of, sentences

VARIANTS = 4  # lists of who speaks, made once for a roster


class RollCounts(NamedTuple):
    """The strength of the day; `typed` is (present, excused, unexcused) where only totals are kept."""

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

    @property
    def voting_base(self) -> int:
        return self.official - self.voters_away - self.voters_suspended - self.voters_exempt_absent


@dataclass
class _Usual:
    """What is the same at every meeting on one roster."""

    roster: Roster
    spoken: list[list[Row]]
    absentees: list[int]  # places in the rows, those often away several times
    committee: list[Row]
    heads: list[int]  # places of the secretary and the deputy, of whom one is always there


class Presences:
    """Draws the roll calls of one cell."""

    def __init__(
        self, cell: PlannedUnit, habit: Habit, months: Sequence[date], chance: Random
    ) -> None:
        self.cell = cell
        self.habit = habit
        self.chance = chance
        self.usual: _Usual | None = None
        self.is_orderly = habit.temper is ORDERLY
        self.speaking = 0.25 + 0.45 * chance.random()
        self.seldom: dict[int, int] = {}
        self.spans = self._spans(months)
        words = sentences("absence")
        self.excused: list[str] = words["excused"]
        self.long_excused = one_of(words["long_excused"], chance)

    def _spans(self, months: Sequence[date]) -> dict[date, list[tuple[int, str]]]:
        """Months in which one place in the roll is away: ill for long, or staying away."""
        spans: dict[date, list[tuple[int, str]]] = defaultdict(list)
        draw = self.chance.random
        if self.is_orderly or self.cell.strength < 12:
            return spans
        if draw() < 0.15:
            first, place = (
                months[int(draw() * len(months))],
                5 + int(draw() * (self.cell.strength - 8)),
            )
            for n in range(4 + int(draw() * 3)):
                spans[add_months(first, n)].append((place, "excused"))
        if draw() < 0.04:
            year = months[int(draw() * len(months))].year
            place = 5 + int(draw() * (self.cell.strength - 8))
            for month in [m for m in months if m.year == year and draw() < 0.5][:5]:
                spans[month].append((place, "unexcused"))
        return spans

    def of(self, roster: Roster, sitting: Sitting) -> tuple[Sequence[Row], RollCounts]:
        if self.cell.is_armed:
            return (), self._figures()
        usual = self._usual(roster)
        if sitting.kind == "cell_committee":
            return self._committee(usual)
        rows = list(usual.spoken[int(self.chance.random() * VARIANTS)])
        self._take_out(rows, usual, sitting.period)
        came = self._exempt_who_came(roster)
        rows += came
        return rows, RollCounts(
            roster.official,
            roster.probationary,
            len(roster.exempt),
            roster.away,
            roster.suspended,
            roster.here,
            roster.voters_away,
            roster.voters_suspended,
            roster.voters_exempt - sum(1 for row in came if row[3]),
        )

    def _figures(self) -> RollCounts:
        """A unit that keeps figures only: totals."""
        strength, draw = self.cell.strength, self.chance.random
        probationary = strength // 12
        absent = min(strength - 2, int(strength * self.habit.absent * 2 * draw() + 0.5))
        return RollCounts(
            strength - probationary, probationary, typed=(strength - absent, absent, 0)
        )

    def _usual(self, roster: Roster) -> _Usual:
        if self.usual is None or self.usual.roster is not roster:
            holders = {post.member_id for post in roster.posts}
            self.usual = _Usual(
                roster,
                [self._with_speakers(roster.rows) for _ in range(VARIANTS)],
                [place for place, row in enumerate(roster.rows) for _ in range(self._weight(row))],
                [row for row in roster.rows if row[0] in holders],
                _places(roster, ("secretary", "deputy")),
            )
        return self.usual

    def _weight(self, row: Row) -> int:
        """How much oftener than others a member is away; the same on every roster."""
        if self.is_orderly:
            return 1
        known = self.seldom.get(row[0])
        if known is None:
            known = self.seldom[row[0]] = (1, 1, 1, 2, 4)[int(self.chance.random() * 5)]
        return known

    def _with_speakers(self, rows: Sequence[Row]) -> list[Row]:
        draw, share = self.chance.random, self.speaking
        return [(*row[:6], 1, "") if draw() < share else row for row in rows]

    def _take_out(self, rows: list[Row], usual: _Usual, month: date) -> None:
        """Replace the rows of those who did not come, and of a few who came late or left early."""
        draw = self.chance.random
        mean = len(rows) * self.habit.absent
        count = int(mean + (draw() + draw() - 1) * (mean + 0.5) + draw())
        absent: dict[int, tuple[str, str]] = {}
        for _ in range(min(count, len(rows) // 2)):
            place = usual.absentees[int(draw() * len(usual.absentees))]
            presence = "unexcused" if draw() < self.habit.temper.unexcused else "excused"
            absent[place] = (
                presence,
                one_of(self.excused, self.chance) if presence == "excused" else "",
            )
        for place, presence in self.spans.get(month, ()):
            if place < len(rows) - 1:
                absent[place] = (presence, self.long_excused if presence == "excused" else "")
        if usual.heads and all(place in absent for place in usual.heads):
            del absent[usual.heads[0]]
        for place, (presence, reason) in absent.items():
            row = rows[place]
            rows[place] = (row[0], row[1], presence, row[3], 0, 0, 0, reason)
        place = int(draw() * len(rows) * 3)
        if place < len(rows) and place not in absent:
            row = rows[place]
            is_late = int(draw() < 0.7)
            rows[place] = (row[0], row[1], row[2], row[3], is_late, 1 - is_late, row[6], "")

    def _exempt_who_came(self, roster: Roster) -> list[Row]:
        return [row for row in roster.exempt if self.chance.random() < 0.12]

    def _committee(self, usual: _Usual) -> tuple[list[Row], RollCounts]:
        """The cell committee: those who hold a post in it, now and then without one of them."""
        rows = [(*row[:6], 1, "") for row in usual.committee]
        if len(rows) > 2 and self.chance.random() < self.habit.absent * 2:
            row = rows[-1]
            rows[-1] = (*row[:2], "excused", row[3], 0, 0, 0, self.excused[1])
        official = sum(1 for row in rows if row[3])
        return rows, RollCounts(official, len(rows) - official)


def _places(roster: Roster, titles: tuple[str, ...]) -> list[int]:
    heads = [post.member_id for title in titles if (post := roster.post(title))]
    return [place for head in heads for place, row in enumerate(roster.rows) if row[0] == head]
