"""TRAIN of a unit and year, from the rows: who holds a post, who of them was trained, who was not."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q

from nennep.core import clock
from nennep.core.fields import below
from nennep.members.queries.among import among
from nennep.organisation.models import Unit
from nennep.training.choices import CellGroup, TrainPost
from nennep.training.models import Participant
from nennep.training.models.courses import AUDIENCE
from nennep.training.queries.holders import Holder, holders_under


@dataclass(frozen=True, slots=True)
class PostCount:
    """How many hold a post, and how many of them were trained; by group of cells as well."""

    post: TrainPost
    holding: int
    trained: int

    @property
    def pair(self) -> tuple[int, int]:
        return self.trained, self.holding

    @property
    def missing(self) -> int:
        return self.holding - self.trained


@dataclass(frozen=True)
class Coverage:
    """`as_of`: the last day of the year, or today where that comes first."""

    unit: Unit
    year: int
    as_of: date
    holders: Sequence[Holder]
    trained: frozenset[tuple[int, int | None, str]]  # unit, member, post

    def is_trained(self, holder: Holder) -> bool:
        return (holder.unit_id, holder.member_id, holder.post) in self.trained

    @cached_property
    def missing(self) -> list[Holder]:
        return [holder for holder in self.holders if not self.is_trained(holder)]

    def count(self, post: TrainPost, group: CellGroup | None = None) -> PostCount:
        mine = [h for h in self.holders if h.post == post and group in {None, h.group}]
        return PostCount(post, len(mine), sum(map(self.is_trained, mine)))

    @cached_property
    def by_post(self) -> list[PostCount]:
        """Posts that somebody holds; the secretaries always."""
        counts = [self.count(post) for post in TrainPost]
        return [c for c in counts if c.holding or c.post == TrainPost.SECRETARY]

    @cached_property
    def groups(self) -> list[CellGroup]:
        there = {holder.group for holder in self.holders}
        return [group for group in CellGroup if group in there]

    @cached_property
    def table(self) -> list[tuple[PostCount, list[PostCount]]]:
        """A row for each post: all together, then group by group."""
        return [(c, [self.count(c.post, group) for group in self.groups]) for c in self.by_post]

    @cached_property
    def missing_by_unit(self) -> dict[int, Counter[TrainPost]]:
        """By unit, how many of each post have not been trained. No names."""
        counts: dict[int, Counter[TrainPost]] = defaultdict(Counter)
        for holder in self.missing:
            counts[holder.unit_id][holder.post] += 1
        return counts


def last_day(year: int) -> date:
    return min(date(year, 12, 31), clock.today())


def coverage_of(unit: Unit, year: int) -> Coverage:
    as_of = last_day(year)
    holders = holders_under(unit, as_of)
    return Coverage(unit, year, as_of, holders, _trained(holders, as_of))


def _trained(holders: Sequence[Holder], as_of: date) -> frozenset[tuple[int, int | None, str]]:
    """Those of them who came to a course for their post, this year and up to the day."""
    came = _came(holders, as_of)
    return frozenset(
        (h.unit_id, h.member_id, h.post)
        for h in holders
        if (h.member_id or -h.unit_id, h.post) in came
    )


def _came(holders: Sequence[Holder], as_of: date) -> set[tuple[int, str]]:
    """Who was trained in the year, for which posts; who has no name by the cell, as minus its id."""
    people = {holder.member_id for holder in holders if holder.member_id}
    nameless = {holder.unit_id for holder in holders if holder.member_id is None}
    rows = (
        Participant.objects.trained()
        .filter(
            Q(member_id__in=among(people)) | Q(member__isnull=True, unit_id__in=among(nameless)),
            session__ends_on__range=(date(as_of.year, 1, 1), as_of),
        )
        .order_by()
    )
    columns = [f"session__course__{column}" for column in AUDIENCE.values()]
    return {
        (member_id or -unit_id, post)
        for member_id, unit_id, *meant in rows.values_list("member_id", "unit_id", *columns)
        for post, is_meant in zip(AUDIENCE, meant, strict=True)
        if is_meant
    }


def years_of(unit: Unit) -> list[int]:
    """Years in which the unit's people were trained, and this one; the latest first."""
    rows = Participant.objects.trained().filter(below("unit__path", unit.path)).order_by()
    days = rows.values_list("session__ends_on__year", flat=True).distinct()
    return sorted({*days, clock.today().year}, reverse=True)
