"""Step 5: the signed pages and corrections."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CopyForm(forms.Form):
    """A photo or a PDF of the signed pages, with the person's word that it is not secret."""

    file = forms.FileField(
        label=_("Photo or PDF of the signed pages"),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
    )
    is_not_secret = forms.BooleanField(label=_("I declare that the file holds no state secret"))


class AddendumForm(forms.Form):
    text = forms.CharField(label=_("Correction"), widget=forms.Textarea(attrs={"rows": 3}))
