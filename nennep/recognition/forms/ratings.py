"""A cell's own rating of a year, and the levels that a decision gives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nennep.recognition.actions import Decision, SelfRating
from nennep.recognition.choices import Level
from nennep.recognition.queries.ratings import RatedUnit
from nennep.ui.form_fields import count_field, day_field

NO_LEVEL = [("", "–")]


class SelfForm(forms.Form):
    level = forms.ChoiceField(label=_("Level"), choices=Level.choices, widget=forms.RadioSelect)
    points = count_field(_("Points, of 100"))
    votes_for = count_field(_("Voted for this level"))
    votes_cast = count_field(_("Voted in all"))

    @property
    def rating(self) -> SelfRating:
        said = self.cleaned_data
        return SelfRating(
            Level(said["level"]), said["points"], said["votes_for"], said["votes_cast"]
        )


class LevelsForm(forms.Form):
    """One level for each organisation, the decision, and why a level differs from its own."""

    decision = forms.CharField(label=_("Number and symbol of the decision"), max_length=100)
    on = day_field(_("Day of the decision"))

    def __init__(self, data: Any, *, rows: Sequence[RatedUnit], asks_reasons: bool) -> None:
        super().__init__(data)
        for row in rows:
            self.fields[f"level_{row.unit.pk}"] = forms.ChoiceField(
                label=row.unit.name,
                choices=NO_LEVEL + list(Level.choices),
                required=False,
                initial=row.suggested,
            )
            if asks_reasons:
                self.fields[f"reason_{row.unit.pk}"] = forms.CharField(
                    label=_("Why it differs"), required=False, max_length=300,
                    initial=row.rating.reason if row.rating else "",
                )  # fmt: skip

    @property
    def levels(self) -> dict[int, Level]:
        return {unit: Level(level) for unit, level in self._said("level_").items()}

    @property
    def reasons(self) -> dict[int, str]:
        return self._said("reason_")

    @property
    def decided(self) -> Decision:
        return Decision(self.cleaned_data["decision"], self.cleaned_data["on"])

    def _said(self, prefix: str) -> dict[int, str]:
        return {
            int(name.removeprefix(prefix)): value
            for name, value in self.cleaned_data.items()
            if name.startswith(prefix) and value
        }


class StrengtheningForm(forms.Form):
    what = forms.CharField(
        label=_("What is done for it"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
