"""What the body made of each nomination, and its decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nennep.core import clock
from nennep.recognition.actions.commending import NewDecision, Verdict
from nennep.recognition.models import Nomination
from nennep.ui.form_fields import count_field, day_field


class VerdictsForm(forms.Form):
    """An award for each that is chosen; where no rule names the forms of award, it is typed."""

    on = day_field(_("Considered on"))
    votes_cast = count_field(_("Votes cast"), required=True)

    def __init__(
        self, data: Any, *, nominations: Sequence[Nomination], awards: Sequence[str]
    ) -> None:
        super().__init__(data, initial={"on": clock.today()})
        self.nominations = nominations
        offered = [("", _("not commended")), *((award, award) for award in awards)]
        for each in nominations:
            award = (
                forms.ChoiceField(choices=offered, required=False)
                if awards
                else forms.CharField(max_length=60, required=False)
            )
            award.label, award.initial = _("Form of award"), each.award
            self.fields[f"award_{each.pk}"] = award
            votes = count_field(_("Votes for it"), required=True)
            votes.initial = each.votes_for
            self.fields[f"votes_{each.pk}"] = votes

    @property
    def lines(self) -> list[tuple[Nomination, Any, Any]]:
        return [
            (each, self[f"award_{each.pk}"], self[f"votes_{each.pk}"]) for each in self.nominations
        ]

    @property
    def verdicts(self) -> dict[int, Verdict]:
        said = self.cleaned_data
        return {
            each.pk: Verdict(said[f"award_{each.pk}"], said[f"votes_{each.pk}"])
            for each in self.nominations
        }


class DecisionForm(forms.Form):
    on = day_field(_("Day of the decision"))
    symbol = forms.CharField(
        label=_("Number and symbol"), max_length=60, required=False,
        help_text=_("Only where it was numbered on paper; left empty, it takes the next number."),
    )  # fmt: skip
    signer = forms.CharField(label=_("Signed by"), max_length=120, required=False)
    signer_post = forms.CharField(label=_("Post of the signer"), max_length=120, required=False)

    @property
    def decision(self) -> NewDecision:
        return NewDecision(**self.cleaned_data)
