from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nennep.core.fields import holding_on
from nennep.core.scoping import ScopedQuerySet
from nennep.organisation.choices import BodyKind, Can
from nennep.organisation.models.unit import Unit


class Body(models.Model):
    """A committee, standing committee or cell committee of a unit; positions are held in it."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="bodies")
    kind = models.CharField(_("kind"), max_length=20, choices=BodyKind.choices)

    class Meta:
        verbose_name = _("body")
        constraints = [
            models.UniqueConstraint("unit", "kind", name="one_body_of_a_kind_per_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.unit}"


class TermQuerySet(models.QuerySet["Term"]):
    def on(self, day: date) -> Self:
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)


class Term(models.Model):
    """A term of a body (nhiệm kỳ). Documents are numbered within it, kind by kind."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="terms")
    label = models.CharField(_("term"), max_length=40)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)

    objects = TermQuerySet.as_manager()

    class Meta:
        ordering = ["body", "starts_on"]
        constraints = [
            models.UniqueConstraint(
                "body", name="one_running_term_per_body", condition=Q(ends_on__isnull=True)
            ),
            models.CheckConstraint(
                name="term_ends_after_it_begins",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.label


class PartyGroupQuerySet(ScopedQuerySet["PartyGroup"]):
    to_view = Can.VIEW_UNIT

    def on(self, day: date) -> Self:
        return self.filter(holding_on(day))


class PartyGroup(models.Model):
    """A party group inside a cell (tổ đảng)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="party_groups")
    name = models.CharField(_("name"), max_length=100)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = PartyGroupQuerySet.as_manager()

    class Meta:
        ordering = ["unit", "name"]
        constraints = [
            models.UniqueConstraint(
                "unit",
                "name",
                name="party_group_name_once_in_a_cell",
                condition=Q(valid_to__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name
