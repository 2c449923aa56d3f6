from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nennep.core.ids import new_public_id
from nennep.core.scoping import ScopedQuerySet
from nennep.meetings.choices import Can, PaperKind, Series, SigningStyle
from nennep.meetings.models.meeting import Meeting
from nennep.members.models import Member
from nennep.organisation.models import Term


class ResolutionQuerySet(ScopedQuerySet["Resolution"]):
    to_view = Can.VIEW_MEETINGS
    path_lookup = "meeting__unit__path"
    record_lookup = "meeting__public_id"


class Resolution(models.Model):
    """What the meeting resolved (nghị quyết) or concluded (kết luận), as a numbered document.

    A draft has no number; it is numbered when the minutes are closed, within the term of the
    cell's body, without gaps or doubles. `series` is the end of its symbol: 05-NQ/CB, 01-NQ/ĐH.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="resolutions")
    kind = models.CharField(max_length=4, choices=PaperKind.choices, default=PaperKind.RESOLUTION)
    summary = models.CharField(_("on what"), max_length=300, blank=True)
    last_month = models.TextField(_("last month"), blank=True)
    next_month = models.TextField(_("next month"), blank=True)
    term = models.ForeignKey(
        Term, models.PROTECT, null=True, blank=True, related_name="resolutions"
    )
    series = models.CharField(
        max_length=4, choices=Series.choices, default=Series.CELL, db_default=Series.CELL
    )
    number = models.PositiveIntegerField(null=True, blank=True)
    symbol = models.CharField(_("number and symbol"), max_length=40, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    signing_style = models.CharField(
        max_length=16, choices=SigningStyle.choices, default=SigningStyle.CELL
    )

    objects = ResolutionQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "id"]
        constraints = [
            models.UniqueConstraint(
                "term",
                "kind",
                "number",
                name="a_number_is_given_once_in_a_term",
                condition=Q(number__isnull=False, series="CB"),
            ),
            models.UniqueConstraint(
                "term",
                "number",
                name="a_congress_counts_all_kinds_in_one_series",
                condition=Q(number__isnull=False, series="ĐH"),
            ),
            models.UniqueConstraint("meeting", "kind", name="one_paper_of_a_kind_per_meeting"),
            models.CheckConstraint(
                name="an_issued_paper_has_number_term_and_day",
                condition=Q(number__isnull=True) | Q(term__isnull=False, issued_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.symbol or self.summary


class ResolutionItem(models.Model):
    """One line of a resolution's table: what, who, until when, and later its result.

    The tasks app will give each a task and keep this public id.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    resolution = models.ForeignKey(Resolution, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    what = models.CharField(_("what"), max_length=500)
    who = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    who_text = models.CharField(_("who"), max_length=200, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    result = models.CharField(_("result"), max_length=500, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)

    class Meta:
        ordering = ["resolution", "position", "id"]

    def __str__(self) -> str:
        return self.what
