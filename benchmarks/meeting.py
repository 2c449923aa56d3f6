"""Recording the meeting of a cell of twenty-nine, by the requests a secretary's phone sends."""

import time
from datetime import datetime

from django.test import Client
from django.urls import reverse

from benchmarks.printing import say
from benchmarks.timing import LAST, browser, p95
from nennep.accounts.models import Grant, User
from nennep.core import clock
from nennep.core.periods import Period
from nennep.indicators.queries.figures import figure_sheet
from nennep.meetings import actions
from nennep.meetings.models import Meeting
from nennep.members.queries import strength_on
from nennep.organisation.models import Unit

MEMBERS, MEETINGS = 29, 30
JUNE = Period(LAST, LAST)


def measure(database: str) -> None:
    secretary = User.objects.get(username="bithu")
    client = browser(secretary)
    calling, closing = [], []
    for cell in _cells():
        own = secretary.grants.order_by("pk").first()
        Grant.objects.get_or_create(
            user=secretary, unit=cell, role=own.role, defaults={"valid_from": own.valid_from}
        )
        before = _attended()
        calls, closes = _hold(client, cell, secretary)
        assert _attended() == before + MEMBERS - 2, "the top does not see it at once"
        calling.append(calls)
        closing.append(closes)
    # The first finds nothing warm.
    say("roll call of 29 in one request, CPU, p95", p95(calling[1:]), "ms", 40, database)
    name = "the request that closes a meeting of 29, counters and sums with it, p95"
    say(name, p95(closing[1:]), "ms", 150, database)


def _cells() -> list[Unit]:
    """Cells of 29 who are all asked to come and have not met in June."""
    met = Meeting.objects.filter(period=LAST, cancelled_at=None).values("unit_id")
    cells = Unit.objects.cells().living_on(clock.today()).exclude(pk__in=met)
    found = []
    for cell in cells.filter(is_figures_only=False).order_by("path").iterator():
        strength = strength_on([cell.pk], clock.today())[cell.pk]
        if strength.required == strength.total == MEMBERS:
            found.append(cell)
        if len(found) > MEETINGS:
            break
    return found


def _attended() -> int:
    return figure_sheet(Unit.objects.get(parent=None), JUNE)["ATT"].numerator


def _hold(client: Client, cell: Unit, secretary: User) -> tuple[float, float]:
    """CPU of the roll call and time of the closing, in milliseconds."""
    evening = datetime(2024, 6, 12, 19, 30, tzinfo=clock.HANOI)
    planned = actions.plan_meeting(
        cell, kind="regular", period=LAST, planned_at=evening, by=secretary
    )
    meeting = actions.prepare(planned, by=secretary)
    absent, ill = sorted(cell.members.values_list("pk", flat=True))[:2]
    opening = {
        "held_on": "2024-06-12",
        "start": "19:30",
        f"presence-{absent}": "unexcused",
        f"presence-{ill}": "excused",
        "do": "next",
    }
    begun = time.process_time()
    _send(client, "roll-call", meeting, opening)
    calls = time.process_time() - begun
    actions.who_spoke(meeting, except_ids=[], by=secretary)
    ending = {"as_programme": "on", "end": "21:10", "adopted": "on", "declared": "on"}
    begun = time.perf_counter()
    _send(client, "conclude", meeting, ending | {"do": "close"})
    closes = time.perf_counter() - begun
    meeting.refresh_from_db()
    assert meeting.is_closed, cell
    return calls * 1000, closes * 1000


def _send(client: Client, step: str, meeting: Meeting, form: dict[str, str]) -> None:
    answer = client.post(reverse(f"meetings:{step}", args=[meeting.public_id]), form)
    assert answer.status_code == 302, (step, answer.content.decode()[-3000:])
