from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nennep.accounts.models import User
from nennep.core import clock
from nennep.core.ids import new_public_id
from nennep.core.scoping import ScopedQuerySet
from nennep.members.models import Member
from nennep.organisation.models import Unit
from nennep.training.choices import Can, TrainPost

# Which column says that a course is meant for a post.
AUDIENCE = {
    TrainPost.SECRETARY: "for_secretaries",
    TrainPost.DEPUTY: "for_deputies",
    TrainPost.CELL_COMMITTEE: "for_cell_committees",
    TrainPost.COMMITTEE: "for_committees",
}


class CourseQuerySet(ScopedQuerySet["Course"]):
    to_view = Can.VIEW_TRAINING


class Course(models.Model):
    """What is taught to whom, by the unit that holds it. When and where is in its sessions."""

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="courses")
    title = models.CharField(_("subject"), max_length=300)
    for_secretaries = models.BooleanField(default=False)
    for_deputies = models.BooleanField(default=False)
    for_cell_committees = models.BooleanField(default=False)
    for_committees = models.BooleanField(default=False)
    documents = models.TextField(_("documents"), max_length=1000, blank=True)
    planned_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = CourseQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("course")
        constraints = [
            models.CheckConstraint(
                name="a_course_is_meant_for_somebody",
                condition=Q(for_secretaries=True)
                | Q(for_deputies=True)
                | Q(for_cell_committees=True)
                | Q(for_committees=True),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def posts(self) -> list[TrainPost]:
        return [post for post, column in AUDIENCE.items() if getattr(self, column)]

    @property
    def audience(self) -> str:
        return ", ".join(str(post.label) for post in self.posts)


class CourseSessionQuerySet(ScopedQuerySet["CourseSession"]):
    to_view = Can.VIEW_TRAINING
    path_lookup = "course__unit__path"

    def standing(self) -> Self:
        return self.filter(cancelled_on__isnull=True)


class CourseSession(models.Model):
    """A course held once, on one day or several. Who came is known from `recorded_at` on.

    Training counts from its last day.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    course = models.ForeignKey(Course, models.CASCADE, related_name="sessions")
    starts_on = models.DateField(_("day"))
    ends_on = models.DateField(_("last day"))
    starts_at = models.TimeField(_("at"), null=True, blank=True)
    hours = models.DecimalField(_("hours"), max_digits=4, decimal_places=1, null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)
    cancelled_on = models.DateField(null=True, blank=True)

    objects = CourseSessionQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-id"]
        verbose_name = _("session")
        indexes = [models.Index(fields=["ends_on"], name="sessions_by_last_day")]
        constraints = [
            models.CheckConstraint(
                name="a_session_ends_after_it_begins", condition=Q(ends_on__gte=F("starts_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course} ({self.starts_on})"

    @property
    def unit(self) -> Unit:
        return self.course.unit

    @property
    def has_begun(self) -> bool:
        return self.starts_on <= clock.today()

    @property
    def is_open(self) -> bool:
        return self.cancelled_on is None and self.recorded_at is None


class ParticipantQuerySet(ScopedQuerySet["Participant"]):
    """Names: those of the person's own cell, or of cells whose people they may see."""

    to_view = Can.VIEW_TRAINED

    def trained(self) -> Self:
        return self.filter(came=True, session__cancelled_on__isnull=True)


class Participant(models.Model):
    """Somebody invited to a session, or who came to it; without a name in a unit of figures only.

    `unit` and `post` are those held when the invitation was written.
    """

    session = models.ForeignKey(CourseSession, models.CASCADE, related_name="participants")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="trained")
    member = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="trainings"
    )
    post = models.CharField(_("post"), max_length=24, choices=TrainPost.choices, blank=True)
    is_invited = models.BooleanField(default=True)
    came = models.BooleanField(null=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        ordering = ["session", "unit", "id"]
        constraints = [
            models.UniqueConstraint(
                "session",
                "member",
                name="somebody_is_on_a_list_once",
                condition=Q(member__isnull=False),
            ),
            models.UniqueConstraint(
                "session",
                "unit",
                "post",
                name="a_post_without_a_name_is_on_a_list_once",
                condition=Q(member__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} @ {self.session}"

    @property
    def name(self) -> str:
        return self.member.full_name if self.member else self.get_post_display()

    @property
    def place(self) -> str:
        """Cells of two committees may bear one name: a list of several committees tells them apart."""
        above = self.unit.parent
        if not self.unit.is_cell or above is None or above.pk == self.session.course.unit_id:
            return self.unit.name
        return f"{self.unit.name}, {above.name}"
