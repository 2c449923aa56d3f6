from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nennep.library.choices import WordKind
from nennep.library.queries.sources import groups
from nennep.ui.form_fields import day_field

LONGEST = 300


class SearchForm(forms.Form):
    """Everything is optional and lives in the address."""

    q = forms.CharField(label=_("What are you looking for?"), required=False, max_length=LONGEST)
    nhom = forms.MultipleChoiceField(
        label=_("Only in"), required=False, widget=forms.CheckboxSelectMultiple
    )
    tu = day_field(_("From"), required=False)
    den = day_field(_("To"), required=False)
    hieu_luc = forms.BooleanField(label=_("Only what is in force today"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(code, kinds[0].label) for code, kinds in groups().items()]
        self.fields["nhom"].choices = offered  # type: ignore[attr-defined]  # a MultipleChoiceField

    @property
    def is_narrowed(self) -> bool:
        asked = getattr(self, "cleaned_data", {})
        return any(asked.get(name) for name in ("nhom", "tu", "den", "hieu_luc"))


class ChangedWordForm(forms.Form):
    """An entry of the list, by its own words, as the button beside it sends them."""

    do = forms.ChoiceField(choices=[(do, do) for do in ("end", "restore")])
    kind = forms.ChoiceField(choices=WordKind.choices)
    said = forms.CharField(max_length=80, required=False, strip=False)
    written = forms.CharField(max_length=120, required=False, strip=False)


class WordForm(forms.Form):
    """An abbreviation, or other words for the same."""

    kind = forms.ChoiceField(label=_("Kind"), choices=WordKind.choices, initial=WordKind.SYNONYM)
    said = forms.CharField(
        label=_("What people type"), max_length=80, help_text=_("For example “họp”, or “SHCB”.")
    )
    written = forms.CharField(
        label=_("What the texts say"), max_length=80, help_text=_("For example “sinh hoạt chi bộ”.")
    )
