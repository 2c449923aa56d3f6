"""The meetings of one cell, each with everything the minutes keep."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from nennep.core.periods import quarter_months
from nennep.demo.plan.calendar import (
    YESTERDAY,
    CellCalendar,
    PlannedExplanation,
    Sitting,
    explanation_of,
    moment,
)
from nennep.demo.plan.habits import ANY_DAY, DUE_DAYS, LOOSE, WEAK, Habit, temper_of
from nennep.demo.plan.people import PlannedPerson
from nennep.demo.plan.presence import Presences, RollCounts
from nennep.demo.plan.profiles import profile_of
from nennep.demo.plan.rosters import Post, Roster, Row, rosters_of
from nennep.demo.plan.sizes import Size
from nennep.demo.plan.texts import PlannedText, Writer, carried_over
from nennep.demo.plan.tree import Household, PlannedUnit
from nennep.demo.plan.words import STANDS_ON, dice, one_of, sentences

SKIPPABLE = ("reg.criticism", "reg.information", "reg.orientation", "reg.task_results")
PERSON_POSTS = ("secretary", "deputy")


@dataclass(frozen=True, slots=True)
class PlannedMeeting:
    """One meeting that was held. People are member ids; moments are in universal time."""

    cell: str
    kind: str
    period: date
    started_at: datetime
    ended_at: datetime
    closed_at: datetime
    thematic_started_at: datetime | None
    place: str
    topic: str
    chair: Post | None
    minute_taker: Post | None
    invited_at: datetime | None
    papers_sent_at: datetime | None
    finished_sent_at: datetime | None
    skipped_steps: tuple[str, ...]
    counts: RollCounts
    rows: Sequence[Row]
    text: PlannedText | None


@dataclass(frozen=True, slots=True)
class CellHistory:
    """Everything one cell did and said, meetings in the order of their days."""

    cell: PlannedUnit
    meetings: list[PlannedMeeting]
    explanations: list[PlannedExplanation]


class Households:
    """Plans the history of cells, one household at a time."""

    def __init__(self, size: Size, seed: int, own_cell: str) -> None:
        self.size = size
        self.seed = seed
        self.own_cell = own_cell

    def histories(
        self, household: Household, people: Sequence[PlannedPerson], first_id: int
    ) -> Iterator[CellHistory]:
        """`first_id` is the member id of the first of `people`."""
        concerned: dict[str, list[tuple[int, PlannedPerson]]] = defaultdict(list)
        for member_id, person in enumerate(people, first_id):
            cells = {standing.cell for standing in person.standings}
            for code in sorted(cells | {host for host, _, _ in person.stays if host}):
                concerned[code].append((member_id, person))
        for cell in household.cells:
            yield self._history(household, cell, concerned[cell.code])

    def _history(
        self, household: Household, cell: PlannedUnit, people: list[tuple[int, PlannedPerson]]
    ) -> CellHistory:
        chance = dice(self.seed, "months", cell.code)
        is_own = cell.code == self.own_cell
        temper = temper_of(household, cell.code, self.seed, is_own=is_own)
        profile = profile_of(cell.block)
        places = sentences("places")["other" if profile.is_office else "residential"]
        days = DUE_DAYS if household.has_due_day or is_own else ANY_DAY
        habit = Habit.of(
            temper, one_of(profile.hours, chance), one_of(places, chance), days, chance
        )
        calendar = CellCalendar(
            habit, chance, is_office=profile.is_office, has_due_day=household.has_due_day
        )
        months = self.size.months
        sittings = sorted(
            calendar.sittings(months, has_committee=cell.has_committee),
            key=lambda sitting: (sitting.day, sitting.minute),
        )
        rosters = rosters_of(cell.code, people, months[0] - timedelta(days=40), STANDS_ON)
        keeper = _Keeper(self, household, cell, habit, rosters, chance)
        meetings = [keeper.meeting(sitting) for sitting in sittings]
        return CellHistory(
            cell, meetings, list(_explanations(cell, months, sittings, chance, self.size))
        )

    def writes(self, household: Household, month: date) -> bool:
        """Whether meetings of that month have texts: everywhere, or at the two districts alone."""
        return month >= self.size.writes_from or household.district in {"SOCSON", "PHUCTHO"}


def _explanations(
    cell: PlannedUnit, months: list[date], sittings: list[Sitting], chance: Random, size: Size
) -> Iterator[PlannedExplanation]:
    regular = {s.period for s in sittings if s.kind in {"regular", "combined"}}
    thematic = {quarter_months(s.period)[2] for s in sittings if s.kind in {"thematic", "combined"}}
    for month in months[:-1]:
        if month not in regular and (said := explanation_of(cell.code, "regular", month, chance)):
            yield said
        is_quarter = (
            month == quarter_months(month)[2] and quarter_months(month)[0] >= size.first_month
        )
        if is_quarter and month not in thematic and chance.random() < 0.5:
            said = explanation_of(cell.code, "thematic", month, chance)
            if said:
                yield said


class _Keeper:
    """Writes down the meetings of one cell, day after day."""

    def __init__(
        self,
        plan: Households,
        household: Household,
        cell: PlannedUnit,
        habit: Habit,
        rosters: list[Roster],
        chance: Random,
    ) -> None:
        self.plan = plan
        self.household = household
        self.cell = cell
        self.habit = habit
        self.rosters = rosters
        self.place = 0
        self.chance = chance
        self.presences = Presences(cell, habit, plan.size.months, chance)
        self.writer = Writer(cell.block, chance, leaves_open=not household.is_orderly)
        self.last_text: PlannedText | None = None

    def meeting(self, sitting: Sitting) -> PlannedMeeting:
        roster = self._roster(sitting.day)
        rows, counts = self.presences.of(roster, sitting)
        chair, taker = self._officers(roster, rows)
        started_at = sitting.started_at
        ended_at = started_at + timedelta(minutes=self._length(sitting))
        invited_at, papers_sent_at, finished_sent_at = self._sent(sitting)
        text = None
        if self.plan.writes(self.household, sitting.period):
            text = self._said(sitting, self.writer.write(sitting, roster, rows, counts))
        thematic = sitting.thematic_minutes
        return PlannedMeeting(
            cell=self.cell.code,
            kind=sitting.kind,
            period=sitting.period,
            started_at=started_at,
            ended_at=ended_at,
            closed_at=min(
                ended_at + timedelta(minutes=20 + int(self.chance.random() * 1500)),
                moment(YESTERDAY, 1430),
            ),
            thematic_started_at=ended_at - timedelta(minutes=thematic) if thematic else None,
            place=self.habit.place,
            topic=self.writer.topic(sitting),
            chair=chair,
            minute_taker=taker,
            invited_at=invited_at,
            papers_sent_at=papers_sent_at,
            finished_sent_at=finished_sent_at,
            skipped_steps=self._skipped(sitting),
            counts=counts,
            rows=rows,
            text=text,
        )

    def _length(self, sitting: Sitting) -> int:
        """A cell that is not too careful typed the end of a meeting a few minutes after its start."""
        if self._lapses(sitting, "end", 0.04):
            return 6 + sitting.day.day % 8
        return sitting.minutes_long

    def _said(self, sitting: Sitting, text: PlannedText) -> PlannedText:
        """Now and then the texts of the month before are carried over."""
        before, is_regular = self.last_text, sitting.kind == "regular"
        if is_regular:
            self.last_text = text
        is_own = self.cell.code == self.plan.own_cell and sitting.period == STANDS_ON.replace(day=1)
        if before is None or not is_regular or not (is_own or self._lapses(sitting, "text", 0.2)):
            return text
        return carried_over(text, before)

    def _lapses(self, sitting: Sitting, what: str, often: float) -> bool:
        if sitting.kind != "regular" or self.habit.temper not in {LOOSE, WEAK}:
            return False
        chance = dice(self.plan.seed, what, self.cell.code, sitting.period.isoformat())
        return chance.random() < often

    def _roster(self, day: date) -> Roster:
        while self.rosters[self.place].last < day:
            self.place += 1
        return self.rosters[self.place]

    def _officers(self, roster: Roster, rows: Sequence[Row]) -> tuple[Post | None, Post | None]:
        """The secretary is in the chair, else the deputy; somebody else who came takes the minutes."""
        if not roster.posts:
            return None, None
        came = {row[0] for row in rows if row[2] == "present"}
        there = [post for post in roster.posts if post.member_id in came]
        heads = sorted(
            (p for p in there if p.title in PERSON_POSTS), key=lambda p: p.title != "secretary"
        )
        chair = next(iter(heads), None) or roster.post("secretary")
        taker = next((post for post in reversed(there) if post != chair), None)
        return chair, taker

    def _sent(self, sitting: Sitting) -> tuple[datetime | None, datetime | None, datetime | None]:
        temper, draw = self.habit.temper, self.chance.random
        invited_at = moment(sitting.day - timedelta(days=2 + int(draw() * 3)), 9 * 60)
        fate = draw()
        if fate < temper.no_papers:
            papers = None
        elif fate < temper.no_papers + temper.late_papers:
            papers = moment(sitting.day, sitting.minute - 90)
        else:
            papers = moment(sitting.day - timedelta(days=1 + int(draw() * 2)), 15 * 60)
        if sitting.kind == "cell_committee" or draw() < 0.25:
            return invited_at, papers, None
        out_on = sitting.day + timedelta(days=1 + int(draw() * draw() * 5))
        return invited_at, papers, moment(out_on, 10 * 60) if out_on <= YESTERDAY else None

    def _skipped(self, sitting: Sitting) -> tuple[str, ...]:
        if sitting.kind in {"cell_committee", "thematic"}:
            return ()
        if self.chance.random() >= self.habit.temper.skipped:
            return ()
        return (one_of(SKIPPABLE, self.chance),)
