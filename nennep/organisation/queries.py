"""Where units stand and stood, who went on as whom, and how one is found."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.db.models import Case, F, IntegerField, Q, When
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from nennep.core.fields import below
from nennep.core.person import Person
from nennep.core.refusal import Refusal
from nennep.core.text import fold, tidy
from nennep.organisation.choices import CELL_KINDS, Can
from nennep.organisation.models import Body, Lineage, PartyGroup, Placement, Unit, UnitQuerySet
from nennep.organisation.rules import depth_of, ids_in, place_in

FOUND_AT_MOST = 50
# How many candidates are weighed before the best are shown.
WEIGHED_AT_MOST = 400

AskStrength = Callable[[Sequence[Unit], date], Mapping[int, int]]


@dataclass(frozen=True)
class PlacedUnit:
    """A unit as it was placed on some day: where it stood, as what, under which name."""

    id: int
    code: str
    national_code: str
    name: str
    kind: str
    block: str
    parent_id: int | None
    parent_code: str
    path: str
    is_figures_only: bool

    @property
    def depth(self) -> int:
        return depth_of(self.path)


@dataclass(frozen=True)
class UnitLink:
    """A page of an app above that a unit's page leads to, for those who hold `verb` there."""

    label: str | Promise
    url_name: str
    verb: str
    icon: str
    order: int


