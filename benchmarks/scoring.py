"""Score sheets filled in from facts: one meeting, and every cell's meetings of a month at once."""

from datetime import date
from functools import partial

from django.db import transaction

from benchmarks.printing import say
from benchmarks.timing import p95_of, seconds
from nennep.accounts.models import User
from nennep.demo.scores import enter_sheet
from nennep.meetings.models import Meeting
from nennep.organisation.models import Unit
from nennep.quality.queries.classes import class_table
from nennep.quality.queries.filled import SHEET_OF, filled_sheet, filled_sheets
from nennep.quality.queries.looking import look_at

MONTH = date(2024, 5, 1)
CITY = 17_980  # cells
DISTRICT = "SOCSON"  # where the demonstration scores


def measure(database: str) -> None:
    """With the example sheet in force for every cell, which no demonstration has: undone after."""
    with transaction.atomic():
        top = Unit.objects.get(parent=None)
        enter_sheet(MONTH, by=User.objects.order_by("pk")[0], code=top.code)
        _measure(database)
        transaction.set_rollback(True)


def _measure(database: str) -> None:
    meetings = Meeting.objects.closed().filter(period=MONTH, kind__in=list(SHEET_OF))
    ids = list(meetings.order_by("pk").values_list("pk", flat=True))
    found: list[int] = []
    taken = seconds(lambda: found.append(sum(1 for _filled in filled_sheets(ids))))
    name = f"sheets of facts for a month: {len(ids)} meetings, {found[0]} with a sheet"
    say(name, taken, "s", 60, database)
    cells = meetings.values("unit_id").distinct().count()
    if cells < CITY:
        reckoned = f"the same for {CITY} cells, reckoned from {cells}"
        say(reckoned, taken * CITY / cells, "s", 60, database)
    looked = seconds(lambda: found.append(sum(len(each.found) for each in look_at(ids))))
    say(f"second look at {len(ids)} meetings, {found[-1]} points", looked, "s", 60, database)
    one = meetings.select_related("unit").order_by("pk").first()
    assert one is not None, "no meeting in the month"
    say("sheet of one meeting, p95", p95_of(partial(filled_sheet, one)), "ms", 30, database)
    unit = Unit.objects.get(code=DISTRICT)
    table = p95_of(partial(class_table, unit, MONTH))
    say("class table of a district for a month, p95", table, "ms", 1500, database)
