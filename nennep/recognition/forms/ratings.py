"""A cell's own rating of a year, and the levels that a decision gives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _

from nennep.recognition.actions import Decision, SelfRating
from nennep.recognition.choices import Level
from nennep.recognition.models import Rating
from nennep.recognition.queries.ratings import RatedUnit
from nennep.ui.form_fields import count_field, day_field

NO_LEVEL = [("", "–")]


class SelfForm(forms.Form):
    """Points in two parts where a rule divides them: what is common to all, and the year's tasks."""

    level = forms.ChoiceField(label=_("Level"), choices=Level.choices, widget=forms.RadioSelect)
    points = count_field(_("Points, of 100"))
    common = count_field(_("Points for what is common to all"))
    results = count_field(_("Points for the results of tasks"))
    votes_for = count_field(_("Voted for this level"))
    votes_cast = count_field(_("Voted in all"))

    def __init__(self, data: Any, *, own: Rating | None, common_at_most: int | None) -> None:
        super().__init__(data, initial=_told(own) if own else {})
        if common_at_most is None:
            del self.fields["common"], self.fields["results"]
            return
        del self.fields["points"]
        for name, most in (("common", common_at_most), ("results", 100 - common_at_most)):
            self.fields[name].label = f"{self.fields[name].label} (0–{most})"
            self.fields[name].validators.append(MaxValueValidator(most))

    @property
    def rating(self) -> SelfRating:
        said = self.cleaned_data
        common, results = said.get("common"), said.get("results")
        parts = [part for part in (common, results) if part is not None]
        points = said.get("points", sum(parts) if parts else None)
        level = Level(said["level"])
        return SelfRating(level, points, said["votes_for"], said["votes_cast"], common)


def _told(own: Rating) -> dict[str, Any]:
    results = None if own.self_points is None else own.self_points - (own.self_common or 0)
    return {
        "level": own.self_level,
        "points": own.self_points,
        "common": own.self_common,
        "results": results,
        "votes_for": own.votes_for,
        "votes_cast": own.votes_cast,
    }


class LevelsForm(forms.Form):
    """One level for each organisation, the decision, and why a level differs from its own."""

    decision = forms.CharField(label=_("Number and symbol of the decision"), max_length=100)
    on = day_field(_("Day of the decision"))

    def __init__(self, data: Any, *, rows: Sequence[RatedUnit], asks_reasons: bool) -> None:
        super().__init__(data)
        if self.is_proposal:
            self.fields["decision"].required = self.fields["on"].required = False
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
    def is_proposal(self) -> bool:
        """What is verified needs no decision yet."""
        return self.data.get("do") == "verify"

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
