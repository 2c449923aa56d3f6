"""Input about a programme: what it is, what it asks, who takes it up, when it ends."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from nennep.core import clock
from nennep.indicators.rules.catalogue import CATALOGUE
from nennep.programmes.actions import NewBasis, NewTarget
from nennep.programmes.choices import Bound, ProgrammeKind
from nennep.programmes.models import Programme
from nennep.programmes.rules import Aim
from nennep.ui.form_fields import day_field

HUNDRED = 100


class ProgrammeForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=ProgrammeKind.choices)
    symbol = forms.CharField(label=_("Number and symbol"), max_length=60)
    issuer = forms.CharField(label=_("Issued by"), max_length=200)
    title = forms.CharField(
        label=pgettext_lazy("document", "Title"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    issued_on = day_field(_("Issued on"), required=False)
    carries_out = forms.ModelChoiceField(
        Programme.objects.none(),
        label=_("Carries out"),
        required=False,
        empty_label=_("no higher programme"),
    )
    content = forms.CharField(
        label=_("What it sets out to do"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, data: Any, *, higher: Any) -> None:
        super().__init__(data)
        self.fields["carries_out"].queryset = higher  # type: ignore[attr-defined]

    @property
    def basis(self) -> NewBasis:
        said = self.cleaned_data
        return NewBasis(said["symbol"], said["issuer"], said["title"], said["issued_on"])


class TargetForm(forms.Form):
    indicator = forms.ChoiceField(label=_("Indicator"))
    bound = forms.ChoiceField(label=_("Bound"), choices=Bound.choices, initial=Bound.AT_LEAST)
    percent = forms.DecimalField(
        label=_("Threshold, %"), min_value=0, max_value=HUNDRED, decimal_places=2, localize=True
    )
    wording = forms.CharField(
        label=_("As the programme says it"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    since = day_field(_("Holds from"))
    due_on = day_field(_("To be reached by"), required=False)
    looser_because = forms.CharField(
        label=_("Why it asks less"),
        max_length=300,
        required=False,
        help_text=_("Only where it asks less than the programme above it."),
    )

    def __init__(self, data: Any, *, programme: Programme) -> None:
        super().__init__(data, initial={"since": programme.begins_on or clock.today()})
        shares = [each for each in CATALOGUE if each.is_share]
        self.fields["indicator"].choices = [  # type: ignore[attr-defined]
            (each.code, gettext(each.name)) for each in shares
        ]

    @property
    def target(self) -> NewTarget:
        said = self.cleaned_data
        return NewTarget(
            indicator=said["indicator"],
            aim=Aim(said["bound"], Fraction(said["percent"]) / HUNDRED),
            wording=said["wording"],
            since=said["since"],
            due_on=said["due_on"],
            looser_because=said["looser_because"],
        )


class AdoptionForm(forms.Form):
    document = forms.CharField(
        label=_("By the document"),
        max_length=200,
        help_text=_("Kind, number and symbol: a plan, a resolution, an action programme."),
    )
    on = day_field(_("Since"))


class TakeBackForm(forms.Form):
    reason = forms.CharField(label=_("Why it is taken back"), max_length=300)


class EndForm(forms.Form):
    on = day_field(_("Last day"))
    reason = forms.CharField(label=_("Why it ends"), max_length=300)
