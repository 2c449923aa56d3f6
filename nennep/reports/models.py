from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nennep.accounts.models import User
from nennep.core.ids import new_public_id
from nennep.core.scoping import ScopedQuerySet
from nennep.indicators.choices import Structure
from nennep.organisation.models import Unit
from nennep.programmes.models import Programme
from nennep.reports.choices import Can, ContributionKind, ReviewKind


class PublishedReviewQuerySet(ScopedQuerySet["PublishedReview"]):
    to_view = Can.MAKE_REVIEWS


class PublishedReview(models.Model):
    """A review as it was published: its figures and its Word file are kept and never recomputed.

    The period is kept as stated (“3 năm”) and as it really was.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="published_reviews")
    title = models.CharField(max_length=400)
    stated = models.CharField(_("period as stated"), max_length=60, blank=True)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    structure = models.CharField(max_length=4)
    figures = models.JSONField()
    document = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    published_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    objects = PublishedReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-id"]

    def __str__(self) -> str:
        return self.title


class ProgrammeReviewQuerySet(ScopedQuerySet["ProgrammeReview"]):
    to_view = Can.MAKE_REVIEWS


class ProgrammeReview(models.Model):
    """The review of a programme at a unit while it is being made: of which period, what is collected.

    Its figures are always asked anew; they stay as they were once it is `published`.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="programme_reviews")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="reviews")
    kind = models.CharField(_("kind"), max_length=10, choices=ReviewKind.choices)
    stated = models.CharField(_("period as stated"), max_length=60, blank=True)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    structure = models.CharField(max_length=4, choices=Structure.choices, default=Structure.THEN)
    held_on = models.DateField(_("day of the conference"), null=True, blank=True)
    due_on = models.DateField(_("contributions by"), null=True, blank=True)
    begun_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    published = models.OneToOneField(
        PublishedReview, models.PROTECT, null=True, related_name="programme_review"
    )

    objects = ProgrammeReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-last_day", "-id"]
        constraints = [
            models.CheckConstraint(
                name="a_review_ends_after_it_begins", condition=Q(last_day__gte=F("first_day"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.stated}".strip()


class ContributorQuerySet(ScopedQuerySet["Contributor"]):
    to_view = Can.CONTRIBUTE


class Contributor(models.Model):
    """An organisation that was asked to contribute to a review. One without lines has nothing to say."""

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    review = models.ForeignKey(ProgrammeReview, models.CASCADE, related_name="contributors")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="contributions")
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects = ContributorQuerySet.as_manager()

    class Meta:
        ordering = ["unit__depth", "unit__sort_key", "id"]
        constraints = [
            models.UniqueConstraint("review", "unit", name="a_unit_is_asked_once_for_a_review"),
            models.CheckConstraint(
                name="an_answer_was_given_by_somebody",
                condition=Q(answered_at__isnull=True, answered_by__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review_id} {self.unit_id}"


class Contribution(models.Model):
    """One line of an answer, in the words of who gave it; the office chooses those it reports."""

    contributor = models.ForeignKey(Contributor, models.CASCADE, related_name="lines")
    kind = models.CharField(max_length=10, choices=ContributionKind.choices)
    text = models.CharField(max_length=300)
    is_chosen = models.BooleanField(default=False)

    class Meta:
        ordering = ["contributor__unit__depth", "contributor__unit__sort_key", "id"]

    def __str__(self) -> str:
        return self.text
