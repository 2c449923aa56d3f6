"""Where a person may find what belongs to units, by the grants valid now."""

from collections.abc import Iterator

from nennep.core.person import Person
from nennep.library.queries.ranking import Reached
from nennep.library.queries.sources import SourceKind, source_kinds
from nennep.regulations.models import paths_over

# What follows the path itself, and nothing below it, in the order of bytes; what follows all below.
JUST_IT, ALL_BELOW = "!", "~"


def reached_by(person: Person) -> list[Reached]:
    """A right to one record alone (the code of a minute-taker) finds nothing: it is no place."""
    return [
        reached
        for kind in source_kinds()
        for verb in kind.verbs
        for reached in _of_kind(kind, verb, _paths(person, verb))
    ]


def own_cells(person: Person, reached: list[Reached]) -> list[Reached]:
    """Of what a person reaches, the cells in which they hold the verb themselves: their own."""
    own = {path for each in reached for path in _paths(person, each.verb)}
    return [
        each._replace(high=f"{each.low}{JUST_IT}")
        for each in reached
        if each.low in own and not each.only_open
    ]


def is_own(person: Person, verb: str, path: str) -> bool:
    """Whether what belongs to the unit of that path is the person's own, which nobody notes."""
    return path in _paths(person, verb)


def _of_kind(kind: SourceKind, verb: str, paths: set[str]) -> Iterator[Reached]:
    if kind.is_own_only:
        for path in sorted(paths):
            yield Reached(kind.code, verb, path, f"{path}{JUST_IT}")
        return
    for path in sorted(_highest(paths)):
        yield Reached(kind.code, verb, path, f"{path}{ALL_BELOW}")
    if kind.is_open_below:
        above = {over for path in paths for over in paths_over(path)[1:]} - paths
        for over in sorted(above):
            yield Reached(kind.code, verb, over, f"{over}{JUST_IT}", only_open=True)


def _highest(paths: set[str]) -> set[str]:
    return {path for path in paths if not any(path[:end] in paths for end in range(len(path)))}


def _paths(person: Person, verb: str) -> set[str]:
    return {reach.path for reach in person.reaches(verb) if reach.only is None}
