from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from nennep.accounts.models import User
from nennep.core.ids import new_public_id
from nennep.core.scoping import ScopedQuerySet
from nennep.organisation.models import Unit
from nennep.reports.choices import Can


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
