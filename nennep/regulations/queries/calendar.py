"""Working days: the national calendar with substituted days, and what was entered against it."""

import re
from datetime import date, timedelta
from functools import cache

import holidays
from django.utils.translation import gettext as _

from nennep.regulations.models import CalendarDay
from nennep.regulations.rules import count_working_days

OTHER_DAY = re.compile(r"(\d{2})/(\d{2})/(\d{4})")


@cache
def _national() -> holidays.HolidayBase:
    return holidays.country_holidays("VN", language="vi")


def holiday_name(day: date) -> str:
    """The holiday's Vietnamese name, or nothing."""
    return _named(_national().get(day, ""))


def _named(text: str) -> str:
    """“Ngày nghỉ (thay cho ngày 04/05/2024)” with its day as people write it."""
    return OTHER_DAY.sub(lambda found: f"{int(found[1])}-{int(found[2])}-{found[3]}", str(text))


def holidays_of(year: int) -> list[tuple[date, str]]:
    """The public holidays of a year with their names, substituted days included."""
    national = _national()
    first = date(year, 1, 1)
    days = (first + timedelta(days=n) for n in range(366))
    return [(day, _named(national[day])) for day in days if day.year == year and day in national]


def is_working_day(day: date) -> bool:
    """Monday to Friday, no public holiday, unless a day was entered as something else."""
    entered = CalendarDay.objects.filter(day=day).values_list("is_working", flat=True).first()
    return _national().is_working_day(day) if entered is None else entered


def days_off(first: date, last: date, *, beyond: int = 0) -> dict[date, str]:
    """Every day off from `first` to `last`, and `beyond` days to both sides, with the reason.

    The reason is the holiday's name, what was entered for the day, or the day of the week.
    """
    first, last = first - timedelta(days=beyond), last + timedelta(days=beyond)
    entered = {
        marked.day: marked for marked in CalendarDay.objects.filter(day__range=(first, last))
    }
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return {day: why for day in days if (why := _why_off(day, entered.get(day)))}


def _why_off(day: date, marked: CalendarDay | None) -> str:
    if marked is not None:
        return "" if marked.is_working else marked.note or _("day off entered here")
    if _national().is_working_day(day):
        return ""
    weekend = {5: _("Saturday"), 6: _("Sunday")}
    return holiday_name(day) or weekend.get(day.weekday(), "")


def add_working_days(day: date, number: int) -> date:
    """The `number`-th working day after a day; the day itself does not count.

    Terms such as "60 ngày làm việc" are counted so. A negative number counts back.
    """
    step = timedelta(days=1 if number >= 0 else -1)
    # Even the longest Tết leaves two working days a week on average.
    reach = day + step * (abs(number) * 4 + 30)
    first, last = sorted((day, reach))
    entered = dict(
        CalendarDay.objects.filter(day__range=(first, last)).values_list("day", "is_working")
    )
    national = _national()
    return count_working_days(
        day, number, lambda d: entered[d] if d in entered else national.is_working_day(d)
    )
