"""Input about organisations. What may be is for the actions; here it is only read."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nennep.core import clock
from nennep.organisation.choices import Block, BodyKind, UnitKind
from nennep.organisation.models import UnitQuerySet
from nennep.ui.form_fields import NamedRowField, day_field

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SUGGESTED_AT_MOST = 200


class DatedForm(forms.Form):
    """A change that begins on a day: today, if nobody says otherwise."""

    on = day_field(_("From"), help_text=_("The first day on which it is so."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = clock.today


class NewUnitForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        help_text=_(
            "Short, in capital letters without accents, for example CB-DONG-1. It is never used again."
        ),
    )
    kind = forms.ChoiceField(label=_("Kind of organisation"))
    block = forms.ChoiceField(label=_("Block"), required=False)
    founded_on = day_field(_("Founded on"))
    national_code = forms.CharField(
        label=_("National code"),
        required=False,
        help_text=_("14 digits, with or without dots."),
    )

    def __init__(self, *args: Any, kinds: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(k, UnitKind(k).label) for k in kinds]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["block"].choices = _blocks()  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["founded_on"].initial = clock.today

    def clean_code(self) -> str:
        return str(self.cleaned_data["code"]).strip().upper()


class RenameForm(DatedForm):
    name = forms.CharField(label=_("New name"), max_length=200)
    field_order = ["name", "on"]


class KindForm(DatedForm):
    kind = forms.ChoiceField(label=_("New kind"), choices=UnitKind.choices)
    field_order = ["kind", "on"]


class BlockForm(DatedForm):
    block = forms.ChoiceField(label=_("New block"), required=False)
    field_order = ["block", "on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["block"].choices = _blocks()  # type: ignore[attr-defined]  # a ChoiceField


class MoveForm(DatedForm):
    parent = NamedRowField(
        label=_("New organisation above"), help_text=_("Type its code or choose from the list.")
    )
    field_order = ["parent", "on"]

    def __init__(self, *args: Any, parents: UnitQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].offer(parents)  # type: ignore[attr-defined]  # a NamedRowField


class CloseForm(forms.Form):
    last_day = day_field(_("Last day"), help_text=_("Up to and including this day it exists."))
    successor = NamedRowField(
        label=_("Goes on as"),
        required=False,
        help_text=_(
            "The organisation that carries on its work, if there is one: its code or name."
        ),
    )

    def __init__(self, *args: Any, successors: UnitQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_day"].initial = clock.today
        self.fields["successor"].offer(successors)  # type: ignore[attr-defined]  # a NamedRowField


class NationalCodeForm(forms.Form):
    national_code = forms.CharField(
        label=_("National code"),
        required=False,
        help_text=_("14 digits, with or without dots. Empty: none is known."),
    )


class TermForm(forms.Form):
    kind = forms.ChoiceField(label=_("Committee"))
    label = forms.CharField(
        label=_("Term"), max_length=40, help_text=_("As people call it, for example 2022–2025.")
    )
    starts_on = day_field(_("First day"))
    ends_on = day_field(
        _("Last day"), required=False, help_text=_("Empty: it runs until the next one begins.")
    )

    def __init__(self, *args: Any, kinds: list[BodyKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(k.value, k.label) for k in kinds]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["starts_on"].initial = clock.today


class EndForm(forms.Form):
    last_day = day_field(_("Last day"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_day"].initial = clock.today


class PartyGroupForm(DatedForm):
    name = forms.CharField(label=_("Name"), max_length=100)
    field_order = ["name", "on"]


def _blocks() -> list[tuple[str, "StrOrPromise"]]:
    return [("", _("none")), *Block.choices]
