"""The dated rules of proposals and surveys."""

from dataclasses import dataclass
from typing import ClassVar

from nennep.regulations.rules import whole


def _(message: str) -> str:
    """Mark a text for translation; it is translated where it is shown."""
    return message


@dataclass(frozen=True, slots=True)
class DialogueRules:
    """How soon a level answers what it holds, and from how many answers up a survey is shown."""

    prefix: ClassVar[str] = "dialogue"

    answer_working_days: int | None = whole(
        _("A proposal from below is answered or passed on within"),
        1,
        120,
        _("%(number)s working days"),
    )
    survey_least_answers: int | None = whole(
        _("Results of a survey are shown from"), 1, 100, _("%(number)s answers")
    )
