"""What people do about accounts, rights and their own way in."""

from nennep.accounts.actions.accounts import (
    change_own_password,
    check_password,
    choose_first_password,
    confirm_password,
    create_first_administrator,
    create_user,
    deactivate_user,
    set_password,
)
from nennep.accounts.actions.batches import (
    begin_batch,
    fill_batch,
    take_slips,
    throw_old_slips_away,
)
from nennep.accounts.actions.grants import (
    end_grant,
    end_pass,
    give_pass,
    grant_role,
    prolong_grants,
)
from nennep.accounts.actions.posts import (
    Cut,
    cut_passes,
    cut_roles,
    give_role_of_post,
    take_back_roles,
)
from nennep.accounts.actions.second_factors import (
    add_passkey,
    add_telephone,
    make_recovery_codes,
    pass_by_code,
    pass_by_passkey,
    remove_second_factor,
    reset_second_factors,
)
from nennep.accounts.actions.sessions import (
    end_other_sessions,
    end_session,
    end_sessions,
    forget_expired_sessions,
)
from nennep.accounts.actions.trying import (
    forget_networks,
    forget_old_tries,
    trying,
    unlock,
)

__all__ = [
    "Cut",
    "add_passkey",
    "add_telephone",
    "begin_batch",
    "change_own_password",
    "check_password",
    "choose_first_password",
    "confirm_password",
    "create_first_administrator",
    "create_user",
    "cut_passes",
    "cut_roles",
    "deactivate_user",
    "end_grant",
    "end_other_sessions",
    "end_pass",
    "end_session",
    "end_sessions",
    "fill_batch",
    "forget_expired_sessions",
    "forget_networks",
    "forget_old_tries",
    "give_pass",
    "give_role_of_post",
    "grant_role",
    "make_recovery_codes",
    "pass_by_code",
    "pass_by_passkey",
    "prolong_grants",
    "remove_second_factor",
    "reset_second_factors",
    "set_password",
    "take_back_roles",
    "take_slips",
    "throw_old_slips_away",
    "trying",
    "unlock",
]
