"""Input about organisations. What may be is for the actions; here it is only read."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nennep.core import clock
from nennep.core.text import fold
from nennep.organisation.choices import Block, BodyKind, UnitKind
from nennep.organisation.models import Unit, UnitQuerySet

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SUGGESTED_AT_MOST = 200


class DayInput(forms.DateInput):
    """The device's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def day_field(
    label: "StrOrPromise", *, required: bool = True, help_text: "StrOrPromise" = ""
) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=DayInput(),
        input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"],
    )


class SuggestingInput(forms.TextInput):
    """A line to type a code or name in, with the likely ones offered by the browser."""

    template_name = "organisation/_suggesting_input.html"

    def __init__(self) -> None:
        super().__init__(attrs={"autocomplete": "off"})
        self.suggestions: list[tuple[str, str]] = []

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["list"] = f"{name}-suggestions"
        context["suggestions"] = self.suggestions
        return context


class UnitField(forms.CharField):
    """One of the units given, by its code or its whole name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=SuggestingInput(), **kwargs)
        self.units: UnitQuerySet = Unit.objects.none()

    def offer(self, units: UnitQuerySet) -> None:
        """`units` may be chosen; the first of them are suggested."""
        self.units = units
        assert isinstance(self.widget, SuggestingInput)  # noqa: S101 -- set just above
        self.widget.suggestions = list(units.values_list("code", "name")[:SUGGESTED_AT_MOST])

    def clean(self, value: Any) -> Unit | None:
        text = super().clean(value)
        if not text:
            return None
        found = list(self.units.filter(code=text.strip().upper())[:1])
        found = found or list(self.units.filter(folded_name=fold(text))[:2])
        if len(found) == 1:
            return found[0]
        if found:
            raise ValidationError(gettext("Several organisations have this name. Type the code."))
        raise ValidationError(
            gettext("No such organisation can be chosen here. Type its code or its whole name.")
        )


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
    parent = UnitField(
        label=_("New organisation above"), help_text=_("Type its code or choose from the list.")
    )
    field_order = ["parent", "on"]

    def __init__(self, *args: Any, parents: UnitQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].offer(parents)  # type: ignore[attr-defined]  # a UnitField


class CloseForm(forms.Form):
    last_day = day_field(_("Last day"), help_text=_("Up to and including this day it exists."))
    successor = UnitField(
        label=_("Goes on as"),
        required=False,
        help_text=_(
            "The organisation that carries on its work, if there is one: its code or name."
        ),
    )

    def __init__(self, *args: Any, successors: UnitQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_day"].initial = clock.today
        self.fields["successor"].offer(successors)  # type: ignore[attr-defined]  # a UnitField


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
