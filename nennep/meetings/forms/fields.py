"""Moments of Hà Nội, put together from a day and a time and taken apart again."""

from datetime import date, datetime, time

from nennep.core import clock


def moment(day: date | None, at: time | None) -> datetime | None:
    """A moment of Hà Nội; None while either half is missing."""
    if day is None or at is None:
        return None
    return datetime.combine(day, at, tzinfo=clock.HANOI)


def local_time(at: datetime | None) -> time | None:
    return at.astimezone(clock.HANOI).time().replace(second=0, microsecond=0) if at else None


def local_day(at: datetime | None) -> date | None:
    return at.astimezone(clock.HANOI).date() if at else None
