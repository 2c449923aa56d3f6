"""A quiz is made, paper sheets are counted, and a sheet from a telephone is counted and forgotten."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import clock, trail
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.text import nfc, tidy
from nennep.core.typed_questions import typed_questions
from nennep.members.queries import totals_on
from nennep.organisation.models import Unit
from nennep.training.choices import SheetSource
from nennep.training.models import Quiz, QuizCount
from nennep.training.queries.quizzes import questions_of
from nennep.training.rules import QUESTIONS_AT_MOST, Question, added, questions_in, right_answers


@dataclass(frozen=True, slots=True)
class NewQuiz:
    """`questions` as they are typed: blocks parted by empty lines, “*” before the right option."""

    title: str
    questions: str
    opens_on: date
    closes_on: date


@transaction.atomic
def make_quiz(unit: Unit, *, quiz: NewQuiz, by: User) -> Quiz:
    title, text = tidy(quiz.title), nfc(quiz.questions)
    refuse_secret(title, text)
    if not title:
        raise Refusal(_("Write the title."), code="title_missing", field="title")
    if quiz.closes_on < quiz.opens_on:
        raise Refusal(
            _("The last day lies before the first. Swap the two days."),
            code="closes_before_it_opens",
            field="closes_on",
        )
    questions = _questions(text)
    made = Quiz.objects.create(
        unit=unit,
        title=title,
        questions=[question.as_json() for question in questions],
        opens_on=quiz.opens_on,
        closes_on=quiz.closes_on,
        made_by=by,
    )
    trail.record("quiz made", made, by=by, title=title, count=len(questions))
    return made


def _questions(text: str) -> list[Question]:
    return typed_questions(
        text, questions_in, most=QUESTIONS_AT_MOST,
        not_whole=_(
            "Question %(number)s is not whole: write it on one line, then two to six options,"
            " each begun with “-”, the right one with “*”."
        ),
    )  # fmt: skip


@transaction.atomic
def count_paper_sheets(
    quiz: Quiz, *, cell: Unit, sheets: int, right: Sequence[int], by: User
) -> QuizCount:
    """All paper sheets of a cell, counted by hand; counted again, it says it anew."""
    width = len(quiz.questions)
    count = _locked(quiz, cell, SheetSource.PAPER)
    strength = totals_on([cell.pk], clock.today())[cell.pk]
    others = _sheets(quiz, cell) - count.sheets
    if len(right) != width or any(not 0 <= n <= sheets for n in right):
        raise Refusal(
            _("A question cannot be answered right more often than there are sheets."),
            code="more_right_than_sheets",
        )
    if sheets + others > strength:
        raise Refusal(
            _(
                "“%(unit)s” has %(members)s members; with those from telephones there are more sheets."
            )
            % {"unit": cell.name, "members": strength},
            code="more_sheets_than_members",
            field="sheets",
        )
    count.sheets, count.right = sheets, list(right)
    count.save(update_fields=["sheets", "right"])
    trail.record("paper sheets counted", quiz, by=by, cell=cell.name, count=sheets)
    return count


@transaction.atomic
def hand_in(quiz: Quiz, *, cell: Unit, chosen: Sequence[int | None]) -> list[int]:
    """A sheet from a telephone: counted, never kept; returns 1 for each right answer.

    It is anonymous by construction: there is no person to name, and no line of the trail that would
    say when. Refuses more sheets than the cell has members; that one person answers twice cannot
    be told.
    """
    if not quiz.is_open:
        raise Refusal(_("This quiz is closed."), code="closed")
    count = _locked(quiz, cell, SheetSource.PHONE)
    if _sheets(quiz, cell) >= totals_on([cell.pk], clock.today())[cell.pk]:
        raise Refusal(
            _("As many sheets have come in as the cell has members. No more are taken."),
            code="full",
        )
    questions = questions_of(quiz)
    right = right_answers(questions, chosen)
    count.sheets += 1
    count.right = added(count.right, right, len(questions))
    count.save(update_fields=["sheets", "right"])
    return right


def _locked(quiz: Quiz, cell: Unit, source: SheetSource) -> QuizCount:
    QuizCount.objects.get_or_create(quiz=quiz, unit=cell, source=source)
    return QuizCount.objects.select_for_update().get(quiz=quiz, unit=cell, source=source)


def _sheets(quiz: Quiz, cell: Unit) -> int:
    rows = QuizCount.objects.filter(quiz=quiz, unit=cell)
    return sum(rows.values_list("sheets", flat=True))
