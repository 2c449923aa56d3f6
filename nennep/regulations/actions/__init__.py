"""What people do with rules, the documents they rest on, and the calendar."""

from nennep.regulations.actions.bases import add_basis, register_follower, replace_basis
from nennep.regulations.actions.calendar import clear_day, mark_day
from nennep.regulations.actions.checking import confirm, unconfirm
from nennep.regulations.actions.presets import Loaded, load_presets
from nennep.regulations.actions.values import (
    carry_scope,
    enter_value,
    replace_value,
    withdraw_value,
)

__all__ = [
    "Loaded",
    "add_basis",
    "carry_scope",
    "clear_day",
    "confirm",
    "enter_value",
    "load_presets",
    "mark_day",
    "register_follower",
    "replace_basis",
    "replace_value",
    "unconfirm",
    "withdraw_value",
]
