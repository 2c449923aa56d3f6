from nennep.training.forms.courses import (
    CameForm,
    CourseForm,
    ListForm,
    ReasonForm,
    SessionForm,
    kept,
)

__all__ = ["CameForm", "CourseForm", "ListForm", "ReasonForm", "SessionForm", "kept"]
