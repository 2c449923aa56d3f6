"""Whether somebody has a second factor, and whether they must."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from nennep.accounts.choices import FactorKind
from nennep.accounts.models import SecondFactor, User
from nennep.core.models import Installation

# What the session keeps once its person has been through the second step, or set one up in it.
PASSED = "second_factor"


@dataclass(frozen=True)
class Factors:
    """What a person has besides the password, as their own page shows it."""

    factors: list[SecondFactor]
    codes_left: int
    must: bool

    @property
    def makes_codes(self) -> bool:
        return any(factor.kind == FactorKind.TOTP for factor in self.factors)

    @property
    def has_passkey(self) -> bool:
        return any(factor.kind == FactorKind.PASSKEY for factor in self.factors)


def factors_of(user: User) -> Factors:
    return Factors(
        factors=list(user.second_factors.all()),
        codes_left=user.recovery_codes.filter(used_at__isnull=True).count(),
        must=must_have_second_factor(user),
    )


def has_second_factor(user: User) -> bool:
    return user.second_factors.exists()


def must_have_second_factor(user: User) -> bool:
    """In a demonstration, whose passwords are printed, nobody must, unless its setting says so."""
    if not user.should_have_second_factor:
        return False
    is_demonstration = Installation.objects.filter(is_demonstration=True).exists()
    return settings.DEMO_SECOND_FACTOR or not is_demonstration


def owes_second_factor(user: User, session: Mapping[str, Any]) -> bool:
    """Whether the person holds a role that asks for one, and came in without."""
    return not session.get(PASSED) and must_have_second_factor(user)


def passkeys_of(user: User) -> list[bytes]:
    return [factor.secret for factor in user.second_factors.filter(kind=FactorKind.PASSKEY)]
