"""One form for each thing that can be recorded of a member who is there already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nennep.core import clock
from nennep.core.person import Person
from nennep.core.text import vn_date
from nennep.members import actions
from nennep.members.choices import Can, ExemptionBasis, PositionTitle, StandingKind
from nennep.members.forms.people import GroupField, one_of
from nennep.members.models import Exemption, Member, Position, Stay
from nennep.organisation.models import Body, PartyGroup, Unit, UnitQuerySet
from nennep.ui.form_fields import NamedRowField, day_field

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class ChangeForm(forms.Form):
    """Knows the member and the person; `carry_out` calls the one action it stands for."""

    # What is kept sealed here is not left readable on the device either.
    keeps_draft = True

    def __init__(self, *args: Any, member: Member, person: Person, **kwargs: Any) -> None:
        self.member = member
        self.person = person
        super().__init__(*args, **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """Fill the choices that depend on the member."""

    def carry_out(self) -> object:
        raise NotImplementedError

    @property
    def looks_at(self) -> str:
        """What the trail calls opening the form, where that shows something kept under seal."""
        return ""

    def offer(self, name: str, rows: Any) -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]  # a ModelChoiceField


class SpellChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # no generic at run time
    """A dated row, by its days. The only one there is needs no choosing."""

    def __init__(self, label: StrOrPromise) -> None:
        super().__init__(Exemption.objects.none(), label=label, empty_label=None)

    def label_from_instance(self, obj: Any) -> str:
        return f"{vn_date(obj.valid_from)} – {vn_date(obj.valid_to) or '…'}"


class PositionChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # no generic at run time
    def __init__(self) -> None:
        super().__init__(Position.objects.none(), label=_("Post"), empty_label=None)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.get_title_display()}, {obj.body.unit.name}"


class BodyChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # no generic at run time
    def __init__(self) -> None:
        super().__init__(Body.objects.none(), label=_("Body"), empty_label=None)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.get_kind_display()}: {obj.unit.name}"


def cells_in_reach(person: Person) -> UnitQuerySet:
    """The living cells on whose rolls the person may write."""
    return (
        Unit.objects.where_may(person, Can.MANAGE_MEMBERS)
        .cells()
        .living()
        .filter(is_figures_only=False)
    )


class RecogniseForm(ChangeForm):
    on = day_field(_("Date of recognition"), initial=clock.today)

    def carry_out(self) -> object:
        return actions.recognise_member(self.member, on=self.cleaned_data["on"], by=self.person)


class TransferForm(ChangeForm):
    to = NamedRowField(label=_("To the cell"), help_text=_("Type the code or the name."))
    on = day_field(_("First day there"), initial=clock.today)
    kind = one_of(_("Standing"), StandingKind.choices, required=False)

    def prepare(self) -> None:
        self.fields["to"].offer(cells_in_reach(self.person))  # type: ignore[attr-defined]  # a NamedRowField
        if self.member.standings.exists():
            del self.fields["kind"]

    def carry_out(self) -> object:
        given = {"kind": None} | self.cleaned_data
        return actions.transfer_member(
            self.member, to=given["to"], on=given["on"], kind=given["kind"] or None, by=self.person
        )


class GroupForm(ChangeForm):
    party_group = GroupField()
    on = day_field(_("From"), initial=clock.today)

    def prepare(self) -> None:
        groups = PartyGroup.objects.filter(unit=self.member.unit_id).on(clock.today())
        self.offer("party_group", groups)

    def carry_out(self) -> object:
        return actions.join_party_group(self.member, **self.cleaned_data, by=self.person)


class LeaveForm(ChangeForm):
    last_day = day_field(
        _("Last day on the roll"),
        initial=clock.today,
        help_text=_("No reason is kept, whatever it is."),
    )

    def carry_out(self) -> object:
        return actions.member_leaves(self.member, **self.cleaned_data, by=self.person)


class SuspendForm(ChangeForm):
    on = day_field(
        _("From"), initial=clock.today, help_text=_("No reason is kept, whatever it is.")
    )

    def carry_out(self) -> object:
        return actions.suspend_member(self.member, **self.cleaned_data, by=self.person)


class LiftForm(ChangeForm):
    on = day_field(_("From"), initial=clock.today)

    def carry_out(self) -> object:
        return actions.lift_suspension(self.member, **self.cleaned_data, by=self.person)


class ExemptForm(ChangeForm):
    basis = one_of(_("Ground"), ExemptionBasis.choices)
    valid_from = day_field(_("From"), initial=clock.today)
    valid_to = day_field(
        _("Last day"), required=False, help_text=_("A case of limited time has a last day.")
    )

    def carry_out(self) -> object:
        return actions.exempt_member(self.member, **self.cleaned_data, by=self.person)


class EndExemptionForm(ChangeForm):
    exemption = SpellChoice(_("Exemption"))
    last_day = day_field(_("Last day"), initial=clock.today)

    def prepare(self) -> None:
        self.offer("exemption", Exemption.objects.filter(_not_over(), member=self.member))

    def carry_out(self) -> object:
        return actions.end_exemption(**_first(self.cleaned_data, "exemption"), by=self.person)


class AwayForm(ChangeForm):
    host = NamedRowField(
        label=_("In the cell"),
        required=False,
        help_text=_("Leave empty where the cell is not kept here."),
    )
    valid_from = day_field(_("From"), initial=clock.today)
    valid_to = day_field(_("Last day"))

    def prepare(self) -> None:
        others = cells_in_reach(self.person).exclude(pk=self.member.unit_id)
        if others.exists():
            self.fields["host"].offer(others)  # type: ignore[attr-defined]  # a NamedRowField
        else:
            del self.fields["host"]

    def carry_out(self) -> object:
        return actions.send_away(self.member, **self.cleaned_data, by=self.person)


class EndStayForm(ChangeForm):
    stay = SpellChoice(_("Temporary activity"))
    last_day = day_field(_("Last day"), initial=clock.today)

    def prepare(self) -> None:
        self.offer("stay", Stay.objects.filter(_not_over(), member=self.member))

    def carry_out(self) -> object:
        return actions.end_stay(**_first(self.cleaned_data, "stay"), by=self.person)


class WorkingForm(ChangeForm):
    is_working = one_of(
        _("From this day the member"), [("1", _("is working")), ("0", _("is no longer working"))]
    )
    on = day_field(_("From"), initial=clock.today)

    def carry_out(self) -> object:
        return actions.set_working(
            self.member,
            is_working=self.cleaned_data["is_working"] == "1",
            on=self.cleaned_data["on"],
            by=self.person,
        )


class AppointForm(ChangeForm):
    body = BodyChoice()
    title = one_of(_("Post"), PositionTitle.choices)
    valid_from = day_field(_("From"), initial=clock.today)
    replaces_holder = forms.BooleanField(
        label=_("Takes over from the present secretary, whose post ends the day before"),
        required=False,
    )
    office_phone = forms.CharField(
        label=_("Office phone"),
        required=False,
        max_length=20,
        help_text=_("Seen by the committees above, to call the secretary."),
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )

    def prepare(self) -> None:
        line = [*self.member.unit.ancestor_ids, self.member.unit_id]
        units = Unit.objects.where_may(self.person, Can.MANAGE_MEMBERS).filter(pk__in=line)
        bodies = Body.objects.filter(unit__in=units).select_related("unit")
        self.offer("body", bodies.order_by("-unit__depth", "kind"))

    def carry_out(self) -> object:
        given = dict(self.cleaned_data)
        phone = given.pop("office_phone") or None
        return actions.appoint(self.member, **given, office_phone=phone, by=self.person)


class DismissForm(ChangeForm):
    position = PositionChoice()
    last_day = day_field(_("Last day"), initial=clock.today)

    def prepare(self) -> None:
        units = Unit.objects.where_may(self.person, Can.MANAGE_MEMBERS)
        held = Position.objects.filter(_not_over(), member=self.member, body__unit__in=units)
        self.offer("position", held.select_related("body__unit"))

    def carry_out(self) -> object:
        return actions.dismiss(**_first(self.cleaned_data, "position"), by=self.person)


class PhoneForm(ChangeForm):
    phone = forms.CharField(
        label=_("Office phone"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )

    def prepare(self) -> None:
        self.fields["phone"].initial = self.member.office_phone

    def carry_out(self) -> object:
        return actions.set_office_phone(self.member, **self.cleaned_data, by=self.person)


def _not_over() -> Q:
    return Q(valid_to__isnull=True) | Q(valid_to__gte=clock.today())


def _first(given: dict[str, Any], name: str) -> dict[str, Any]:
    """The chosen row under the name the action knows it by."""
    return {name: given[name], "last_day": given["last_day"]}
