"""The grid on which the e-handbook is counted: a line for each cell."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nennep.core import clock
from nennep.training.actions import CellCount
from nennep.training.choices import Reason
from nennep.training.queries.adoption import GridRow
from nennep.ui.form_fields import count_field, day_field

PARTS = ("installed", "signed_in", "installed_exempt")


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("File taken out of the e-handbook"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=_(
            "An Excel file (.xlsx) or a CSV file, a line for each cell or for each member. How the"
            " e-handbook writes it is not known to us: columns are recognised by their headings."
        ),
    )


class GridForm(forms.Form):
    """A cell whose first number is left empty is not counted."""

    on = day_field(_("Counted on"))

    def __init__(
        self,
        data: Any,
        *,
        rows: Sequence[GridRow],
        found: Mapping[int, Mapping[str, int]] | None = None,
    ) -> None:
        super().__init__(data, initial={"on": clock.today()})
        self.rows = rows
        for row in rows:
            filled = (found or {}).get(row.cell.pk, {})
            for part in PARTS:
                last = getattr(row.last, part, None)
                field = count_field(f"{row.cell.name}")
                field.initial = filled.get(part, last)
                self.fields[f"{part}_{row.cell.pk}"] = field
            for reason in Reason:
                field = count_field(reason.label)
                field.initial = row.last.reasons.get(reason) if row.last else None
                self.fields[f"{reason}_{row.cell.pk}"] = field

    @property
    def lines(self) -> list[tuple[GridRow, list[Any], list[Any]]]:
        """Each cell with its three numbers, and with its reasons."""
        return [
            (
                row,
                [self[f"{part}_{row.cell.pk}"] for part in PARTS],
                [self[f"{reason}_{row.cell.pk}"] for reason in Reason],
            )
            for row in self.rows
        ]

    @property
    def counts(self) -> list[CellCount]:
        given = self.cleaned_data
        return [
            CellCount(
                row.cell,
                **{part: given[f"{part}_{row.cell.pk}"] or 0 for part in PARTS},
                reasons={r.value: given[f"{r}_{row.cell.pk}"] or 0 for r in Reason},
            )
            for row in self.rows
            if given[f"installed_{row.cell.pk}"] is not None
        ]
