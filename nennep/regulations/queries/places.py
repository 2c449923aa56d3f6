"""Where rules hold, in words, and who may change them there.

The tree lies above this app: it lends its names and its finder through a registry.
"""

from collections.abc import Callable, Iterable

from nennep.core.person import Person
from nennep.regulations.choices import Can
from nennep.regulations.models import SEGMENT

Names = Callable[[list[str]], dict[str, str]]
Finder = Callable[[Person, str], str | None]

_names: list[Names] = []
_finders: list[Finder] = []


def register_scope_names(names: Names) -> None:
    """`names(paths)` gives the names of units by path."""
    _names[:] = [names]


def register_scope_finder(finder: Finder) -> None:
    """`finder(person, code)` gives the path of a unit the person may see, or None."""
    _finders[:] = [finder]


def scope_names(paths: Iterable[str]) -> dict[str, str]:
    """Names for the scopes of rules, by path; one question for all of them."""
    wanted = sorted(set(paths) - {""})
    return _names[0](wanted) if wanted and _names else {}


def scope_of(person: Person, code: str) -> str | None:
    """The path of the unit with this code, where the person may manage rules; else None."""
    path = _finders[0](person, code.strip()) if _finders and code.strip() else None
    return path if path and may_manage(person, path) else None


def may_manage(person: Person, scope_path: str) -> bool:
    """A rule for all needs a right at a root of the tree; a local one, a right at or above it."""
    return any(
        reach.only is None
        and (scope_path.startswith(reach.path) if scope_path else len(reach.path) <= SEGMENT)
        for reach in person.reaches(Can.MANAGE_RULES)
    )
