"""What people do with scores and score sheets. Bulk history is in `history`, apart."""

from nennep.quality.actions.audiences import Watching, write_audience
from nennep.quality.actions.deciding import confirm_classes, decide_class, take_back_class
from nennep.quality.actions.following import name_followers
from nennep.quality.actions.inspections import (
    InspectionPlan,
    InspectionRecord,
    cancel_inspection,
    change_inspection,
    follow_up,
    plan_inspection,
    record_inspection,
)
from nennep.quality.actions.oddities import explain_oddity, look_again
from nennep.quality.actions.recommendations import answer, recommend, settle, withdraw
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
from nennep.quality.actions.visits import (
    PlannedVisit,
    Seen,
    cancel_visit,
    describe_visit,
    move_visit,
    plan_next_visit,
    plan_visits,
    record_visit,
)

__all__ = [
    "InspectionPlan",
    "InspectionRecord",
    "PlannedVisit",
    "Seen",
    "Watching",
    "agree_score",
    "answer",
    "begin_sheet",
    "cancel_inspection",
    "cancel_visit",
    "change_inspection",
    "confirm_classes",
    "decide_class",
    "describe_visit",
    "discard_sheet",
    "edit_sheet",
    "enter_sheet",
    "explain_oddity",
    "follow_up",
    "look_again",
    "move_criterion",
    "move_visit",
    "name_followers",
    "name_scorer",
    "plan_inspection",
    "plan_next_visit",
    "plan_visits",
    "put_criterion",
    "recommend",
    "record_class_vote",
    "record_inspection",
    "record_visit",
    "remove_criterion",
    "settle",
    "take_back_class",
    "take_back_score",
    "withdraw",
    "write_audience",
    "write_remedies",
]
