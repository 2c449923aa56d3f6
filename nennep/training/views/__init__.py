from nennep.training.views.adoption import adoption, bundle, count
from nennep.training.views.courses import (
    change_session,
    course_page,
    paper,
    plan,
    record,
    session_page,
)
from nennep.training.views.dissemination import dissemination, give, receipt, report, withdraw
from nennep.training.views.quizzes import answer, cell_quiz, make, quiz, quiz_paper
from nennep.training.views.units import home, unit_page

__all__ = [
    "adoption",
    "answer",
    "bundle",
    "cell_quiz",
    "change_session",
    "count",
    "course_page",
    "dissemination",
    "give",
    "home",
    "make",
    "paper",
    "plan",
    "quiz",
    "quiz_paper",
    "receipt",
    "record",
    "report",
    "session_page",
    "unit_page",
    "withdraw",
]
