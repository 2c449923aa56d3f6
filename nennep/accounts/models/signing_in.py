"""Tries to sign in, and the sessions that came of them."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from nennep.accounts import rules
from nennep.accounts.models.user import User
from nennep.core import sealed_texts
from nennep.core.ids import new_public_id

# What is counted apart: a user name before the password, its owner's second step after it, the
# owner's password on their own pages, a network. Whoever knows a password must not clear, by typing
# it, the count of wrong codes; whoever does not must not bar the owner from their own pages.
ACCOUNT, SECOND_STEP, OWNER, NETWORK = "account", "second step", "owner", "network"
OF_A_PERSON = (ACCOUNT, SECOND_STEP, OWNER)


class SignInTries(models.Model):
    """Recent tries for one user name, from one network, or of one code.

    `key` is a keyed digest: neither names nor addresses are stored, whether they exist or not. A
    row starts afresh with a success and, once it counts for nothing any more, goes in the night.
    """

    key = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=0)
    began_at = models.DateTimeField(null=True)
    rests_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.key[:8]}: {self.count}"

    @property
    def tries(self) -> rules.Tries:
        return rules.Tries(self.count, self.began_at, self.rests_until)

    @tries.setter
    def tries(self, told: rules.Tries) -> None:
        self.count, self.began_at, self.rests_until = told.count, told.began_at, told.rests_until

    @staticmethod
    def key_of(kind: str, name: str) -> str:
        return sealed_texts.blind(f"{kind} {name}", purpose="tries to sign in")

    @classmethod
    def keys_of(cls, user: User) -> list[str]:
        """Whatever is counted of this person, apart from their network."""
        return [cls.key_of(kind, user.username) for kind in OF_A_PERSON]


class OpenSession(AbstractBaseSession):
    """A session, with what its owner recognises it by. Filled by `accounts.sessions`.

    `opened_at` and `seen_at` are told on the product's clock, for its owner to read; what expires
    does so on the machine's. The network address and the full name of the browser are not kept.
    """

    # Not unique: a session that changes its key has two rows for a moment.
    public_id = models.UUIDField(db_index=True, default=new_public_id, editable=False)
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="open_sessions")
    opened_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    browser = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["-seen_at"]

    @classmethod
    def get_session_store_class(cls) -> Any:
        from nennep.accounts.sessions import SessionStore  # noqa: PLC0415 -- which imports this

        return SessionStore
