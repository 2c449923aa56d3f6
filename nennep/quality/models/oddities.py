from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nennep.accounts.models import User
from nennep.core import clock
from nennep.core.ids import new_public_id
from nennep.core.person import Person
from nennep.core.scoping import ScopedQuerySet
from nennep.meetings.models import Meeting
from nennep.organisation.models import Unit
from nennep.quality.choices import Can, OddityKind


class OddityQuerySet(ScopedQuerySet["Oddity"]):
    to_view = Can.VIEW_ODDITIES

    def visible_to(self, person: Person) -> Self:
        """The cell's own people see it at once; who is above, from its day on."""
        return self.where_may(person, Can.EXPLAIN_ODDITIES) | self.where_may(
            person, self.to_view
        ).open_above(clock.today())

    def open_above(self, day: date) -> Self:
        return self.filter(open_above_on__lte=day)

    def standing(self) -> Self:
        """Those that looking again found again."""
        return self.filter(still_holds=True)


class Oddity(models.Model):
    """Something in a closed meeting that deserves a second look: no fault, no score, no consequence.

    Found by `rules.oddities`, shown to the cell at once and from `open_above_on` to its superior,
    who chooses visits by it. `measure` is a share, minutes, or meetings running, by the kind.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="oddities", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="oddities")
    period = models.DateField(_("month"))
    kind = models.CharField(_("kind"), max_length=8, choices=OddityKind.choices)
    measure = models.DecimalField(max_digits=12, decimal_places=6)
    still_holds = models.BooleanField(default=True)
    found_on = models.DateField()
    open_above_on = models.DateField(null=True, blank=True, db_index=True)
    explanation = models.CharField(_("explanation"), max_length=500, blank=True)
    explained_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    explained_at = models.DateTimeField(null=True, blank=True)

    objects = OddityQuerySet.as_manager()

    class Meta:
        verbose_name = _("point for a second look")
        ordering = ["-period", "id"]
        constraints = [
            models.UniqueConstraint("meeting", "kind", name="an_oddity_is_told_once_of_a_meeting"),
            models.CheckConstraint(
                name="an_explained_oddity_says_by_whom_and_when",
                condition=Q(explanation="", explained_by__isnull=True, explained_at__isnull=True)
                | ~Q(explanation="") & Q(explained_by__isnull=False, explained_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.period.month}/{self.period.year})"

    @property
    def is_explained(self) -> bool:
        return bool(self.explanation)

    @property
    def is_open_above(self) -> bool:
        """Whether the superior sees it already."""
        return self.open_above_on is not None and self.open_above_on <= clock.today()
