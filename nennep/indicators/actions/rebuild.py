"""All counters at once: after an import, a change of rules, or to be sure."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date

from django.db import connection, transaction

from nennep.core.bulk import insert_rows
from nennep.core.periods import add_months
from nennep.core.person import Person
from nennep.core.trail import record
from nennep.indicators.actions.levels import write_levels
from nennep.indicators.actions.refresh import (
    recurrence_rows,
    refresh_span,
    refresh_units,
    write_counted,
)
from nennep.indicators.models import (
    COUNTERS,
    STOCKS,
    CellMonth,
    CountedPlace,
    CountedStock,
    DirtyCell,
    LevelMonth,
    MemberMonth,
    UnitMonth,
    UnitRecurrence,
    UnitStock,
)
from nennep.indicators.queries.computing import (
    CHUNK,
    CellRow,
    Sums,
    count_all,
    every_counted,
    open_through,
)
from nennep.indicators.queries.levels import levels_from_facts, spread_levels
from nennep.indicators.queries.stocks import stocks_of
from nennep.meetings.queries.timelines import Calendar
from nennep.organisation.models import Unit

Report = Callable[[int, int], None]


@transaction.atomic
def rebuild(*, by: Person, report: Report = lambda done, total: None, workers: int = 1) -> int:
    """Throw all counters away and make them again from the facts; returns the cell-months made.

    `report` is told how many of the cells are done. With more than one worker the facts must be
    committed: the others read them through connections of their own.
    """
    for model in (
        CellMonth, UnitMonth, LevelMonth, UnitRecurrence, MemberMonth, UnitStock, CountedPlace,
        CountedStock, DirtyCell,
    ):  # fmt: skip
        _empty(model._meta.db_table)
    sums, calendar = Sums(), Calendar()
    count = insert_rows(
        CellMonth,
        ("cell", "month", "path", "block", "over_on", *COUNTERS),
        _cell_rows(sums, calendar, report, workers),
    )
    levels = levels_from_facts(calendar)
    write_levels(levels)
    sums.add_chunk(spread_levels(levels), Counter())
    months = ((*key, *row) for key, row in sorted(sums.months.items()))
    insert_rows(UnitMonth, ("unit", "month", "block", *COUNTERS), months)
    insert_rows(
        UnitRecurrence,
        ("unit", "kind", "block", "month", "previous", "over_on", "count"),
        recurrence_rows(sums.recurrences),
    )
    _rebuild_stocks(calendar)
    record("rebuilt the counters", None, by=by, cell_months=count)
    return count


def _empty(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608 -- our own table


def _cell_rows(sums: Sums, calendar: Calendar, report: Report, workers: int) -> Iterator[CellRow]:
    done, total = 0, len(every_counted())
    for chunk in count_all(first_month(calendar), open_through(), workers):
        sums.add_chunk(chunk.months, chunk.recurrences)
        MemberMonth.objects.bulk_create(
            MemberMonth(cell_id=cell_id, member_id=member_id, kind=kind, month=month)
            for cell_id, (member_id, kind, month) in chunk.alarms
        )
        yield from chunk.rows
        done += len(chunk.cell_ids)
        report(done, total)


def first_month(calendar: Calendar) -> date:
    """The first month counters are kept for: where nothing says, the present one."""
    return (
        calendar.counts_from if calendar.counts_from > date.min else add_months(open_through(), -1)
    )


def _rebuild_stocks(calendar: Calendar) -> None:
    units = list(Unit.objects.order_by("pk").values_list("pk", flat=True))
    totals: dict[tuple[int, str, date], list[int]] = {}
    for start in range(0, len(units), CHUNK * 5):
        chunk = list(stocks_of(units[start : start + CHUNK * 5], calendar))
        for unit in chunk:
            for key, stock in unit.changes.items():
                row = totals.setdefault(key, [0] * len(STOCKS))
                totals[key] = [a + b for a, b in zip(row, stock, strict=True)]
        write_counted(chunk)
    rows = (
        (unit_id, on, block, *row)
        for (unit_id, block, on), row in sorted(totals.items())
        if any(row)
    )
    insert_rows(UnitStock, ("unit", "on", "block", *STOCKS), rows)


@transaction.atomic
def open_months(*, by: Person) -> int:
    """Make the rows of months that have come since the counters were last opened."""
    last = CellMonth.objects.order_by("-month").values_list("month", flat=True).first()
    through = open_through()
    if last is not None and last >= through:
        return 0
    first = add_months(last, 1) if last else first_month(Calendar())
    cells = every_counted()
    for start in range(0, len(cells), CHUNK):
        refresh_span(cells[start : start + CHUNK], first, through)
    record("opened months", None, by=by, through=through.isoformat())
    return len(cells)


@transaction.atomic
def refresh_dirty(*, by: Person, report: Report = lambda done, total: None) -> int:
    """Recompute the cells on the dirty list; returns how many there were."""
    cells = list(DirtyCell.objects.order_by("cell_id").values_list("cell_id", flat=True))
    for start in range(0, len(cells), CHUNK):
        refresh_units(cells[start : start + CHUNK])
        report(min(start + CHUNK, len(cells)), len(cells))
    DirtyCell.objects.filter(cell_id__in=cells).delete()
    if cells:
        record("recomputed dirty cells", None, by=by, cells=len(cells))
    return len(cells)
