"""People with a role somewhere, made through the actions people use."""

from datetime import date
from itertools import count

from nennep.accounts import actions
from nennep.accounts.choices import Role
from nennep.accounts.queries import system_person

PASSWORD = "mot-mat-khau-dai"
SINCE = date(2024, 1, 1)

_numbers = count(1)


def make_user(display_name="Nguyễn Văn An", *, username=None, password=None):
    return actions.create_user(
        username or f"nguoi-{next(_numbers)}",
        display_name=display_name,
        password=password,
        by=system_person(),
    )


def make_person(role, unit, *, reads_content=False, valid_from=SINCE, valid_to=None, **user):
    """Somebody who holds a role at a unit."""
    person = make_user(**user)
    give(person, role, unit, reads_content=reads_content, valid_from=valid_from, valid_to=valid_to)
    return person


def give(user, role, unit, *, reads_content=False, valid_from=SINCE, valid_to=None):
    return actions.grant_role(
        user,
        role,
        unit,
        valid_from=valid_from,
        valid_to=valid_to,
        reads_content=reads_content,
        by=system_person(),
    )


def make_administrator(unit, **user):
    return make_person(Role.ADMINISTRATOR, unit, **user)
