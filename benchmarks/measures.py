"""Measures one installation. Every figure is taken in this process, server time without a network."""

import json
import sys
import time
from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from functools import partial
from statistics import quantiles
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402 -- Django stands first
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from nennep.accounts.models import User  # noqa: E402
from nennep.config import preparation  # noqa: E402
from nennep.core import clock  # noqa: E402
from nennep.core.models import Installation  # noqa: E402
from nennep.core.periods import Period  # noqa: E402
from nennep.indicators.queries.figures import figure_sheet  # noqa: E402
from nennep.indicators.queries.verifying import verify  # noqa: E402
from nennep.meetings import actions  # noqa: E402
from nennep.meetings.models import Meeting  # noqa: E402
from nennep.organisation.models import Unit  # noqa: E402

DATABASE, SIZE = sys.argv[1:3]
LAST = date(2024, 6, 1)
THREE_YEARS, ONE_YEAR = Period(date(2021, 7, 1), LAST), Period(date(2023, 7, 1), LAST)
TIMES = 30


def say(name: str, value: float, unit: str, goal: float, *, at_least: bool = False) -> None:
    met = value >= goal if at_least else value <= goal
    line = {"name": name, "value": round(value, 4), "unit": unit, "goal": goal, "met": met}
    sys.stdout.write(json.dumps(line | {"database": DATABASE}, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def seconds(act: Callable[[], Any]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def p95(act: Callable[[], Any], times: int = TIMES) -> float:
    act()  # templates, rules and statements are warm, as in a server that runs
    return quantiles([seconds(act) for _ in range(times)], n=20)[-1] * 1000


def fastest(act: Callable[[], Any], times: int = 10) -> float:
    act()
    return min(seconds(act) for _ in range(times))


def build() -> None:
    preparation.prepare()
    if not Installation.objects.filter(is_complete=True, size=SIZE).exists():
        call_command("demo", size=SIZE, seed=11)
    clock.forget()


def signed_in(username: str) -> Client:
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(User.objects.get(username=username))
    return client


def path_down() -> Iterable[tuple[str, Unit]]:
    """A unit of each level, the top of the tree first, each below the one before."""
    unit: Unit | None = Unit.objects.filter(parent=None).first()
    while unit is not None:
        yield unit.kind, unit
        unit = Unit.objects.filter(parent=unit).order_by("-code").first()


def boards() -> None:
    client = signed_in("thanhuy")
    for kind, unit in path_down():
        address = reverse("indicators:board", args=[unit.code])
        query = {"tu": "2021-07", "den": "2024-06"}
        answer = client.get(address, query)
        if answer.status_code != 200:
            sys.stderr.write(f"{address}: {answer.status_code}\n")
            continue
        taken = p95(partial(client.get, address, query))
        say(f"board of a {kind}, 36 months, p95", taken, "ms", 100)
        first_load(f"first load of the board of a {kind}", client, address)


def first_load(name: str, client: Client, address: str) -> None:
    """The page and everything it asks for, as sent: compressed where a browser takes that."""
    import gzip
    import re
    from pathlib import Path

    from django.conf import settings

    page = client.get(address).content
    size = len(gzip.compress(page))
    for asset in set(re.findall(rb'(?:href|src)="/static/([^"#?]+)"', page)):
        path = Path(settings.STATIC_ROOT) / asset.decode()
        compressed = path.with_name(path.name + ".gz")
        best = compressed if compressed.exists() else path
        size += best.stat().st_size if best.exists() else 0
    say(name, size / 1000, "kB", 100)


def figures() -> None:
    city = Unit.objects.get(parent=None)
    year = fastest(lambda: figure_sheet(city, ONE_YEAR))
    years = fastest(lambda: figure_sheet(city, THREE_YEARS))
    say("figures of the top unit, 36 months", years * 1000, "ms", 100)
    say("figures: 36 months against 12", years / year, "×", 1.3)

    answer: list[Fraction] = []
    direct = seconds(lambda: answer.append(attendance_from_rows(city)))
    rolled_up = fastest(lambda: figure_sheet(city, THREE_YEARS))
    assert figure_sheet(city, THREE_YEARS)["ATT"].value == answer[0], "the roll-up differs"
    say(
        "review's figures from roll-ups against the attendance rows",
        direct / rolled_up,
        "×",
        100,
        at_least=True,
    )


def attendance_from_rows(unit: Unit) -> Fraction:
    """ATT by one statement over every single attendance, the way there would be without counters."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT SUM(CASE WHEN a.presence = 'present' THEN 1 ELSE 0 END), COUNT(*)
            FROM meetings_attendance a
            JOIN meetings_meeting m ON m.id = a.meeting_id
            JOIN organisation_unit u ON u.id = m.unit_id
            WHERE u.path >= %s AND u.path < %s AND m.period BETWEEN %s AND %s
              AND m.kind IN ('regular', 'combined') AND m.closed_at IS NOT NULL
              AND m.cancelled_at IS NULL AND a.status <> 'exempt'
            """,
            [unit.path, unit.path + "~", THREE_YEARS.first, THREE_YEARS.last],
        )
        present, required = cursor.fetchone()
        cursor.execute(
            """
            SELECT COALESCE(SUM(r.present), 0), COALESCE(SUM(r.required), 0)
            FROM meetings_rollcall r
            JOIN meetings_meeting m ON m.id = r.meeting_id
            JOIN organisation_unit u ON u.id = m.unit_id
            WHERE r.is_typed AND u.path >= %s AND u.path < %s AND m.period BETWEEN %s AND %s
              AND m.kind IN ('regular', 'combined') AND m.closed_at IS NOT NULL
              AND m.cancelled_at IS NULL
            """,
            [unit.path, unit.path + "~", THREE_YEARS.first, THREE_YEARS.last],
        )
        typed_present, typed_required = cursor.fetchone()
    return Fraction(int(present + typed_present), int(required + typed_required))


def one_meeting() -> None:
    """The meeting of a cell of 29: the roll call in one request, the request that closes it."""
    secretary = User.objects.get(username="bithu")
    unit = secretary.grants.get().unit
    closing, calling = [], []
    for _ in range(20):
        with transaction.atomic():
            meeting = ready_meeting(unit, secretary)
            cpu = time.process_time()
            actions.take_roll(meeting, absences={}, by=secretary)
            calling.append((time.process_time() - cpu) * 1000)
            actions.who_spoke(meeting, except_ids=[], by=secretary)
            finish(meeting, secretary)
            closing.append(seconds(lambda: actions.close_minutes(meeting, by=secretary)) * 1000)  # noqa: B023
            transaction.set_rollback(True)
    say(
        "closing a meeting of 29, counters and roll-up with it, p95",
        quantiles(closing, n=20)[-1],
        "ms",
        150,
    )
    say("roll call of 29, CPU, p95", quantiles(calling, n=20)[-1], "ms", 40)


def ready_meeting(unit: Unit, by: User) -> Meeting:
    """The cell's open regular meeting of June, planned anew where there is none."""
    Meeting.objects.filter(unit=unit, period=LAST).update(
        cancelled_at=clock.now(), closed_at=None, closed_by=None
    )
    meeting = actions.plan_meeting(unit, kind="regular", period=LAST, planned_at=clock.now(), by=by)
    start = clock.now().replace(hour=0, minute=5)
    actions.open_meeting(meeting, started_at=start, by=by, minute_taker_name="Thư ký")
    meeting.refresh_from_db()
    return meeting


def finish(meeting: Meeting, by: User) -> None:
    start = clock.now().replace(hour=0, minute=5)
    Meeting.objects.filter(pk=meeting.pk).update(
        started_at=start, ended_at=start.replace(hour=1, minute=40),
        minutes_adopted_at=start.replace(hour=1, minute=39), steps_marked_at=start,
        declared_free_of_secrets_at=start,
    )  # fmt: skip
    meeting.refresh_from_db()


def recomputing() -> None:
    """Everything again from the facts; asked of a district, told of any size."""
    taken = seconds(verify)
    cells = Unit.objects.cells().count()
    say("all months of 527 cells recomputed from the facts", taken * min(1, 527 / cells), "s", 30)
    say(f"figures verify, {cells} cells", taken, "s", 300)


def review() -> None:
    from nennep.papers.docx import docx
    from nennep.reports.queries.review import review as review_of
    from nennep.reports.queries.review_paper import review_paper

    district = Unit.objects.get(code="SOCSON")
    taken = seconds(lambda: docx(review_paper(review_of(district, THREE_YEARS))))
    say("review of the district as DOCX", taken, "s", 2)


def main() -> None:
    build()
    for measure in (boards, figures, one_meeting, recomputing, review):
        try:
            measure()
        except Exception as error:  # noqa: BLE001 -- the other measures are still wanted
            sys.stderr.write(f"{measure.__name__}: {error!r}\n")


main()
