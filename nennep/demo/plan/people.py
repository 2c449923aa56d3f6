"""Who is on the rolls of a household: a committee's cells among which members move."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from nennep.core.periods import add_months
from nennep.core.text import fold
from nennep.demo.plan.profiles import Profile, profile_of
from nennep.demo.plan.tree import Household, PlannedUnit
from nennep.demo.plan.words import STANDS_ON, dice, full_name

DAY = timedelta(days=1)
TERMS = (("2020–2022", date(2020, 4, 1), date(2022, 9, 30)), ("2022–2025", date(2022, 10, 1), None))
LONG_TERMS = (("2020–2025", date(2020, 6, 1), None),)

SETTLED = 4  # up to this place in a cell people are forty or older: members for many years

Span = tuple[date, date | None]


@dataclass(frozen=True, slots=True)
class PlannedStanding:
    cell: str
    kind: str
    party_group: str
    valid_from: date
    valid_to: date | None
    is_suspended: bool = False


@dataclass(frozen=True, slots=True)
class PlannedPerson:
    """A member; `cell` is the code of the latest standing, or of the host of a guest from outside.

    Positions name the kind of the body of `post_at`: the own cell's, or the committee's above it.
    """

    cell: str
    full_name: str
    sex: str
    birth_year: int
    birth_date: date | None
    admitted_on: date | None
    recognised_on: date | None
    standings: tuple[PlannedStanding, ...]
    exemptions: tuple[tuple[str, date, date | None], ...] = ()
    # Code of the host, "" where it is not known here.
    stays: tuple[tuple[str, date, date], ...] = ()
    working: tuple[Span, ...] = ()
    positions: tuple[tuple[str, str, str, date, date | None], ...] = ()  # unit, body, title, span
    office_phone: str = ""


@dataclass
class _Cell:
    """One cell while its people are thought out."""

    unit: PlannedUnit
    chance: Random
    profile: Profile
    names: set[str] = field(default_factory=set)
    people: list[PlannedPerson] = field(default_factory=list)
    newcomers: int = 0


def terms_of(unit: PlannedUnit) -> tuple[tuple[str, date, date | None], ...]:
    """Cells under a committee have terms of two and a half years, all others of five."""
    return TERMS if unit.kind == "cell" else LONG_TERMS


def people_of(household: Household, first_month: date, seed: int) -> list[PlannedPerson]:
    """The people of every cell of the household, cell by cell; units of figures only have none."""
    cells = [
        _Cell(unit, dice(seed, "people", unit.code), profile_of(unit.block))
        for unit in household.cells
        if not unit.is_armed
    ]
    moves = list(_moves(cells, first_month))
    for _, target, _ in moves:
        target.newcomers += 1
    for cell in cells:
        _settle(cell, first_month)
    for source, target, on in moves:
        _move(source, target, on, first_month)
    _send_away(cells, first_month)
    for cell in cells:
        _suspend_somebody(cell, first_month)
    if cells and household.head.kind == "grassroots_committee":
        _lead(cells[0], household.head)
    return [person for cell in cells for person in cell.people]


def _moves(cells: list[_Cell], first_month: date) -> Iterator[tuple[_Cell, _Cell, date]]:
    """Some members moved from one cell of the household to the next, on the first of a month."""
    if len(cells) < 2:
        return
    for place, source in enumerate(cells):
        target = cells[(place + 1) % len(cells)]
        if min(source.unit.strength, target.unit.strength) >= 12 and source.chance.random() < 0.4:
            yield source, target, _some_month(source.chance, first_month)


def _some_month(chance: Random, first_month: date) -> date:
    """The first day of a month between the second of the data and the last but two."""
    months = (STANDS_ON.year - first_month.year) * 12 + STANDS_ON.month - first_month.month
    return add_months(first_month, 1 + int(chance.random() * max(1, months - 3)))


def _settle(cell: _Cell, first_month: date) -> None:
    count = cell.unit.strength - cell.newcomers
    recent = 0 if count < 6 else int(count * 0.05 + cell.chance.random())
    for number in range(count):
        is_recent = number >= count - recent
        cell.people.append(_person(cell, number, first_month, is_recent=is_recent))
    for _ in range(int(count * 0.03 + cell.chance.random()) if count >= 9 else 0):
        last_day = _some_month(cell.chance, first_month) - DAY
        cell.people.append(_leaver(cell, first_month, last_day))
    _elect(cell)
    if cell.unit.strength == 3:
        cell.people[-1] = _on_probation(cell.people[-1])
    if cell.chance.random() < 0.03:
        cell.people.append(_guest_from_outside(cell, first_month))


def _person(cell: _Cell, number: int, first_month: date, *, is_recent: bool) -> PlannedPerson:
    chance, profile, unit = cell.chance, cell.profile, cell.unit
    sex = "female" if chance.random() < profile.women else "male"
    name = _unused_name(cell, sex)
    if is_recent:
        admitted_on = _some_month(chance, first_month) + timedelta(days=int(chance.random() * 20))
        born = admitted_on.year - 21 - int(chance.random() * 17)
    else:
        youngest, oldest = (40, 64) if number <= SETTLED else (profile.youngest, profile.oldest)
        age = max(30, youngest + int((oldest - youngest) * chance.random()))
        born = STANDS_ON.year - age
        admitted_on = _day_in(born + 22 + int(chance.random() * min(7, age - 24)), chance)
    is_year_alone = born < 1950 and chance.random() < 0.3
    recognised_on = _a_year_later(admitted_on)
    person = PlannedPerson(
        cell=unit.code,
        full_name=name,
        sex=sex,
        birth_year=born,
        birth_date=None if is_year_alone else _day_in(born, chance),
        admitted_on=admitted_on,
        recognised_on=recognised_on if recognised_on <= STANDS_ON else None,
        standings=tuple(_standings(unit, admitted_on, recognised_on, first_month, number)),
    )
    return replace(
        person,
        exemptions=_exemptions(cell, person, number, first_month),
        working=_working(cell, person),
    )


def _day_in(year: int, chance: Random) -> date:
    return date(year, 1 + int(chance.random() * 12), 1 + int(chance.random() * 28))


def _unused_name(cell: _Cell, sex: str) -> str:
    name = full_name(sex, cell.chance)
    while name in cell.names:
        name = full_name(sex, cell.chance)
    cell.names.add(name)
    return name


def _a_year_later(day: date) -> date:
    return day.replace(year=day.year + 1, day=min(day.day, 28))


def _standings(
    unit: PlannedUnit, admitted_on: date, recognised_on: date, first_month: date, number: int
) -> Iterator[PlannedStanding]:
    """Whoever was recognised before the data begin has one standing, from when the cell was there."""
    group = unit.party_groups[number % len(unit.party_groups)] if unit.party_groups else ""
    if recognised_on <= first_month:
        since = max(recognised_on, unit.founded_on)
        yield PlannedStanding(unit.code, "official", group, since, None)
        return
    since = max(admitted_on, unit.founded_on)
    is_still = recognised_on > STANDS_ON
    yield PlannedStanding(
        unit.code, "probationary", group, since, None if is_still else recognised_on - DAY
    )
    if not is_still:
        yield PlannedStanding(unit.code, "official", group, recognised_on, None)


def _exemptions(
    cell: _Cell, person: PlannedPerson, number: int, first_month: date
) -> tuple[tuple[str, date, date | None], ...]:
    """Exempt for age or illness, or, seldom, for a case of limited time."""
    chance, begins = cell.chance, person.standings[0].valid_from
    if number <= SETTLED:
        return ()
    if STANDS_ON.year - person.birth_year >= 74 and chance.random() < 0.55:
        since = date(2016 + int(chance.random() * 8), 1 + int(chance.random() * 12), 1)
        return (("age_or_health", max(since, begins), None),)
    if chance.random() < 0.006:
        is_past = chance.random() < 0.15
        since = _some_month(chance, first_month) if is_past else date(2023, 12, 1)
        since = max(since, begins)
        return (("case", since, add_months(since, 9) - DAY),)
    return ()


def _working(cell: _Cell, person: PlannedPerson) -> tuple[Span, ...]:
    """Working until retirement, in most cases."""
    begins = person.standings[0].valid_from
    retires_on = date(person.birth_year + (61 if person.sex == "male" else 57), 1, 1)
    if retires_on <= begins or cell.chance.random() >= cell.profile.working:
        return ()
    return ((begins, None if retires_on > STANDS_ON else retires_on - DAY),)


def _leaver(cell: _Cell, first_month: date, last_day: date) -> PlannedPerson:
    """Somebody who was on the roll and left it: a date, no reason."""
    person = _person(cell, SETTLED, first_month, is_recent=False)
    standing = person.standings[-1]
    ends = max(last_day, standing.valid_from)
    return replace(
        person,
        standings=(*person.standings[:-1], replace(standing, valid_to=ends)),
        exemptions=(),
        working=tuple(
            (since, min(until or ends, ends)) for since, until in person.working if since <= ends
        ),
    )


def _on_probation(person: PlannedPerson) -> PlannedPerson:
    """The third member of a cell of three: it has fewer than three official members."""
    admitted_on = date(2023, 11, 3)
    return replace(
        person,
        admitted_on=admitted_on,
        recognised_on=None,
        birth_year=1995,
        birth_date=date(1995, 5, 9),
        standings=(PlannedStanding(person.cell, "probationary", "", admitted_on, None),),
        exemptions=(),
        working=(),
        positions=(),
    )


def _guest_from_outside(cell: _Cell, first_month: date) -> PlannedPerson:
    person = _person(cell, SETTLED, first_month, is_recent=False)
    return replace(
        person,
        admitted_on=None,
        recognised_on=None,
        standings=(),
        exemptions=(),
        working=(),
        stays=((cell.unit.code, date(2023, 10, 1), date(2024, 8, 31)),),
    )


def _elect(cell: _Cell) -> None:
    """Secretary, deputy and, where there is a cell committee, one to three members more.

    In one cell of four the term of 2022 began with another secretary: the first two changed places.
    """
    unit = cell.unit
    titles = ["secretary", "deputy"]
    if unit.has_committee:
        titles += ["committee_member"] * (1 + (unit.strength >= 20) + (unit.strength >= 35))
    terms = terms_of(unit)
    is_changed = len(terms) > 1 and cell.chance.random() < 0.25
    digits = int(fold(unit.code).encode().hex(), 16) % 9000 + 1000
    for number, title in enumerate(titles[: max(1, unit.strength - 1)]):
        person = cell.people[number]
        since = max(terms[0][1], person.standings[-1].valid_from)
        spans: list[tuple[str, date, date | None]] = [(title, since, None)]
        if is_changed and number < 2 and since <= TERMS[0][1]:
            spans = [(titles[1 - number], since, terms[0][2]), (title, terms[1][1], None)]
        cell.people[number] = replace(
            person,
            positions=tuple((unit.code, unit.body_kind, *span) for span in spans),
            office_phone=f"024 0000 {digits}" if number == 0 else "",
        )


def _lead(cell: _Cell, head: PlannedUnit) -> None:
    """The committee's secretary and deputy are members of its first cell."""
    for number, title in ((3, "secretary"), (4, "deputy")):
        if number < len(cell.people):
            person = cell.people[number]
            since = max(LONG_TERMS[0][1], person.standings[-1].valid_from)
            post = (head.code, head.body_kind, title, since, None)
            cell.people[number] = replace(person, positions=(*person.positions, post))


