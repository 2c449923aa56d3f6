from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nennep.core import clock
from nennep.core.periods import Period, add_months, month_of
from nennep.core.refusal import Refusal
from nennep.indicators.choices import Structure
from nennep.ui.form_fields import MonthField

USUAL_MONTHS = 12
LONG_MONTHS = 36
LONGEST_MONTHS = 120


@dataclass(frozen=True)
class Span:
    """A period that is one press away."""

    label: str
    address: str
    is_current: bool


class PeriodForm(forms.Form):
    """Two months in the address. What cannot be read is said, and the usual year is shown."""

    tu = MonthField(label=_("From month"))
    den = MonthField(label=_("To month"))
    co_cau = forms.ChoiceField(label=_("Structure"), choices=Structure.choices)

    def __init__(self, given: Any) -> None:
        first, last = usual_period()
        chosen = {
            "tu": given.get("tu") or f"{first:%Y-%m}",
            "den": given.get("den") or f"{last:%Y-%m}",
            "co_cau": given.get("co_cau") or Structure.THEN,
        }
        super().__init__(chosen)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "tu" in cleaned and "den" in cleaned:
            try:
                period = Period(cleaned["tu"], cleaned["den"])
            except Refusal as refusal:
                raise forms.ValidationError(refusal.message) from refusal
            if len(period.months) > LONGEST_MONTHS:
                raise forms.ValidationError(_("Choose ten years at most."))
        return cleaned

    @property
    def period(self) -> Period:
        if not self.is_valid():
            return Period(*usual_period())
        return Period(self.cleaned_data["tu"], self.cleaned_data["den"])

    @property
    def address(self) -> str:
        """The period as part of an address, so that a link leads to the same months."""
        return self._address_of(self.period)

    def _address_of(self, period: Period) -> str:
        months = {"tu": f"{period.first:%Y-%m}", "den": f"{period.last:%Y-%m}"}
        if self.structure != Structure.THEN:
            months["co_cau"] = self.structure.value
        return urlencode(months)

    @property
    def spans(self) -> list[Span]:
        """The last twelve months and three years, this calendar year and the last."""
        last = month_of(clock.today())
        named = [
            (gettext("12 months"), Period(add_months(last, 1 - USUAL_MONTHS), last)),
            (gettext("36 months"), Period(add_months(last, 1 - LONG_MONTHS), last)),
        ]
        for year in (last.year, last.year - 1):
            ends = min(last, date(year, 12, 1))
            named.append(
                (gettext("Year %(year)s") % {"year": year}, Period(date(year, 1, 1), ends))
            )
        return [Span(label, self._address_of(span), span == self.period) for label, span in named]

    @property
    def structure(self) -> Structure:
        return Structure(self.cleaned_data["co_cau"]) if self.is_valid() else Structure.THEN


def usual_period() -> tuple[date, date]:
    """The last twelve months, the present one included."""
    last = month_of(clock.today())
    return add_months(last, 1 - USUAL_MONTHS), last
