from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from nennep.accounts.models import Grant, User
from nennep.core.ids import new_public_id
from nennep.core.scoping import ScopedQuerySet
from nennep.meetings.choices import Can
from nennep.meetings.models.meeting import Meeting
from nennep.members.models import Member


class Addendum(models.Model):
    """A correction of closed minutes. The minutes themselves are never changed."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="addenda")
    text = models.TextField(_("correction"))
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["meeting", "id"]

    def __str__(self) -> str:
        return self.text[:60]


class SignedCopyQuerySet(ScopedQuerySet["SignedCopy"]):
    to_view = Can.VIEW_MEETINGS
    path_lookup = "meeting__unit__path"
    record_lookup = "meeting__public_id"


class SignedCopy(models.Model):
    """A photo or PDF of the signed pages. The file is kept under the SHA-256 of its content."""

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="signed_copies")
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    kept_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()

    objects = SignedCopyQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "id"]
        constraints = [
            models.UniqueConstraint("meeting", "sha256", name="a_signed_copy_is_kept_once"),
        ]

    def __str__(self) -> str:
        return self.name


class MinutePassQuerySet(models.QuerySet["MinutePass"]):
    def that_work(self) -> Self:
        """Not ended, and on a grant that holds today: one may end with the post of who gave it."""
        return self.filter(ended_at__isnull=True, grant__in=Grant.objects.valid())


class MinutePass(models.Model):
    """Access to one meeting for its minute-taker, by a code or QR, until the minutes are closed.

    Only the hash of the code is kept. The pass stands on a grant of its own user; closing the
    minutes ends that grant.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="passes")
    member = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    code_hash = models.CharField(max_length=64, unique=True)
    grant = models.OneToOneField(Grant, models.PROTECT, related_name="minute_pass")
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = MinutePassQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "id"]

    def __str__(self) -> str:
        return f"{self.meeting} ({self.given_at:%d-%m-%Y})"
