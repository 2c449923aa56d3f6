"""Input about a spreadsheet: the file, what its columns mean, what is unclear in its cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nennep.core.legacy import Legacy
from nennep.imports.queries.attendance import ABSENT, KEPT, NOBODY, REST, WHO
from nennep.imports.queries.attendance.people import Called
from nennep.imports.rules import Answers
from nennep.meetings.choices import Presence
from nennep.ui.form_fields import day_field

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ABSENCES = [(each.value, each.label) for each in (Presence.EXCUSED, Presence.UNEXCUSED)]
QUESTIONS: dict[str, StrOrPromise] = {
    Legacy.TCVN3.value: _("Convert the texts written with a TCVN3 (ABC) font to Unicode"),
    Legacy.VNI.value: _("Convert the texts written with a VNI font to Unicode"),
    Legacy.TWICE.value: _("Repair the texts that were encoded twice"),
    "year_first": _("Days in this file are written year-month-day"),
    "short_year": _("Years of two digits are the latest that are over: 70 is 1970, 05 is 2005"),
    "thousands": _("Numbers such as 15,42 were 15.420 once"),
    "all_official": _("Who is not said to be probationary is an official member"),
}


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Spreadsheet"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=_("An Excel file (.xlsx) or a CSV file, 20 MB at most."),
    )
    sheet = forms.CharField(
        label=_("Sheet of the file"),
        required=False,
        max_length=100,
        help_text=_("Empty: the first sheet with such a table."),
    )
    is_not_secret = forms.BooleanField(label=_("I declare that this file holds no state secret"))


class AnswersForm(forms.Form):
    """Only what the file gives reason to ask."""

    def __init__(
        self,
        data: Any,
        *,
        questions: Mapping[str, int],
        answers: Answers,
        asks_first_day: bool = False,
    ) -> None:
        super().__init__(data)
        self._answers, self._questions = answers, questions
        if asks_first_day:
            self.fields["since"] = day_field(
                _("First day on the roll"),
                required=False,
                initial=answers.since,
                help_text=_(
                    "For members of whom the file says none. Empty: the first day of the ledger in a"
                    " cell that has nobody yet, else today."
                ),
            )
        answered = _answered(answers)
        for name, label in QUESTIONS.items():
            if name in questions or name in answered:
                self.fields[name] = forms.BooleanField(
                    label=label, required=False, initial=name in answered
                )

    def ask_of_roll_call(
        self, *, namesakes: Mapping[int, tuple[str, Sequence[Called]]], is_taken: bool
    ) -> None:
        """What a list of who attended leaves open: nothing is taken in before all of it is answered.

        `is_taken`: there is a roll call to keep to.
        """
        answers = self._answers
        if REST in self._questions or answers.rest:
            kept = [(KEPT, _("as the roll call has them"))] if is_taken else []
            self.fields[REST] = forms.ChoiceField(
                label=_("Members who are not in the file"),
                choices=[("", "–"), *Presence.choices, *kept],
                initial=answers.rest,
            )
        if ABSENT in self._questions or answers.absent:
            self.fields[ABSENT] = forms.ChoiceField(
                label=_("Members of whom the file says only that they were absent"),
                choices=[("", "–"), *ABSENCES],
                initial=answers.absent,
            )
        known = dict(answers.people)
        for row, (name, people) in namesakes.items():
            said = _("Row %(row)s: who is “%(name)s”?") % {"row": row, "name": name}
            self.fields[f"{WHO}_{row}"] = forms.ChoiceField(
                label=said,
                choices=[
                    ("", "–"),
                    *((called.id, called.label) for called in people),
                    (NOBODY, _("nobody of this cell: leave the row out")),
                ],
                initial=known.get(row, ""),
            )

    @property
    def answers(self) -> Answers:
        said = {name for name, is_said in self.cleaned_data.items() if is_said is True}
        return Answers(
            converts=frozenset(kind for kind in Legacy if kind.value in said),
            is_year_first="year_first" in said,
            are_years_short="short_year" in said,
            are_thousands="thousands" in said,
            others=self._answers.others,
            all_official="all_official" in said,
            since=self.cleaned_data.get("since"),
            rest=self.cleaned_data.get(REST, ""),
            absent=self.cleaned_data.get(ABSENT, ""),
            people=tuple(
                (int(name.removeprefix(f"{WHO}_")), int(who))
                for name, who in self.cleaned_data.items()
                if name.startswith(f"{WHO}_") and who
            ),
        )


def _answered(answers: Answers) -> set[str]:
    said = {kind.value for kind in answers.converts}
    said |= {"year_first"} if answers.is_year_first else set()
    said |= {"short_year"} if answers.are_years_short else set()
    said |= {"all_official"} if answers.all_official else set()
    return said | ({"thousands"} if answers.are_thousands else set())
