from __future__ import annotations

from django.db import models

from nennep.core.fields import PathField
from nennep.organisation.models import Unit


class Stocks(models.Model):
    """What is counted on a day. Whole numbers, all of them additive over units."""

    grassroots_committees = models.IntegerField(default=0)
    grassroots_cells = models.IntegerField(default=0)
    cells_under_committees = models.IntegerField(default=0)
    official = models.IntegerField(default=0)
    probationary = models.IntegerField(default=0)
    exempt = models.IntegerField(default=0)
    big_cells = models.IntegerField(default=0)
    big_grouped = models.IntegerField(default=0)
    task_working = models.IntegerField(default=0)
    task_members = models.IntegerField(default=0)
    task_any = models.IntegerField(default=0)
    secretaries = models.IntegerField(default=0)
    secretaries_trained = models.IntegerField(default=0)
    deputies = models.IntegerField(default=0)
    deputies_trained = models.IntegerField(default=0)
    cell_committee = models.IntegerField(default=0)
    cell_committee_trained = models.IntegerField(default=0)
    diss_asked = models.IntegerField(default=0)
    diss_reached = models.IntegerField(default=0)
    diss_members = models.IntegerField(default=0)
    diss_members_reached = models.IntegerField(default=0)
    ehb_members = models.IntegerField(default=0)
    ehb_liable = models.IntegerField(default=0)
    ehb_installed = models.IntegerField(default=0)
    ehb_installed_liable = models.IntegerField(default=0)
    ehb_signed_in = models.IntegerField(default=0)
    ehb_cells = models.IntegerField(default=0)
    rank_excellent = models.IntegerField(default=0)
    rank_good = models.IntegerField(default=0)
    rank_completed = models.IntegerField(default=0)
    rank_not_completed = models.IntegerField(default=0)
    weak_before = models.IntegerField(default=0)
    weak_risen = models.IntegerField(default=0)

    class Meta:
        abstract = True


STOCKS: tuple[str, ...] = tuple(field.name for field in Stocks._meta.local_fields)


class UnitStock(Stocks):
    """By how much the stocks under a unit (itself included) changed on a day, block by block.

    The stock on a day is the sum of the changes up to it. Changes before the first day that
    figures are asked for are written on that day, so the table grows with days, not with members.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    block = models.CharField(max_length=20, blank=True)
    on = models.DateField()

    class Meta:
        ordering = ["unit", "on", "block"]
        constraints = [
            models.UniqueConstraint("unit", "block", "on", name="one_change_a_block_and_day"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.on}"


class CountedStock(Stocks):
    """What a unit itself was counted as from a day on, where it has been a cell and a committee.

    Of any other unit that follows from its own rows, or from its kind; of these it does not,
    because their rows hold what stood below them as well.
    """

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+", db_index=False)
    on = models.DateField()

    class Meta:
        ordering = ["unit", "on"]
        constraints = [
            models.UniqueConstraint("unit", "on", name="one_counted_stock_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.on}"


class CountedPlace(models.Model):
    """The placements the stocks were last counted with, so that a change can be taken back exactly."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    path = PathField(max_length=80)
    kind = models.CharField(max_length=24)
    block = models.CharField(max_length=20, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["unit", "valid_from"]

    def __str__(self) -> str:
        return f"{self.unit} {self.valid_from}"
