"""Input about accounts and roles. Who may give what is for the actions."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nennep.accounts import rules
from nennep.accounts.choices import GrantState, Role
from nennep.accounts.models import User
from nennep.core import clock
from nennep.organisation.models import Unit
from nennep.ui.form_fields import day_field


class RoleForm(forms.Form):
    """A role at one unit; which roles can be chosen depends on the unit."""

    role = forms.ChoiceField(label=_("Role"))
    valid_from = day_field(_("From"))
    valid_to = day_field(
        _("Last day"), required=False, help_text=_("Empty: until it is withdrawn.")
    )
    reads_content = forms.BooleanField(
        label=_("May read minutes and names of the cells below"),
        required=False,
        help_text=_("Without it the person sees figures only. Every look is recorded."),
    )

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [
            (role.value, role.label)
            for role in Role
            if rules.fits(role, is_cell=unit.is_cell) and not rules.names_one_record(role)
        ]
        self.fields["role"].choices = offered  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["valid_from"].initial = clock.today
        if unit.is_cell:
            del self.fields["reads_content"]


class GrantForm(RoleForm):
    username = forms.CharField(
        label=_("User name"), help_text=_("The user name of an account that exists.")
    )
    field_order = ["username", "role", "valid_from", "valid_to", "reads_content"]

    def clean_username(self) -> User:
        name = str(self.cleaned_data["username"]).strip().lower()
        user = User.objects.filter(username=name, is_active=True, is_machine=False).first()
        if user is None:
            raise forms.ValidationError(
                gettext("There is no account “%(name)s”. Make a new one instead.") % {"name": name}
            )
        return user


class BackForm(forms.Form):
    """The page of roles that a button was pressed on: the code of its unit."""

    under = forms.CharField(required=False)


class NewAccountForm(RoleForm):
    display_name = forms.CharField(label=_("Full name"), max_length=200)
    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        help_text=_("Letters without accents, digits, dots or hyphens, for example nguyen.van.an."),
    )
    field_order = ["display_name", "username", "role", "valid_from", "valid_to", "reads_content"]


class GrantFilterForm(forms.Form):
    q = forms.CharField(label=_("Person or organisation"), required=False)
    role = forms.ChoiceField(label=_("Role"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = rules.limits().ending_soon.days
        soon = gettext("ending within %(days)d days") % {"days": days}
        states = [(s.value, soon if s is GrantState.ENDING else s.label) for s in GrantState]
        for name, choices in (("role", Role.choices), ("state", states)):
            self.fields[name].choices = [("", _("all")), *choices]  # type: ignore[attr-defined]  # a ChoiceField


class ProlongForm(forms.Form):
    """A later last day, for the rows that are ticked or for everything the filter shows."""

    valid_to = day_field(_("New last day"))
    all_found = forms.BooleanField(label=_("All that the filter shows"), required=False)


class TrailFilterForm(forms.Form):
    """Everything is optional and lives in the address."""

    who = forms.CharField(label=_("Person"), required=False)
    first = day_field(_("From"), required=False)
    last = day_field(_("To"), required=False)
    looks = forms.BooleanField(label=_("Only looks at content"), required=False)
