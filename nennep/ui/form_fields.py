"""Fields that forms of several apps share: days, times and months as the device gives them, numbers
of people, and rows found by code or name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nennep.core import clock
from nennep.core.periods import parse_month
from nennep.core.refusal import Refusal
from nennep.core.sheets.heads import Heading
from nennep.core.text import fold

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise

DAY_FORMATS = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"]
TIME_FORMATS = ["%H:%M", "%H:%M:%S", "%Hh%M", "%H.%M"]
SUGGESTED_AT_MOST = 200


class DayInput(forms.DateInput):
    """The device's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """The device's own clock."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class MonthInput(forms.TextInput):
    """The device's own choice of a month; written 2024-06 where it has none."""

    input_type = "month"

    def format_value(self, value: Any) -> str | None:
        return f"{value:%Y-%m}" if isinstance(value, date) else value


class MonthField(forms.CharField):
    """A month, as the date of its first day; what cannot be read is refused in words."""

    widget = MonthInput

    def clean(self, value: Any) -> date | None:
        text = super().clean(value)
        if not text:
            return None
        month, slash, year = text.replace("-", "/").partition("/")
        try:
            return parse_month(f"{year}-{int(month):02d}" if slash and len(year) == 4 else text)
        except (Refusal, ValueError) as error:
            words = getattr(error, "message", _("Write the month as year-month."))
            raise ValidationError(words) from error


def day_field(
    label: StrOrPromise,
    *,
    required: bool = True,
    help_text: StrOrPromise = "",
    initial: Any = None,
) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        initial=initial,
        widget=DayInput(),
        input_formats=DAY_FORMATS,
    )


def time_field(label: StrOrPromise, *, required: bool = True) -> forms.TimeField:
    return forms.TimeField(
        label=label, required=required, widget=TimeInput(), input_formats=TIME_FORMATS
    )


def count_field(label: StrOrPromise, *, required: bool = False) -> forms.IntegerField:
    """A number of people or votes."""
    widget = forms.NumberInput(attrs={"inputmode": "numeric", "min": 0})
    return forms.IntegerField(label=label, required=required, min_value=0, widget=widget)


class SuggestingInput(forms.TextInput):
    """A line to type a code or name in, with the likely ones offered by the browser."""

    template_name = "ui/parts/suggesting_input.html"

    def __init__(self) -> None:
        super().__init__(attrs={"autocomplete": "off"})
        self.suggestions: list[tuple[str, str]] = []

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["list"] = f"{name}-suggestions"
        context["suggestions"] = self.suggestions
        return context


class ToldChoiceField(forms.ModelChoiceField[Any]):
    """A choice of rows that `told` tells apart where their short names are the same."""

    def label_from_instance(self, row: Any) -> str:
        return str(row.told)


class NamedRowField(forms.CharField):
    """One of the rows offered, by its code or its whole name, with or without accents.

    Rows have a `code`, a `name` and a `folded_name`. What is out of the offer is refused in the
    same words as what does not exist.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=SuggestingInput(), **kwargs)
        self.rows: QuerySet[Any] | None = None

    def offer(self, rows: QuerySet[Any]) -> None:
        """`rows` may be chosen; the first of them are suggested."""
        self.rows = rows
        assert isinstance(self.widget, SuggestingInput)  # noqa: S101 -- set just above
        self.widget.suggestions = list(rows.values_list("code", "name")[:SUGGESTED_AT_MOST])

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return found_in(self.rows, text) if text and self.rows is not None else None


class NamedRowsField(forms.CharField):
    """Several of the rows offered, one a line."""

    def __init__(self, **kwargs: Any) -> None:
        lines = forms.Textarea(attrs={"rows": 3, "autocomplete": "off"})
        super().__init__(widget=lines, **kwargs)
        self.rows: QuerySet[Any] | None = None

    def offer(self, rows: QuerySet[Any]) -> None:
        self.rows = rows

    def clean(self, value: Any) -> list[Any]:
        lines = super().clean(value).splitlines()
        return list(dict.fromkeys(self._found(line.strip()) for line in lines if line.strip()))

    def _found(self, line: str) -> Any:
        assert self.rows is not None  # noqa: S101 -- offered before anything is asked
        try:
            return found_in(self.rows, line)
        except ValidationError as error:
            raise ValidationError(f"“{line}”: {error.message}") from error


def found_in(rows: QuerySet[Any], text: str) -> Any:
    found = list(rows.filter(code=text.strip().upper())[:1])
    found = found or list(rows.filter(folded_name=fold(text))[:2])
    if len(found) == 1:
        return found[0]
    if found:
        raise ValidationError(gettext("Several organisations have this name. Type the code."))
    raise ValidationError(
        gettext("No such organisation can be chosen here. Type its code or its whole name.")
    )


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


class QuestionsForm(forms.Form):
    """Questions typed line by line, open from a day to a day; `title` and `questions` say of what."""

    opens_on = day_field(_("From"))
    closes_on = day_field(_("Last day"))
    field_order = ("title", "questions")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"opens_on": clock.today()})


def questions_field(told: StrOrPromise, *, at_most: int, rows: int) -> forms.CharField:
    """`told`: how a question and its options are written."""
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=_("Questions"), max_length=at_most, widget=area, help_text=told)
