"""Questions typed in one field, parted by empty lines: all of them, or what is wrong in words."""

from collections.abc import Callable
from typing import TypeVar

from django.utils.translation import gettext as _

from nennep.core.refusal import Refusal

Question = TypeVar("Question")


def typed_questions(
    text: str, read: Callable[[str], list[Question]], *, most: int, not_whole: str
) -> list[Question]:
    """`read` raises ValueError with the number of the first that is not whole, which `not_whole` says."""
    try:
        questions = read(text)
    except ValueError as error:
        said = not_whole % {"number": error.args[0]}
        raise Refusal(said, code="question_not_whole", field="questions") from None
    if not 0 < len(questions) <= most:
        raise Refusal(
            _("Write one to %(most)s questions.") % {"most": most},
            code="number_of_questions", field="questions",
        )  # fmt: skip
    return questions
