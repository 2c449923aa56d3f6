"""How the tests look at a demonstration."""

from collections import Counter
from datetime import date
from fractions import Fraction

from django.db.models import Count, Q

from nennep.core.periods import months_between
from nennep.demo.plan.words import STANDS_ON
from nennep.meetings.choices import Outcome
from nennep.meetings.models import Attendance
from nennep.meetings.queries.ledger import ledger
from nennep.organisation.models import Unit

IN_ORDER = {Outcome.HELD, Outcome.PENDING}


def attendance(unit: Unit) -> Fraction:
    counted = Attendance.objects.filter(
        meeting__unit__path__startswith=unit.path,
        meeting__kind__in=["regular", "combined"],
        status__in=["required", "here"],
    ).aggregate(required=Count("id"), present=Count("id", filter=Q(presence="present")))
    return Fraction(counted["present"], counted["required"])


def outcomes(unit: Unit, first: date) -> Counter:
    """What became of every expected meeting since, the cell committees' included."""
    months = months_between(first, STANDS_ON.replace(day=1))
    return Counter(row.outcome for month in months for row in ledger(unit, month).rows)
