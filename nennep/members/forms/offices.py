"""Input about posts and the accounts that go with them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nennep.accounts.choices import Role
from nennep.members.choices import OFFICE_ROLES, OfficeState
from nennep.ui.form_fields import day_field

LONGEST_CALL = 120


class OfficesForm(forms.Form):
    """Everything is optional and lives in the address."""

    role = forms.ChoiceField(label=_("Post"), required=False)
    state = forms.ChoiceField(label=_("Account"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [(role.value, Role(role).label) for role in OFFICE_ROLES]
        for name, choices in (("role", roles), ("state", OfficeState.choices)):
            self.fields[name].choices = [("", _("all")), *choices]  # type: ignore[attr-defined]  # a ChoiceField


class RenewsForm(forms.Form):
    """Lives in the address, so that the list shows what it asks for."""

    renews = forms.BooleanField(
        label=_("Also a new slip for those who have an account and never signed in"),
        required=False,
        help_text=_("The first password on their old slip then no longer works."),
    )


class OpenAccountsForm(forms.Form):
    call = forms.CharField(
        label=_("Whom people may call"),
        max_length=LONGEST_CALL,
        help_text=_("Printed on every slip: a name or an office, and a telephone number."),
    )
    valid_to = day_field(
        _("Last day of the role"), required=False, help_text=_("Empty: until it is withdrawn.")
    )
