"""What pages ask about a document that is to be made known."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nennep.core import clock
from nennep.organisation.models import Unit
from nennep.training.actions import NewDissemination, Reached
from nennep.training.choices import ReachForm
from nennep.training.models import Receipt
from nennep.ui.form_fields import count_field, day_field


class DisseminationForm(forms.Form):
    title = forms.CharField(label=_("What is to be made known"), max_length=300)
    symbol = forms.CharField(
        label=_("Number and symbol"),
        max_length=40,
        required=False,
        help_text=_("Minutes that name it count by themselves."),
    )
    form = forms.ChoiceField(label=_("In what form"), choices=ReachForm.choices)
    begins_on = day_field(_("From"))
    due_on = day_field(_("Until when"))
    is_on_agendas = forms.BooleanField(
        label=_("Put it on the agendas of the cells of these months"), required=False
    )
    under = forms.ModelMultipleChoiceField(
        Unit.objects.none(),
        label=_("Only these organisations directly below"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any, *, unit: Unit) -> None:
        super().__init__(data, initial={"begins_on": clock.today(), "form": ReachForm.REGULAR})
        self.fields["under"].queryset = Unit.objects.filter(parent=unit).living()  # type: ignore[attr-defined]  # a choice of rows

    @property
    def new(self) -> NewDissemination:
        given = self.cleaned_data
        return NewDissemination(
            title=given["title"],
            symbol=given["symbol"],
            form=given["form"],
            begins_on=given["begins_on"],
            due_on=given["due_on"],
            under=list(given["under"]),
            is_on_agendas=given["is_on_agendas"],
        )


class ReachedForm(forms.Form):
    """A number of members for each cell of the page; an empty line: not yet."""

    on = day_field(_("Done on"))
    form = forms.ChoiceField(label=_("In what form"), choices=ReachForm.choices)

    def __init__(self, data: Any, *, receipts: Sequence[Receipt], form: str) -> None:
        super().__init__(data, initial={"on": clock.today(), "form": form})
        self.receipts = receipts
        for receipt in receipts:
            self.fields[f"members_{receipt.pk}"] = count_field(receipt.unit.name)

    @property
    def lines(self) -> list[tuple[Receipt, Any]]:
        return [(receipt, self[f"members_{receipt.pk}"]) for receipt in self.receipts]

    @property
    def reached(self) -> Reached:
        given = self.cleaned_data
        members = {
            receipt.pk: given[f"members_{receipt.pk}"]
            for receipt in self.receipts
            if given[f"members_{receipt.pk}"] is not None
        }
        return Reached(given["on"], given["form"], members)
