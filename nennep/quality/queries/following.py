"""Who follows which cell, and what somebody who follows cells looks at next."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from nennep.core import clock
from nennep.core.fields import holding_on
from nennep.core.periods import month_of
from nennep.core.person import Person
from nennep.meetings.choices import MeetingKind
from nennep.meetings.models import Meeting
from nennep.members.choices import PositionTitle
from nennep.members.models import Member, Position
from nennep.members.queries.among import among
from nennep.members.queries.positions import RANK
from nennep.organisation.models import Unit, UnitQuerySet
from nennep.quality.models import Following, Recommendation, Visit


@dataclass(frozen=True)
class FollowedCell:
    """A cell and who of the committee follows it today; None: nobody."""

    cell: Unit
    following: Following | None


@dataclass(frozen=True)
class FollowedArea:
    """A committee below, its cells, and who of the superior committee follows how many of them."""

    unit: Unit
    cells: int
    followers: Mapping[str, int]

    @property
    def followed(self) -> int:
        return sum(self.followers.values())

    @property
    def pair(self) -> tuple[int, int]:
        return self.followed, self.cells


@dataclass(frozen=True)
class CommitteeMember:
    """Somebody who holds a post in the committee, and how many cells they follow today."""

    member: Member
    title: str
    count: int = 0

    @property
    def title_label(self) -> str:
        return str(PositionTitle(self.title).label)


@dataclass(frozen=True)
class OwnCell:
    """A cell somebody follows: what comes next, what was, and what is still to be answered."""

    following: Following
    meeting: Meeting | None
    plan: Visit | None
    last: Visit | None
    open: int
    overdue: int

    @property
    def cell(self) -> Unit:
        return self.following.unit


def own_cells(committee: Unit) -> UnitQuerySet:
    """The cells directly under it, in the order of their names."""
    rows = Unit.objects.filter(parent=committee).cells().living()
    return rows.order_by("sort_key", "pk")


def without_follower(unit: Unit, day: date) -> UnitQuerySet:
    """Cells at and below the unit whom no committee above them follows that day."""
    followed = Following.objects.on(day).filter(unit=OuterRef("pk"))
    return Unit.objects.within(unit).cells().living().filter(~Exists(followed))


def followed_cells(committee: Unit, place: Unit) -> list[FollowedCell]:
    """The cells directly under `place`, the committee itself or one below it. Two queries."""
    today = clock.today()
    rows = Following.objects.on(today).filter(committee=committee, unit__parent=place)
    known = {row.unit_id: row for row in rows.select_related("member")}
    return [FollowedCell(cell, known.get(cell.pk)) for cell in own_cells(place)]


def followed_areas(committee: Unit, place: Unit) -> list[FollowedArea]:
    """Committees directly under `place` that lead cells, by name. Three queries."""
    found = Unit.objects.filter(parent=place).living().order_by("sort_key", "pk")
    areas = {unit.path: unit for unit in found if not unit.is_cell}
    length = max(map(len, areas), default=0)
    cells: dict[str, int] = defaultdict(int)
    for path in Unit.objects.within(place).cells().living().values_list("path", flat=True):
        cells[path[:length]] += 1
    followed: dict[str, Counter[str]] = defaultdict(Counter)
    rows = Following.objects.on(clock.today()).filter(committee=committee).order_by()
    for path, name in rows.values_list("unit__path", "member__full_name"):
        followed[path[:length]][name] += 1
    return [
        FollowedArea(unit, cells[path], dict(followed[path].most_common()))
        for path, unit in areas.items()
        if cells[path]
    ]


def followers_of(cell: Unit) -> list[Following]:
    """Today's, the committee nearest to the cell first."""
    rows = Following.objects.on(clock.today()).filter(unit=cell)
    return list(rows.select_related("member", "committee").order_by("-committee__depth"))


def committee_members(committee: Unit) -> list[CommitteeMember]:
    """By post, then by name; somebody with posts in two of its bodies once, under the higher one."""
    today = clock.today()
    rows = Position.objects.filter(holding_on(today), body__unit=committee)
    highest: dict[int, tuple[int, str, Member]] = {}
    for row in rows.select_related("member").order_by("member__sort_key", "pk"):
        found = (RANK[row.title], row.title, row.member)
        if row.member_id not in highest or found[0] < highest[row.member_id][0]:
            highest[row.member_id] = found
    counts = _counts(committee, today)
    ordered = sorted(highest.values(), key=lambda each: each[0])
    return [CommitteeMember(member, title, counts[member.pk]) for _, title, member in ordered]


def _counts(committee: Unit, day: date) -> dict[int, int]:
    counts: dict[int, int] = defaultdict(int)
    rows = Following.objects.on(day).filter(committee=committee)
    for member_id in rows.order_by().values_list("member_id", flat=True):
        counts[member_id] += 1
    return counts


def cells_followed_by(person: Person) -> list[OwnCell]:
    """Those in the person's sight, the next meeting first. Five queries."""
    today = clock.today()
    rows = Following.objects.visible_to(person).own(person).on(today)
    followings = list(rows.select_related("unit", "committee", "member").order_by("unit__sort_key"))
    cells = [row.unit_id for row in followings]
    meetings = next_meetings(cells)
    plans = {v.unit_id: v for v in _plans(cells, followings, today)}
    last = _last_visits(cells)
    asked = _open(cells, today)
    found = [
        OwnCell(row, meetings.get(row.unit_id), plans.get(row.unit_id), last.get(row.unit_id),
                *asked.get(row.unit_id, (0, 0)))
        for row in followings
    ]  # fmt: skip
    return sorted(found, key=_nearness)


def _nearness(own: OwnCell) -> tuple[bool, str]:
    moment = own.meeting.planned_at if own.meeting else None
    return moment is None, moment.isoformat() if moment else ""


def next_meetings(cells: Collection[int]) -> dict[int, Meeting]:
    """By cell, the nearest meeting that is planned from today on. Its day and place, no content."""
    rows = Meeting.objects.live().filter(
        unit_id__in=among(cells), closed_at__isnull=True, planned_at__date__gte=clock.today()
    )
    found: dict[int, Meeting] = {}
    for meeting in rows.exclude(kind=MeetingKind.CELL_COMMITTEE).order_by("planned_at", "pk"):
        found.setdefault(meeting.unit_id, meeting)
    return found


def _plans(cells: Collection[int], mine: Iterable[Following], today: date) -> QuerySet[Visit]:
    """The latest first, so that of several the nearest stays in the table."""
    committees = {row.committee_id for row in mine}
    rows = Visit.objects.planned().filter(
        unit_id__in=among(cells), committee_id__in=committees, month__gte=month_of(today)
    )
    return rows.order_by("-month", "pk")


def _last_visits(cells: Collection[int]) -> dict[int, Visit]:
    rows = Visit.objects.made().filter(unit_id__in=among(cells)).order_by("made_on", "pk")
    return {visit.unit_id: visit for visit in rows}


def _open(cells: Collection[int], today: date) -> dict[int, tuple[int, int]]:
    """Not answered, and of these past their day."""
    found: dict[int, tuple[int, int]] = {}
    rows = Recommendation.objects.open().filter(unit_id__in=among(cells)).order_by()
    for unit_id, due_on in rows.values_list("unit_id", "due_on"):
        count, late = found.get(unit_id, (0, 0))
        found[unit_id] = count + 1, late + (due_on < today)
    return found
