"""The members that are on the rolls already, found by cell and name, or by name and birth date."""

from __future__ import annotations

import unicodedata
from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import FilteredRelation, Q

from nennep.core.fields import below
from nennep.core.person import Person
from nennep.core.text import TONES
from nennep.members.choices import Can
from nennep.members.models import Exemption, Member, Position, Stay, WorkingSpell
from nennep.organisation.models import Unit

# Beyond this many the reach of the person is not read whole: duplicates are looked for at the unit.
REACH_AT_MOST = 100_000


OWN = ("id", "full_name", "office_phone", "card_mark", "now__id", "now__is_suspended")
REPEATED = ("unit_id", "sex", "birth_date", "birth_year", "admitted_on", "recognised_on",
            "now__kind", "now__party_group_id", "now__valid_from")  # fmt: skip
NOBODY = range(0)


class KnownMember(NamedTuple):
    """What is recorded now. `standing_id` is None for a guest, and for who has left."""

    id: int
    unit_id: int
    sex: str
    birth_date: date | None
    birth_year: int
    admitted: date | None
    recognised: date | None
    phone: str
    card_mark: str
    standing_id: int | None = None
    kind: str = ""
    group_id: int | None = None
    is_suspended: bool = False
    since: date | None = None


class Span(NamedTuple):
    """An exemption or a stay: its row, its days, and the basis or the host."""

    id: int
    first: date
    last: date | None
    what: str | int | None


class Rolls:
    """The members of many cells, cell by cell, each once in every column: a city has half a million.

    A name is kept as the hash of what `same_name` makes of it.
    """

    def __init__(self) -> None:
        self._ids, self._names, self._standings = array("q"), array("q"), array("q")
        self._repeated: tuple[list[Any], ...] = tuple([] for _ in REPEATED)
        # Phone, card mark, suspension: of the few who have one of them.
        self._rare: dict[int, tuple[str, str, bool]] = {}
        self.cells: dict[int, range] = {}

    def __len__(self) -> int:
        return len(self._ids)

    def __getitem__(self, place: int) -> KnownMember:
        unit, sex, born, year, admitted, recognised, *now = [c[place] for c in self._repeated]
        phone, mark, is_suspended = self._rare.get(place, ("", "", False))
        known = (self._ids[place], unit, sex, born, year, admitted, recognised, phone, mark)
        if not self._standings[place]:
            return KnownMember(*known)
        kind, group, since = now
        return KnownMember(*known, self._standings[place], kind, group, is_suspended, since)

    def called(self, cell_id: int, key: str) -> Iterator[KnownMember]:
        """Those in this cell with this name, the earliest entry first."""
        name = hash(key)
        for place in self.cells.get(cell_id, NOBODY):
            if self._names[place] == name:
                yield self[place]

    def enter(self, own: Sequence[Any], key: str, repeated: Sequence[Any]) -> None:
        """The next member of the cell that is entered now, or the first one of the next cell."""
        pk, _name, phone, mark, standing, is_suspended = own
        place, cell = len(self), repeated[0]
        self._ids.append(pk)
        self._names.append(hash(key))
        self._standings.append(standing or 0)
        for column, value in zip(self._repeated, repeated, strict=True):
            column.append(value)
        if phone or mark or is_suspended:
            self._rare[place] = (phone, mark, bool(is_suspended))
        self.cells[cell] = range(self.cells.get(cell, range(place, place)).start, place + 1)


@dataclass
class KnownMembers:
    """Who is there, and what is recorded of them. `by_birth`: hashes of name and birth date."""

    rolls: Rolls
    by_birth: dict[int, int]
    by_card: dict[str, int]
    cell_names: dict[int, str]
    working: set[int]
    exemptions: dict[int, Span]
    stays: dict[int, Span]
    posts: dict[int, set[str]]

    def has_roll(self, cell_id: int) -> bool:
        return cell_id in self.rolls.cells

    def twin(self, key: str, born: date) -> KnownMember | None:
        """Somebody of this name and birth date, anywhere in the person's part of the tree."""
        place = self.by_birth.get(hash((key, born)))
        return None if place is None else self.rolls[place]

    def with_card(self, mark: str) -> KnownMember | None:
        place = self.by_card.get(mark)
        return None if place is None else self.rolls[place]


