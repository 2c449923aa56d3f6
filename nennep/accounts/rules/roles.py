"""Which role may do what. Where it may do it is the unit named in the grant."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from nennep.accounts.choices import CELL_ROLES, Role

ROLES = Path(__file__).parents[1] / "presets" / "roles.toml"


@dataclass(frozen=True)
class RoleRights:
    """`content` are the verbs that open names and texts; above the cell they need a grant that says so."""

    figures: frozenset[str]
    content: frozenset[str]


@dataclass(frozen=True)
class SecondFactorRule:
    """Whose role is asked for a second factor at signing in, from which day on."""

    since: date
    roles: frozenset[str]

    def asks(self, role: str, day: date) -> bool:
        return role in self.roles and day >= self.since


@cache
def second_factor() -> SecondFactorRule:
    told = tomllib.loads(ROLES.read_text(encoding="utf-8"))["second_factor"]
    return SecondFactorRule(told["since"], frozenset(told["roles"]))


@cache
def rights() -> dict[str, RoleRights]:
    table = tomllib.loads(ROLES.read_text(encoding="utf-8"))["roles"]
    return {
        role: RoleRights(frozenset(entry["figures"]), frozenset(entry["content"]))
        for role, entry in table.items()
    }


def allows(role: str, can: str, *, reads_content: bool) -> bool:
    """Whether a grant of this role gives the verb, within the unit the grant names."""
    held = rights()[role]
    return can in held.figures or (reads_content and can in held.content)


def fits(role: str, *, is_cell: bool) -> bool:
    """A cell's roles stand at a cell, the others above it: content of a cell is its own people's."""
    return (role in CELL_ROLES) == is_cell


def may_read_content(role: str) -> bool:
    """Whether a grant of this role above the cell may open content at all."""
    return role not in CELL_ROLES and bool(rights()[role].content)


def names_one_record(role: str) -> bool:
    return role == Role.MINUTE_TAKER