def _move(source: _Cell, target: _Cell, on: date, first_month: date) -> None:
    """A member comes from the cell beside: written with the people of the cell they are in now."""
    person = _person(source, SETTLED, first_month, is_recent=False)
    there = person.standings[-1]
    groups = target.unit.party_groups
    target.people.append(
        replace(
            person,
            cell=target.unit.code,
            exemptions=(),
            working=(),
            standings=(
                replace(there, valid_to=on - DAY),
                PlannedStanding(
                    target.unit.code, "official", groups[0] if groups else "", on, None
                ),
            ),
        )
    )


def _send_away(cells: list[_Cell], first_month: date) -> None:
    """A few are away for some months; most of them in a place not known here, some next door."""
    for place, cell in enumerate(cells):
        chance = cell.chance
        for number in range(6, min(len(cell.people), cell.unit.strength - cell.newcomers)):
            person = cell.people[number]
            if chance.random() > 0.02 or person.exemptions or len(person.standings) != 1:
                continue
            since = _some_month(chance, first_month)
            if person.standings[0].valid_from > since:
                continue
            until = add_months(since, 3 + int(chance.random() * 7)) - DAY
            host = cells[(place + 1) % len(cells)].unit.code if chance.random() < 0.25 else ""
            host = "" if host == person.cell else host
            cell.people[number] = replace(person, stays=((host, since, until),))


def _suspend_somebody(cell: _Cell, first_month: date) -> None:
    """In one cell of thirty somebody was suspended for three months. No reason is kept anywhere."""
    if len(cell.people) < 12 or cell.chance.random() > 0.03:
        return
    person = cell.people[8]
    since = _some_month(cell.chance, first_month)
    standing = person.standings[0]
    if len(person.standings) != 1 or standing.valid_to or standing.valid_from >= since:
        return
    back = min(add_months(since, 3), STANDS_ON)
    cell.people[8] = replace(
        person,
        standings=(
            replace(standing, valid_to=since - DAY),
            replace(standing, valid_from=since, valid_to=back - DAY, is_suspended=True),
            replace(standing, valid_from=back),
        ),
    )
