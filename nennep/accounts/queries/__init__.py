"""Who may sign in, who holds what where, and what the trail tells."""

from nennep.accounts.queries.batches import Made, made_of
from nennep.accounts.queries.grants import (
    COMMAND_LINE,
    grants_found,
    grants_links,
    grants_under,
    last_administrator,
    may_look_after,
    may_look_after_account,
    place_of,
    reaches_account,
    register_grants_link,
    standing_grants_of,
    system_person,
    tops_of_grants,
)
from nennep.accounts.queries.second_factors import (
    Factors,
    factors_of,
    has_second_factor,
    must_have_second_factor,
    owes_second_factor,
    passkeys_of,
)
from nennep.accounts.queries.signing_in import (
    AccountState,
    open_sessions_of,
    state_of,
    told_of_account,
)
from nennep.accounts.queries.trail import (
    ToldLine,
    TrailOfUnits,
    lines_found,
    told,
    trail_for,
)

__all__ = [
    "COMMAND_LINE",
    "AccountState",
    "Factors",
    "Made",
    "ToldLine",
    "TrailOfUnits",
    "factors_of",
    "grants_found",
    "grants_links",
    "grants_under",
    "has_second_factor",
    "last_administrator",
    "lines_found",
    "made_of",
    "may_look_after",
    "may_look_after_account",
    "must_have_second_factor",
    "open_sessions_of",
    "owes_second_factor",
    "passkeys_of",
    "place_of",
    "reaches_account",
    "register_grants_link",
    "standing_grants_of",
    "state_of",
    "system_person",
    "told",
    "told_of_account",
    "tops_of_grants",
    "trail_for",
]
