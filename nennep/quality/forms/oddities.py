"""A cell's words on what deserved a second look."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ExplainOddityForm(forms.Form):
    explanation = forms.CharField(
        label=_("How it came about"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("A few words, without members' names."),
    )
