from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nennep.accounts.models import User
from nennep.core.scoping import ScopedQuerySet
from nennep.organisation.models import Unit
from nennep.training.choices import Can, HandbookApp


class AdoptionQuerySet(ScopedQuerySet["EHandbookAdoption"]):
    to_view = Can.VIEW_TRAINING


class EHandbookAdoption(models.Model):
    """How many members of a cell had the e-handbook of the time on a day. Counts alone, no names.

    `members` and `exempt` are the cell's of that day; `installed_exempt` are the exempt ones among
    `installed`. `reasons`: why others have not, as counts by `Reason`.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="adoptions", db_index=False)
    app = models.CharField(_("app"), max_length=10, choices=HandbookApp.choices)
    on = models.DateField(_("on"))
    members = models.PositiveIntegerField(_("members"))
    exempt = models.PositiveIntegerField(_("of these, exempt"), default=0)
    installed = models.PositiveIntegerField(_("installed"))
    installed_exempt = models.PositiveIntegerField(_("installed by exempt members"), default=0)
    signed_in = models.PositiveIntegerField(_("able to sign in"), default=0)
    reasons = models.JSONField(default=dict)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)

    objects = AdoptionQuerySet.as_manager()

    class Meta:
        ordering = ["unit", "-on"]
        verbose_name = _("adoption of the e-handbook")
        constraints = [
            models.UniqueConstraint("unit", "app", "on", name="one_count_a_cell_and_day"),
            models.CheckConstraint(
                name="installed_is_part_of_the_members", condition=Q(installed__lte=F("members"))
            ),
            models.CheckConstraint(
                name="who_signs_in_has_installed", condition=Q(signed_in__lte=F("installed"))
            ),
            models.CheckConstraint(
                name="exempt_members_are_part_of_the_count", condition=Q(exempt__lte=F("members"))
            ),
            models.CheckConstraint(
                name="exempt_members_who_installed_are_part_of_both",
                condition=Q(installed_exempt__lte=F("exempt"))
                & Q(installed_exempt__lte=F("installed"))
                & Q(installed__lte=F("members") - F("exempt") + F("installed_exempt")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.on}: {self.installed}/{self.members}"