@lru_cache(maxsize=65_536)
def _syllable(word: str) -> str:
    """hoà and hòa are one word: its letters, then its tone."""
    letters, tone = [], ""
    for mark in unicodedata.normalize("NFD", word.casefold()):
        if mark in TONES:
            tone = mark
        else:
            letters.append(mark)
    return "".join(letters) + tone


def same_name(name: str) -> str:
    """Equal for names that differ in capitals or in where the tone is put, and for no others."""
    return " ".join([_syllable(word) for word in name.split()])


def known_members(under: Unit, by: Person) -> KnownMembers:
    scope = _scope(under, by)
    rolls = Rolls()
    by_birth: dict[int, int] = {}
    by_card: dict[str, int] = {}
    for place, (own, repeated) in enumerate(_members(scope)):
        key = same_name(own[1])
        if (born := repeated[2]) is not None:
            by_birth.setdefault(hash((key, born)), place)
        if mark := own[3]:
            by_card[mark] = place
        rolls.enter(own, key, repeated)
    return KnownMembers(
        rolls, by_birth, by_card,
        cell_names=dict(Unit.objects.filter(below("path", scope)).values_list("pk", "name"))
        if rolls else {},
        working=_working(under),
        exemptions=_spans(Exemption, "basis", under),
        stays=_spans(Stay, "host_id", under),
        posts=_posts(under),
    )  # fmt: skip


def _scope(under: Unit, by: Person) -> str:
    """The part of the tree in which the person may see members, with the unit in it."""
    paths = [reach.path for reach in by.reaches(Can.VIEW_MEMBERS) if reach.only is None]
    wider = sorted((p for p in paths if under.path.startswith(p)), key=len)
    if not wider or wider[0] == under.path:
        return under.path
    there = Member.objects.filter(below("unit__path", wider[0])).count()
    return wider[0] if there <= REACH_AT_MOST else under.path


def _members(scope: str) -> Iterator[tuple[Sequence[Any], Sequence[Any]]]:
    """Cell by cell, as an index has them: nothing is sorted in memory. `OWN`, then `REPEATED`.

    What repeats from one to the next (cells, days, years) is one value for all of them.
    """
    rows = Member.objects.filter(below("unit__path", scope), merged_into__isnull=True)
    rows = rows.annotate(
        now=FilteredRelation("standings", condition=Q(standings__valid_to__isnull=True))
    )
    kept: dict[Any, Any] = {}
    last = 0
    listed = rows.order_by("unit__path", "id").values_list(*OWN, *REPEATED)
    for row in listed.iterator(chunk_size=5_000):
        if row[0] == last:  # two standings at once are a fault that `check-data` tells of
            continue
        last = row[0]
        own, repeated = row[: len(OWN)], row[len(OWN) :]
        yield own, [kept.setdefault(value, value) for value in repeated]


def _working(under: Unit) -> set[int]:
    rows = WorkingSpell.objects.filter(below("member__unit__path", under.path))
    open_now = rows.filter(valid_to__isnull=True).order_by()
    return set(open_now.values_list("member_id", flat=True).iterator(chunk_size=5_000))


def _spans(model: type[Exemption | Stay], what: str, under: Unit) -> dict[int, Span]:
    """The latest one of each member."""
    rows = model.objects.filter(below("member__unit__path", under.path)).order_by("valid_from")
    return {
        member_id: Span(pk, first, last, said)
        for member_id, pk, first, last, said in rows.values_list(
            "member_id", "id", "valid_from", "valid_to", what
        ).iterator(chunk_size=5_000)
    }


def _posts(under: Unit) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    rows = Position.objects.filter(below("body__unit__path", under.path), valid_to__isnull=True)
    for member_id, title in rows.order_by().values_list("member_id", "title"):
        found[member_id].add(title)
    return found
