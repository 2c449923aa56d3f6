"""The verdict on each row of a register of past meetings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, time

from django.utils.translation import gettext as _

from nennep.core import clock
from nennep.core.periods import month_of
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.text import vn_date
from nennep.imports.choices import Verdict
from nennep.imports.queries.history.rows import MeetingRow, moment, read_rows
from nennep.imports.queries.members.places import CellPlace, CellPlaces
from nennep.imports.queries.reading import Cells, Source
from nennep.imports.rules import Judged
from nennep.meetings.choices import MeetingKind
from nennep.meetings.queries.returns import KnownMonths
from nennep.meetings.rules.figures import RollFigures
from nennep.meetings.rules.returns import STRENGTH, PaperReturn, roll_counts
from nennep.members.queries import strength_on
from nennep.members.rules import StrengthCount
from nennep.organisation.models import Unit

NOON = time(12)


def judge_history(source: Source, cells: Cells, under: Unit) -> Iterator[Judged]:
    """In the order of the table; whoever takes them in sorts them by day."""
    said = list(read_rows(cells, source.rows()))
    yield from _Judge(said, cells, under).verdicts()


class _Judge:
    def __init__(self, rows: list[MeetingRow], cells: Cells, under: Unit) -> None:
        self._rows, self._cells = rows, cells
        places = CellPlaces(under, with_ended=True)
        self._placed = {row.number: _place_of(row, places) for row in rows}
        found = {place.id for place in self._placed.values() if isinstance(place, CellPlace)}
        periods = [p for row in rows if (p := _period_of(row)) is not None]
        today = clock.today()
        self._known = KnownMonths(found, min(periods, default=today), max(periods, default=today))
        self._strengths = self._strengths_of()

    def verdicts(self) -> Iterator[Judged]:
        for row in self._rows:
            self._cells.begin(self._cells.row._replace(number=row.number))
            self._cells.problems = row.problems
            yield self._judge(row)

    def _judge(self, row: MeetingRow) -> Judged:
        place = self._placed[row.number]
        if isinstance(place, str):
            self._cells.no("cell" if self._cells.has("cell") else "day", place)
        said = self._said(row, place) if isinstance(place, CellPlace) and not row.problems else None
        label = _label(row, place)
        if said is None:
            return Judged(row.number, Verdict.ERROR, label, problems=tuple(self._cells.problems))
        if self._known.is_there(said):
            return Judged(row.number, Verdict.SAME, label, _note(said))
        try:
            refuse_secret(said.topic)
            self._known.refuse(said)
        except Refusal as refusal:
            key = refusal.field if self._cells.has(refusal.field) else "day"
            self._cells.no(key, refusal.message)
            return Judged(row.number, Verdict.ERROR, label, problems=tuple(self._cells.problems))
        self._known.note(said)
        return Judged(row.number, Verdict.NEW, label, _note(said), plan=said)

    def _said(self, row: MeetingRow, place: CellPlace) -> PaperReturn | None:
        figures = self._figures(row, place)
        started, ended = row.started_at, row.ended_at
        period = _period_of(row)
        if figures is None or started is None or ended is None or period is None:
            return None
        return PaperReturn(
            unit_id=place.id,
            kind=row.kind,
            period=period,
            started_at=started,
            ended_at=ended,
            figures=figures,
            topic=row.topic,
            are_steps_done=row.are_steps_done,
            papers_sent_at=moment(row.papers, NOON),
            finished_sent_at=moment(row.finished, NOON),
            note=row.number,
        )

    def _figures(self, row: MeetingRow, place: CellPlace) -> RollFigures | None:
        """The strength as the file has it, else as the roll of that day; absentees as the file has them."""
        strength = self._strength(row, place)
        if strength is None:
            return None
        required = (
            strength["official"] + strength["probationary"] + strength["here"]
            - strength["exempt"] - strength["away"] - strength["suspended"]
        )  # fmt: skip
        excused, unexcused = row.counts["excused"] or 0, row.counts["unexcused"] or 0
        present = row.counts["present"]
        if present is None and self._cells.has("present"):
            self._cells.no("present", _("Write how many members were present."))
            return None
        return RollFigures(
            **strength,
            present=required - excused - unexcused if present is None else present,
            excused=excused,
            unexcused=unexcused,
            speakers=row.counts["speakers"] or 0,
        )

    def _strength(self, row: MeetingRow, place: CellPlace) -> dict[str, int] | None:
        if row.says_strength:
            counts = {name: row.counts[name] or 0 for name in STRENGTH}
            if row.counts["official"] is None and row.counts["strength"] is not None:
                counts["official"] = row.counts["strength"] - counts["probationary"]
            return counts
        known = self._strengths.get((place.id, row.day)) if row.day else None
        if known is None or not known.total:
            said = _("The roll has nobody in this cell on %(day)s. Write the strength in the file.")
            key = "strength" if self._cells.has("strength") else "day"
            self._cells.no(key, said % {"day": vn_date(row.day)})
            return None
        return roll_counts(known)

    def _strengths_of(self) -> dict[tuple[int, date], StrengthCount]:
        """Of the cells and days for which the file says none; five queries for each day."""
        wanted: dict[date, set[int]] = defaultdict(set)
        for row in self._rows:
            place = self._placed[row.number]
            if isinstance(place, CellPlace) and row.day is not None and not row.says_strength:
                wanted[row.day].add(place.id)
        return {
            (unit, day): strength
            for day, units in sorted(wanted.items())
            for unit, strength in strength_on(sorted(units), day).items()
        }


def _place_of(row: MeetingRow, places: CellPlaces) -> CellPlace | str:
    if row.cell:
        return places.find(row.cell, row.committee, row.day)
    return places.only or _("Write the cell: its code or its name.")


def _period_of(row: MeetingRow) -> date | None:
    return row.period or (month_of(row.day) if row.day else None)


def _label(row: MeetingRow, place: CellPlace | str) -> str:
    name = place.name if isinstance(place, CellPlace) else row.cell
    return f"{name}, {vn_date(row.day)}" if row.day else name


def _note(said: PaperReturn) -> str:
    words = _("%(kind)s, present %(present)s/%(required)s")
    return words % {
        "kind": MeetingKind(said.kind).label,
        "present": said.figures.present,
        "required": said.figures.required,
    }
