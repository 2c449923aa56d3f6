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
from nennep.training.actions.load import PastSession, load_course

__all__ = [
    "Came",
    "NewCourse",
    "NewSession",
    "PastSession",
    "add_session",
    "cancel_session",
    "invite",
    "invite_holders",
    "load_course",
    "plan_course",
    "record_training",
    "take_back_invitation",
]
