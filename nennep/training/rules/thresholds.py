"""The dated rules on training and the e-handbook. A rule without a value on a day judges nothing."""

from dataclasses import dataclass
from typing import ClassVar

from nennep.regulations.rules import whole, word
from nennep.training.choices import HandbookApp


def _(message: str) -> str:
    """Mark a text for translation; it is translated where it is shown."""
    return message


@dataclass(frozen=True, slots=True)
class TrainingRules:
    prefix: ClassVar[str] = "training"

    handbook_app: str | None = word(
        _("The e-handbook that is asked about"),
        *HandbookApp.values,
        words=dict(HandbookApp.choices),
    )
    quiz_least_answers: int | None = whole(
        _("Results of a quiz are shown from so many sheets up"), 1, 50, _("%(number)s sheets")
    )
