"""The slip that is handed over with a first password."""

import re
import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils.translation import override

from nennep.accounts import rules
from nennep.accounts.choices import Role
from nennep.accounts.models import User
from nennep.accounts.queries.grants import standing_grants_of
from nennep.core import clock
from nennep.core.text import vn_date
from nennep.papers.slips import Slip

HAS_NUMBER = re.compile(r"(?:\d[ .-]?){3}")  # an extension is the shortest that can be dialled
PRESET = Path(__file__).parents[1] / "presets" / "slip.toml"


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(PRESET.read_text(encoding="utf-8"))


def slip_of(
    user: User, password: str, *, role: str, unit: str, address: str, call: str, day: date
) -> Slip:
    """`address` is where the product is opened, `call` whom its owner may call."""
    words, told = _words(), rules.limits()
    steps = tuple(words["steps"])
    if rules.second_factor().asks(role, clock.today()):
        steps += (words["second_step"],)
    filled = {
        "day": vn_date(day),
        "last_day": vn_date(day + told.first_password),
        "tries": told.per_account,
        "minutes": int(told.rest.total_seconds() // 60),
    }
    return Slip(
        heading=words["heading"],
        name=user.display_name,
        place=", ".join(filter(None, (_role_name(role), unit))),
        link=f"{address}{reverse('accounts:sign-in')}",
        typed=(
            (words["address"], address),
            (words["username"], user.username),
            (words["password"], password),
        ),
        steps_title=words["steps_title"],
        steps=steps,
        warnings=tuple(line.format(**filled) for line in words["warnings"]),
        help_title=words["help_title"],
        help=call if HAS_NUMBER.search(call) else words["by_hand"].format(call=call),
        foot=words["foot"].format(**filled),
    )


def _role_name(role: str) -> str:
    with override("vi"):
        return str(Role(role).label)


def contact_of(person: User) -> str:
    """Whom the people of a cell may call: who makes the slip, and where they work."""
    grants = person.standing_grants
    return ", ".join(filter(None, (person.display_name, grants[0].unit.name if grants else "")))


def slip_again(user: User, password: str, *, address: str, by: User) -> Slip:
    """The slip of one account: for its first role, that of a cell before others."""
    standing = sorted(standing_grants_of(user), key=lambda grant: not grant.is_of_a_cell)
    grant = standing[0] if standing else None
    return slip_of(
        user,
        password,
        role=grant.role if grant else Role.MEMBER,
        unit=grant.unit.name if grant else "",
        address=address,
        call=contact_of(by),
        day=clock.today(),
    )
