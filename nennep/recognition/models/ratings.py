from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nennep.accounts.models import User
from nennep.core.fields import PathField
from nennep.core.ids import new_public_id
from nennep.core.scoping import ScopedQuerySet
from nennep.indicators.choices import Can as Indicators
from nennep.organisation.models import Unit
from nennep.recognition.choices import Level


class RatingQuerySet(ScopedQuerySet["Rating"]):
    to_view = Indicators.VIEW_FIGURES
    path_lookup = "unit__path"


class Rating(models.Model):
    """How a year of a cell or committee was rated: by itself, verified, decided above.

    All three stay visible. `path` is the unit's place when it was decided, so that a year keeps the
    place it was rated in. Ratings of members are not kept.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="ratings")
    path = PathField(max_length=80)
    year = models.PositiveSmallIntegerField(_("year"))
    self_common = models.PositiveSmallIntegerField(
        _("of these, for what is common to all"), null=True, blank=True
    )
    self_points = models.PositiveSmallIntegerField(_("points, by itself"), null=True, blank=True)
    self_level = models.CharField(max_length=14, choices=Level.choices, blank=True)
    votes_for = models.PositiveSmallIntegerField(_("votes for it"), null=True, blank=True)
    votes_cast = models.PositiveSmallIntegerField(_("votes cast"), null=True, blank=True)
    rated_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    rated_at = models.DateTimeField(null=True)
    verified_level = models.CharField(max_length=14, choices=Level.choices, blank=True)
    verified_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    verified_at = models.DateTimeField(null=True)
    level = models.CharField(_("level"), max_length=14, choices=Level.choices, blank=True)
    decision = models.CharField(_("decision"), max_length=100, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    reason = models.CharField(_("why it differs"), max_length=300, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    strengthening = models.CharField(_("what is done for it"), max_length=500, blank=True)

    objects = RatingQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "unit__sort_key", "id"]
        indexes = [models.Index(fields=["year", "path"], name="ratings_of_a_year_by_place")]
        constraints = [
            models.UniqueConstraint("unit", "year", name="one_rating_of_a_year"),
            models.CheckConstraint(
                name="a_decided_rating_names_its_decision",
                condition=Q(level="") | (~Q(decision="") & Q(decided_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="no_more_votes_for_it_than_cast",
                condition=Q(votes_for__isnull=True) | Q(votes_for__lte=models.F("votes_cast")),
            ),
            models.CheckConstraint(
                name="points_are_at_most_a_hundred",
                condition=Q(self_points__isnull=True) | Q(self_points__lte=100),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.year}: {self.level or '–'}"
