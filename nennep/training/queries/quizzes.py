"""Quizzes of a unit, the link a cell answers by, and results that name nobody."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core import signing

from nennep.core import clock
from nennep.core.fields import below
from nennep.core.text import fold
from nennep.organisation.models import Unit
from nennep.training.models import Quiz, QuizCount
from nennep.training.queries.in_force import rules_on
from nennep.training.rules import Question, added

SALT = "nennep.training.quiz"
SHOWN_AT_MOST = 30


@dataclass(frozen=True, slots=True)
class QuestionResult:
    question: Question
    right: int
    sheets: int

    @property
    def pair(self) -> tuple[int, int]:
        return self.right, self.sheets


@dataclass(frozen=True, slots=True)
class CellResult:
    """`is_shown`: enough sheets came in that nobody can be guessed."""

    unit: Unit
    sheets: int
    right: Sequence[int]
    is_shown: bool

    @property
    def total(self) -> tuple[int, int]:
        return sum(self.right), self.sheets * len(self.right)


@dataclass(frozen=True)
class QuizResults:
    """`questions` add up only the cells with enough sheets; `least` is how many that is.

    `counted` of the `sheets` came from those cells: what the shares of right answers are of.
    """

    sheets: int
    counted: int
    questions: Sequence[QuestionResult]
    cells: Sequence[CellResult]
    least: int | None

    @property
    def kept_back(self) -> int:
        """Sheets of cells with too few of them: counted as handed in, not as answers."""
        return self.sheets - self.counted

    def cells_named(self, words: str) -> list[CellResult]:
        """Those in whose name, or committee's, each word stands, with or without accents."""
        parts = fold(words).split()
        return [
            cell
            for cell in self.cells
            if all(part in fold(f"{cell.unit.name} {cell.unit.parent}") for part in parts)
        ]


def questions_of(quiz: Quiz) -> list[Question]:
    return [Question.from_json(kept) for kept in quiz.questions]


def quizzes_for(unit: Unit) -> list[Quiz]:
    """Those of the unit and of the units above it, the latest first."""
    rows = Quiz.objects.filter(unit_id__in=[*unit.ancestor_ids, unit.pk]).select_related("unit")
    return list(rows[:SHOWN_AT_MOST])


def results_of(quiz: Quiz, under: Unit) -> QuizResults:
    """Of the cells at and below a unit. Without a rule on how many sheets are enough, none is shown."""
    questions = questions_of(quiz)
    least = rules_on(quiz.unit, clock.today()).values.quiz_least_answers
    rows = QuizCount.objects.filter(below("unit__path", under.path), quiz=quiz)
    sheets: dict[Unit, int] = {}
    right: dict[Unit, list[int]] = {}
    for row in rows.select_related("unit__parent").order_by("unit__path"):
        sheets[row.unit] = sheets.get(row.unit, 0) + row.sheets
        right[row.unit] = added(right.get(row.unit, ()), row.right, len(questions))
    cells = [
        CellResult(unit, count, right[unit], least is not None and count >= least)
        for unit, count in sheets.items()
        if count
    ]
    shown = [cell for cell in cells if cell.is_shown]
    counted = sum(cell.sheets for cell in shown)
    return QuizResults(
        sum(cell.sheets for cell in cells),
        counted,
        [
            QuestionResult(question, sum(cell.right[place] for cell in shown), counted)
            for place, question in enumerate(questions)
        ],
        cells,
        least,
    )


def token_of(quiz: Quiz, cell: Unit) -> str:
    """What the link and the QR of a cell carry: signed, the same for all its members."""
    return signing.Signer(salt=SALT).sign(f"{quiz.pk}.{cell.pk}").replace(":", "~")


def meant_by(token: str) -> tuple[Quiz, Unit] | None:
    """None for a link that was not made here."""
    try:
        quiz_id, _dot, cell_id = (
            signing.Signer(salt=SALT).unsign(token.replace("~", ":")).partition(".")
        )
        return Quiz.objects.select_related("unit").get(pk=int(quiz_id)), Unit.objects.get(
            pk=int(cell_id)
        )
    except (signing.BadSignature, ValueError, Quiz.DoesNotExist, Unit.DoesNotExist):
        return None
