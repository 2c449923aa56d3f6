"""What the pages of the handbook ask of their readers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nennep.library.choices import TermUnit
from nennep.library.rules.terms import LONGEST
from nennep.ui.form_fields import day_field


class StartForm(forms.Form):
    """From which day a term of an entry is counted; `term` is its place among the facts."""

    start = day_field(_("From which day"))
    term = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class TermForm(forms.Form):
    """Any term: so many days, working days, months or years after a day, or before it."""

    start = day_field(_("From which day"))
    number = forms.IntegerField(label=_("How many"), min_value=1)
    unit = forms.ChoiceField(label=_("Counted in"), choices=TermUnit.choices)
    before = forms.BooleanField(label=_("Count back from this day"), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        longest = LONGEST.get(given.get("unit", ""), 0)
        if given.get("number") and given["number"] > longest:
            self.add_error(
                "number", _("At most %(number)s can be counted here.") % {"number": longest}
            )
        return given
