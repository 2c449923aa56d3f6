"""Many at the same moment: one closing, one number, no gap. On the database of this run."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connections, transaction

from nennep.core.models import TrailLine
from nennep.library.models import NumberSeries
from nennep.meetings import actions
from nennep.meetings.models import Resolution
from nennep.meetings.tests.factories import at, make_cell, ready, resolve

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 32


def _all_at_once(jobs):
    gate = threading.Barrier(len(jobs))

    def run(job):
        gate.wait()
        try:
            return job()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [done.result() for done in [pool.submit(run, job) for job in jobs]]


def test_the_minutes_closed_by_thirty_two_hands_get_one_number():
    with transaction.atomic():
        cell = make_cell()
        meeting = ready(cell)
        resolve(meeting, cell)
    answers = _all_at_once([lambda: actions.close_minutes(meeting, by=cell.secretary)] * THREADS)
    assert {tuple(p.symbol for p in closing.issued) for closing in answers} == {("01-NQ/CB",)}
    assert NumberSeries.objects.get().last == 1
    assert TrailLine.objects.filter(verb="minutes closed").count() == 1


def test_thirty_two_meetings_closed_at_once_are_numbered_without_gap_or_double():
    with transaction.atomic():
        cell = make_cell()
        meetings = [
            ready(cell, "extraordinary", at(1 + n % 12), period=date(2024, 6, 1))
            for n in range(THREADS)
        ]
        for meeting in meetings:
            resolve(meeting, cell)
    _all_at_once([lambda m=m: actions.close_minutes(m, by=cell.secretary) for m in meetings])
    numbers = sorted(Resolution.objects.values_list("number", flat=True))
    assert numbers == list(range(1, THREADS + 1))
