"""The demonstration's own accounts: one for each role, all with the same printed password."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from nennep.accounts.actions import change_own_password, create_user, grant_role
from nennep.accounts.models import User
from nennep.core import clock
from nennep.demo.handbook import fill_desk
from nennep.demo.plan.tree import PlannedUnit
from nennep.demo.plan.words import preset
from nennep.members.actions.offices import link_account
from nennep.members.choices import OFFICE_ROLES
from nennep.members.models import Member
from nennep.members.queries import as_offices, offices_under
from nennep.organisation.models import Unit

FIRST_PASSWORD = "doi-ngay-lan-dau"  # noqa: S105 -- stands for the moment between two lines
SINCE = date(2021, 1, 1)


@dataclass(frozen=True)
class DemoAccount:
    username: str
    name: str
    role: str
    at: str
    reads_content: bool = False
    valid_to: date | None = None


def password() -> str:
    word: str = preset("accounts")["password"]
    return word


def accounts() -> list[DemoAccount]:
    return [DemoAccount(**entry) for entry in preset("accounts")["account"]]


def open_accounts(own_cell: PlannedUnit, *, by: User) -> None:
    """Each with its role where it belongs, and what two of them have on the desk of the handbook.

    None has to change the printed password.
    """
    codes = {"cell": own_cell.code, "commune": own_cell.parent_code}
    for account in accounts():
        user = create_user(
            account.username, display_name=account.name, password=FIRST_PASSWORD, by=by
        )
        change_own_password(user, old=FIRST_PASSWORD, new=password())
        unit = Unit.objects.get(code=codes.get(account.at, account.at))
        grant_role(
            user,
            account.role,
            unit,
            valid_from=SINCE,
            valid_to=account.valid_to,
            reads_content=account.reads_content,
            by=by,
        )
        if account.role in OFFICE_ROLES:
            _link(user, account.role, unit, by)
    fill_desk()


def _link(user: User, role: str, unit: Unit, by: User) -> None:
    """The account is that of the member who holds the post, as the office would have made it."""
    offices = as_offices(offices_under(unit, clock.today(), role=role))
    if offices:
        link_account(Member.objects.get(pk=offices[0].member_id), user, by=by)


def account_lines() -> list[str]:
    """What people read before they sign in: accounts, roles, the password."""
    width = max(len(account.username) for account in accounts())
    return [
        _("Accounts of the demonstration (password of all: %(password)s):")
        % {"password": password()},
        *(f"  {account.username:<{width}}  {account.name}" for account in accounts()),
        _(
            "  The minute-taker of one meeting has no account: sign in as “bithu”, open July's"
            " meeting and give the code or QR."
        ),
    ]
