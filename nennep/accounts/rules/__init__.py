"""The arithmetic of accounts: roles and verbs, names, tries, second factors."""

from nennep.accounts.rules.names import (
    free_username,
    is_username,
    new_password,
    spoken_username,
    system_user,
)
from nennep.accounts.rules.roles import (
    ROLES,
    RoleRights,
    SecondFactorRule,
    allows,
    fits,
    may_read_content,
    names_one_record,
    rights,
    second_factor,
)
from nennep.accounts.rules.signing_in import (
    NOWHERE,
    SignInRules,
    Tries,
    browser_of,
    limits,
    minutes_left,
    network_of,
)

__all__ = [
    "NOWHERE",
    "ROLES",
    "RoleRights",
    "SecondFactorRule",
    "SignInRules",
    "Tries",
    "allows",
    "browser_of",
    "fits",
    "free_username",
    "is_username",
    "limits",
    "may_read_content",
    "minutes_left",
    "names_one_record",
    "network_of",
    "new_password",
    "rights",
    "second_factor",
    "spoken_username",
    "system_user",
]
