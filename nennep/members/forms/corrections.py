"""Forms for what was typed wrong or twice, and for what is kept under seal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nennep.core.person import Person
from nennep.core.text import vn_date
from nennep.members import actions
from nennep.members.choices import Can
from nennep.members.forms.changes import ChangeForm
from nennep.members.forms.people import PersonForm
from nennep.members.models import Exemption, Member, Standing, Stay, WorkingSpell
from nennep.members.queries import card_number_of
from nennep.ui.form_fields import day_field

SIDE_SPELLS = (Exemption, Stay, WorkingSpell)
NAMED_WITH = {Standing: ("unit",), Stay: ("host",)}


class CardForm(ChangeForm):
    keeps_draft = False
    number = forms.CharField(
        label=_("Card number"),
        required=False,
        max_length=40,
        help_text=_("Spaces and dots do not matter. Empty: no number is kept."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def prepare(self) -> None:
        kept = card_number_of(self.member)
        self.fields["number"].initial = kept
        if kept is None:
            self.fields["number"].help_text = _(
                "A number is kept, but not with the key of this installation. Type it again."
            )

    @property
    def looks_at(self) -> str:
        return "card number" if self.member.sealed_card_number and not self.is_bound else ""

    def carry_out(self) -> object:
        return actions.set_card_number(self.member, **self.cleaned_data, by=self.person)


class CorrectForm(ChangeForm, PersonForm):
    admitted_on = day_field(_("Date of admission to the Party"), required=False)
    recognised_on = day_field(_("Date of recognition as official member"), required=False)

    def prepare(self) -> None:
        for name, field in self.fields.items():
            field.initial = getattr(self.member, name)

    def carry_out(self) -> object:
        return actions.correct_member(self.member, **self.cleaned_data, by=self.person)


class FirstDayForm(ChangeForm):
    entry = forms.ChoiceField(label=_("Entry"))
    on = day_field(_("Its right first day"))

    def prepare(self) -> None:
        self.entries = entries_of(self.member, *SIDE_SPELLS, Standing)
        choose_entry(self, self.entries)

    def carry_out(self) -> object:
        entry = self.entries[self.cleaned_data["entry"]]
        return actions.correct_first_day(entry, on=self.cleaned_data["on"], by=self.person)


class StrikeForm(ChangeForm):
    entry = forms.ChoiceField(label=_("Entry that never was"))

    def prepare(self) -> None:
        self.entries = entries_of(self.member, *SIDE_SPELLS)
        choose_entry(self, self.entries)

    def carry_out(self) -> object:
        return actions.strike_spell(self.entries[self.cleaned_data["entry"]], by=self.person)


def entries_of(member: Member, *kinds: type[Any]) -> dict[str, Any]:
    """The member's dated entries of these kinds by what names them, the latest first."""
    rows = [
        row
        for kind in kinds
        for row in kind.objects.filter(member=member).select_related(*NAMED_WITH.get(kind, (None,)))
    ]
    rows.sort(key=lambda row: row.valid_from, reverse=True)
    return {f"{row._meta.model_name}-{row.pk}": row for row in rows}


def choose_entry(form: ChangeForm, entries: dict[str, Any]) -> None:
    choices = [
        (name, f"{row.said}, {vn_date(row.valid_from)} – {vn_date(row.valid_to) or '…'}")
        for name, row in entries.items()
    ]
    form.fields["entry"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


class MemberChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # no generic at run time
    def __init__(self) -> None:
        super().__init__(
            Member.objects.none(), label=_("The same person is also entered as"), empty_label=None
        )

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.full_name}, {obj.birth_year}, {obj.unit.name}"


class MergeForm(ChangeForm):
    """Offers only entries in the person's reach that agree in name and birth year, or in the card."""

    drop = MemberChoice()

    def prepare(self) -> None:
        self.offer("drop", twins_of(self.member, self.person))

    def carry_out(self) -> object:
        return actions.merge_duplicates(
            keep=self.member, drop=self.cleaned_data["drop"], by=self.person
        )


def twins_of(member: Member, person: Person) -> Any:
    alike = Q(folded_name=member.folded_name, birth_year=member.birth_year)
    if member.card_mark:
        alike |= Q(card_mark=member.card_mark)
    return (
        Member.objects.where_may(person, Can.MANAGE_MEMBERS)
        .filter(alike, merged_into__isnull=True)
        .exclude(pk=member.pk)
        .select_related("unit")
    )
