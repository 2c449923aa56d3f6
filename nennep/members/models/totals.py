from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nennep.core.scoping import ScopedQuerySet
from nennep.members.choices import Can
from nennep.organisation.models import Unit


class StrengthFigureQuerySet(ScopedQuerySet["StrengthFigure"]):
    to_view = Can.VIEW_MEMBERS


class StrengthFigure(models.Model):
    """The strength of a figures-only unit (police, army) from a day on: totals, no persons."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="strength_figures")
    official = models.PositiveSmallIntegerField(_("official members"))
    probationary = models.PositiveSmallIntegerField(_("probationary members"))
    exempt = models.PositiveSmallIntegerField(_("of these, exempt"), default=0)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = StrengthFigureQuerySet.as_manager()

    class Meta:
        ordering = ["unit", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                "unit", name="one_present_strength_per_unit", condition=Q(valid_to__isnull=True)
            ),
            models.CheckConstraint(
                name="exempt_members_are_part_of_the_strength",
                condition=Q(exempt__lte=F("official") + F("probationary")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.official + self.probationary}"
