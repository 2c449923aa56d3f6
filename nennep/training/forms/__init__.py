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

__all__ = [
    "CameForm",
    "CourseForm",
    "DisseminationForm",
    "FileForm",
    "GridForm",
    "ListForm",
    "ReachedForm",
    "ReasonForm",
    "SessionForm",
    "kept",
]
