"""How the people of one cell stand towards it, from day to day: who is called at a roll call."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from nennep.demo.plan.people import PlannedPerson
from nennep.members.rules import status_of

DAY = timedelta(days=1)
NEVER = date(9999, 12, 31)

# Flags are 0 or 1: the driver of SQLite takes two microseconds to find out what a bool is.
Row = tuple[int, str, str, int, int, int, int, str]


@dataclass(frozen=True, slots=True)
class Post:
    """Somebody who holds a post in the cell's own body."""

    member_id: int
    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Roster:
    """A cell between two changes of its roll. `rows` are those of a meeting to which all came."""

    first: date
    last: date
    rows: tuple[Row, ...]
    exempt: tuple[Row, ...]  # the rows they would have if they came
    posts: tuple[Post, ...]
    official: int
    probationary: int
    away: int
    suspended: int
    here: int
    voters_away: int
    voters_suspended: int
    voters_exempt: int

    def post(self, title: str) -> Post | None:
        return next((post for post in self.posts if post.title == title), None)


@dataclass(frozen=True, slots=True)
class _Entry:
    member_id: int
    status: str
    is_official: bool

    def row(self) -> Row:
        may_vote = int(self.is_official and self.status in {"required", "exempt"})
        return (self.member_id, self.status, "present", may_vote, 0, 0, 0, "")


def rosters_of(
    cell: str, people: Sequence[tuple[int, PlannedPerson]], first: date, last: date
) -> list[Roster]:
    """`people` are those with anything to do with the cell, each with the member's id."""
    starts = sorted({first, *(day for day in _changes(cell, people) if first < day <= last)})
    ends = [*(day - DAY for day in starts[1:]), last]
    always = {
        member_id: _entry(cell, member_id, person, first)
        for member_id, person in people
        if _never_changes(person, first)
    }
    return [_roster(cell, people, always, *span) for span in zip(starts, ends, strict=True)]


def _never_changes(person: PlannedPerson, first: date) -> bool:
    """Most members stand the same way on every day of the data: they are looked at once."""
    if len(person.standings) != 1 or person.exemptions or person.stays:
        return False
    standing = person.standings[0]
    return standing.valid_from <= first and standing.valid_to is None


def _changes(cell: str, people: Sequence[tuple[int, PlannedPerson]]) -> Iterator[date]:
    for _, person in people:
        spans: list[tuple[date, date | None]] = [
            (standing.valid_from, standing.valid_to) for standing in person.standings
        ]
        spans += [(since, until) for _, since, until in (*person.exemptions, *person.stays)]
        spans += [(since, until) for unit, _, _, since, until in person.positions if unit == cell]
        for since, until in spans:
            yield since
            if until is not None:
                yield until + DAY


def _roster(
    cell: str,
    people: Sequence[tuple[int, PlannedPerson]],
    always: dict[int, _Entry | None],
    first: date,
    last: date,
) -> Roster:
    entries = [
        entry
        for member_id, person in people
        if (entry := always.get(member_id) or _entry(cell, member_id, person, first))
    ]
    own = [entry for entry in entries if entry.status != "here"]
    voters = [entry.status for entry in own if entry.is_official]
    statuses = [entry.status for entry in own]
    return Roster(
        first,
        last,
        rows=tuple(entry.row() for entry in entries if entry.status in {"required", "here"}),
        exempt=tuple(entry.row() for entry in entries if entry.status == "exempt"),
        posts=tuple(_posts(cell, people, first)),
        official=len(voters),
        probationary=len(own) - len(voters),
        away=statuses.count("away"),
        suspended=statuses.count("suspended"),
        here=len(entries) - len(own),
        voters_away=voters.count("away"),
        voters_suspended=voters.count("suspended"),
        voters_exempt=voters.count("exempt"),
    )


def _entry(cell: str, member_id: int, person: PlannedPerson, day: date) -> _Entry | None:
    away_to = next((host for host, since, until in person.stays if _holds(since, until, day)), None)
    standing = next(
        (s for s in person.standings if s.valid_from <= day <= (s.valid_to or NEVER)), None
    )
    if standing is None or standing.cell != cell:
        is_official = standing is not None and standing.kind == "official"
        return _Entry(member_id, "here", is_official) if away_to == cell else None
    status = status_of(
        is_exempt=any(_holds(since, until, day) for _, since, until in person.exemptions),
        is_away=away_to is not None,
        is_suspended=standing.is_suspended,
    )
    return _Entry(member_id, status.value, standing.kind == "official")


def _posts(cell: str, people: Sequence[tuple[int, PlannedPerson]], day: date) -> Iterator[Post]:
    for member_id, person in people:
        for unit, _, title, since, until in person.positions:
            if unit == cell and _holds(since, until, day):
                yield Post(member_id, person.full_name, title)


def _holds(since: date, until: date | None, day: date) -> bool:
    return since <= day <= (until or NEVER)
