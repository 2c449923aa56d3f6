"""Tables whose every row follows from other tables: the app that makes them says so in its `ready()`.

A backup leaves them out and a restore makes them again (docs/decisions/0032-derived-tables.md).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import Model
from django.utils.functional import Promise

Report = Callable[[int, int], object]


@dataclass(frozen=True)
class Derived:
    """`make_again` fills `tables`, which are empty, from nothing but the rows of `made_from`.

    It is called while nobody else is at work, and is told how far it is by what it reports.
    """

    name: str | Promise
    tables: Sequence[type[Model]]
    made_from: Sequence[type[Model]]
    make_again: Callable[[Report], object]

    @property
    def table_names(self) -> list[str]:
        return sorted(model._meta.db_table for model in self.tables)


_derived: list[Derived] = []


def register_derived(derived: Derived) -> None:
    _derived.append(derived)


def all_derived() -> list[Derived]:
    return list(_derived)


def derived_tables() -> list[str]:
    return [name for derived in _derived for name in derived.table_names]


def derived_among(tables: Sequence[str]) -> list[Derived]:
    """Those whose tables are all of these, or some."""
    return [each for each in _derived if set(each.table_names) & set(tables)]
