"""The superior's input: which meetings to keep back, and the class of one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nennep.core import clock
from nennep.core.text import whole_number
from nennep.quality.choices import MeetingClass, Part
from nennep.quality.models import ScoreSheet
from nennep.ui.form_fields import MonthField


class IdsField(forms.MultipleChoiceField):
    """Row numbers that the page offered; which of them count is for the action to see."""

    def valid_value(self, value: Any) -> bool:
        return whole_number(str(value)) is not None


class KeptBackForm(forms.Form):
    """Which month, and which meetings are decided one by one."""

    thang = MonthField()
    but = IdsField(required=False)

    def clean_but(self) -> set[int]:
        return {int(text) for text in self.cleaned_data["but"]}


class PeriodChoiceForm(forms.Form):
    """Which year and which part of it; both live in the address and have a usual answer."""

    nam = forms.IntegerField(label=_("Year"), min_value=2018, max_value=2100, required=False)
    ky = forms.ChoiceField(label=_("Part"), choices=Part.choices, required=False)

    @property
    def year(self) -> int:
        given: int | None = self.cleaned_data.get("nam") if self.is_valid() else None
        return given or clock.today().year

    @property
    def part(self) -> str:
        given: str | None = self.cleaned_data.get("ky") if self.is_valid() else None
        return given or Part.FIRST.value


class DecisionForm(forms.Form):
    """The official class of one meeting. Another than the cell's own needs a reason."""

    klass = forms.ChoiceField(
        label=_("Official class"), choices=MeetingClass.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed where the class differs from the cell's own. The cell reads it."),
    )

    def __init__(self, data: Any = None, *, sheet: ScoreSheet) -> None:
        initial = {"klass": sheet.shown_class, "reason": sheet.official_reason}
        super().__init__(data, initial=initial)
