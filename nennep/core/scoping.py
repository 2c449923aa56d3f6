"""Records belong to a unit; people see the records of the units their grants reach."""

from functools import reduce
from operator import or_
from typing import ClassVar, Protocol, Self, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.shortcuts import get_object_or_404

from nennep.core.fields import below
from nennep.core.person import Person, Reach

Record = TypeVar("Record", bound=Model, covariant=True)

NOTHING = Q(pk__in=[])


class HasPath(Protocol):
    @property
    def path(self) -> str: ...


class ScopedQuerySet(QuerySet[Record]):
    """Reads that stay inside a part of the organisation tree.

    `to_view` is the verb that shows a record, `path_lookup` the way to the path of the unit it
    belongs to, `record_lookup` the way to the record that a one-record grant names.
    """

    to_view: ClassVar[str]
    path_lookup: ClassVar[str] = "unit__path"
    record_lookup: ClassVar[str] = ""

    def within(self, unit: HasPath) -> Self:
        return self.filter(below(self.path_lookup, unit.path))

    def visible_to(self, person: Person) -> Self:
        return self.where_may(person, self.to_view)

    def where_may(self, person: Person, can: str) -> Self:
        return self.filter(reduce(or_, map(self._inside, person.reaches(can)), NOTHING))

    def _inside(self, reach: Reach) -> Q:
        if reach.only is None:
            return below(self.path_lookup, reach.path)
        if not self.record_lookup:
            return NOTHING
        return below(self.path_lookup, reach.path) & Q(**{self.record_lookup: reach.only})


def fetch(records: ScopedQuerySet[Record], person: Person, can: str, **lookup: object) -> Record:
    """One record to act on. Out of sight is 404; in sight but not allowed is 403."""
    record = get_object_or_404(records.visible_to(person), **lookup)
    if can != records.to_view and not records.where_may(person, can).filter(pk=record.pk).exists():
        raise PermissionDenied
    return record


def may(person: Person, can: str, unit: HasPath) -> bool:
    """Whether the person may do `can` at this unit, for pages that show or hide a button."""
    return any(
        reach.only is None and unit.path.startswith(reach.path) for reach in person.reaches(can)
    )
