from nennep.training.actions.adoption import CellCount, count_adoption, load_adoption
from nennep.training.actions.attendance import (
    Came,
    invite,
    invite_holders,
    record_training,
    take_back_invitation,
)
from nennep.training.actions.courses import (
    NewCourse,
    NewSession,
    add_session,
    cancel_session,
    plan_course,
)
from nennep.training.actions.dissemination import (
    NewDissemination,
    Reached,
    give_dissemination,
    record_reached,
    take_back_reached,
    withdraw_dissemination,
)
from nennep.training.actions.load import (
    PastReach,
    PastSession,
    load_course,
    load_dissemination,
    load_sheets,
)
from nennep.training.actions.quizzes import NewQuiz, count_paper_sheets, hand_in, make_quiz

__all__ = [
    "Came",
    "CellCount",
    "NewCourse",
    "NewDissemination",
    "NewQuiz",
    "NewSession",
    "PastReach",
    "PastSession",
    "Reached",
    "add_session",
    "cancel_session",
    "count_adoption",
    "count_paper_sheets",
    "give_dissemination",
    "hand_in",
    "invite",
    "invite_holders",
    "load_adoption",
    "load_course",
    "load_dissemination",
    "load_sheets",
    "make_quiz",
    "plan_course",
    "record_reached",
    "record_training",
    "take_back_invitation",
    "take_back_reached",
    "withdraw_dissemination",
]
