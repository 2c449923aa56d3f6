"""The pages of accounts: the way in, one's own, roles, accounts, the trail."""

from nennep.accounts.views.accounts import (
    HELPS,
    account,
    close_account,
    help_back_in,
    reset_password,
)
from nennep.accounts.views.batches import batch, batch_slips, cancel_batch
from nennep.accounts.views.grants import (
    give,
    grants,
    grants_under,
    new_account,
    prolong,
    withdraw,
)
from nennep.accounts.views.own import (
    change_password,
    devices,
    end_device,
    end_other_devices,
    own,
)
from nennep.accounts.views.second_factors import (
    add_passkey,
    add_telephone,
    recovery_codes,
    remove_second_factor,
    second_factors,
)
from nennep.accounts.views.signing_in import second_step, sign_in, sign_out
from nennep.accounts.views.trail import trail_list

__all__ = [
    "HELPS",
    "account",
    "add_passkey",
    "add_telephone",
    "batch",
    "batch_slips",
    "cancel_batch",
    "change_password",
    "close_account",
    "devices",
    "end_device",
    "end_other_devices",
    "give",
    "grants",
    "grants_under",
    "help_back_in",
    "new_account",
    "own",
    "prolong",
    "recovery_codes",
    "remove_second_factor",
    "reset_password",
    "second_factors",
    "second_step",
    "sign_in",
    "sign_out",
    "trail_list",
    "withdraw",
]
