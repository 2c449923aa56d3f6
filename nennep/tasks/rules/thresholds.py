"""The dated rules on tasks. A rule without a value on a day judges nothing."""

from dataclasses import dataclass
from typing import ClassVar

from nennep.regulations.rules import rows, whole
from nennep.tasks.rules.clarity import ClarityScheme, ClearQuestion


def _(message: str) -> str:
    """Mark a text for translation; it is translated where it is shown."""
    return message


@dataclass(frozen=True, slots=True)
class TaskRules:
    prefix: ClassVar[str] = "tasks"

    clear_questions: tuple[ClearQuestion, ...] | None = rows(
        _("Clear questions of a task"), ClearQuestion.read, "code", "question", "asked"
    )
    remind_working_days: int | None = whole(
        _("A task is recalled before its day"), 1, 60, _("%(number)s working days before")
    )
    escalate_working_days: int | None = whole(
        _("An overdue task goes to who is above"), 1, 60, _("%(number)s working days after")
    )
    open_months: int | None = whole(
        _("An overdue task without a result still counts as a task"),
        0,
        24,
        _("%(number)s months after its day"),
    )

    @property
    def scheme(self) -> ClarityScheme:
        return ClarityScheme(self.clear_questions or ())
