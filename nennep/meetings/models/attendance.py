from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nennep.accounts.models import User
from nennep.core.scoping import ScopedQuerySet
from nennep.meetings.choices import Can, Presence
from nennep.meetings.models.meeting import Meeting
from nennep.members.choices import RollStatus
from nennep.members.models import Member


class RollCall(models.Model):
    """The roll call of a meeting: the cell's strength on its day, and who came, as counts.

    The strength is that of the roll on the day, kept because papers must print the same later.
    The counts of presence equal the attendance rows (`meetings.actions` keeps them so); in a
    figures-only cell they are typed (`is_typed`) and there are no rows.
    """

    meeting = models.OneToOneField(
        Meeting, models.CASCADE, related_name="roll_call", primary_key=True
    )
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    is_typed = models.BooleanField(default=False)
    official = models.PositiveSmallIntegerField(default=0)
    probationary = models.PositiveSmallIntegerField(default=0)
    exempt = models.PositiveSmallIntegerField(default=0)
    away = models.PositiveSmallIntegerField(default=0)
    suspended = models.PositiveSmallIntegerField(default=0)
    here = models.PositiveSmallIntegerField(default=0)
    required = models.PositiveSmallIntegerField(default=0)
    present = models.PositiveSmallIntegerField(default=0)
    excused = models.PositiveSmallIntegerField(default=0)
    unexcused = models.PositiveSmallIntegerField(default=0)
    exempt_present = models.PositiveSmallIntegerField(default=0)
    voters_away = models.PositiveSmallIntegerField(default=0)
    voters_suspended = models.PositiveSmallIntegerField(default=0)
    voters_exempt_absent = models.PositiveSmallIntegerField(default=0)
    voters_excused = models.PositiveSmallIntegerField(default=0, db_default=0)
    speakers = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="required_members_came_or_did_not",
                condition=Q(required=F("present") + F("excused") + F("unexcused")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.present}/{self.required}"

    @property
    def strength(self) -> int:
        """Đảng số: official and probationary members, exempt, away and suspended ones included."""
        return self.official + self.probationary

    @property
    def voting_base(self) -> int:
        """Official members − away − suspended − exempt and absent (definitions.md)."""
        return self.official - self.voters_away - self.voters_suspended - self.voters_exempt_absent


class AttendanceQuerySet(ScopedQuerySet["Attendance"]):
    to_view = Can.VIEW_MEETINGS
    path_lookup = "meeting__unit__path"
    record_lookup = "meeting__public_id"


class Attendance(models.Model):
    """One member at one meeting: everybody required to attend, and exempt members who came.

    `status` is how the member stood that day. Late arrivals are present.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances", db_index=False)
    member = models.ForeignKey(Member, models.PROTECT, related_name="attendances")
    status = models.CharField(max_length=9, choices=RollStatus.choices)
    presence = models.CharField(_("presence"), max_length=9, choices=Presence.choices)
    may_vote = models.BooleanField(default=True)
    came_late = models.BooleanField(_("came late"), default=False)
    left_early = models.BooleanField(_("left early"), default=False)
    spoke = models.BooleanField(_("spoke"), default=False)
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        ordering = ["member__sort_key", "id"]
        constraints = [
            models.UniqueConstraint("meeting", "member", name="one_place_per_member"),
            models.CheckConstraint(
                name="only_who_came_is_late_or_leaves_or_speaks",
                condition=Q(presence="present") | Q(came_late=False, left_early=False, spoke=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} @ {self.meeting}"


class Guest(models.Model):
    """Somebody invited, or a superior who attends: named at the opening and in the minutes."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="guests")
    full_name = models.CharField(_("full name"), max_length=100)
    post = models.CharField(_("post"), max_length=200, blank=True)
    is_superior = models.BooleanField(_("attends for the superior"), default=False)

    class Meta:
        ordering = ["meeting", "-is_superior", "id"]

    def __str__(self) -> str:
        return self.full_name
