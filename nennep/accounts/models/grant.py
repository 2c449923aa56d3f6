from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nennep.accounts.choices import CELL_ROLES, Can, Role
from nennep.accounts.models.user import User
from nennep.core import clock
from nennep.core.fields import holding_on
from nennep.core.person import Person
from nennep.core.scoping import NOTHING, ScopedQuerySet
from nennep.organisation.models import Unit

# Roles of people who hold no post: who they are is shown only to who may see members by name.
WITHOUT_A_POST = (Role.MEMBER, Role.MINUTE_TAKER)


class GrantQuerySet(ScopedQuerySet["Grant"]):
    to_view = Can.VIEW_GRANTS

    def visible_to(self, person: Person) -> Self:
        of_members = reduce(
            or_, map(self._inside, person.reaches(Can.VIEW_MEMBER_ACCOUNTS)), NOTHING
        )
        return super().visible_to(person).filter(~Q(role__in=WITHOUT_A_POST) | of_members)

    def valid(self) -> Self:
        return self.filter(holding_on(clock.today()), ended_at__isnull=True)


class Grant(models.Model):
    """A role held at one unit, from day to day, which holds for every unit below it as well.

    `only` narrows it to one meeting. `reads_content` opens texts, names and single attendances
    of the cells below; without it a grant above the cell shows figures. Withdrawal is `ended_at`,
    which works at the next request; a grant is never deleted.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="grants")
    role = models.CharField(_("role"), max_length=24, choices=Role.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="grants")
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("last day"), null=True, blank=True)
    only = models.UUIDField(null=True, blank=True)
    reads_content = models.BooleanField(_("may read minutes and names"), default=False)
    given_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="given_grants")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        ordering = ["unit__path", "role", "id"]
        constraints = [
            models.UniqueConstraint(
                "user",
                "role",
                "unit",
                name="grant_given_once",
                condition=Q(ended_at__isnull=True, only__isnull=True),
            ),
            models.CheckConstraint(
                name="grant_ends_after_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.role} @ {self.unit}"

    @property
    def is_of_a_cell(self) -> bool:
        """A role that is held in a cell itself."""
        return self.role in CELL_ROLES

    @property
    def opens_content(self) -> bool:
        """A cell's own people read their own cell's content."""
        return self.reads_content or self.unit.is_cell
