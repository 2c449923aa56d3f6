"""What people do with the roll."""

from nennep.members.actions.card import set_card_number
from nennep.members.actions.correcting import correct_first_day, strike_spell
from nennep.members.actions.details import correct_member
from nennep.members.actions.figures import enter_strength_figures
from nennep.members.actions.load import LoadedRoll, NewMember, load_roll, load_strength_figures
from nennep.members.actions.load_changes import RollChange, change_rolls, load_positions
from nennep.members.actions.merging import merge_duplicates
from nennep.members.actions.positions import appoint, dismiss, set_office_phone
from nennep.members.actions.spells import (
    end_exemption,
    end_stay,
    exempt_member,
    send_away,
    set_working,
    welcome_guest_member,
)
from nennep.members.actions.standing import (
    admit_member,
    join_party_group,
    lift_suspension,
    member_leaves,
    recognise_member,
    suspend_member,
    transfer_member,
)

__all__ = [
    "LoadedRoll",
    "NewMember",
    "RollChange",
    "admit_member",
    "appoint",
    "change_rolls",
    "correct_first_day",
    "correct_member",
    "dismiss",
    "end_exemption",
    "end_stay",
    "enter_strength_figures",
    "exempt_member",
    "join_party_group",
    "lift_suspension",
    "load_positions",
    "load_roll",
    "load_strength_figures",
    "member_leaves",
    "merge_duplicates",
    "recognise_member",
    "send_away",
    "set_card_number",
    "set_office_phone",
    "set_working",
    "strike_spell",
    "suspend_member",
    "transfer_member",
    "welcome_guest_member",
]
