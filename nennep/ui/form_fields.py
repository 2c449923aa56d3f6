"""Fields that forms of several apps share."""

from datetime import date
from typing import Any

from django import forms

from nennep.core.periods import parse_month
from nennep.core.refusal import Refusal


class MonthField(forms.CharField):
    """A month, YYYY-MM, as the date of its first day; what cannot be read is refused in words."""

    widget = forms.TextInput

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "type": "month"}

    def clean(self, value: Any) -> date:
        try:
            return parse_month(super().clean(value))
        except Refusal as refusal:
            raise forms.ValidationError(refusal.message) from refusal
