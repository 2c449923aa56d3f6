"""Which records can be found. Every app registers its own kinds in `apps.py: ready()`."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise

from nennep.library.rules.sources import FULL, Source

EVERYTHING = "moi-noi-dung"  # the collection that the search page asks


@dataclass(frozen=True)
class SourceKind:
    """One kind of record that can be found.

    `keys` gives the key of every record of the kind; `read` gives those of the keys that are to be
    found now, as they stand now: a key without a source is found no longer. `address` leads to the
    page of a record: its key, and the page of the document if there is one. `verbs` are those its
    sources ask for; `is_own_only`: only at the very unit where they are held, not below;
    `is_open_below`: some of its sources are. `is_content`: a look from above the cell is recorded. `weight`
    (thousandths) is what its scores are multiplied by, so that one kind does not push the others off
    the list. Kinds of one `group` are one to people: they share label and filter.
    """

    code: str
    label: str | Promise
    icon: str
    keys: Callable[[], Iterable[str]]
    read: Callable[[Sequence[str]], Iterable[Source]]
    address: Callable[[str, int | None], str]
    verbs: Sequence[str] = ()
    is_own_only: bool = False
    is_open_below: bool = False
    is_content: bool = False
    group: str = ""
    weight: int = FULL
    order: int = 50

    def sources(self, keys: Sequence[str]) -> list[Source]:
        """What stands is kept in the product's first language, whoever made the change."""
        with translation.override(settings.LANGUAGE_CODE):
            return [replace(each, kind=self.code, weight=self.weight) for each in self.read(keys)]


_kinds: dict[str, SourceKind] = {}


def register_source(kind: SourceKind) -> None:
    _kinds[kind.code] = kind


def source_kinds() -> list[SourceKind]:
    return sorted(_kinds.values(), key=lambda kind: kind.order)


def groups() -> dict[str, list[SourceKind]]:
    """What people tell apart, in order: the code of a group, and its kinds."""
    found: dict[str, list[SourceKind]] = {}
    for kind in source_kinds():
        found.setdefault(kind.group or kind.code, []).append(kind)
    return found


def source_kind(code: str) -> SourceKind:
    return _kinds[code]


def address_of(source: str, page: int | None = None) -> str:
    """The page of what a piece is of, by the name that the piece has for it."""
    code, _slash, key = source.partition("/")
    return _kinds[code].address(key, page)
