"""One form for each change of an organisation. What may be is for the actions; here it is only read."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nennep.core import clock
from nennep.core.person import Person
from nennep.organisation import actions, queries
from nennep.organisation.actions.body import BODIES_OF_CELLS
from nennep.organisation.choices import CELL_KINDS, Block, BodyKind, Can, UnitKind
from nennep.organisation.models import Body, Lineage, PartyGroup, Term, Unit, UnitQuerySet
from nennep.organisation.rules import may_stand_under, usually_stands_under
from nennep.ui.form_fields import NamedRowField, NamedRowsField, day_field

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class ChangeForm(forms.Form):
    """Knows the unit and the person; `carry_out` calls the one action it stands for."""

    def __init__(self, *args: Any, unit: Unit, person: Person, **kwargs: Any) -> None:
        self.unit = unit
        self.person = person
        super().__init__(*args, **kwargs)
        for name in ("on", "last_day", "founded_on", "starts_on"):
            if name in self.fields:
                self.fields[name].initial = clock.today
        self.prepare()

    def prepare(self) -> None:
        """Fill the choices that depend on the unit."""

    def carry_out(self) -> object:
        raise NotImplementedError

    @property
    def said(self) -> str:
        """What is said afterwards."""
        return gettext("The change is recorded.")

    @property
    def doubt(self) -> str:
        """What the person should look at again, though it was recorded."""
        return ""

    @property
    def next_unit(self) -> Unit:
        """The unit whose page comes next."""
        return self.unit

    def choose(self, name: str, choices: list[tuple[str, StrOrPromise]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def offer(self, name: str, rows: UnitQuerySet) -> None:
        self.fields[name].offer(rows)  # type: ignore[attr-defined]  # a NamedRowField


def first_day() -> forms.DateField:
    return day_field(_("From"), help_text=_("The first day on which it is so."))


def blocks() -> list[tuple[str, StrOrPromise]]:
    return [("", _("none")), *Block.choices]


def managed_by(person: Person) -> UnitQuerySet:
    return Unit.objects.where_may(person, Can.MANAGE_UNITS).living()


class NewUnitForm(ChangeForm):
    """A unit below this one."""

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

    def prepare(self) -> None:
        self.made: Unit | None = None
        kinds = [kind for kind in UnitKind if may_stand_under(kind, self.unit.kind)]
        self.choose("kind", [] if self.unit.is_cell else [(k.value, k.label) for k in kinds])
        self.choose("block", blocks())

    def clean_code(self) -> str:
        return str(self.cleaned_data["code"]).strip().upper()

    def carry_out(self) -> object:
        self.made = actions.create_unit(parent=self.unit, by=self.person, **self.cleaned_data)
        return self.made

    @property
    def said(self) -> str:
        return gettext("“%(unit)s” is recorded.") % {"unit": self.next_unit.name}

    @property
    def doubt(self) -> str:
        made = self.next_unit
        if usually_stands_under(made.kind, self.unit.kind, made.founded_on):
            return ""
        return gettext("“%(kind)s” does not usually stand under “%(parent)s”. Please check.") % {
            "kind": UnitKind(made.kind).label,
            "parent": self.unit.name,
        }

    @property
    def next_unit(self) -> Unit:
        return self.made or self.unit


class RenameForm(ChangeForm):
    name = forms.CharField(label=_("New name"), max_length=200)
    on = first_day()

    def prepare(self) -> None:
        self.fields["name"].initial = self.unit.name

    def carry_out(self) -> object:
        return actions.rename_unit(self.unit, by=self.person, **self.cleaned_data)


class KindForm(ChangeForm):
    kind = forms.ChoiceField(label=_("New kind"), choices=UnitKind.choices)
    on = first_day()

    def prepare(self) -> None:
        self.fields["kind"].initial = self.unit.kind

    def carry_out(self) -> object:
        return actions.change_kind(self.unit, by=self.person, **self.cleaned_data)


class BlockForm(ChangeForm):
    block = forms.ChoiceField(label=_("New block"), required=False)
    on = first_day()

    def prepare(self) -> None:
        self.choose("block", blocks())
        self.fields["block"].initial = self.unit.block

    def carry_out(self) -> object:
        return actions.change_block(self.unit, by=self.person, **self.cleaned_data)


class MoveForm(ChangeForm):
    parent = NamedRowField(
        label=_("New organisation above"), help_text=_("Type its code or choose from the list.")
    )
    on = first_day()

    def prepare(self) -> None:
        fitting = [
            k for k in UnitKind if k not in CELL_KINDS and may_stand_under(self.unit.kind, k)
        ]
        elsewhere = managed_by(self.person).exclude(pk__in=[self.unit.parent_id, self.unit.pk])
        self.offer("parent", elsewhere.filter(kind__in=fitting).order_by("path"))

    def carry_out(self) -> object:
        return actions.move_unit(self.unit, by=self.person, **self.cleaned_data)


class CloseForm(ChangeForm):
    last_day = day_field(_("Last day"), help_text=_("Up to and including this day it exists."))
    successor = NamedRowField(
        label=_("Goes on as"),
        required=False,
        help_text=_(
            "The organisation that carries on its work, if there is one: its code or name. Its"
            " months are counted there in the structure of now."
        ),
    )
    also = NamedRowsField(
        label=_("and also, in part, as"),
        required=False,
        help_text=_("Where it was divided: one organisation a line, by code or name."),
    )

    def prepare(self) -> None:
        self.offer("successor", queries.possible_successors(self.unit, self.person))
        self.offer("also", queries.possible_successors(self.unit, self.person))

    def carry_out(self) -> object:
        return actions.close_unit(self.unit, by=self.person, **self.cleaned_data)


class SuccessorForm(ChangeForm):
    """Who goes on as a unit that has ended, or as a part of one that lives."""

    successor = NamedRowField(
        label=_("Organisation that carries on its work"),
        help_text=_("Type its code or choose from the list."),
    )
    is_principal = forms.BooleanField(
        label=_("It is the principal one"),
        required=False,
        help_text=_(
            "The months of the ended organisation are counted there in the structure of now."
        ),
    )
    on = day_field(_("From"))

    def prepare(self) -> None:
        self.offer("successor", queries.possible_successors(self.unit, self.person))
        ended = self.unit.ended_on
        if ended is not None:
            self.fields["on"].initial = ended + timedelta(days=1)
        if (
            ended is None
            or Lineage.objects.filter(predecessor=self.unit, is_principal=True).exists()
        ):
            del self.fields["is_principal"]

    def carry_out(self) -> object:
        given = {"is_principal": False} | self.cleaned_data
        return actions.write_lineage(self.unit, by=self.person, **given)


class NationalCodeForm(ChangeForm):
    national_code = forms.CharField(
        label=_("National code"),
        required=False,
        help_text=_("14 digits, with or without dots. Empty: none is known."),
    )

    def prepare(self) -> None:
        self.fields["national_code"].initial = self.unit.dotted_national_code

    def carry_out(self) -> object:
        return actions.set_national_code(
            self.unit, self.cleaned_data["national_code"], by=self.person
        )


class TermForm(ChangeForm):
    kind = forms.ChoiceField(label=_("Committee"))
    label = forms.CharField(
        label=_("Term"), max_length=40, help_text=_("As people call it, for example 2022–2025.")
    )
    starts_on = day_field(_("First day"))
    ends_on = day_field(
        _("Last day"), required=False, help_text=_("Empty: it runs until the next one begins.")
    )

    def prepare(self) -> None:
        kinds = [kind for kind in BodyKind if (kind in BODIES_OF_CELLS) == self.unit.is_cell]
        self.choose("kind", [(kind.value, kind.label) for kind in kinds])

    def carry_out(self) -> object:
        term = dict(self.cleaned_data)
        kind = term.pop("kind")
        body = Body.objects.filter(unit=self.unit, kind=kind).first()
        body = body or actions.establish_body(self.unit, kind, by=self.person)
        return actions.begin_term(body, by=self.person, **term)


class PartyGroupForm(ChangeForm):
    name = forms.CharField(label=_("Name"), max_length=100)
    on = first_day()

    def carry_out(self) -> object:
        return actions.open_party_group(self.unit, by=self.person, **self.cleaned_data)


class EndForm(ChangeForm):
    """The last day of a term or a party group."""

    last_day = day_field(_("Last day"))

    def __init__(self, *args: Any, ending: Term | PartyGroup, **kwargs: Any) -> None:
        self.ending = ending
        super().__init__(*args, **kwargs)

    def carry_out(self) -> object:
        if isinstance(self.ending, Term):
            return actions.end_term(self.ending, by=self.person, **self.cleaned_data)
        return actions.close_party_group(self.ending, by=self.person, **self.cleaned_data)
