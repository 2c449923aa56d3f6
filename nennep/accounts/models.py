from __future__ import annotations

from typing import ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from nennep.accounts import rules
from nennep.accounts.choices import Can, Role
from nennep.core import clock
from nennep.core.fields import holding_on
from nennep.core.ids import new_public_id
from nennep.core.person import Reach
from nennep.core.scoping import ScopedQuerySet
from nennep.organisation.models import Unit


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username=(username or "").strip().lower())


class User(AbstractBaseUser):
    """Somebody who can sign in, or the machine itself. Most members are none.

    Rights are read once for each object, that is once a request, from the grants valid now.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    username = models.CharField(_("user name"), max_length=60, unique=True)
    display_name = models.CharField(_("name"), max_length=200)
    is_active = models.BooleanField(default=True)
    is_machine = models.BooleanField(default=False)
    must_change_password = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        ordering = ["username"]
        constraints = [
            models.CheckConstraint(
                name="user_names_are_lower_case", condition=Q(username=Lower("username"))
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def label(self) -> str:
        """How the trail names them; for the machine's account, who sat at its keyboard."""
        name = rules.system_user() if self.is_machine else self.username
        return f"{self.display_name} ({name})"

    @cached_property
    def standing_grants(self) -> list[Grant]:
        """The grants valid at this moment, each with its unit."""
        if not self.is_active:
            return []
        return list(self.grants.valid().select_related("unit"))

    def reaches(self, can: str) -> list[Reach]:
        return [
            Reach(grant.unit.path, grant.only)
            for grant in self.standing_grants
            if rules.allows(grant.role, can, reads_content=grant.opens_content)
        ]


class GrantQuerySet(ScopedQuerySet["Grant"]):
    to_view = Can.VIEW_GRANTS

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
    def opens_content(self) -> bool:
        """A cell's own people read their own cell's content."""
        return self.reads_content or self.unit.is_cell
