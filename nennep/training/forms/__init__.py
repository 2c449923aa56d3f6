from nennep.training.forms.adoption import FileForm, GridForm
from nennep.training.forms.courses import (
    CameForm,
    CourseForm,
    ListForm,
    ReasonForm,
    SessionForm,
    kept,
)
from nennep.training.forms.dissemination import DisseminationForm, ReachedForm
from nennep.training.forms.quizzes import AnswerForm, QuizForm, SheetsForm

__all__ = [
    "AnswerForm",
    "CameForm",
    "CourseForm",
    "DisseminationForm",
    "FileForm",
    "GridForm",
    "ListForm",
    "QuizForm",
    "ReachedForm",
    "ReasonForm",
    "SessionForm",
    "SheetsForm",
    "kept",
]
