from nennep.members.queries.changes import strength_changes
from nennep.members.queries.faults import Faults, faults_on
from nennep.members.queries.people import (
    History,
    find_members,
    history_of,
    possible_duplicates,
    visible_ids,
)
from nennep.members.queries.positions import (
    PositionHolder,
    committee_on,
    secretaries_on,
    secretary_on,
)
from nennep.members.queries.roll import RollEntry, roll_on
from nennep.members.queries.strength import (
    Strength,
    strength_of_units,
    strength_on,
    sums_on,
    totals_on,
)
from nennep.members.rules import StrengthChange

__all__ = [
    "Faults",
    "History",
    "PositionHolder",
    "RollEntry",
    "Strength",
    "StrengthChange",
    "committee_on",
    "faults_on",
    "find_members",
    "history_of",
    "possible_duplicates",
    "roll_on",
    "secretaries_on",
    "secretary_on",
    "strength_changes",
    "strength_of_units",
    "strength_on",
    "sums_on",
    "totals_on",
    "visible_ids",
]
