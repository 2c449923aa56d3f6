"""A cell's own rating of a year, and the levels that a decision gives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nennep.core.text import tidy
from nennep.recognition.actions import Decision, SelfRating
from nennep.recognition.choices import Level
from nennep.recognition.models import Rating
from nennep.recognition.queries.ratings import RatedUnit
from nennep.ui.form_fields import count_field, day_field

REASON_AT_MOST = 300


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
    """The decision, and of each organisation a level and why it differs from its own.

    What is said of each is read from what was sent: a field for each of five hundred would make the
    page slow to open.
    """

    decision = forms.CharField(label=_("Number and symbol of the decision"), max_length=100)
    on = day_field(_("Day of the decision"))

    def __init__(self, data: Any, *, rows: Sequence[RatedUnit]) -> None:
        super().__init__(data)
        self.rows = rows
        if self.is_proposal:
            self.fields["decision"].required = self.fields["on"].required = False

    @property
    def is_proposal(self) -> bool:
        """What is verified needs no decision yet."""
        return self.data.get("do") == "verify"

    @property
    def lines(self) -> list[tuple[RatedUnit, str, str]]:
        """Of each organisation its level and reason: as sent, else what is suggested."""
        return [(row, self._level(row), self._reason(row)) for row in self.rows]

    @property
    def levels(self) -> dict[int, Level]:
        return {row.unit.pk: Level(level) for row, level, _reason in self.lines if level}

    @property
    def reasons(self) -> dict[int, str]:
        return {row.unit.pk: reason for row, _level, reason in self.lines if reason}

    @property
    def decided(self) -> Decision:
        return Decision(self.cleaned_data["decision"], self.cleaned_data["on"])

    def clean(self) -> dict[str, Any]:
        for row, level, reason in self.lines:
            if level and level not in Level.values:
                self._refuse(row, gettext("this level does not exist."))
            if len(reason) > REASON_AT_MOST:
                self._refuse(
                    row,
                    gettext("shorten the reason to %(most)s characters.")
                    % {"most": REASON_AT_MOST},
                )
        return self.cleaned_data

    def _refuse(self, row: RatedUnit, said: str) -> None:
        self.add_error(None, f"{row.unit.name}: {said}")

    def _level(self, row: RatedUnit) -> str:
        return str(self.data.get(f"level_{row.unit.pk}", "")) if self.is_bound else row.suggested

    def _reason(self, row: RatedUnit) -> str:
        if self.is_bound:
            return tidy(str(self.data.get(f"reason_{row.unit.pk}", "")))
        return row.rating.reason if row.rating else ""


class StrengtheningForm(forms.Form):
    what = forms.CharField(
        label=_("What is done for it"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
