from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from nennep.core import clock
from nennep.core.periods import Period, add_months, month_of
from nennep.core.refusal import Refusal
from nennep.indicators.choices import Structure
from nennep.ui.form_fields import MonthField

USUAL_MONTHS = 36


class ReviewForm(forms.Form):
    """Which months, by which structure, and how the period is called."""

    tu = MonthField(label=_("From month"))
    den = MonthField(label=_("To month"))
    ten = forms.CharField(label=_("Period as it is called"), required=False, max_length=60)
    co_cau = forms.ChoiceField(label=_("Structure"), required=False, choices=Structure.choices)

    def __init__(self, given: Any) -> None:
        last = month_of(clock.today())
        usual = {"tu": f"{add_months(last, 1 - USUAL_MONTHS):%Y-%m}", "den": f"{last:%Y-%m}"}
        chosen = {name: given.get(name) or usual.get(name, "") for name in ("tu", "den", "ten")}
        super().__init__({**chosen, "co_cau": given.get("co_cau") or Structure.THEN})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "tu" in cleaned and "den" in cleaned:
            try:
                cleaned["period"] = Period(cleaned["tu"], cleaned["den"])
            except Refusal as refusal:
                raise forms.ValidationError(refusal.message) from refusal
        return cleaned

    @property
    def address(self) -> str:
        return urlencode({name: self.data[name] for name in ("tu", "den", "ten", "co_cau")})
