from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nennep.accounts.models import User
from nennep.core.ids import new_public_id
from nennep.core.scoping import ScopedQuerySet
from nennep.meetings.choices import Can, LedgerKind
from nennep.organisation.models import Unit


class ExplanationQuerySet(ScopedQuerySet["Explanation"]):
    to_view = Can.VIEW_LEDGER


class Explanation(models.Model):
    """Why a cell did not hold an expected meeting, and what the superior answered.

    Accepted: the row of the ledger is excused. Rejected: as if nothing had been said. Unanswered:
    it waits. The latest explanation of a month counts.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="explanations")
    kind = models.CharField(max_length=16, choices=LedgerKind.choices)
    period = models.DateField(_("month"))
    reason = models.CharField(_("reason"), max_length=500)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    is_accepted = models.BooleanField(null=True)
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = ExplanationQuerySet.as_manager()

    class Meta:
        ordering = ["-period", "-id"]
        constraints = [
            models.UniqueConstraint(
                "unit", "kind", "period", name="one_explanation_per_expected_meeting"
            ),
            models.CheckConstraint(
                name="an_answer_has_a_moment",
                condition=Q(is_accepted__isnull=True, answered_at__isnull=True)
                | Q(is_accepted__isnull=False, answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="answered_after_it_was_recorded",
                condition=Q(answered_at__isnull=True) | Q(answered_at__gte=F("recorded_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.period.month}/{self.period.year}"
