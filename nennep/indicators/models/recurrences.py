from __future__ import annotations

from datetime import date

from django.db import models

from nennep.indicators.choices import Recurrence
from nennep.members.models import Member
from nennep.organisation.models import Unit

NEVER_BEFORE = date(1, 1, 1)


class MemberMonth(models.Model):
    """A month in which a member's absences reached one of the two alarms. Few rows."""

    cell = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=16, choices=Recurrence.choices)
    month = models.DateField()

    class Meta:
        ordering = ["cell", "member", "kind", "month"]
        constraints = [
            models.UniqueConstraint("cell", "member", "kind", "month", name="one_alarm_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.month:%Y-%m}"


class UnitRecurrence(models.Model):
    """How many cells (or members) under a unit had this in `month`, and last before in `previous`.

    Whatever recurs is counted once in a period that begins at A and ends at B by adding the rows
    with A ≤ month ≤ B and previous < A: each cell's first time in the period. So a question over
    any span of months reads a few hundred small rows, exactly. `over_on` is when a gap becomes
    one (the unmet meeting is silent from that day), else the first day of all.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=16, choices=Recurrence.choices)
    block = models.CharField(max_length=20, blank=True)
    month = models.DateField()
    previous = models.DateField(default=NEVER_BEFORE)
    over_on = models.DateField(default=NEVER_BEFORE)
    count = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "unit",
                "kind",
                "block",
                "month",
                "previous",
                "over_on",
                name="one_row_per_recurrence",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.month:%Y-%m}: {self.count}"
