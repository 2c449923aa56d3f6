"""Input for an office's own form of a class table."""

from django import forms
from django.utils.translation import gettext_lazy as _

from nennep.core.sheets.filling import FORM
from nennep.core.sheets.limits import MIB
from nennep.quality.choices import FormKind


class KeepFormForm(forms.Form):
    file = forms.FileField(
        label=_("Your form (Excel)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        help_text=_("An empty form as your office uses it, .xlsx, %(size)s MB at most.")
        % {"size": FORM.file_bytes // MIB},
    )
    kind = forms.ChoiceField(label=_("Which table it shows"), choices=FormKind.choices)
    name = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=200,
        help_text=_("As people here call it. Empty: the name of the file."),
    )
