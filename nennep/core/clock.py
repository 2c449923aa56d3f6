"""The only reading of the clock in the product."""

import os
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")

_installation_day: dict[str, date | None] = {}


def now() -> datetime:
    """The moment, in Hà Nội's time, on the product's own day where it has one."""
    moment = datetime.now(UTC).astimezone(HANOI)
    return datetime.combine(_fixed_day() or moment.date(), moment.timetz())


def today() -> date:
    return now().date()


def moment() -> datetime:
    """The machine's own moment, whatever day the product stands on.

    For what runs out while somebody waits (a lock, a session), and for the codes that another
    device reckons from its own clock. Never for a date that people read or enter.
    """
    return datetime.now(UTC)


def forget() -> None:
    """Read the installation's day again: it was just stored, or the database changed."""
    _installation_day.clear()


def _fixed_day() -> date | None:
    """`NENNEP_TODAY`, else the day the demonstration stands on, else none."""
    if override := os.environ.get("NENNEP_TODAY"):
        return date.fromisoformat(override)
    if "day" not in _installation_day:
        _installation_day["day"] = _stored_day()
    return _installation_day["day"]


def _stored_day() -> date | None:
    from django.db import DatabaseError  # noqa: PLC0415 -- the clock also runs before Django does

    from nennep.core.models import Installation  # noqa: PLC0415 -- likewise

    try:
        return Installation.objects.values_list("stands_on", flat=True).first()
    except DatabaseError:
        return None
