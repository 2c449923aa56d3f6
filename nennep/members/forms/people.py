"""Input about members. What may be is for the actions; here it is only read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nennep.core import clock
from nennep.members.choices import Sex, StandingKind
from nennep.organisation.models import PartyGroup, Unit
from nennep.ui.form_fields import day_field

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SUGGESTED_AT_MOST = 200
BIRTH_HINT = _("Where only the year is known, leave the date empty.")


def one_of(label: StrOrPromise, choices: Any, **kwargs: Any) -> forms.ChoiceField:
    """A choice of few: all of them in sight, each a large target."""
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **kwargs)


class GroupField(forms.ModelChoiceField):  # type: ignore[type-arg]  # no generic at run time
    """A party group of the cell; offered only where the cell has any."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            PartyGroup.objects.none(),
            label=_("Party group"),
            required=False,
            empty_label=_("None"),
            **kwargs,
        )


class PersonForm(forms.Form):
    """Who somebody is: nothing but these may be kept."""

    full_name = forms.CharField(
        label=_("Full name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words"}),
    )
    sex = one_of(_("Sex"), Sex.choices)
    birth_date = day_field(_("Birth date"), required=False, help_text=BIRTH_HINT)
    birth_year = forms.IntegerField(
        label=_("Birth year"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": "4"}),
    )


class AdmitForm(PersonForm):
    kind = one_of(_("Standing"), StandingKind.choices)
    on = day_field(_("On this roll from"), initial=clock.today)
    admitted_on = day_field(_("Date of admission to the Party"), required=False)
    recognised_on = day_field(
        _("Date of recognition as official member"),
        required=False,
        help_text=_("Only for official members."),
    )
    party_group = GroupField()
    is_working = forms.BooleanField(label=_("Working (not retired)"), required=False)
    is_another = forms.BooleanField(
        label=_("This is another person"), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = PartyGroup.objects.filter(unit=unit).on(clock.today())
        self.fields["party_group"].queryset = groups  # type: ignore[attr-defined]  # a ModelChoiceField
        if not groups:
            del self.fields["party_group"]

    def ask_whether_another(self) -> None:
        """The same name and birth date were found: the person has to say that these are two."""
        self.fields["is_another"].widget = forms.CheckboxInput()
        self.add_error("is_another", gettext("Tick this if it really is another person."))

    def admitted(self) -> dict[str, Any]:
        """What the action is given."""
        return {name: value for name, value in self.cleaned_data.items() if name != "is_another"}


class GuestForm(PersonForm):
    valid_from = day_field(_("Here from"), initial=clock.today)
    valid_to = day_field(_("Last day here"))


class FiguresForm(forms.Form):
    """The strength of a unit of the police or the army."""

    NUMBERS: ClassVar[tuple[str, ...]] = ("official", "probationary", "exempt")

    official = forms.IntegerField(label=_("Official members"), min_value=0, max_value=9999)
    probationary = forms.IntegerField(label=_("Probationary members"), min_value=0, max_value=9999)
    exempt = forms.IntegerField(label=_("Of these, exempt"), min_value=0, max_value=9999, initial=0)
    on = day_field(_("From"), initial=clock.today)


class DayForm(forms.Form):
    """The day a page is asked for, in the address."""

    ngay = day_field(_("Day"))


class SearchForm(forms.Form):
    q = forms.CharField(
        label=_("Name"),
        max_length=100,
        help_text=_(
            "With or without accents; part of the name is enough. Where you manage members, a whole"
            " card number finds its holder."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "type": "search"}),
    )
