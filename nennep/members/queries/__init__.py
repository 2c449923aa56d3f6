from nennep.members.queries.card import CARD, card_number_of, members_with_card
from nennep.members.queries.changes import strength_changes
from nennep.members.queries.faults import Faults, faults_on
from nennep.members.queries.groups import GroupsOfDays
from nennep.members.queries.offices import (
    Office,
    as_offices,
    offices_under,
    planned_handovers,
    tallies,
    unmatched_grants,
)
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
    "CARD",
    "Faults",
    "GroupsOfDays",
    "History",
    "Office",
    "PositionHolder",
    "RollEntry",
    "Strength",
    "StrengthChange",
    "as_offices",
    "card_number_of",
    "committee_on",
    "faults_on",
    "find_members",
    "history_of",
    "members_with_card",
    "offices_under",
    "planned_handovers",
    "possible_duplicates",
    "roll_on",
    "secretaries_on",
    "secretary_on",
    "strength_changes",
    "strength_of_units",
    "strength_on",
    "sums_on",
    "tallies",
    "totals_on",
    "unmatched_grants",
    "visible_ids",
]
