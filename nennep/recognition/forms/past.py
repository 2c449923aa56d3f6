"""Commendations of an earlier decision, and the correction of one of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nennep.organisation.models import Unit
from nennep.recognition.actions.past_commending import Corrected, PastDecision, PastLine
from nennep.recognition.choices import Rhythm
from nennep.recognition.models import Commendation
from nennep.ui.form_fields import day_field, found_in

MOST_PARTS = 3  # organisation; name; post


class PastCommendationsForm(forms.Form):
    symbol = forms.CharField(label=_("Number and symbol of the decision"), max_length=100)
    on = day_field(_("Day of the decision"))
    occasion = forms.CharField(label=_("Occasion"), max_length=300)
    award = forms.CharField(label=_("Form of award"), max_length=60)
    rhythm = forms.ChoiceField(label=_("How often"), choices=Rhythm.choices, initial=Rhythm.ONCE)
    lines = forms.CharField(
        label=_("Whom it commends"), max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}),
        help_text=_(
            "One a line. A collective: its name or code. A person: organisation; full name; post."
        ),
    )  # fmt: skip

    def __init__(self, data: Any, *, unit: Unit) -> None:
        super().__init__(data)
        self.below = Unit.objects.within(unit)

    def clean_lines(self) -> list[PastLine]:
        typed = (line.strip() for line in self.cleaned_data["lines"].splitlines())
        return [self._line(line) for line in typed if line]

    def _line(self, line: str) -> PastLine:
        parts = [part.strip() for part in line.split(";")]
        if len(parts) > MOST_PARTS:
            told = gettext("Organisation; full name; post, and no more.")
            raise ValidationError(f"“{line}”: {told}")
        try:
            unit = found_in(self.below, parts[0])
        except ValidationError as error:
            raise ValidationError(f"“{line}”: {error.message}") from error
        return PastLine(unit, *parts[1:])

    @property
    def decision(self) -> PastDecision:
        said = self.cleaned_data
        return PastDecision(
            symbol=said["symbol"], on=said["on"], occasion=said["occasion"], award=said["award"],
            rhythm=Rhythm(said["rhythm"]),
        )  # fmt: skip


class CorrectionForm(forms.Form):
    name = forms.CharField(label=_("Full name of the person"), max_length=120)
    post = forms.CharField(label=_("Post of the person"), max_length=160, required=False)
    award = forms.CharField(label=_("Form of award"), max_length=60)
    occasion = forms.CharField(label=_("Occasion"), max_length=300)
    reason = forms.CharField(label=_("Why it is corrected"), max_length=300)

    def __init__(self, data: Any, *, row: Commendation) -> None:
        names = ("name", "post", "award", "occasion")
        super().__init__(data, initial={name: getattr(row, name) for name in names})
        if not row.is_person:
            del self.fields["name"], self.fields["post"]

    @property
    def new(self) -> Corrected:
        said = {"name": "", "post": "", **self.cleaned_data}
        del said["reason"]
        return Corrected(**said)


class StrikeForm(forms.Form):
    reason = forms.CharField(label=_("Why it is struck out"), max_length=300)
