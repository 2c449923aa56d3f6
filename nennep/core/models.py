from __future__ import annotations

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nennep.core.fields import PathField
from nennep.core.ids import new_public_id


class Installation(models.Model):
    """What this installation is. One row, or none in an empty database.

    `stands_on` is the demonstration's own day; a real organisation has none and lives today.
    """

    is_demonstration = models.BooleanField(default=False)
    stands_on = models.DateField(null=True, blank=True)
    seed = models.BigIntegerField(null=True, blank=True)
    size = models.CharField(max_length=20, blank=True)
    is_complete = models.BooleanField(default=False)
    counts_from = models.DateField(
        null=True, blank=True, help_text=_("the first month for which the ledger is kept here")
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="only_a_demonstration_stands_on_a_day_of_its_own",
                condition=Q(is_demonstration=True) | Q(stands_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"demonstration {self.size}" if self.is_demonstration else "organisation"


class TrailLine(models.Model):
    """One line of the audit trail: who did what to which record, and when.

    Rows are written by `core.trail` in the transaction of the change and never altered.
    """

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="trail", db_index=False
    )
    actor_label = models.CharField(_("person"), max_length=200)
    verb = models.CharField(_("what"), max_length=80)
    is_look = models.BooleanField(default=False)
    target_type = models.CharField(max_length=60, blank=True)
    target_id = models.BigIntegerField(null=True)
    unit_path = PathField(max_length=80, blank=True)
    details = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    happened_at = models.DateTimeField(_("when"))

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["target_type", "target_id"], name="trail_by_target"),
            models.Index(fields=["unit_path"], name="trail_by_unit"),
            models.Index(fields=["actor"], name="trail_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_label}: {self.verb}"


class TrailSeal(models.Model):
    """A batch of lines that can no longer change unseen, chained to the batch before.

    `marks` holds the number and the hash of each line; `digest` covers them, the place of this seal
    and the digest before. Written by `core.sealing`, never altered.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    first_line = models.BigIntegerField()
    last_line = models.BigIntegerField(unique=True)
    lines = models.PositiveIntegerField()
    marks = models.BinaryField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)
    sealed_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}: {self.first_line}–{self.last_line}"


class JobState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


class Job(models.Model):
    """What people see of a long task: what it does, how far it is, and what came of it."""

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="jobs"
    )
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    doing = models.CharField(max_length=200, blank=True)
    result = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.title
