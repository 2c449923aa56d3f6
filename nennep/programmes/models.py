from __future__ import annotations

from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nennep.accounts.models import User
from nennep.core.fields import below
from nennep.core.ids import new_public_id
from nennep.core.scoping import NOTHING, ScopedQuerySet
from nennep.indicators.choices import Can as Indicators
from nennep.organisation.models import Unit
from nennep.programmes.choices import ProgrammeKind
from nennep.regulations.models import Basis, paths_over

if TYPE_CHECKING:
    from nennep.core.person import Person, Reach


class ProgrammeQuerySet(ScopedQuerySet["Programme"]):
    """Programmes are open within the Party: those of one's part of the tree, and those above it."""

    to_view = Indicators.VIEW_FIGURES

    def visible_to(self, person: Person) -> Self:
        reaches = [r for r in person.reaches(self.to_view) if r.only is None]
        return self.filter(reduce(or_, map(_below_or_above, reaches), NOTHING))


def _below_or_above(reach: Reach) -> Q:
    return below("unit__path", reach.path) | Q(unit__path__in=paths_over(reach.path)[1:])


class Programme(models.Model):
    """A scheme, programme, plan or directive that is being carried out (đề án, chương trình …).

    Its symbol, title, issuer and day are those of its `basis`; what it asks are the rules `targets.…`
    that rest on that basis, so that boards and reviews judge by the same values. `carries_out` is the
    higher one it serves; `ended_on` is its last day, with the reason.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="programmes")
    kind = models.CharField(_("kind"), max_length=12, choices=ProgrammeKind.choices)
    basis = models.OneToOneField(Basis, models.PROTECT, related_name="programme")
    begins_on = models.DateField(_("begins on"), null=True, blank=True)
    ended_on = models.DateField(_("last day"), null=True, blank=True)
    end_reason = models.CharField(_("why it ended"), max_length=300, blank=True)
    content = models.TextField(_("content"), blank=True)
    carries_out = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="carried_out_by"
    )
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["unit__depth", "unit__sort_key", "id"]
        constraints = [
            models.CheckConstraint(
                name="a_programme_does_not_carry_out_itself",
                condition=Q(carries_out__isnull=True) | ~Q(carries_out=F("id")),
            ),
            models.CheckConstraint(
                name="an_ended_programme_says_why",
                condition=Q(ended_on__isnull=True) | ~Q(end_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.symbol

    @property
    def symbol(self) -> str:
        return self.basis.symbol

    def is_running(self, day: date) -> bool:
        return (self.begins_on is None or self.begins_on <= day) and (
            self.ended_on is None or day <= self.ended_on
        )


class TargetTerms(models.Model):
    """What the rule of a target does not hold: by when, and why it asks less than one above it."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="terms")
    indicator = models.CharField(_("indicator"), max_length=40)
    due_on = models.DateField(_("to be reached by"), null=True, blank=True)
    looser_because = models.CharField(_("why it asks less"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("programme", "indicator", name="terms_of_a_target_once"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.due_on}"


class AdoptionQuerySet(ScopedQuerySet["Adoption"]):
    to_view = Indicators.VIEW_FIGURES


class Adoption(models.Model):
    """A unit carries a programme out, by a document of its own (or one that named it so).

    A programme that `carries_out` another adopts it by itself; this is for units that do so by a
    plan, a resolution or an action programme, and for those that take up what a dissolved one left.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="adoptions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="adopted_programmes")
    document = models.CharField(_("by the document"), max_length=200)
    adopted_on = models.DateField(_("since"))
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    objects = AdoptionQuerySet.as_manager()

    class Meta:
        ordering = ["adopted_on", "id"]
        constraints = [
            models.UniqueConstraint("programme", "unit", name="a_unit_adopts_a_programme_once"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.document}"
