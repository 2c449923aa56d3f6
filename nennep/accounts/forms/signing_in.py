"""Input of people about their own way in."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def password_field(label: "StrOrPromise", autocomplete: str, **more: Any) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, strip=False, widget=widget, **more)


class SignInForm(forms.Form):
    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = password_field(_("Password"), "current-password")


class OwnPasswordForm(forms.Form):
    old = password_field(_("Present password"), "current-password")
    new = password_field(
        _("New password"),
        "new-password",
        help_text=_("At least 10 characters; a sentence you remember is best."),
    )
    again = password_field(_("New password once more"), "new-password")

    def __init__(self, *args: Any, is_first: bool, **kwargs: Any) -> None:
        """Whose password was chosen by somebody else typed it to come here: it is not asked twice."""
        super().__init__(*args, **kwargs)
        if is_first:
            del self.fields["old"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("new") and given.get("again") and given["new"] != given["again"]:
            self.add_error("again", gettext("The two new passwords differ. Type them again."))
        return given


class SecondStepForm(forms.Form):
    """A code that was typed, or the browser's answer about a passkey."""

    code = forms.CharField(
        label=_("Code"),
        required=False,
        max_length=20,
        help_text=_("The six digits your telephone shows now, or one of your recovery codes."),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
    )
    passkey = forms.JSONField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("code") and not given.get("passkey") and not self.errors:
            self.add_error("code", gettext("Type the code."))
        return given


class OwnerForm(forms.Form):
    """What changes the guard of an account asks for its password, unless it was typed just now."""

    password = password_field(_("Present password"), "current-password")

    def __init__(self, *args: Any, is_fresh: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_fresh:
            del self.fields["password"]


class TelephoneForm(OwnerForm):
    code = forms.CharField(
        label=_("The six digits your telephone shows"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
    field_order = ["code", "password"]


class PasskeyForm(OwnerForm):
    name = forms.CharField(
        label=_("What you call this device"),
        max_length=60,
        required=False,
        help_text=_("For example: my telephone."),
    )
    passkey = forms.JSONField(required=False, widget=forms.HiddenInput)
    field_order = ["name", "password"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("passkey") and not self.errors:
            self.add_error(None, gettext("The browser made no passkey. Try again."))
        return given