class Notice(Protocol):
    """What the page of a unit says of it: a sentence, what to do, the rule, and where it leads."""

    @property
    def sentence(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def advice(self) -> str: ...
    @property
    def source(self) -> str: ...


AskNotices = Callable[[Unit, Person], Iterable[Notice]]

_notices: list[AskNotices] = []
_strength: list[AskStrength] = []
_links: dict[str, UnitLink] = {}


def register_strength(ask: AskStrength) -> AskStrength:
    """Who knows how many members units have on a day. The last one registered is asked."""
    _strength.append(ask)
    return ask


def strengths(units: Sequence[Unit], day: date) -> Mapping[int, int]:
    return _strength[-1](units, day) if _strength and units else {}


def register_unit_link(
    label: str | Promise, url_name: str, *, verb: str, icon: str = "arrow", order: int = 50
) -> None:
    _links[url_name] = UnitLink(label, url_name, verb, icon, order)


def register_unit_notices(ask: AskNotices) -> None:
    """Asked once for a page; it guards its own content and costs a fixed number of queries."""
    if ask not in _notices:
        _notices.append(ask)


def notices_of(unit: Unit, person: Person) -> list[Notice]:
    return [notice for ask in _notices for notice in ask(unit, person)]


def unit_links() -> list[UnitLink]:
    return sorted(_links.values(), key=lambda link: link.order)


def unit_by_code(code: str) -> Unit:
    unit = Unit.objects.filter(code=code.strip()).first()
    if unit is None:
        raise Refusal(
            _("There is no organisation with the code “%(code)s”.") % {"code": code},
            code="unknown_unit",
        )
    return unit


def place_on(unit: Unit, day: date) -> Placement | None:
    return Placement.objects.on(day).filter(unit=unit).first()


def place_of(unit: Unit) -> str:
    """The place that papers of the unit name: its own, or that of the nearest unit above."""
    above = Unit.objects.above(unit).values_list("name", flat=True)
    nearest_first = [unit.name, *reversed(above)]
    return next((place for name in nearest_first if (place := place_in(name))), "")


def tops(person: Person) -> list[Unit]:
    """The highest units in the person's sight; what stands below them is found on their pages."""
    paths = sorted({reach.path for reach in person.reaches(Can.VIEW_UNIT)})
    highest = [p for p in paths if not any(p != q and p.startswith(q) for q in paths)]
    return list(Unit.objects.visible_to(person).filter(path__in=highest).order_by("path"))


def children_of(unit: Unit, person: Person) -> UnitQuerySet:
    """What stands directly below, the closed ones last."""
    return (
        Unit.objects.visible_to(person)
        .filter(parent=unit)
        .order_by(F("ended_on").asc(nulls_first=True), "sort_key", "id")
    )


def neighbours_first(units: UnitQuerySet, unit: Unit) -> UnitQuerySet:
    """Units of the same level, those beside `unit` before the others."""
    alike = units.cells() if unit.is_cell else units.exclude(kind__in=sorted(CELL_KINDS))
    beside = Case(When(parent=unit.parent_id, then=0), default=1, output_field=IntegerField())
    return alike.order_by(beside, "sort_key", "id")


def possible_successors(unit: Unit, person: Person) -> UnitQuerySet:
    """Neighbours first: most units go on as one beside them."""
    reached = Unit.objects.where_may(person, Can.MANAGE_UNITS).living().exclude(pk=unit.pk)
    return neighbours_first(reached, unit)


@dataclass(frozen=True)
class Life:
    """What is recorded of a unit through time."""

    places: list[Placement]
    bodies: list[Body]
    party_groups: list[PartyGroup]
    origins: list[Lineage]
    successions: list[Lineage]
    linked: set[int]  # whose page, of those it comes from and goes on as, the person may open


def life_of(unit: Unit, person: Person) -> Life:
    origins = list(unit.origins.select_related("predecessor").order_by("on"))
    successions = list(unit.successions.select_related("successor").order_by("on", "-is_principal"))
    kin = {line.predecessor_id for line in origins} | {line.successor_id for line in successions}
    visible = Unit.objects.visible_to(person).filter(pk__in=kin)
    return Life(
        places=list(unit.placements.select_related("parent").order_by("-valid_from")),
        bodies=list(unit.bodies.prefetch_related("terms").order_by("id")),
        party_groups=list(unit.party_groups.all()) if unit.is_cell else [],
        origins=origins,
        successions=successions,
        linked=set(visible.order_by().values_list("pk", flat=True)),
    )


def places_of(unit_ids: Iterable[int]) -> dict[int, list[Placement]]:
    """Every place these units have had, the oldest first."""
    places: dict[int, list[Placement]] = defaultdict(list)
    for place in Placement.objects.filter(unit_id__in=list(unit_ids)).order_by("valid_from"):
        places[place.unit_id].append(place)
    return places


def units_on(day: date, under: Unit | None = None) -> list[PlacedUnit]:
    """The units there were on a day, each before those below it; none if `under` was not there."""
    placed = Placement.objects.on(day).order_by("path")
    if under is not None:
        stood = place_on(under, day)
        if stood is None:
            return []
        placed = placed.filter(below("path", stood.path))
    columns = placed.values_list(
        "unit_id",
        "unit__code",
        "unit__national_code",
        "name",
        "kind",
        "block",
        "parent_id",
        "parent__code",
        "path",
        "unit__is_figures_only",
    )
    return [
        PlacedUnit(
            id=unit_id,
            code=code,
            national_code=national_code,
            name=name,
            kind=kind,
            block=block,
            parent_id=parent_id,
            parent_code=parent_code or "",
            path=path,
            is_figures_only=figures_only,
        )
        for (
            unit_id,
            code,
            national_code,
            name,
            kind,
            block,
            parent_id,
            parent_code,
            path,
            figures_only,
        ) in columns
    ]


def find_units(text: str, person: Person, limit: int = FOUND_AT_MOST) -> list[Unit]:
    """Units in the person's sight whose name has all the words, typed with or without accents.

    A code, national code or part of one finds its unit too. Where accents were typed, names that
    have them come first.
    """
    words = fold(text).split()
    if not words:
        return []
    named = Q()
    for word in words:
        named &= Q(folded_name__contains=word)
    digits = text.replace(".", "").strip()
    coded = Q(code__istartswith=text.strip())
    if digits.isdigit() and len(digits) > 2:
        coded |= Q(national_code__startswith=digits)
    found = list(Unit.objects.visible_to(person).filter(named | coded)[:WEIGHED_AT_MOST])
    typed = tidy(text).lower()
    found.sort(key=lambda unit: (typed not in unit.name.lower(), unit.ended_on is not None))
    return found[:limit]


def names_above(units: Iterable[Unit]) -> dict[int, str]:
    """By unit, the names of the organisations it stands under, the nearest first."""
    units = list(units)
    wanted = {unit_id for unit in units for unit_id in unit.ancestor_ids}
    names = dict(Unit.objects.filter(pk__in=wanted).values_list("pk", "name"))
    return {
        unit.pk: " · ".join(names[i] for i in reversed(unit.ancestor_ids[1:]) if i in names)
        for unit in units
    }


def principal_successors() -> dict[int, int]:
    """By closed unit, the unit at the end of its principal line: where its months stand now."""
    following = dict(
        Lineage.objects.filter(is_principal=True).values_list("predecessor_id", "successor_id")
    )
    return {unit_id: successor_of(unit_id, following) for unit_id in following}


def successor_of(unit_id: int, following: Mapping[int, int]) -> int:
    """The end of the line that begins at this unit: the unit itself where nothing followed."""
    seen = {unit_id}
    while (after := following.get(unit_id)) is not None and after not in seen:
        seen.add(after)
        unit_id = after
    return unit_id


def scope_names(paths: Iterable[str]) -> dict[str, str]:
    """The name of the unit that each stored path prefix means, as it is called now."""
    unit_of = {path: ids_in(path)[-1] for path in paths if path}
    names = dict(Unit.objects.filter(pk__in=unit_of.values()).values_list("pk", "name"))
    return {path: names[unit_id] for path, unit_id in unit_of.items() if unit_id in names}


def scope_path(person: Person, code: str) -> str | None:
    """The path of a unit the person may see, for rules that hold in a part of the tree."""
    visible = Unit.objects.visible_to(person).filter(code=code.strip())
    return visible.values_list("path", flat=True).first()
