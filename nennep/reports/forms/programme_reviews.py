"""What the review of a programme is of, until when others answer, and what they answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nennep.core import clock
from nennep.indicators.choices import Structure
from nennep.organisation.models import Unit
from nennep.programmes.models import Programme
from nennep.programmes.queries.finding import binding_at
from nennep.reports.actions import Terms
from nennep.reports.choices import ContributionKind, ReviewKind
from nennep.reports.models import Contribution, Contributor, ProgrammeReview
from nennep.ui.form_fields import day_field

ROWS_OF_A_KIND = 4


class TermsForm(forms.Form):
    programme = forms.ModelChoiceField(
        Programme.objects.none(), label=_("Programme"), empty_label=None
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=ReviewKind.choices)
    stated = forms.CharField(
        label=_("Period as it is called"),
        max_length=60,
        required=False,
    )
    first_day = day_field(_("First day"))
    last_day = day_field(_("Last day"))
    held_on = day_field(_("Day of the conference"), required=False)
    structure = forms.ChoiceField(label=_("Structure"), choices=Structure.choices)

    def __init__(self, data: Any, *, unit: Unit, review: ProgrammeReview | None = None) -> None:
        offered = binding_at(unit, Programme.objects.select_related("basis", "unit"))
        programmes = sorted(offered, key=lambda each: (-each.unit.depth, each.pk))
        super().__init__(data, initial=_first(programmes, review))
        rows: Any = self.fields["programme"]
        rows.queryset = offered
        rows.choices = [(each.pk, f"{each.symbol}: {each.basis.title}") for each in programmes]

    @property
    def terms(self) -> Terms:
        said = self.cleaned_data
        return Terms(
            programme=said["programme"],
            kind=ReviewKind(said["kind"]),
            first_day=said["first_day"],
            last_day=said["last_day"],
            stated=said["stated"],
            structure=Structure(said["structure"]),
            held_on=said["held_on"],
        )


def _first(programmes: Sequence[Programme], review: ProgrammeReview | None) -> dict[str, Any]:
    """What the form begins with: what was said, else the nearest programme until today."""
    if review is not None:
        names = ("kind", "stated", "first_day", "last_day", "structure", "held_on")
        return {name: getattr(review, name) for name in names} | {"programme": review.programme_id}
    nearest = programmes[0] if programmes else None
    begun = [day for each in (nearest, nearest and nearest.carries_out) if each
             if (day := each.begins_on)]  # fmt: skip
    return {
        "programme": nearest and nearest.pk,
        "kind": ReviewKind.MIDWAY,
        "first_day": begun[0] if begun else None,
        "last_day": clock.today(),
        "structure": Structure.THEN,
    }


class AskForm(forms.Form):
    due_on = day_field(
        _("Answers by"),
        help_text=_("Everybody directly below is asked; a late answer is taken too."),
    )


class ContributionForm(forms.Form):
    """A field for each kind, a line for each thing that is said."""

    def __init__(self, data: Any, *, contributor: Contributor) -> None:
        super().__init__(data)
        given = list(contributor.lines.order_by("pk")) if contributor.answered_at else []
        for kind in ContributionKind:
            told = "\n".join(line.text for line in given if line.kind == kind)
            self.fields[kind.value] = forms.CharField(
                label=kind.label,
                required=False,
                initial=told,
                widget=forms.Textarea(attrs={"rows": ROWS_OF_A_KIND}),
            )

    @property
    def lines(self) -> dict[ContributionKind, list[str]]:
        return {kind: self.cleaned_data[kind.value].splitlines() for kind in ContributionKind}


class ChooseForm(forms.Form):
    """Which lines go into the report."""

    lines = forms.ModelMultipleChoiceField(Contribution.objects.none(), required=False)

    def __init__(self, data: Any, *, review: ProgrammeReview) -> None:
        super().__init__(data)
        rows: Any = self.fields["lines"]
        rows.queryset = Contribution.objects.filter(contributor__review=review)

    @property
    def chosen(self) -> list[int]:
        return [line.pk for line in self.cleaned_data["lines"]]
