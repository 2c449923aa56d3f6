"""What a person has besides their password, and the codes for when they have lost it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nennep.accounts.choices import FactorKind
from nennep.accounts.models.user import User
from nennep.core import sealed_texts
from nennep.core.ids import new_public_id

PURPOSE = "second factor"


class SecondFactor(models.Model):
    """A telephone that makes codes, or a passkey.

    `sealed` is the shared secret of the codes, or the public half of the passkey; both are opened
    with this installation's key only. `last_step` is the latest code that was used: none is good
    twice, in whichever process it is typed.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="second_factors")
    kind = models.CharField(max_length=8, choices=FactorKind.choices)
    name = models.CharField(_("name"), max_length=60)
    sealed = models.TextField()
    credential_id = models.CharField(max_length=1400, blank=True)
    last_step = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                "user", name="one_telephone_makes_the_codes", condition=Q(kind=FactorKind.TOTP)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.name}"

    def seal(self, secret: bytes) -> None:
        self.sealed = sealed_texts.seal(secret.hex(), purpose=PURPOSE, row=self.public_id)

    @property
    def secret(self) -> bytes:
        return bytes.fromhex(sealed_texts.unseal(self.sealed, purpose=PURPOSE, row=self.public_id))


class RecoveryCode(models.Model):
    """A code on paper that lets its owner in once. Only a keyed fingerprint of it is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="recovery_codes")
    fingerprint = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("user", "fingerprint", name="one_recovery_code_of_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.fingerprint[:8]}"

    @staticmethod
    def fingerprint_of(code: str) -> str:
        return sealed_texts.blind(code, purpose="recovery code")
