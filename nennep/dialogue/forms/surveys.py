"""A survey as it is typed, and as it is answered."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nennep.dialogue.actions import NewSurvey
from nennep.dialogue.models import Survey
from nennep.dialogue.rules.surveys import WORDS_AT_MOST
from nennep.ui.form_fields import QuestionsForm, questions_field


class SurveyForm(QuestionsForm):
    title = forms.CharField(label=_("Subject of the survey"), max_length=300)
    questions = questions_field(
        _(
            "A line for the question, below it a line for each option, begun with “-”; without"
            " options it is answered in free words. An empty line between questions."
        ),
        at_most=10_000,
        rows=10,
    )

    @property
    def survey(self) -> NewSurvey:
        return NewSurvey(**self.cleaned_data)


class SheetForm(forms.Form):
    """The questions themselves; each may be left open."""

    def __init__(self, data: Any = None, *, survey: Survey) -> None:
        super().__init__(data)
        for place, question in enumerate(survey.asked):
            self.fields[f"question_{place}"] = (
                forms.ChoiceField(
                    label=question.text,
                    required=False,
                    choices=list(enumerate(question.options)),
                    widget=forms.RadioSelect,
                )
                if question.options
                else forms.CharField(
                    label=question.text,
                    required=False,
                    max_length=WORDS_AT_MOST,
                    widget=forms.Textarea(attrs={"rows": 3}),
                    help_text=_("Write nothing that tells who you are, and no names."),
                )
            )
        self.survey = survey

    @property
    def sheet(self) -> list[int | str | None]:
        return [
            self._said(self.cleaned_data[f"question_{place}"], has_options=bool(question.options))
            for place, question in enumerate(self.survey.asked)
        ]

    @staticmethod
    def _said(value: str, *, has_options: bool) -> int | str | None:
        if not value:
            return None
        return int(value) if has_options else value
