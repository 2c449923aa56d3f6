"""A report to be read, and what a person makes of one figure of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nennep.statements.actions import Correction
from nennep.statements.choices import Bound, Verdict
from nennep.statements.models import StatedFigure
from nennep.statements.queries.stated import known_indicators, name_of
from nennep.ui.form_fields import day_field


class ReportForm(forms.Form):
    file = forms.FileField(
        label=_("Report or news item"),
        widget=forms.ClearableFileInput(attrs={"accept": ".txt,.docx,.pdf,.html"}),
        help_text=_("Word, PDF with text, HTML or plain text."),
    )
    is_not_secret = forms.BooleanField(label=_("I declare that this file holds no state secret"))


class CorrectionForm(forms.Form):
    """One figure as the report states it."""

    indicator = forms.ChoiceField(label=_("Indicator"))
    bound = forms.ChoiceField(label=_("Bound"), choices=Bound.choices)
    value = forms.DecimalField(
        label=_("Value"), max_digits=14, decimal_places=3, localize=True, required=False
    )
    of = forms.CharField(label=_("Of what"), max_length=120)
    as_of = day_field(_("As of"), required=False)

    def __init__(self, data: Any, *, figure: StatedFigure) -> None:
        named = ("indicator", "bound", "of", "as_of")
        value = None if figure.value is None else Decimal(f"{figure.value.normalize():f}")
        initial = {name: getattr(figure, name) for name in named} | {"value": value}
        super().__init__(data, initial=initial)
        codes = sorted(known_indicators(), key=lambda code: (code.partition(".")[0], code))
        self.fields["indicator"].choices = [(c, f"{c}: {name_of(c)}") for c in codes]  # type: ignore[attr-defined]

    @property
    def correction(self) -> Correction:
        said = self.cleaned_data
        return Correction(
            said["indicator"], said["value"], said["bound"], said["of"], said["as_of"]
        )


class VerdictForm(forms.Form):
    verdict = forms.ChoiceField(choices=Verdict.choices)
