"""What an office notes of a call."""

from django import forms
from django.utils.translation import gettext_lazy as _

from nennep.ui.form_fields import MonthField


class CallForm(forms.Form):
    """Which cell and month, and what was said today."""

    cell = forms.CharField(widget=forms.HiddenInput)
    month = MonthField(widget=forms.HiddenInput)
    said = forms.CharField(label=_("What was said"), max_length=300)
