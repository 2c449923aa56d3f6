from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nennep.accounts.models import User
from nennep.core import clock
from nennep.core.ids import new_public_id
from nennep.core.scoping import ScopedQuerySet
from nennep.meetings.choices import Can, MeetingKind
from nennep.members.models import Member
from nennep.organisation.models import PartyGroup, Unit


class MeetingQuerySet(ScopedQuerySet["Meeting"]):
    to_view = Can.VIEW_MEETINGS
    record_lookup = "public_id"

    def live(self) -> Self:
        return self.filter(cancelled_at__isnull=True)

    def closed(self) -> Self:
        """Held and its minutes closed: the only meetings that count."""
        return self.filter(closed_at__isnull=False, cancelled_at__isnull=True)


class Meeting(models.Model):
    """A cell comes together: planned, held from start to end, its minutes closed.

    The state is read from the moments and never stored beside them. `period` is the month the
    meeting is for (its first day), apart from the day it was held. `is_model`: held for others to
    see how it is done (sinh hoạt điểm); its kind stays what it is. `is_return`: an office entered its
    figures from the cell's paper; there are no names and no papers. Once closed it is locked: only
    addenda, signed copies and the day the finished papers went out are added.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="meetings", db_index=False)
    kind = models.CharField(_("kind"), max_length=16, choices=MeetingKind.choices)
    period = models.DateField(_("month"))
    topic = models.CharField(_("theme"), max_length=300, blank=True)
    planned_at = models.DateTimeField(_("planned for"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    planned_minutes = models.PositiveSmallIntegerField(_("planned length"), null=True, blank=True)
    is_return = models.BooleanField(_("entered from paper"), default=False, db_default=False)
    is_model = models.BooleanField(_("model meeting"), default=False, db_default=False)
    online_permission = models.CharField(_("permission to meet online"), max_length=100, blank=True)
    chair = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    chair_name = models.CharField(_("chair"), max_length=100, blank=True)
    chair_post = models.CharField(max_length=60, blank=True)
    minute_taker = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    minute_taker_name = models.CharField(_("minute-taker"), max_length=100, blank=True)
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    thematic_started_at = models.DateTimeField(_("thematic part from"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    invited_at = models.DateTimeField(_("invited at"), null=True, blank=True)
    superior_told_at = models.DateTimeField(_("superior told at"), null=True, blank=True)
    papers_sent_at = models.DateTimeField(_("papers sent at"), null=True, blank=True)
    finished_sent_at = models.DateTimeField(_("finished papers sent at"), null=True, blank=True)
    steps_marked_at = models.DateTimeField(null=True, blank=True)
    skipped_steps = models.JSONField(default=list)
    dues_paid = models.PositiveSmallIntegerField(_("dues paid"), null=True, blank=True)
    dues_due = models.PositiveSmallIntegerField(_("dues due"), null=True, blank=True)
    opening_text = models.TextField(_("opening"), blank=True)
    closing_text = models.TextField(_("closing"), blank=True)
    declared_free_of_secrets_at = models.DateTimeField(null=True, blank=True)
    minutes_adopted_at = models.DateTimeField(
        _("minutes read and adopted at"), null=True, blank=True
    )
    closed_at = models.DateTimeField(_("minutes closed at"), null=True, blank=True)
    closed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-period", "-id"]
        verbose_name = _("meeting")
        indexes = [models.Index(fields=["unit", "period"], name="meeting_by_cell_and_month")]
        constraints = [
            models.UniqueConstraint(
                "unit",
                "period",
                name="one_regular_meeting_a_month",
                condition=Q(kind__in=["regular", "combined"], cancelled_at__isnull=True),
            ),
            models.CheckConstraint(
                name="meeting_ends_after_it_starts",
                condition=Q(ended_at__isnull=True) | Q(ended_at__gt=F("started_at")),
            ),
            models.CheckConstraint(
                name="closed_minutes_have_a_start_and_an_end",
                condition=Q(closed_at__isnull=True)
                | Q(started_at__isnull=False, ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_closed_meeting_was_not_cancelled",
                condition=Q(closed_at__isnull=True) | Q(cancelled_at__isnull=True),
            ),
            models.CheckConstraint(
                name="period_is_the_first_of_a_month", condition=Q(period__day=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.period.month}/{self.period.year}"

    @property
    def held_on(self) -> date | None:
        """The day it was held, in Hà Nội's time."""
        return self.started_at.astimezone(clock.HANOI).date() if self.started_at else None

    @property
    def minutes_long(self) -> int | None:
        """Minutes from start to end."""
        if self.started_at is None or self.ended_at is None:
            return None
        return int((self.ended_at - self.started_at).total_seconds() // 60)

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None


class GroupPart(models.Model):
    """A party group's part of one meeting, with a place and a time of its own.

    Roll call, base and resolution stay those of the one meeting.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="group_parts")
    party_group = models.ForeignKey(PartyGroup, models.PROTECT, related_name="+")
    place = models.CharField(max_length=200, blank=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()

    class Meta:
        ordering = ["meeting", "started_at"]
        constraints = [
            models.UniqueConstraint("meeting", "party_group", name="one_part_per_party_group"),
            models.CheckConstraint(
                name="group_part_ends_after_it_starts", condition=Q(ended_at__gt=F("started_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_group} @ {self.meeting}"
