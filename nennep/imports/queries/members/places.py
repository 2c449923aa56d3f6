"""The cells a list may be about, with their bodies and party groups; found by code or name."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from nennep.core.text import fold
from nennep.imports.queries.members.cell_names import bare, readings
from nennep.members.choices import PositionTitle
from nennep.members.models import Position
from nennep.organisation.choices import CELL_KINDS, BodyKind
from nennep.organisation.models import Body, PartyGroup, Unit

CODES_SHOWN = 5


@dataclass(slots=True)
class CellPlace:
    """A cell as far as a list of its members needs to know it."""

    id: int
    code: str
    name: str
    parent_id: int | None
    founded_on: date
    is_figures_only: bool
    ended_on: date | None = None
    groups: dict[str, int] = field(default_factory=dict)
    bodies: dict[str, int] = field(default_factory=dict)
    # The member who is secretary now, by the body.
    secretaries: dict[int, int] = field(default_factory=dict)

    def group(self, name: str) -> int | None:
        return self.groups.get(fold(name))

    def lived_on(self, day: date) -> bool:
        return self.founded_on <= day and (self.ended_on is None or day <= self.ended_on)


class CellPlaces:
    """The living cells at and below a unit. Out of sight is the same as not there.

    `with_ended`: those that have ended as well, for what happened while they lived.
    """

    def __init__(self, under: Unit, *, with_ended: bool = False) -> None:
        self.under = under
        self._by_code: dict[str, CellPlace] = {}
        self._by_name: dict[str, list[CellPlace]] = defaultdict(list)
        self._found: dict[tuple[str, str, date | None], CellPlace | str] = {}
        self._committees: dict[int, set[str]] = {}
        self.by_id: dict[int, CellPlace] = {}
        units = Unit.objects.within(under)
        listed = units if with_ended else units.living()
        for pk, code, national, name, parent_id, founded_on, figures, ended, kind in (
            listed.values_list(
                "id", "code", "national_code", "name", "parent_id", "founded_on",
                "is_figures_only", "ended_on", "kind",
            )
        ):  # fmt: skip
            self._committees[pk] = {code, national, fold(name)}
            if kind in CELL_KINDS:
                cell = CellPlace(pk, code, name, parent_id, founded_on, figures, ended)
                self._enter(cell, national)
        self._read_bodies()

    @property
    def only(self) -> CellPlace | None:
        """The cell a list is taken in at, where that is one."""
        return self.by_id.get(self.under.pk)

    def find(self, text: str, committee: str = "", on: date | None = None) -> CellPlace | str:
        """The cell, or the sentence that says why it is not known which.

        `on`: of several with one name, those that lived on that day.
        """
        key = (text, committee, on)
        if key not in self._found:
            self._found[key] = self._find(text, committee, on)
        return self._found[key]

    def _enter(self, cell: CellPlace, national: str) -> None:
        self.by_id[cell.id] = cell
        self._by_code[cell.code] = cell
        if national:
            self._by_code[national] = cell
        self._by_name[fold(cell.name)].append(cell)

    def _read_bodies(self) -> None:
        within = Unit.objects.within(self.under).order_by().values("pk")
        groups = PartyGroup.objects.filter(unit__in=within, valid_to__isnull=True).order_by()
        for unit_id, name, pk in groups.values_list("unit_id", "name", "pk"):
            if unit_id in self.by_id:
                self.by_id[unit_id].groups[fold(name)] = pk
        bodies = Body.objects.filter(unit__in=within)
        for unit_id, kind, pk in bodies.values_list("unit_id", "kind", "pk"):
            if unit_id in self.by_id:
                self.by_id[unit_id].bodies[kind] = pk
        held = Position.objects.filter(
            body__unit__in=within, title=PositionTitle.SECRETARY, valid_to__isnull=True
        ).order_by()
        for unit_id, body_id, member_id in held.values_list(
            "body__unit_id", "body_id", "member_id"
        ):
            if unit_id in self.by_id:
                self.by_id[unit_id].secretaries[body_id] = member_id

    def _find(self, text: str, committee: str, on: date | None) -> CellPlace | str:
        cell = self._by_code.get(text.upper()) or self._by_code.get(text.replace(".", ""))
        if cell is not None:
            return cell
        named = next((found for name in readings(text) if (found := self._by_name.get(name))), [])
        if len(named) > 1 and committee:
            named = [cell for cell in named if self._stands_under(cell, committee)]
        if len(named) > 1 and on:
            named = [cell for cell in named if cell.lived_on(on)] or named
        if len(named) == 1:
            return named[0]
        if named:
            codes = ", ".join(sorted(cell.code for cell in named)[:CODES_SHOWN])
            said = _("Several cells are called “%(name)s”. Write the code: %(codes)s …")
            return said % {"name": text, "codes": codes}
        said = _("There is no cell “%(name)s” at “%(under)s”. Write its code or its whole name.")
        return said % {"name": text, "under": self.under.name}

    def _stands_under(self, cell: CellPlace, committee: str) -> bool:
        known = self._committees.get(cell.parent_id or 0, set())
        return committee.upper() in known or fold(committee) in known or bare(committee) in known


def body_for(cell: CellPlace, title: str) -> str:
    """In which body the post is held: the cell committee where there is one or must be one."""
    has_committee = BodyKind.CELL_COMMITTEE in cell.bodies
    if has_committee or title == PositionTitle.COMMITTEE_MEMBER:
        return BodyKind.CELL_COMMITTEE
    return BodyKind.CELL_SECRETARIAT
