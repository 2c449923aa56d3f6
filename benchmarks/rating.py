"""A year's round of one body that decides 527 cells: nearly five hundred more than any has here."""

import time
from datetime import date

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.printing import say
from benchmarks.timing import browser, p95_of
from nennep.accounts.models import User
from nennep.accounts.queries import system_person
from nennep.organisation.actions import move_unit
from nennep.organisation.models import Unit

DISTRICT, YEAR, OPEN_YEAR = "SOCSON", 2023, 2024
MOVED_ON = date(2024, 6, 1)


def measure(database: str) -> None:
    """All cells stand directly under the district for the while: undone after."""
    with transaction.atomic():
        district = Unit.objects.get(code=DISTRICT)
        for cell in Unit.objects.within(district).cells().exclude(parent=district):
            move_unit(cell, district, on=MOVED_ON, by=system_person())
        cells = Unit.objects.within(district).cells().count()
        for year, told in ((OPEN_YEAR, "not rated yet"), (YEAR, "decided")):
            _measure(year, f"round of {cells} cells, {told}", database)
        transaction.set_rollback(True)


def _measure(year: int, name: str, database: str) -> None:
    client = browser(User.objects.get(username="vanphong"))
    address = reverse("recognition:round", args=[DISTRICT, year])

    def opened() -> None:
        assert client.get(address).status_code == 200, address

    say(f"{name}, p95", p95_of(opened), "ms", 500, database)
    begun = time.process_time()
    opened()
    say(f"{name}, processor", (time.process_time() - begun) * 1000, "ms", 500, database)
    with CaptureQueriesContext(connection) as queries:
        opened()
    say(f"{name}, queries", len(queries), "queries", 30, database)
