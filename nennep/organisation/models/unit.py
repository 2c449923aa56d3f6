from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nennep.core.fields import PathField, holding_on
from nennep.core.ids import new_public_id
from nennep.core.scoping import ScopedQuerySet
from nennep.organisation import rules
from nennep.organisation.choices import CELL_KINDS, Block, Can, UnitKind


class UnitQuerySet(ScopedQuerySet["Unit"]):
    to_view = Can.VIEW_UNIT
    path_lookup = "path"
    record_lookup = "public_id"

    def above(self, unit: Unit) -> Self:
        """The units that `unit` reports to, the top of the tree first."""
        return self.filter(pk__in=rules.ids_in(unit.path)[:-1]).order_by("depth")

    def cells(self) -> Self:
        return self.filter(kind__in=sorted(CELL_KINDS))

    def living(self) -> Self:
        return self.filter(ended_on__isnull=True)

    def living_on(self, day: date) -> Self:
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=day), founded_on__lte=day)


class Unit(models.Model):
    """A node of the organisation: the city, a committee, a cell.

    Name, kind, block, parent and path are those of its latest `Placement`, repeated here because
    nearly every page asks for them; `organisation.actions` keeps the two equal. `path` is a line
    of fixed-width segments, each the id of a unit from the top down to this one.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    code = models.CharField(_("code"), max_length=20, unique=True)
    national_code = models.CharField(_("national code"), max_length=14, blank=True)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=24, choices=UnitKind.choices)
    block = models.CharField(_("block"), max_length=20, choices=Block.choices, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    path = PathField(max_length=80, unique=True, editable=False)
    depth = models.PositiveSmallIntegerField(editable=False)
    is_figures_only = models.BooleanField(_("figures only"), default=False)
    founded_on = models.DateField(_("founded on"))
    ended_on = models.DateField(_("last day"), null=True, blank=True)
    sort_key = models.CharField(max_length=400, editable=False)
    folded_name = models.CharField(max_length=200, editable=False)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "id"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.CheckConstraint(
                name="only_the_top_unit_has_no_parent",
                condition=Q(parent__isnull=False) | Q(depth=0),
            ),
            models.CheckConstraint(
                name="unit_ends_after_it_was_founded",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("founded_on")),
            ),
            models.UniqueConstraint(
                "national_code",
                name="national_code_belongs_to_one_unit",
                condition=~Q(national_code=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_cell(self) -> bool:
        return self.kind in CELL_KINDS

    @property
    def dotted_national_code(self) -> str:
        return rules.dotted_national_code(self.national_code)

    @property
    def ancestor_ids(self) -> list[int]:
        """The units above, the top of the tree first."""
        return rules.ids_in(self.path)[:-1]


class PlacementQuerySet(models.QuerySet["Placement"]):
    def on(self, day: date) -> Self:
        return self.filter(holding_on(day))


class Placement(models.Model):
    """Where a unit stood and as what: parent, path, kind, block and name, from day to day.

    The placements of a unit follow one another without a gap from its first day to its last;
    `organisation.actions` closes one and opens the next.
    """

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="placements")
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="placed_children")
    path = PathField(max_length=80, db_index=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=24, choices=UnitKind.choices)
    block = models.CharField(max_length=20, choices=Block.choices, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        ordering = ["unit", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                "unit", name="one_present_place_per_unit", condition=Q(valid_to__isnull=True)
            ),
            models.UniqueConstraint("unit", "valid_from", name="one_placement_begins_on_a_day"),
            models.CheckConstraint(
                name="placement_ends_after_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.valid_from} – {self.valid_to or '…'})"


class Lineage(models.Model):
    """Which unit went on as which when units were merged, split or transferred.

    Each predecessor has one principal successor: its months go there in the structure of now.
    """

    predecessor = models.ForeignKey(Unit, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Unit, models.PROTECT, related_name="origins")
    on = models.DateField(help_text=_("the successor's first day"))
    is_principal = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("predecessor", "successor", name="lineage_is_written_once"),
            models.UniqueConstraint(
                "predecessor", name="one_principal_successor", condition=Q(is_principal=True)
            ),
            models.CheckConstraint(
                name="nobody_succeeds_themselves", condition=~Q(predecessor=F("successor"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"
