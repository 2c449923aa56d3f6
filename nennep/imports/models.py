from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nennep.accounts.models import User
from nennep.core.ids import new_public_id
from nennep.core.models import Job
from nennep.core.scoping import ScopedQuerySet
from nennep.imports.choices import Can, Kind
from nennep.meetings.models import Meeting
from nennep.organisation.models import Unit


class ImportQuerySet(ScopedQuerySet["Import"]):
    to_view = Can.IMPORT_TABLES


class Import(models.Model):
    """A spreadsheet on its way into the organisation: read, judged, taken in, perhaps undone.

    `table` is what was read of it, without the columns that may not be kept; it is deleted once the
    table was taken in or put aside. The state is read from the moments. `undo` is how to take it
    back: what was made, and what changed from what to what. `meeting`: whose roll call it is.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="imports")
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    file_name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(max_length=64)
    sheet = models.CharField(max_length=100, blank=True)
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    table = models.BinaryField(default=bytes)
    mapping = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    left_out = models.JSONField(default=list)
    judged_at = models.DateTimeField(null=True, blank=True)
    verdicts = models.BinaryField(default=bytes)
    counts = models.JSONField(default=dict)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField(_("taken in at"), null=True, blank=True)
    taken_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    undo = models.BinaryField(default=bytes)
    discarded_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="only_what_was_taken_in_is_undone",
                condition=Q(undone_at__isnull=True) | Q(taken_at__isnull=False),
            ),
            models.CheckConstraint(
                name="what_was_put_aside_was_not_taken_in",
                condition=Q(discarded_at__isnull=True) | Q(taken_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_open(self) -> bool:
        """Whether it waits for a person to take it in or put it aside."""
        return self.taken_at is None and self.discarded_at is None


class KnownHeading(models.Model):
    """What a heading was once mapped to at a unit, so that nobody is asked twice."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    heading = models.CharField(max_length=200)
    key = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("unit", "kind", "heading", name="one_meaning_of_a_heading"),
        ]

    def __str__(self) -> str:
        return f"{self.heading}: {self.key}"
