"""Nobody gives, takes or looks after beyond their own reach."""

from django.utils.translation import gettext as _

from nennep.accounts.choices import Can
from nennep.accounts.models import User
from nennep.accounts.queries.grants import last_administrator, reaches_account
from nennep.core.refusal import Refusal
from nennep.core.scoping import may
from nennep.organisation.models import Unit


def beyond_reach(unit: Unit) -> Refusal:
    return Refusal(
        _("Your own rights do not reach “%(unit)s”. Ask the administrator above.")
        % {"unit": unit.name},
        code="beyond_reach",
        field="unit",
    )


def refuse_out_of_reach(by: User, unit: Unit) -> None:
    """Nobody gives or takes beyond their own reach; the machine's own account reaches everything."""
    if not by.is_machine and not may(by, Can.MANAGE_GRANTS, unit):
        raise beyond_reach(unit)


def refuse_beyond(by: User, user: User) -> None:
    """An account is looked after by who reaches all of its grants that still count."""
    if by.pk == user.pk:
        raise Refusal(
            _("This is your own account. Change your password on your own page."),
            code="own_account",
        )
    if not reaches_account(by, user):
        raise Refusal(
            _("%(user)s also has roles beyond your reach. Ask the administrator above.")
            % {"user": user.display_name},
            code="beyond_reach",
        )


def refuse_last_administrator(user: User) -> None:
    if last_administrator(user):
        raise Refusal(
            _("This is the last administrator. Give the role to another person first."),
            code="last_administrator",
        )
