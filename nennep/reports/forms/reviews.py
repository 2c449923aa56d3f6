from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from nennep.core import clock
from nennep.core.periods import Period, add_months, month_of
from nennep.core.refusal import Refusal
from nennep.indicators.choices import Structure
from nennep.ui.form_fields import MonthField, day_field

USUAL_MONTHS = 36
LONGEST_MONTHS = 120
NAMES = ("tu", "den", "ten", "ngay_dau", "ngay_cuoi", "co_cau")


class ReviewForm(forms.Form):
    """Which months, by which structure, and how the period is called."""

    tu = MonthField(label=_("From month"))
    den = MonthField(label=_("To month"))
    ten = forms.CharField(label=_("Period as it is called"), required=False, max_length=60)
    ngay_dau = day_field(_("Real first day"), required=False)
    ngay_cuoi = day_field(_("Real last day"), required=False)
    co_cau = forms.ChoiceField(label=_("Structure"), choices=Structure.choices)

    def __init__(self, given: Any) -> None:
        last = month_of(clock.today())
        usual = {"tu": f"{add_months(last, 1 - USUAL_MONTHS):%Y-%m}", "den": f"{last:%Y-%m}"}
        chosen = {name: given.get(name) or usual.get(name, "") for name in NAMES}
        super().__init__({**chosen, "co_cau": given.get("co_cau") or Structure.THEN})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "tu" in cleaned and "den" in cleaned:
            try:
                cleaned["period"] = Period(cleaned["tu"], cleaned["den"])
            except Refusal as refusal:
                raise forms.ValidationError(refusal.message) from refusal
            if len(cleaned["period"].months) > LONGEST_MONTHS:
                raise forms.ValidationError(_("Choose ten years at most."))
        return cleaned

    @property
    def days(self) -> tuple[date | None, date | None]:
        """The real first and last day, where they were said."""
        return self.cleaned_data.get("ngay_dau"), self.cleaned_data.get("ngay_cuoi")

    @property
    def address(self) -> str:
        return urlencode({name: self.data[name] for name in NAMES if self.data[name]})
