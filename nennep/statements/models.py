from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nennep.accounts.models import User
from nennep.core.ids import new_public_id
from nennep.core.models import Job
from nennep.core.scoping import ScopedQuerySet
from nennep.indicators.choices import Can as Indicators
from nennep.organisation.models import Unit
from nennep.statements.choices import Bound, Trend, Verdict


class WrittenReportQuerySet(ScopedQuerySet["WrittenReport"]):
    to_view = Indicators.VIEW_FIGURES


class WrittenReport(models.Model):
    """A report as it was read: its text, whose file it is, and what was held when.

    The file itself is not kept; `sha256` is that of its bytes. `text` is NFC with a newline a line:
    the spans of the figures are places in it.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="written_reports")
    file_name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(max_length=64)
    title = models.CharField(_("title"), max_length=400)
    text = models.TextField()
    event = models.CharField(max_length=20, blank=True)
    held_on = models.DateField(_("held on"), null=True, blank=True)
    read_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    read_at = models.DateTimeField()
    # The task that reads the figures of a long text; none where they were read at once.
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")

    objects = WrittenReportQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-id"]
        constraints = [
            models.UniqueConstraint("unit", "sha256", name="a_report_is_read_once_for_a_unit"),
        ]

    def __str__(self) -> str:
        return self.title


class StatedFigureQuerySet(ScopedQuerySet["StatedFigure"]):
    to_view = Indicators.VIEW_FIGURES
    path_lookup = "report__unit__path"


class StatedFigure(models.Model):
    """A figure that a written report states, with its sentence as evidence.

    Never mixed with what the product measures. `value` is in units of `measure` (90 for 90 %), or
    None where only a direction (`trend`) is told. `as_read` holds what the reading said before a
    person corrected it. The spans are [start, end) in code points of the report's text.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    report = models.ForeignKey(WrittenReport, models.CASCADE, related_name="figures")
    indicator = models.CharField(_("indicator"), max_length=40)
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=3, null=True, blank=True)
    bound = models.CharField(_("bound"), max_length=1, choices=Bound.choices, default=Bound.EXACTLY)
    measure = models.CharField(_("unit of measure"), max_length=60)
    of = models.CharField(_("of what"), max_length=120)
    as_of = models.DateField(_("as of"), null=True, blank=True)
    period = models.CharField(_("period"), max_length=40, blank=True)
    trend = models.CharField(max_length=4, choices=Trend.choices, blank=True)
    confidence = models.DecimalField(max_digits=3, decimal_places=2)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    sentence_start = models.PositiveIntegerField()
    sentence_end = models.PositiveIntegerField()
    verdict = models.CharField(max_length=10, choices=Verdict.choices, default=Verdict.OPEN)
    as_read = models.JSONField(default=dict)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = StatedFigureQuerySet.as_manager()

    class Meta:
        ordering = ["start", "indicator", "id"]
        constraints = [
            models.CheckConstraint(
                name="a_stated_figure_has_a_value_or_a_trend",
                condition=Q(value__isnull=False) | ~Q(trend=""),
            ),
            models.CheckConstraint(
                name="what_was_decided_was_decided_by_somebody",
                condition=Q(verdict=Verdict.OPEN)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.bound} {self.value}"

    @property
    def sentence(self) -> str:
        return self.report.text[self.sentence_start : self.sentence_end]

    @property
    def is_open(self) -> bool:
        return self.verdict == Verdict.OPEN
