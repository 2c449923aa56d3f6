"""A quiz as it is typed, counted by hand, and answered."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nennep.training.actions import NewQuiz
from nennep.training.models import Quiz
from nennep.training.queries.quizzes import questions_of
from nennep.ui.form_fields import QuestionsForm, count_field, questions_field


class QuizForm(QuestionsForm):
    title = forms.CharField(label=_("Document or subject of the quiz"), max_length=300)
    questions = questions_field(
        _(
            "A line for the question, below it a line for each option: “*” before the right one,"
            " “-” before the others. An empty line between questions."
        ),
        at_most=20_000,
        rows=12,
    )

    @property
    def quiz(self) -> NewQuiz:
        return NewQuiz(**self.cleaned_data)


class SheetsForm(forms.Form):
    """Paper sheets counted by hand."""

    sheets = count_field(_("Sheets handed in"), required=True)

    def __init__(self, data: Any, *, quiz: Quiz) -> None:
        super().__init__(data)
        self.places = range(len(quiz.questions))
        for place, question in enumerate(questions_of(quiz)):
            self.fields[f"right_{place}"] = count_field(question.text, required=True)

    @property
    def question_fields(self) -> list[Any]:
        return [self[f"right_{place}"] for place in self.places]

    @property
    def right(self) -> list[int]:
        return [self.cleaned_data[f"right_{place}"] for place in self.places]


class AnswerForm(forms.Form):
    """The questions themselves. One that is left open counts as not right."""

    def __init__(self, data: Any, *, quiz: Quiz) -> None:
        super().__init__(data)
        self.places = range(len(quiz.questions))
        for place, question in enumerate(questions_of(quiz)):
            self.fields[f"answer_{place}"] = forms.TypedChoiceField(
                label=question.text,
                choices=[(n, words) for n, words in enumerate(question.options)],
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
            )

    @property
    def chosen(self) -> list[int | None]:
        return [self.cleaned_data[f"answer_{place}"] for place in self.places]
