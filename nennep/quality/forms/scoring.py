"""Input of a score: points over what the facts propose, reasons, the vote, the remedies."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from nennep.members.models import Member
from nennep.quality.choices import MeetingClass, Origin
from nennep.quality.queries.filled import Filled
from nennep.quality.queries.words import facts_told, points_words, verdict_words
from nennep.quality.rules.scoring import Given, Line
from nennep.ui.form_fields import count_field

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from nennep.quality.rules.sheets import Criterion

MET = [
    ("", "–"),
    ("yes", pgettext_lazy("a criterion", "met")),
    ("no", pgettext_lazy("a criterion", "not met")),
]


NOTHING = Fraction(0)


class PointsField(forms.CharField):
    """Points as people write them: 4, 4,5 or 4.5."""

    def clean(self, value: Any) -> Fraction | None:
        text = super().clean(value).replace(",", ".").strip()
        if not text:
            return None
        try:
            points = Fraction(text)
        except (ValueError, ZeroDivisionError) as error:
            raise ValidationError(gettext("Write a number of points, such as 4 or 4,5.")) from error
        if points * 100 != int(points * 100):
            raise ValidationError(gettext("Write at most two digits after the comma."))
        return points


@dataclass(frozen=True)
class Row:
    """One criterion on the page: what the facts say of it, and the fields to answer in."""

    criterion: Criterion
    line: Line | None = None  # as the facts stand now
    shown: Line | None = None  # as it was agreed, where it was
    told: str = ""
    verdict: str = ""
    value: forms.BoundField | None = None
    reason: forms.BoundField | None = None
    most: str = ""

    @property
    def is_by_fact(self) -> bool:
        return self.line is not None and self.line.proposal.is_made and bool(self.line.is_set)

    @property
    def is_asked(self) -> bool:
        return self.line is not None and self.line.is_asked

    @property
    def has_error(self) -> bool:
        return any(bound is not None and bound.errors for bound in (self.value, self.reason))


class ScoreForm(forms.Form):
    """The whole sheet. Fields of a criterion are named by its code."""

    fill = forms.BooleanField(label=_("Full points for what is left empty"), required=False)
    remedies = forms.CharField(
        label=_("Weak criteria and remedies"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    scorer = forms.ModelChoiceField(
        label=_("Who followed the meeting and scored it"),
        queryset=Member.objects.none(),
        required=False,
    )

    def __init__(
        self, data: Any = None, *, filled: Filled, people: QuerySet[Member] | None = None
    ) -> None:
        self.filled = filled
        kept = filled.kept
        initial = {
            "remedies": kept.remedies if kept else "",
            "scorer": kept.scorer if kept else None,
        }
        super().__init__(data, initial=initial)
        if people is None:
            del self.fields["scorer"]
        else:
            self.fields["scorer"].queryset = people  # type: ignore[attr-defined]  # a ModelChoiceField
        if not filled.sheet.has_points:
            del self.fields["fill"]
        for shown, now in zip(filled.shown.lines, filled.now.lines, strict=True):
            if now.is_asked:
                # What a fact decided follows the fact as it stands now; what a person set stays.
                is_of_fact = shown.origin == Origin.FACT and now.is_set
                self._add(now if is_of_fact or not shown.is_asked else shown)

    def _add(self, line: Line) -> None:
        code, has_points = line.criterion.code, self.filled.sheet.has_points
        field = self._points_field(line) if has_points else self._met_field(line)
        self.fields[f"p-{code}"] = field
        self.fields[f"r-{code}"] = forms.CharField(
            label=_("Why it differs from the fact"),
            max_length=300,
            required=False,
            initial=line.reason,
        )

    def _points_field(self, line: Line) -> PointsField:
        attributes = {"inputmode": "decimal", "autocomplete": "off", "class": "points"}
        return PointsField(
            label=_("Points"),
            required=False,
            initial="" if line.points is None else points_words(line.points),
            widget=forms.TextInput(attrs=attributes),
        )

    def _met_field(self, line: Line) -> forms.ChoiceField:
        initial = {True: "yes", False: "no", None: ""}[line.is_met]
        return forms.ChoiceField(label=_("Verdict"), choices=MET, required=False, initial=initial)

    @property
    def rows(self) -> list[Row]:
        """Every line of the sheet in its order, headings among them."""
        shown = {line.criterion.code: line for line in self.filled.shown.lines}
        now = {line.criterion.code: line for line in self.filled.now.lines}
        return [
            self._row(c, now[c.code], shown[c.code]) if c.code in now else self._heading(c)
            for c in self.filled.sheet.criteria
        ]

    def _heading(self, criterion: Criterion) -> Row:
        most = self.filled.sheet.max_below(criterion)
        return Row(criterion, most=points_words(most) if most else "")

    @property
    def open_rows(self) -> list[Row]:
        """What waits for a person, or was set by one where no fact says anything."""
        return [row for row in self.rows if row.is_asked and not row.is_by_fact]

    @property
    def fact_rows(self) -> list[Row]:
        return [row for row in self.rows if row.is_asked and row.is_by_fact]

    @property
    def left_out(self) -> list[Row]:
        return [row for row in self.rows if row.line is not None and not row.is_asked]

    @property
    def fact_points(self) -> Fraction:
        return sum((row.line.points or NOTHING for row in self.fact_rows if row.line), NOTHING)

    @property
    def fact_most(self) -> Fraction:
        return sum((row.line.max for row in self.fact_rows if row.line), NOTHING)

    @property
    def has_fact_error(self) -> bool:
        return any(row.has_error for row in self.fact_rows)

    def _row(self, criterion: Criterion, now: Line, shown: Line) -> Row:
        told = facts_told(criterion, self.filled.facts)
        most = points_words(criterion.max) if criterion.max else ""
        if not now.is_asked:
            return Row(criterion, now, shown, told, most=most)
        value, reason = self[f"p-{criterion.code}"], self[f"r-{criterion.code}"]
        return Row(criterion, now, shown, told, verdict_words(now), value, reason, most)

    @property
    def given(self) -> dict[str, Given]:
        """What a person set. Left empty: full points where that was ticked and no fact says no."""
        lines = [line for line in self.filled.now.lines if line.is_asked]
        return {line.criterion.code: given for line in lines if (given := self._given(line))}

    def _given(self, line: Line) -> Given | None:
        code = line.criterion.code
        value, reason = self.cleaned_data[f"p-{code}"], self.cleaned_data[f"r-{code}"]
        if not self.filled.sheet.has_points:
            return Given(is_met=value == "yes", reason=reason) if value else None
        if value is not None:
            return Given(value, reason=reason)
        is_free = line.proposal.points is None and line.proposal.is_met is not False
        if self.cleaned_data.get("fill") and is_free:
            return Given(line.criterion.max, reason=reason)
        return None


class ClassVoteForm(forms.Form):
    """The vote on the class; everybody present in favour needs no typing."""

    in_favour = count_field(_("In favour"), required=True)
    against = count_field(_("Against"))
    other = count_field(_("Other opinions"))
    klass = forms.ChoiceField(
        label=_("Class that was voted"),
        required=False,
        choices=[("", _("the one the score gives")), *MeetingClass.choices],
    )

    @property
    def given(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if value not in {None, ""}}
