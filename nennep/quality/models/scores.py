from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nennep.accounts.models import User
from nennep.core.scoping import ScopedQuerySet
from nennep.meetings.models import Meeting, Vote
from nennep.members.models import Member
from nennep.organisation.models import Unit
from nennep.quality.choices import Can, MeetingClass
from nennep.regulations.models import RuleValue


class ScoreSheetQuerySet(ScopedQuerySet["ScoreSheet"]):
    to_view = Can.VIEW_CLASSES
    path_lookup = "meeting__unit__path"
    record_lookup = "meeting__public_id"

    def counted(self) -> Self:
        """Of meetings whose minutes are closed: the only ones that count."""
        return self.filter(meeting__closed_at__isnull=False, meeting__cancelled_at__isnull=True)

    def undecided(self) -> Self:
        """Classed by the cell, and waiting for the superior."""
        return self.counted().filter(official_class="").exclude(self_class="")


class ScoreSheet(models.Model):
    """The score of one meeting: what the cell agreed, what it voted, what its superior decided.

    `lines` are the agreed points of each criterion by its code, `[points, from, reason]`, met or
    not met as true or false where the sheet has no points; `facts` are those they were agreed on.
    Once the minutes are closed both stay; only the official class is added. All three classes
    are kept beside one another.
    """

    meeting = models.OneToOneField(
        Meeting, models.CASCADE, related_name="score_sheet", primary_key=True
    )
    rubric = models.ForeignKey(RuleValue, models.PROTECT, related_name="+", db_index=False)
    lines = models.JSONField(default=dict)
    facts = models.JSONField(default=dict)
    total = models.DecimalField(_("points"), max_digits=9, decimal_places=6, null=True, blank=True)
    self_class = models.CharField(
        _("class the cell committee proposed"),
        max_length=8,
        choices=MeetingClass.choices,
        blank=True,
    )
    scorer = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    agreed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    agreed_at = models.DateTimeField(null=True, blank=True)
    vote = models.ForeignKey(Vote, models.SET_NULL, null=True, blank=True, related_name="+")
    voted_class = models.CharField(
        _("class the cell voted"), max_length=8, choices=MeetingClass.choices, blank=True
    )
    remedies = models.TextField(_("weak criteria and remedies"), blank=True)
    official_class = models.CharField(
        _("official class"), max_length=8, choices=MeetingClass.choices, blank=True
    )
    official_reason = models.CharField(_("reason"), max_length=300, blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ScoreSheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("score of a meeting")
        ordering = ["meeting"]
        constraints = [
            models.CheckConstraint(
                name="an_agreed_score_has_a_moment",
                condition=Q(agreed_at__isnull=False) | Q(self_class="", total__isnull=True),
            ),
            models.CheckConstraint(
                name="an_official_class_names_who_decided_it",
                condition=Q(official_class="", decided_by__isnull=True, decided_at__isnull=True)
                | ~Q(official_class="") & Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.self_class or '–'}"

    @property
    def unit(self) -> Unit:
        """Whose score it is; the trail files it there."""
        return self.meeting.unit

    @property
    def is_agreed(self) -> bool:
        return self.agreed_at is not None

    @property
    def vote_class(self) -> str:
        """The class the cell voted, where a vote carried it; "" else."""
        return self.voted_class if self.vote is not None and self.vote.is_passed else ""

    @property
    def own_class(self) -> str:
        """What the cell says of itself: its vote, else what its committee proposed."""
        return self.vote_class or self.self_class

    @property
    def shown_class(self) -> str:
        """The official class; while nobody decided it, what the cell says."""
        return self.official_class or self.own_class

    def line(self, code: str) -> tuple[Any, str, str]:
        """Points (or met), from whom, and the reason, as they were agreed."""
        value, origin, *reason = self.lines.get(code, (None, ""))
        return value, origin, reason[0] if reason else ""
