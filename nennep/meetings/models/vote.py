from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nennep.core.ids import new_public_id
from nennep.meetings.choices import VoteMethod
from nennep.meetings.models.agenda import AgendaItem
from nennep.meetings.models.meeting import Meeting


class Vote(models.Model):
    """A vote as it was taken: the base with its deductions, the counts, and what they mean.

    A vote that the rules do not allow is recorded all the same, “không có hiệu lực”, with the
    clause in `flaw`. `base` equals official − the deductions; who is absent with a reason is
    deducted at a congress only.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="votes")
    item = models.ForeignKey(
        AgendaItem, models.SET_NULL, null=True, blank=True, related_name="votes"
    )
    subject = models.CharField(_("subject"), max_length=40)
    question = models.CharField(_("question"), max_length=300)
    method = models.CharField(_("method"), max_length=10, choices=VoteMethod.choices)
    official = models.PositiveSmallIntegerField()
    away = models.PositiveSmallIntegerField(default=0)
    suspended = models.PositiveSmallIntegerField(default=0)
    exempt_absent = models.PositiveSmallIntegerField(default=0)
    excused = models.PositiveSmallIntegerField(default=0, db_default=0)
    deducted_by_law = models.PositiveSmallIntegerField(_("others deducted by law"), default=0)
    deduction_reason = models.CharField(_("why deducted"), max_length=200, blank=True)
    base = models.PositiveSmallIntegerField()
    in_favour = models.PositiveSmallIntegerField(_("for"))
    against = models.PositiveSmallIntegerField(_("against"), default=0)
    other = models.PositiveSmallIntegerField(_("other"), default=0)
    threshold = models.CharField(max_length=10, help_text=_("> 1/2 or ≥ 2/3 of the base"))
    is_passed = models.BooleanField()
    is_effective = models.BooleanField(default=True)
    flaw = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["meeting", "id"]
        constraints = [
            models.CheckConstraint(
                name="voting_base_is_official_members_less_deductions",
                condition=Q(
                    base=F("official")
                    - F("away")
                    - F("suspended")
                    - F("exempt_absent")
                    - F("excused")
                    - F("deducted_by_law")
                ),
            ),
            models.CheckConstraint(
                name="nobody_votes_twice",
                condition=Q(base__gte=F("in_favour") + F("against") + F("other")),
            ),
            models.CheckConstraint(
                name="a_deduction_by_law_has_a_reason",
                condition=Q(deducted_by_law=0) | ~Q(deduction_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.question
