"""What is asked of every kind of table: its columns, and the verdict on its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _

from nennep.core.person import Person
from nennep.core.sheets.columns import Shape
from nennep.imports.choices import PLAIN, Kind, Verdict
from nennep.imports.queries.attendance import judge_attendance
from nennep.imports.queries.history import judge_history
from nennep.imports.queries.members import judge_members
from nennep.imports.queries.reading import SAMPLE, Aim, Cells, Source
from nennep.imports.queries.shapes import shape_of
from nennep.imports.queries.units import judge_units
from nennep.imports.rules import Answers, Judged, Problem
from nennep.meetings.choices import Can as Meetings
from nennep.members.choices import Can as Members
from nennep.organisation.choices import Can as Organisation
from nennep.organisation.models import Unit

Judge = Callable[[Source, Cells, Aim, Person], Iterator[Judged]]


@dataclass(frozen=True)
class Importer:
    """`verb` is asked for besides the right to take in tables."""

    kind: Kind
    slug: str
    verb: str
    judge: Judge
    # The columns that say what a row is about: they head it, and are not shown again.
    heads: frozenset[str]
    # One column of each group must be there, or no row can be read.
    needs: tuple[tuple[str, ...], ...] = ()
    # What its rows can come to, in the order in which people look for it.
    verdicts: tuple[Verdict, ...] = PLAIN
    is_of_meeting: bool = False
    is_exported: bool = True

    def is_offered_at(self, unit: Unit) -> bool:
        """A roll call belongs to a meeting, and meetings to a cell that keeps names."""
        return not self.is_of_meeting or (unit.is_cell and not unit.is_figures_only)

    @property
    def about(self) -> str:
        """What heads the rows: the title of the column that names what they are about."""
        return next(column.title for column in self.shape.columns if column.key in self.heads)

    @property
    def shape(self) -> Shape:
        return shape_of(self.kind)


def _judge_meeting(source: Source, cells: Cells, aim: Aim, _by: Person) -> Iterator[Judged]:
    assert aim.meeting is not None  # noqa: S101 -- a roll call is always that of a meeting
    return judge_attendance(source, cells, aim.meeting)


NAMES = frozenset({"full_name", "family_name", "given_name"})
IMPORTERS = {
    Kind.UNITS: Importer(
        Kind.UNITS,
        "to-chuc",
        Organisation.MANAGE_UNITS,
        lambda source, cells, aim, by: judge_units(source, cells, aim.unit, by),
        frozenset({"name"}),
    ),
    Kind.MEMBERS: Importer(
        Kind.MEMBERS,
        "dang-vien",
        Members.MANAGE_MEMBERS,
        lambda source, cells, aim, by: judge_members(source, cells, aim.unit, by),
        NAMES,
        (
            ("birth", "birth_male", "birth_female"),
            ("sex", "sex_male", "sex_female", "birth_male", "birth_female"),
        ),
    ),
    Kind.HISTORY: Importer(
        Kind.HISTORY,
        "cuoc-hop",
        Meetings.ENTER_RETURNS,
        lambda source, cells, aim, _by: judge_history(source, cells, aim.unit),
        frozenset({"cell"}),
        (("start",), ("end", "minutes")),
        verdicts=(Verdict.NEW, Verdict.SAME, Verdict.ERROR),
        is_exported=False,
    ),
    Kind.ATTENDANCE: Importer(
        Kind.ATTENDANCE,
        "diem-danh",
        Meetings.RECORD_MEETINGS,
        _judge_meeting,
        NAMES,
        (("presence", "present", "excused", "unexcused", "absent", "checked_in"),),
        verdicts=(Verdict.NEW, Verdict.CHANGED, Verdict.SAME, Verdict.OUTSIDE, Verdict.ERROR),
        is_of_meeting=True,
        is_exported=False,
    ),
}
BY_SLUG = {importer.slug: importer for importer in IMPORTERS.values()}


def importer_of(kind: str) -> Importer:
    return IMPORTERS[Kind(kind)]


def judged_rows(
    kind: str,
    source: Source,
    places: Mapping[str, int],
    answers: Answers,
    aim: Aim,
    by: Person,
) -> Iterator[Judged]:
    """The verdict on each row of a table, in the order in which they can be taken in."""
    importer = importer_of(kind)
    cells = cells_of(kind, source, places, answers)
    if lacking := _lacking(importer, places):
        yield _headless(importer, lacking, source)
    else:
        yield from importer.judge(source, cells, aim, by)


def cells_of(kind: str, source: Source, places: Mapping[str, int], answers: Answers) -> Cells:
    passed_over = [h.column for h in source.headings if h.is_passed_over]
    sample = list(islice(source.rows(), SAMPLE))
    return Cells(places, importer_of(kind).shape, answers, sample, passed_over)


def _lacking(importer: Importer, places: Mapping[str, int]) -> list[str]:
    """The titles of columns without which no row can be read."""
    by_key = importer.shape.by_key
    return [
        by_key[group[0]].title
        for group in importer.needs
        if not any(key in places for key in group)
    ]


def _headless(importer: Importer, lacking: list[str], source: Source) -> Judged:
    said = _("The table lacks the columns %(titles)s. Add them, or say which columns they are.")
    problem = Problem(
        source.head_row, 0, str(importer.kind.label), said % {"titles": ", ".join(lacking)}
    )
    return Judged(source.head_row, Verdict.ERROR, _("Headings"), problems=(problem,))
