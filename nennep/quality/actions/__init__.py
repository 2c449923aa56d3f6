"""What people do with scores and score sheets. Bulk history is in `history`, apart."""

from nennep.quality.actions.deciding import confirm_classes, decide_class, take_back_class
from nennep.quality.actions.oddities import explain_oddity, look_again
from nennep.quality.actions.scoring import (
    agree_score,
    name_scorer,
    record_class_vote,
    take_back_score,
    write_remedies,
)
from nennep.quality.actions.sheets import (
    begin_sheet,
    discard_sheet,
    edit_sheet,
    enter_sheet,
    move_criterion,
    put_criterion,
    remove_criterion,
)

__all__ = [
    "agree_score",
    "begin_sheet",
    "confirm_classes",
    "decide_class",
    "discard_sheet",
    "edit_sheet",
    "enter_sheet",
    "explain_oddity",
    "look_again",
    "move_criterion",
    "name_scorer",
    "put_criterion",
    "record_class_vote",
    "remove_criterion",
    "take_back_class",
    "take_back_score",
    "write_remedies",
]
