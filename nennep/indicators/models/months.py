from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from nennep.core.fields import PathField
from nennep.core.scoping import ScopedQuerySet
from nennep.indicators.choices import Can
from nennep.organisation.models import Unit


class Counters(models.Model):
    """What a month adds up to. Whole numbers only, all of them additive over cells and months.

    `_unmet` is an expected meeting for which nothing counts (nothing recorded, or the reason was
    rejected); whether it is pending or silent is what the clock makes of it (`CellMonth.over_on`),
    so no row has to change because a day has passed.
    """

    reg_expected = models.IntegerField(default=0)
    reg_held = models.IntegerField(default=0)
    reg_late = models.IntegerField(default=0)
    reg_excused = models.IntegerField(default=0)
    reg_waiting = models.IntegerField(default=0)
    reg_unmet = models.IntegerField(default=0)
    reg_lateness_judged = models.IntegerField(default=0)
    them_expected = models.IntegerField(default=0)
    them_held = models.IntegerField(default=0)
    them_excused = models.IntegerField(default=0)
    them_waiting = models.IntegerField(default=0)
    them_unmet = models.IntegerField(default=0)
    cc_expected = models.IntegerField(default=0)
    cc_held = models.IntegerField(default=0)
    cc_excused = models.IntegerField(default=0)
    cc_waiting = models.IntegerField(default=0)
    cc_unmet = models.IntegerField(default=0)
    step_judged = models.IntegerField(default=0)
    step_complete = models.IntegerField(default=0)
    steps_proven = models.IntegerField(default=0)
    steps_declared = models.IntegerField(default=0)
    time_judged = models.IntegerField(default=0)
    time_met = models.IntegerField(default=0)
    minutes_total = models.IntegerField(default=0)
    minutes_meetings = models.IntegerField(default=0)
    att_required = models.IntegerField(default=0)
    att_present = models.IntegerField(default=0)
    att_excused = models.IntegerField(default=0)
    att_unexcused = models.IntegerField(default=0)
    them_required = models.IntegerField(default=0)
    them_present = models.IntegerField(default=0)
    speak_present = models.IntegerField(default=0)
    speak_spoke = models.IntegerField(default=0)
    sent_judged = models.IntegerField(default=0)
    sent_met = models.IntegerField(default=0)
    finished_judged = models.IntegerField(default=0)
    finished_met = models.IntegerField(default=0)
    task_due = models.IntegerField(default=0)
    task_done = models.IntegerField(default=0)
    task_late = models.IntegerField(default=0)
    task_open = models.IntegerField(default=0)
    self_good = models.IntegerField(default=0)
    self_fair = models.IntegerField(default=0)
    self_medium = models.IntegerField(default=0)
    self_poor = models.IntegerField(default=0)
    official_good = models.IntegerField(default=0)
    official_fair = models.IntegerField(default=0)
    official_medium = models.IntegerField(default=0)
    official_poor = models.IntegerField(default=0)
    gap_judged = models.IntegerField(default=0)
    gap_above = models.IntegerField(default=0)
    gap_below = models.IntegerField(default=0)
    visits_made = models.IntegerField(default=0)
    inspections = models.IntegerField(default=0)
    rec_due = models.IntegerField(default=0)
    rec_in_time = models.IntegerField(default=0)
    rec_open = models.IntegerField(default=0)
    models_held = models.IntegerField(default=0)
    prop_due = models.IntegerField(default=0)
    prop_in_time = models.IntegerField(default=0)
    prop_open = models.IntegerField(default=0)

    class Meta:
        abstract = True


# In the order of the table; every roll-up statement is written from this list.
COUNTERS: tuple[str, ...] = tuple(field.name for field in Counters._meta.local_fields)
# Counted of superiors and not of cells (`LevelMonth`).
LEVEL_COUNTERS: tuple[str, ...] = ("prop_due", "prop_in_time", "prop_open")


class CellMonthQuerySet(ScopedQuerySet["CellMonth"]):
    to_view = Can.VIEW_FIGURES
    path_lookup = "cell__path"


class CellMonth(Counters):
    """The counters of one cell's month, recomputed from its facts when they change.

    A row exists for every month in which the cell existed, up to the month the counters are open
    to (`indicators.actions.open_months`). `path` and `block` are those the cell had on the
    month's due day: figures by the structure of then add up along them.
    """

    cell = models.ForeignKey(Unit, models.PROTECT, related_name="months", db_index=False)
    month = models.DateField(_("month"))
    path = PathField(max_length=80)
    block = models.CharField(max_length=20, blank=True)
    over_on = models.DateField(help_text=_("the first day on which an unmet meeting is silent"))

    objects = CellMonthQuerySet.as_manager()

    class Meta:
        ordering = ["cell", "month"]
        constraints = [
            models.UniqueConstraint("cell", "month", name="one_row_per_cell_and_month"),
        ]
        indexes = [
            models.Index(fields=["month", "path"], name="cell_month_by_place"),
            models.Index(
                fields=["month", "path", "cell", "over_on", "reg_unmet", "reg_waiting", "reg_late"],
                name="cell_month_to_call",
                condition=models.Q(reg_unmet__gt=0)
                | models.Q(reg_waiting__gt=0)
                | models.Q(reg_late__gt=0),
            ),
            models.Index(
                # With all that is summed, so that what is pending is read from the index alone.
                fields=["month", "path", "over_on", "block", "reg_unmet", "them_unmet", "cc_unmet"],
                name="cell_month_unmet",
                condition=models.Q(reg_unmet__gt=0)
                | models.Q(them_unmet__gt=0)
                | models.Q(cc_unmet__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cell} {self.month:%Y-%m}"


class LevelMonth(models.Model):
    """What a superior itself owed those below in a month (PROP): answers due, given in time, open.

    `path` is where it stood when what it owes came to it. Cells owe none: they are no superiors.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    month = models.DateField()
    path = PathField(max_length=80)
    prop_due = models.PositiveIntegerField()
    prop_in_time = models.PositiveIntegerField()
    prop_open = models.PositiveIntegerField()

    class Meta:
        ordering = ["unit", "month"]
        constraints = [
            models.UniqueConstraint(
                "unit", "month", "path", name="one_row_per_level_month_and_place"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.month:%Y-%m}"


class UnitMonth(Counters):
    """The sum of the `CellMonth` rows that lay under a unit then, block by block.

    The `LevelMonth` rows of the unit and of those below it are added, in no block.

    Always equal to a recomputation from the facts; kept so by adding the difference of a changed
    cell's month to the row of each unit above it, in the same transaction.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="unit_months", db_index=False)
    month = models.DateField()
    block = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["unit", "month", "block"]
        constraints = [
            models.UniqueConstraint(
                "unit", "month", "block", name="one_row_per_unit_month_and_block"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.month:%Y-%m} {self.block}"


class DirtyCell(models.Model):
    """A cell whose counters wait to be recomputed, after a move, an import or a change of rules."""

    cell = models.OneToOneField(Unit, models.CASCADE, primary_key=True, related_name="dirt")
    path = PathField(max_length=80)
    why = models.CharField(max_length=40)

    def __str__(self) -> str:
        return f"{self.cell}: {self.why}"
