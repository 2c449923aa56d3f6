"""Days that are working days, or none, against the national calendar."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.core.person import Person
from nennep.core.refusal import Refusal
from nennep.core.text import vn_date
from nennep.core.trail import record
from nennep.regulations.models import CalendarDay


@transaction.atomic
def mark_day(day: date, *, is_working: bool, note: str = "", by: Person) -> CalendarDay:
    """Say what a day is here; saying it again changes it."""
    marked, __ = CalendarDay.objects.update_or_create(
        day=day,
        defaults={"is_working": is_working, "note": note.strip(), "entered_by_id": by.pk},
    )
    record("marked a day of the calendar", marked, by=by, day=day, is_working=is_working)
    return marked


@transaction.atomic
def clear_day(day: date, *, by: Person) -> None:
    """The national calendar holds for the day again."""
    marked = CalendarDay.objects.filter(day=day).first()
    if marked is None:
        raise Refusal(
            _("Nothing was entered for %(day)s.") % {"day": vn_date(day)}, code="day_not_marked"
        )
    record("cleared a day of the calendar", marked, by=by, day=day)
    marked.delete()
