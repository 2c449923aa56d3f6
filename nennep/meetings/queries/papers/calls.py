"""The call list of an office, to print and fill in by hand, and the words of a reminder."""

from collections.abc import Sequence
from datetime import date

from nennep.core import clock
from nennep.core.text import nfc, vn_date
from nennep.meetings.choices import LedgerKind
from nennep.meetings.queries.calls import CellToRemind, grouped
from nennep.meetings.rules.presets import worded
from nennep.members.queries import PositionHolder
from nennep.organisation.models import Unit
from nennep.papers.paper import Align, Band, Column, Masthead, Note, Orientation, Paper, Row, Table


def reminder_words(
    cell_name: str,
    month: date,
    kind: str,
    secretary: PositionHolder | None,
    due: date | None,
    asked_by: str,
) -> str:
    """What an officer sends to a cell that is late or silent, or reads out on the telephone."""
    cell = cell_name[:1].lower() + cell_name[1:]
    who = worded("reminder.named", name=secretary.name, cell=cell) if secretary else ""
    text = worded(
        f"reminder.{kind}",
        who=who or worded("reminder.secretary", cell=cell),
        today=vn_date(clock.today()),
        cell=cell,
        month=f"{month.month}/{month.year}",
    )
    if due is not None and kind == LedgerKind.REGULAR:
        text += worded("reminder.due", due=vn_date(due), clause=asked_by)
    return nfc(text + worded("reminder.ask"))


def call_list_paper(unit: Unit, cells: Sequence[CellToRemind]) -> Paper:
    """One row a cell, with room for what was said."""
    today = clock.today()
    columns = [
        Column(worded("table.number"), 0.5, Align.CENTER),
        Column(worded("calls.cell"), 2.6),
        Column(worded("calls.month"), 0.9, Align.CENTER),
        Column(worded("calls.state"), 1.9),
        Column(worded("calls.secretary"), 2.2),
        Column(worded("calls.said"), 3.2),
    ]
    return Paper(
        Masthead(unit.parent.name if unit.parent else "", unit.name),
        worded("calls.title"),
        [Table(columns, list(_rows(cells)), row_height=12), Note(worded("calls.note"))],
        summary=worded("calls.summary", day=vn_date(today)),
        day=today,
        orientation=Orientation.LANDSCAPE,
        file_stem=f"danh-sach-goi-{unit.code.lower()}-{today:%Y-%m-%d}",
    )


def _rows(cells: Sequence[CellToRemind]) -> Sequence[Row | Band]:
    rows: list[Row | Band] = []
    number = 0
    for title, group in grouped(cells):
        rows.append(Band(title))
        for each in group:
            number += 1
            rows.append(Row((str(number), *_cells(each))))
    return rows


def _cells(each: CellToRemind) -> tuple[str, str, str, str, str]:
    parent = each.cell.parent.name if each.cell.parent else ""
    state = "; ".join(part for part in (each.when, each.planned) if part)
    holder = each.secretary
    who = "\n".join(part for part in (holder.name, holder.office_phone) if part) if holder else ""
    said = "; ".join(f"{vn_date(note.called_on)}: {note.said}" for note in each.notes)
    name = f"{each.cell.name} ({parent})" if parent else each.cell.name
    return name, f"{each.month.month}/{each.month.year}", state, who, said
