"""Opening a round, proposing in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nennep.library.queries.issuing import issuers_for
from nennep.organisation.models import Unit
from nennep.recognition.actions.rounds import Candidate, NewRound
from nennep.recognition.choices import Honoured
from nennep.regulations.models import Basis
from nennep.ui.form_fields import ToldChoiceField, day_field

LINES = forms.Textarea(attrs={"rows": 4})


class RoundForm(forms.Form):
    occasion = forms.CharField(
        label=_("Occasion"), max_length=300,
        help_text=_("For example: review of three years of carrying out the scheme."),
    )  # fmt: skip
    basis = ToldChoiceField(
        label=_("Programme that is reviewed"), queryset=Basis.objects.none(), required=False,
        empty_label=_("none, another occasion"),
    )  # fmt: skip
    first_day = day_field(_("The period begins on"))
    last_day = day_field(_("The period ends on"))
    due_on = day_field(_("Proposals until"), required=False)
    body = forms.ChoiceField(label=_("Body that decides"))
    grounds = forms.CharField(
        label=_("Grounds"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The clause that lets this body commend on this occasion."),
    )  # fmt: skip

    def __init__(self, data: Any, *, unit: Unit, bases: Any, grounds: str) -> None:
        super().__init__(data, initial={"grounds": grounds})
        self.fields["basis"].queryset = bases  # type: ignore[attr-defined]  # a ModelChoiceField
        body = self.fields["body"]
        assert isinstance(body, forms.ChoiceField)  # noqa: S101 -- declared above
        body.choices = issuers_for(unit)
        body.initial = issuers_for(unit)[-1][0]

    @property
    def new(self) -> NewRound:
        return NewRound(**self.cleaned_data)


class NominationForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Who is proposed"), choices=Honoured.choices, widget=forms.RadioSelect,
        initial=Honoured.COLLECTIVE,
    )  # fmt: skip
    unit = forms.ChoiceField(label=_("Organisation"))
    name = forms.CharField(
        label=_("Full name of the person"), max_length=120, required=False,
        help_text=_("Leave empty for a collective."),
    )  # fmt: skip
    post = forms.CharField(label=_("Post of the person"), max_length=160, required=False)
    reasons = forms.CharField(label=_("Reasons"), max_length=2000, widget=LINES)
    declares = forms.BooleanField(
        label=_("I declare that there was no violation in the period of the round."),
        help_text=_("Kept as said by you at this moment."),
        required=False,
    )

    def __init__(self, data: Any, *, units: Sequence[Unit]) -> None:
        super().__init__(data)
        self._units = {str(unit.pk): unit for unit in units}
        choice = self.fields["unit"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101 -- declared above
        choice.choices = [(key, unit.name) for key, unit in self._units.items()]

    @property
    def candidate(self) -> Candidate:
        said = self.cleaned_data
        return Candidate(
            kind=Honoured(said["kind"]), unit=self._units[said["unit"]], reasons=said["reasons"],
            name=said["name"], post=said["post"],
        )  # fmt: skip
