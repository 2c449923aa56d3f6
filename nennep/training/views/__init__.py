from nennep.training.views.courses import (
    change_session,
    course_page,
    paper,
    plan,
    record,
    session_page,
)
from nennep.training.views.units import home, unit_page

__all__ = [
    "change_session",
    "course_page",
    "home",
    "paper",
    "plan",
    "record",
    "session_page",
    "unit_page",
]
