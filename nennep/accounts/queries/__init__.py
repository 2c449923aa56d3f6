"""Who may sign in, who holds what where, and what the trail tells."""

from nennep.accounts.queries.grants import (
    COMMAND_LINE,
    grants_found,
    grants_under,
    last_administrator,
    may_look_after,
    may_look_after_account,
    place_of,
    reaches_account,
    standing_grants_of,
    system_person,
    tops_of_grants,
)
from nennep.accounts.queries.signing_in import AccountState, open_sessions_of, state_of
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
    "ToldLine",
    "TrailOfUnits",
    "grants_found",
    "grants_under",
    "last_administrator",
    "lines_found",
    "may_look_after",
    "may_look_after_account",
    "open_sessions_of",
    "place_of",
    "reaches_account",
    "standing_grants_of",
    "state_of",
    "system_person",
    "told",
    "tops_of_grants",
    "trail_for",
]
