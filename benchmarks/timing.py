"""How long something takes, in this process: server time without a network."""

import time
from collections.abc import Callable, Sequence
from datetime import date
from statistics import quantiles
from typing import Any

from django.test import Client

from nennep.accounts.models import User
from nennep.core.periods import Period
from nennep.organisation.models import Unit

LAST = date(2024, 6, 1)
THREE_YEARS, ONE_YEAR = Period(date(2021, 7, 1), LAST), Period(date(2023, 7, 1), LAST)
AS_ADDRESS = {"tu": "2021-07", "den": "2024-06"}
TIMES = 40


def seconds(act: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def p95(taken: Sequence[float]) -> float:
    return quantiles(taken, n=20)[-1]


def p95_of(act: Callable[[], Any]) -> float:
    """In milliseconds; the first time is not counted: a server has been asked before."""
    act()
    return p95([seconds(act) * 1000 for _ in range(TIMES)])


def browser(user: User) -> Client:
    """Signed in, taking compressed answers as every browser does."""
    client = Client(HTTP_HOST="127.0.0.1", HTTP_ACCEPT_ENCODING="gzip")
    client.force_login(user)
    return client


def on_the_way_down() -> dict[str, Unit]:
    """A unit of each level from the top, each time the one with most units below it."""
    unit = Unit.objects.get(parent=None)
    found = {unit.kind: unit}
    while children := list(Unit.objects.filter(parent=unit).order_by("code")):
        unit = max(children, key=lambda child: Unit.objects.filter(parent=child).count())
        found[unit.kind] = unit
    return found
