from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from nennep.accounts import rules
from nennep.core import clock
from nennep.core.ids import new_public_id
from nennep.core.person import Reach

if TYPE_CHECKING:
    from nennep.accounts.models.grant import Grant


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username=(username or "").strip().lower())


class User(AbstractBaseUser):
    """Somebody who can sign in, or the machine itself. Most members are none.

    Rights are read once for each object, that is once a request, from the grants valid now.
    `password_given_on` is set while the password is one that somebody else chose.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    username = models.CharField(_("user name"), max_length=60, unique=True)
    display_name = models.CharField(_("name"), max_length=200)
    is_active = models.BooleanField(default=True)
    is_machine = models.BooleanField(default=False)
    must_change_password = models.BooleanField(default=False)
    password_given_on = models.DateField(null=True, blank=True)
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

    @property
    def works_above_the_cell(self) -> bool:
        """Holds a role of an office now: sees many cells, and is asked for more at signing in."""
        return any(not grant.is_of_a_cell for grant in self.standing_grants)

    @property
    def should_have_second_factor(self) -> bool:
        """Whether a role they hold now asks for one."""
        rule, today = rules.second_factor(), clock.today()
        return any(rule.asks(grant.role, today) for grant in self.standing_grants)

    def reaches(self, can: str) -> list[Reach]:
        return [
            Reach(grant.unit.path, grant.only)
            for grant in self.standing_grants
            if rules.allows(grant.role, can, reads_content=grant.opens_content)
        ]
