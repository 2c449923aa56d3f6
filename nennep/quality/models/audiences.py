from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nennep.accounts.models import User
from nennep.core.person import Person
from nennep.core.scoping import ScopedQuerySet
from nennep.meetings.models import Meeting
from nennep.organisation.models import Unit
from nennep.quality.choices import Can


class ModelMeetingQuerySet(ScopedQuerySet["ModelMeeting"]):
    """Meetings held for others to see: the day and who came are told above, the minutes are not."""

    to_view = Can.VIEW_SUPERVISION

    def visible_to(self, person: Person) -> Self:
        return super().visible_to(person).filter(is_model=True, cancelled_at__isnull=True)


class ModelMeeting(Meeting):
    """A meeting that is a model (`Meeting.is_model`), as supervision sees it: without its content."""

    objects = ModelMeetingQuerySet.as_manager()  # type: ignore[misc, assignment]  # narrower on purpose

    class Meta:
        proxy = True
        ordering = ["-period", "-id"]
        verbose_name = _("model meeting")


class ModelLesson(models.Model):
    """What was learnt of a model meeting, and by whom it was written down."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="lesson", primary_key=True)
    lessons = models.TextField(_("lessons"), blank=True)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("lessons of a model meeting")

    def __str__(self) -> str:
        return f"{self.meeting}"

    @property
    def unit(self) -> Unit:
        """Whose meeting it was; the trail files it there."""
        return self.meeting.unit


class Audience(models.Model):
    """How many came from one organisation to watch a model meeting. A number, no names.

    `watching` is the organisation where it stands in the tree, `name` what it is called where not.
    """

    lesson = models.ForeignKey(ModelLesson, models.CASCADE, related_name="audience")
    watching = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    name = models.CharField(_("organisation"), max_length=200)
    people = models.PositiveSmallIntegerField(_("people"))

    class Meta:
        ordering = ["lesson", "id"]
        constraints = [
            models.CheckConstraint(name="an_audience_has_people", condition=Q(people__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.people}"
