"""Tables of accounts as a clerk takes them home."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from nennep.accounts.choices import GrantState
from nennep.accounts.models import Grant
from nennep.core import clock
from nennep.organisation.models import Unit
from nennep.papers.xlsx import Sheet, SheetColumn, Value


def grants_sheet(unit: Unit, grants: Sequence[Grant]) -> Sheet:
    columns = [
        SheetColumn(_("Person"), width=28),
        SheetColumn(_("User name"), width=22),
        SheetColumn(_("Role"), width=26),
        SheetColumn(_("Organisation"), width=40),
        SheetColumn(_("Code"), width=14),
        SheetColumn(_("From"), width=12, kind="date"),
        SheetColumn(_("Last day"), width=12, kind="date"),
        SheetColumn(_("State"), width=16),
        SheetColumn(_("Last signed in"), width=20, kind="moment"),
    ]
    return Sheet(
        _("Roles"),
        columns=columns,
        rows=[_row(grant) for grant in grants],
        heading=_("Roles under %(unit)s") % {"unit": unit.name},
    )


def _row(grant: Grant) -> list[Value]:
    return [
        grant.user.display_name,
        grant.user.username,
        grant.get_role_display(),
        grant.unit.name,
        grant.unit.code,
        grant.valid_from,
        grant.valid_to,
        str(state_of_grant(grant).label),
        grant.user.last_login and grant.user.last_login.astimezone(clock.HANOI),
    ]


def state_of_grant(grant: Grant) -> GrantState:
    today = clock.today()
    if grant.valid_from > today:
        return GrantState.COMING
    if grant.valid_to is not None and grant.valid_to < today:
        return GrantState.OVER
    return GrantState.HOLDING
