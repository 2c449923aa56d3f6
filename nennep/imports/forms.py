"""Input about a spreadsheet: the file, what its columns mean, what is unclear in its cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nennep.core.legacy import Legacy
from nennep.core.sheets.heads import Heading
from nennep.imports.rules import Answers
from nennep.ui.form_fields import day_field

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

QUESTIONS: dict[str, StrOrPromise] = {
    Legacy.TCVN3.value: _("Convert the texts written with a TCVN3 (ABC) font to Unicode"),
    Legacy.VNI.value: _("Convert the texts written with a VNI font to Unicode"),
    Legacy.TWICE.value: _("Repair the texts that were encoded twice"),
    "year_first": _("Days in this file are written year-month-day"),
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
        label=_("Sheet"),
        required=False,
        max_length=100,
        help_text=_("Empty: the first sheet with such a table."),
    )
    is_not_secret = forms.BooleanField(label=_("I declare that this file holds no state secret"))


class MappingForm(forms.Form):
    """One choice for each column that may be read; barred ones are not offered."""

    def __init__(
        self,
        data: Any,
        *,
        headings: Sequence[Heading],
        choices: Sequence[tuple[str, StrOrPromise]],
        mapping: Mapping[int, str],
    ) -> None:
        super().__init__(data)
        offered = [("", _("leave out")), *choices]
        for heading in headings:
            if not heading.barred:
                self.fields[f"column_{heading.column}"] = forms.ChoiceField(
                    label=f"{heading.letters}: {heading.title}",
                    choices=offered,
                    required=False,
                    initial=mapping.get(heading.column, ""),
                )

    @property
    def chosen(self) -> dict[int, str]:
        return {
            int(name.removeprefix("column_")): key
            for name, key in self.cleaned_data.items()
            if name.startswith("column_")
        }


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
        self._answers = answers
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

    @property
    def answers(self) -> Answers:
        said = {name for name, is_said in self.cleaned_data.items() if is_said is True}
        return Answers(
            converts=frozenset(kind for kind in Legacy if kind.value in said),
            is_year_first="year_first" in said,
            are_thousands="thousands" in said,
            others=self._answers.others,
            all_official="all_official" in said,
            since=self.cleaned_data.get("since"),
        )


def _answered(answers: Answers) -> set[str]:
    said = {kind.value for kind in answers.converts}
    said |= {"year_first"} if answers.is_year_first else set()
    said |= {"all_official"} if answers.all_official else set()
    return said | ({"thousands"} if answers.are_thousands else set())
