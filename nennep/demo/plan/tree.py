"""The organisation of the demonstration: which units there are, and how many people are in each."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from nennep.core.text import fold
from nennep.demo.plan.sizes import Size
from nennep.demo.plan.words import dice, preset

ARMED = frozenset({"army", "police"})
BIG_CELL = 30
COMMITTEE_CELL = 9
# In the rest of the city only large cells have a cell committee here: half a million meetings less.
COMMITTEE_CELL_ELSEWHERE = 42
OWN_STRENGTH = 29  # the cell of the demonstration's accounts: the ordinary meeting of 29 members


@dataclass(frozen=True, slots=True)
class PlannedUnit:
    """One unit. `strength` is that of a cell on the day the demonstration stands on."""

    code: str
    name: str
    kind: str
    parent_code: str
    founded_on: date
    block: str = ""
    strength: int = 0
    party_groups: tuple[str, ...] = ()
    committee_from: int = COMMITTEE_CELL

    @property
    def is_cell(self) -> bool:
        return self.kind in {"cell", "grassroots_cell"}

    @property
    def is_armed(self) -> bool:
        """Keeps figures only."""
        return self.block in ARMED

    @property
    def has_committee(self) -> bool:
        return self.strength >= self.committee_from and not self.is_armed

    @property
    def body_kind(self) -> str:
        if not self.is_cell:
            return "committee"
        return "cell_committee" if self.has_committee else "cell_secretariat"


@dataclass(frozen=True, slots=True)
class Household:
    """A grassroots committee with its cells, or a grassroots cell alone: people move within it."""

    head: PlannedUnit
    cells: tuple[PlannedUnit, ...]
    district: str
    is_orderly: bool = False  # the district whose review knows no gap
    has_due_day: bool = False  # a due day of its own was entered for it


@dataclass(frozen=True, slots=True)
class Tree:
    top: tuple[PlannedUnit, ...]
    households: tuple[Household, ...]

    def units(self) -> Iterator[PlannedUnit]:
        """Parents before children."""
        yield from self.top
        for household in self.households:
            yield household.head
            yield from (cell for cell in household.cells if cell is not household.head)

    def cells(self) -> Iterator[PlannedUnit]:
        for household in self.households:
            yield from household.cells

    @property
    def own_cell(self) -> PlannedUnit:
        return self.households[0].cells[0]


@dataclass(frozen=True)
class _Draft:
    """A household before its cells have their strength: name, block and weight of each cell."""

    head: PlannedUnit
    cells: tuple[tuple[str, str, str, float], ...]  # code, name, block, weight
    committee_from: int = COMMITTEE_CELL


def plan_tree(size: Size, seed: int) -> Tree:
    facts = preset("units")
    city = facts["city"]
    top = [PlannedUnit(city["code"], city["name"], "city", "", city["founded_on"])]
    households: list[Household] = []
    for name in ("socson", "phuctho"):
        district = _district(facts[name]["code"], facts[name]["name"], city["code"])
        top.append(district)
        households += _district_households(facts[name], size, seed)
    if size.has_rest_of_city:
        more, rest = _rest_of_city(facts["rest"], households, city["code"], seed)
        top += more
        households += rest
    return Tree(tuple(top), tuple(households))


def _district(
    code: str, name: str, parent: str, kind: str = "district", block: str = ""
) -> PlannedUnit:
    return PlannedUnit(code, name, kind, parent, preset("units")["districts"]["founded_on"], block)


def _district_households(facts: dict[str, Any], size: Size, seed: int) -> list[Household]:
    if size.name == "ward":
        drafts, members = _ward_drafts(facts, seed)
    else:
        drafts = [
            *_commune_drafts(facts, seed),
            *_other_drafts(facts, seed),
            *_single_drafts(facts, seed),
        ]
        members = facts["members"]
    is_first = facts["short"] == "SS"
    fixed = {drafts[0].cells[0][0]: OWN_STRENGTH} if is_first else {}
    fixed |= _tiny_cells(drafts, facts["short"], size)
    return [
        replace(household, has_due_day=is_first and place == 1)
        for place, household in enumerate(
            _with_strength(
                drafts, members, fixed, facts["code"], is_orderly=not is_first, seed=seed
            )
        )
    ]


def _tiny_cells(drafts: Sequence[_Draft], short: str, size: Size) -> dict[str, int]:
    """Cells too small to decide, or nearly so: they exist, and the product must show it."""
    if short != "SS":
        return {}
    if size.name == "ward":
        return {drafts[0].cells[-1][0]: 3}
    alone = [draft.cells[0][0] for draft in drafts if draft.head.kind == "grassroots_cell"]
    return dict(zip(reversed(alone), (3, 3, 4), strict=False))


def _with_strength(
    drafts: Sequence[_Draft],
    members: int,
    fixed: dict[str, int],
    district: str,
    *,
    is_orderly: bool,
    seed: int,
) -> Iterator[Household]:
    weights = [cell[3] for draft in drafts for cell in draft.cells]
    codes = [cell[0] for draft in drafts for cell in draft.cells]
    shares = dict(zip(codes, _shares(codes, weights, members, fixed), strict=True))
    for draft in drafts:
        cells = tuple(_cells(draft, shares, seed))
        head = cells[0] if draft.head.kind == "grassroots_cell" else draft.head
        yield Household(head, cells, district, is_orderly)


def _shares(
    codes: Sequence[str], weights: Sequence[float], total: int, fixed: dict[str, int]
) -> list[int]:
    """Whole numbers in proportion to the weights, of which the sum is exactly `total`."""
    free = [place for place, code in enumerate(codes) if code not in fixed]
    remaining = total - sum(fixed.values())
    scale = remaining / sum(weights[place] for place in free)
    shares = [fixed.get(code, 0) for code in codes]
    for place in free:
        shares[place] = max(4, int(weights[place] * scale))
    missing = total - sum(shares)
    step = 1 if missing > 0 else -1
    largest = sorted(free, key=lambda place: (-weights[place], place))
    for turn in range(abs(missing)):
        shares[largest[turn % len(largest)]] += step
    return shares


def _cells(draft: _Draft, shares: dict[str, int], seed: int) -> Iterator[PlannedUnit]:
    is_alone = draft.head.kind == "grassroots_cell"
    for code, name, block, _ in draft.cells:
        chance = dice(seed, "cell", code)
        strength = shares[code]
        groups: tuple[str, ...] = ()
        if strength >= BIG_CELL and block not in ARMED and chance.random() < 0.78:
            groups = tuple(f"Tổ đảng số {n}" for n in range(1, 3 + (strength >= 45)))
        founded_on = date(1980 + int(chance.random() * 35), 1 + int(chance.random() * 12), 3)
        yield PlannedUnit(
            code=code,
            name=name,
            kind=draft.head.kind if is_alone else "cell",
            parent_code=draft.head.parent_code if is_alone else draft.head.code,
            founded_on=founded_on,
            block=block,
            strength=strength,
            party_groups=groups,
            committee_from=draft.committee_from,
        )


def _committee(code: str, name: str, parent: str, block: str = "") -> PlannedUnit:
    return PlannedUnit(code, name, "grassroots_committee", parent, date(1979, 6, 1), block)


def _commune_drafts(facts: dict[str, Any], seed: int) -> Iterator[_Draft]:
    communes = facts["communes"]
    base = facts["commune_cells"] // len(communes)
    extra = facts["commune_cells"] - base * len(communes)
    for number, place in enumerate(communes):
        swing = (2, -2, 1, -1)[number % 4] if number < len(communes) // 4 * 4 else 0
        yield _commune(facts, place, base + swing + (number >= len(communes) - extra), seed)


def _commune(facts: dict[str, Any], place: str, count: int, seed: int) -> _Draft:
    words = preset("units")["commune"]
    short = place.split(" ", 2)[2] if place.startswith("thị trấn") else place.split(" ", 1)[1]
    letters = "".join(fold(short).split()).upper()
    is_town = place.startswith("thị trấn")
    code = f"{facts['short']}-{'TT' if is_town else ''}{letters}"
    institutions = words["institutions"][: 5 if count > 9 else 2]
    villages = count - len(institutions)
    cells = []
    for number in range(count):
        chance = dice(seed, "weight", code, number)
        if number < villages:
            village = (
                f"Tổ dân phố số {number + 1}" if is_town else f"thôn {words['villages'][number]}"
            )
            cells.append((f"Chi bộ {village}", "residential", 24 + 28 * chance.random()))
        else:
            pattern, block, weight = institutions[number - villages]
            name = f"Chi bộ {pattern.format(place=short if 'Trường' in pattern else place)}"
            cells.append((name, block, weight * (0.7 + 0.6 * chance.random())))
    numbered = ((f"{code}-{n:02d}", *cell) for n, cell in enumerate(cells, 1))
    return _Draft(_committee(code, f"Đảng bộ {place}", facts["code"]), tuple(numbered))


def _other_drafts(facts: dict[str, Any], seed: int) -> Iterator[_Draft]:
    for name, letters, block, count, weight, word in facts["others"]:
        code = f"{facts['short']}-{letters}"
        yield _plain(_committee(code, name, facts["code"], block), count, weight, word, seed)


def _plain(head: PlannedUnit, count: int, weight: float, word: str, seed: int) -> _Draft:
    chance = dice(seed, "weights", head.code)
    return _Draft(
        head,
        tuple(
            (
                f"{head.code}-{n:02d}",
                f"Chi bộ {word} {n}",
                head.block,
                weight * (0.6 + 0.8 * chance.random()),
            )
            for n in range(1, count + 1)
        ),
    )


def _single_drafts(facts: dict[str, Any], seed: int) -> Iterator[_Draft]:
    for pattern, letters, block, count, weight in facts["singles"]:
        for n in range(1, count + 1):
            code = f"{facts['short']}-{letters}-{n:02d}"
            yield _single(code, pattern.format(n=n), block, weight, facts["code"], seed)


def _single(code: str, name: str, block: str, weight: float, parent: str, seed: int) -> _Draft:
    swing = 0.6 + 0.8 * dice(seed, "weight", code).random()
    head = PlannedUnit(code, name, "grassroots_cell", parent, date(1980, 1, 1), block)
    return _Draft(head, ((code, name, block, weight * swing),))


def _ward_drafts(facts: dict[str, Any], seed: int) -> tuple[list[_Draft], int]:
    """A dozen cells of one commune with two grassroots cells; beside them one small committee."""
    if facts["short"] == "PT":
        return [_commune(facts, facts["communes"][1], 4, seed)], 84
    pattern, letters, block, _, weight = facts["singles"][-1]
    armed = _single(
        f"SS-{facts['others'][1][1]}", "Chi bộ Quân sự huyện", "army", 12, facts["code"], seed
    )
    small = _single(f"SS-{letters}-01", pattern.format(n=1), block, weight, facts["code"], seed)
    return [_commune(facts, facts["communes"][0], 12, seed), small, armed], 330


def _rest_of_city(
    facts: dict[str, Any], known: Iterable[Household], city: str, seed: int
) -> tuple[list[PlannedUnit], list[Household]]:
    """The other committees under the city: sizes by chance, sums exact."""
    cells = [cell for household in known for cell in household.cells]
    heads = list(_upper_committees(facts, city))
    weights = [0.5 + dice(seed, "upper", head.code).random() for head in heads]
    count = facts["cells"] - len(cells)
    members = facts["members"] - sum(cell.strength for cell in cells)
    counts = _shares([head.code for head in heads], weights, count, {})
    drafts = [
        draft for head, n in zip(heads, counts, strict=True) for draft in _filled(head, n, seed)
    ]
    return heads, [
        replace(household, district=household.head.parent_code)
        for household in _with_strength(drafts, members, {}, "", is_orderly=False, seed=seed)
    ]


def _upper_committees(facts: dict[str, Any], city: str) -> Iterator[PlannedUnit]:
    for number, place in enumerate(facts["districts"], 1):
        yield _district(f"Q{number:02d}", f"Đảng bộ {place}", city)
    for number, (name, block) in enumerate(facts["blocs"], 1):
        yield _district(f"K{number:02d}", name, city, "upper_committee", block)


def _filled(head: PlannedUnit, count: int, seed: int) -> Iterator[_Draft]:
    """Grassroots committees of about fourteen cells, and one cell in twelve on its own."""
    alone = count // 12
    committees = max(1, (count - alone) // 14)
    base, extra = divmod(count - alone, committees)
    word = "Tổ dân phố số" if head.kind == "district" else "Đơn vị số"
    block = head.block or "residential"
    for number in range(1, committees + 1):
        unit = _committee(
            f"{head.code}-{number:02d}", f"Đảng bộ cơ sở số {number}", head.code, head.block
        )
        cells = _plain(replace(unit, block=block), base + (number <= extra), 27, word, seed).cells
        yield _Draft(unit, cells, COMMITTEE_CELL_ELSEWHERE)
    for number in range(1, alone + 1):
        code = f"{head.code}-CS{number:02d}"
        block = head.block or "office"
        single = _single(code, f"Chi bộ cơ sở số {number}", block, 20, head.code, seed)
        yield replace(single, committee_from=COMMITTEE_CELL_ELSEWHERE)
