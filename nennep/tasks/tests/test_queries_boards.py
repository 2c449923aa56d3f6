"""What the boards of tasks cost: their queries read by an index, so that a city's tasks cost no more."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nennep.organisation.models import Unit
from nennep.tasks.tests.factories import decide, give, give_units, working_cell

pytestmark = pytest.mark.django_db


@pytest.mark.skipif(
    "connection.vendor != 'sqlite'", reason="small tables are scanned on purpose there"
)
def test_no_page_of_tasks_reads_a_whole_table_of_tasks(client):
    cell = working_cell()
    commune = Unit.objects.get(code="XA")
    decide(cell, ("Hiến đất mở ngõ 3", cell.members[2], date(2024, 6, 25)))
    give(cell, what="Quá hạn", given_on=date(2024, 5, 1), due_on=date(2024, 6, 12))
    task = give_units(commune, cell.unit, what="Việc xã giao")
    pages = [
        (cell.secretary, "/viec/CB1/"),
        (cell.secretary, "/viec/CB1/dang-vien/"),
        (cell.secretary, "/viec/CB1/nhac-viec/"),
        (cell.officer, "/viec/XA/"),
        (cell.officer, f"/viec-giao/{task.public_id}/"),
    ]
    scans = []
    for user, address in pages:
        client.force_login(user)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        for asked in (query["sql"] for query in queries if query["sql"].startswith("SELECT")):
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN QUERY PLAN {asked}")
                steps = [row[3] for row in cursor.fetchall()]
            scans += [(address, step) for step in steps if step.startswith("SCAN tasks_")]

    assert [scan for scan in scans if " USING " not in scan[1]] == []
