"""What is asked of every kind of table: its columns, and the verdict on its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from nennep.core.sheets.columns import Shape
from nennep.imports.choices import Kind
from nennep.imports.queries.reading import SAMPLE, Cells, Source
from nennep.imports.queries.shapes import shape_of
from nennep.imports.queries.units import judge_units
from nennep.imports.rules import Answers, Judged
from nennep.organisation.choices import Can as Organisation
from nennep.organisation.models import Unit

Judge = Callable[[Source, Cells, Unit], Iterator[Judged]]


@dataclass(frozen=True)
class Importer:
    """`verb` is asked for besides the right to take in tables."""

    kind: Kind
    slug: str
    verb: str
    judge: Judge
    # The columns that say what a row is about: they head it, and are not shown again.
    heads: frozenset[str]

    @property
    def shape(self) -> Shape:
        return shape_of(self.kind)


IMPORTERS = {
    Kind.UNITS: Importer(
        Kind.UNITS, "to-chuc", Organisation.MANAGE_UNITS, judge_units, frozenset({"name"})
    ),
}
BY_SLUG = {importer.slug: importer for importer in IMPORTERS.values()}


def importer_of(kind: str) -> Importer:
    return IMPORTERS[Kind(kind)]


def judged_rows(
    kind: str, source: Source, places: Mapping[str, int], answers: Answers, under: Unit
) -> Iterator[Judged]:
    """The verdict on each row of a table, in the order in which they can be taken in."""
    importer = importer_of(kind)
    cells = Cells(places, importer.shape, answers, list(islice(source.rows(), SAMPLE)))
    return importer.judge(source, cells, under)
