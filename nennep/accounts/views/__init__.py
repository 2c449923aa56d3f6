"""The pages of accounts: the way in, one's own, roles, accounts, the trail."""

from nennep.accounts.views.accounts import (
    account,
    close_account,
    end_sessions,
    reset_password,
    unlock,
)
from nennep.accounts.views.grants import give, grants, grants_under, new_account, withdraw
from nennep.accounts.views.own import change_password, devices, end_device, end_other_devices
from nennep.accounts.views.signing_in import sign_in, sign_out
from nennep.accounts.views.trail import trail_list

__all__ = [
    "account",
    "change_password",
    "close_account",
    "devices",
    "end_device",
    "end_other_devices",
    "end_sessions",
    "give",
    "grants",
    "grants_under",
    "new_account",
    "reset_password",
    "sign_in",
    "sign_out",
    "trail_list",
    "unlock",
    "withdraw",
]
