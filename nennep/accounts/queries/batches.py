"""Whose accounts a batch made."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nennep.accounts.choices import Gets
from nennep.accounts.models import User
from nennep.organisation.models import Unit


@dataclass(frozen=True)
class Made:
    """One line of a batch: an account, where it works, and what it got."""

    user: User
    unit: Unit
    gets: Gets


def made_of(lines: Sequence[Any]) -> list[Made]:
    users = User.objects.in_bulk([line[0] for line in lines])
    units = Unit.objects.in_bulk({line[1] for line in lines})
    return [Made(users[user], units[unit], Gets(gets)) for user, unit, gets in lines]
