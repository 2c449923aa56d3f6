"""The pages of the roll."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from nennep.core import clock, trail
from nennep.core.person import Person
from nennep.core.policies import policy
from nennep.core.scoping import fetch, may
from nennep.members import actions
from nennep.members.choices import Can
from nennep.members.forms import (
    CHANGES,
    AdmitForm,
    DayForm,
    FiguresForm,
    GuestForm,
    SearchForm,
)
from nennep.members.models import Member, StrengthFigure
from nennep.members.queries import (
    RollEntry,
    find_members,
    history_of,
    members_with_card,
    possible_duplicates,
    roll_on,
    strength_of_units,
    strength_on,
    visible_ids,
)
from nennep.organisation.models import Unit
from nennep.ui.asking import ask, taken
from nennep.ui.http import Request

PAGE = 50
Crumbs = list[tuple[str, str]]


@require_GET
@policy(Can.VIEW_MEMBERS)
def search(request: Request) -> HttpResponse:
    """Members by name. A secretary finds the own cell's roll at once."""
    form = SearchForm(request.GET if "q" in request.GET else None)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    find = members_with_card if any(sign.isdigit() for sign in text) else find_members
    page = Paginator(find(text, request.user), PAGE).get_page(request.GET.get("page"))
    found = list(page)
    outside = [person for person in found if not _is_own(request.user, person.unit)]
    if outside:
        shown = [str(person.public_id) for person in outside]
        trail.record_look("members by name", None, by=request.user, shown=shown)
    return render(
        request,
        "members/search.html",
        {"form": form, "text": text, "page": page, "units": _starting_points(request.user)},
    )


def _starting_points(person: Person) -> list[Unit]:
    """The units the person's own grants name: a secretary's cell, an officer's committee."""
    paths = {reach.path for reach in person.reaches(Can.VIEW_MEMBERS) if reach.only is None}
    return list(Unit.objects.filter(path__in=paths).order_by("path"))


def _is_own(person: Person, unit: Unit) -> bool:
    """Whether the person holds the right in the cell itself, not from above it."""
    return any(reach.path == unit.path for reach in person.reaches(Can.VIEW_MEMBERS))


def _unit(request: Request, code: str, can: str = Can.VIEW_MEMBERS) -> Unit:
    return fetch(Unit.objects.all(), request.user, can, code=code)


def _member(request: Request, public_id: UUID, can: str = Can.VIEW_MEMBERS) -> Member:
    members = Member.objects.select_related("unit", "merged_into")
    return fetch(members, request.user, can, public_id=public_id)


def _asked_day(request: Request) -> tuple[DayForm, date]:
    form = DayForm(request.GET if "ngay" in request.GET else None, initial={"ngay": clock.today()})
    asked = form.cleaned_data["ngay"] if form.is_valid() else None
    return form, asked or clock.today()


def _way_to(unit: Unit) -> Crumbs:
    return [
        (_("Members"), reverse("members:search")),
        (unit.name, reverse("members:roll", args=[unit.code])),
    ]


@require_GET
@policy(Can.VIEW_MEMBERS)
def roll(request: Request, code: str) -> HttpResponse:
    unit = _unit(request, code)
    form, day = _asked_day(request)
    page = {
        "unit": unit,
        "day": day,
        "form": form,
        "crumbs": [*_way_to(unit)[:-1], (unit.name, "")],
        "may_manage": may(request.user, Can.MANAGE_MEMBERS, unit),
    }
    if not unit.is_cell:
        return render(request, "members/units.html", page | _units_below(unit, day))
    page["strength"] = strength_on([unit.pk], day)[unit.pk]
    if unit.is_figures_only:
        page["figures"] = StrengthFigure.objects.filter(unit=unit).order_by("-valid_from")
        return render(request, "members/figures.html", page)
    if not _is_own(request.user, unit):
        trail.record_look("roll of a cell", unit, by=request.user, day=day)
    entries = roll_on(unit, day)
    page |= {"entries": entries, "linked": _linked(request.user, entries), "groups": _groups(unit)}
    return render(request, "members/roll.html", page)


def _units_below(unit: Unit, day: date) -> dict[str, object]:
    below = list(Unit.objects.filter(parent=unit).living_on(day))
    totals = strength_of_units([unit, *below], day)
    return {
        "total": totals.get(unit.pk, 0),
        "rows": [(child, totals.get(child.pk, 0)) for child in below],
    }


def _linked(person: Person, entries: Sequence[RollEntry]) -> set[int]:
    """Whose page the person may open: who moved on is another cell's member now."""
    return visible_ids([entry.member_id for entry in entries], person)


def _groups(unit: Unit) -> dict[int, str]:
    return dict(unit.party_groups.values_list("pk", "name"))


@require_http_methods(["GET", "POST"])
@policy(Can.MANAGE_MEMBERS)
def admit(request: Request, code: str) -> HttpResponse:
    unit = _unit(request, code, Can.MANAGE_MEMBERS)
    form = AdmitForm(request.POST or None, unit=unit)
    twins: list[Member] = []
    if form.is_valid():
        given = form.cleaned_data
        twins = possible_duplicates(given["full_name"], given["birth_date"], request.user)
        if twins and not given["is_another"]:
            form.ask_whether_another()
        elif taken(form, lambda: actions.admit_member(unit, **form.admitted(), by=request.user)):
            messages.success(request, _("%(name)s is on the roll.") % {"name": given["full_name"]})
            return redirect("members:roll", code=unit.code)
    return _form_page(
        request,
        form,
        unit,
        _("Receive a member"),
        _("Somebody new to this installation. For a member of another cell here, use transfer."),
        twins=twins,
    )


@require_http_methods(["GET", "POST"])
@policy(Can.MANAGE_MEMBERS)
def welcome(request: Request, code: str) -> HttpResponse:
    unit = _unit(request, code, Can.MANAGE_MEMBERS)
    form = GuestForm(request.POST or None)
    if form.is_valid() and taken(
        form,
        lambda: actions.welcome_guest_member(unit, **form.cleaned_data, by=request.user),
    ):
        messages.success(request, _("Recorded."))
        return redirect("members:roll", code=unit.code)
    return _form_page(
        request,
        form,
        unit,
        _("Temporary activity here"),
        _("A member from outside takes part here for a time, without counting in the strength."),
    )


@require_http_methods(["GET", "POST"])
@policy(Can.MANAGE_MEMBERS)
def figures(request: Request, code: str) -> HttpResponse:
    unit = _unit(request, code, Can.MANAGE_MEMBERS)
    present = StrengthFigure.objects.filter(unit=unit, valid_to__isnull=True).first()
    initial = {name: getattr(present, name) for name in FiguresForm.NUMBERS} if present else {}
    form = FiguresForm(request.POST or None, initial=initial)
    if form.is_valid() and taken(
        form,
        lambda: actions.enter_strength_figures(unit, **form.cleaned_data, by=request.user),
    ):
        messages.success(request, _("Recorded."))
        return redirect("members:roll", code=unit.code)
    return _form_page(
        request,
        form,
        unit,
        _("Enter the strength as figures"),
        _("Units of the police and the army keep totals only, no persons."),
    )


def _form_page(
    request: Request, form: Form, unit: Unit, title: str, lead: str, **more: Any
) -> HttpResponse:
    """A form about the roll of a cell."""
    return ask(
        request,
        form,
        title=title,
        about=unit.name,
        lead=lead,
        back_url=reverse("members:roll", args=[unit.code]),
        crumbs=_way_to(unit),
        template="members/form.html",
        **more,
    )


@require_GET
@policy(Can.VIEW_MEMBERS)
def member(request: Request, public_id: UUID) -> HttpResponse:
    person = _member(request, public_id)
    if not _is_own(request.user, person.unit):
        trail.record_look("member", person, by=request.user)
    history = history_of(person)
    may_manage = may(request.user, Can.MANAGE_MEMBERS, person.unit) and not person.merged_into_id
    offered = [c for c in CHANGES.values() if may_manage and c.applies(history, request.user)]
    links = [(reverse(f"members:change-{c.slug}", args=[public_id]), c) for c in offered]
    return render(
        request,
        "members/detail.html",
        {
            "member": person,
            "history": history,
            "links": links,
            "may_manage": may_manage,
            "may_tell": may(request.user, Can.TELL_WHO_LOOKED, person.unit),
            "today": clock.today(),
            "crumbs": [*_way_to(person.unit), (person.full_name, "")],
        },
    )


@require_http_methods(["GET", "POST"])
@policy(Can.MANAGE_MEMBERS)
def change(request: Request, public_id: UUID, slug: str) -> HttpResponse:
    """One page for each of the changes; what it does is for the form's action."""
    person = _member(request, public_id, Can.MANAGE_MEMBERS)
    asked = CHANGES[slug]
    form = asked.form(request.POST or None, member=person, person=request.user)
    if form.is_valid() and taken(form, form.carry_out):
        messages.success(request, _("Recorded."))
        return _back_to(request, person)
    if form.looks_at:
        trail.record_look(form.looks_at, person, by=request.user)
    own_page = reverse("members:member", args=[public_id])
    return ask(
        request,
        form,
        title=str(asked.label),
        about=f"{person.full_name}, {person.unit.name}",
        lead=asked.lead,
        back_url=own_page,
        crumbs=[*_way_to(person.unit), (person.full_name, own_page)],
        draft=None if form.keeps_draft else "",
        template="members/form.html",
        is_empty=_offers_nothing(form),
    )


def _offers_nothing(form: Form) -> bool:
    """A choice that must be made has nothing to choose from."""
    choices = (getattr(f, "queryset", None) for f in form.fields.values() if f.required)
    return any(rows is not None and not rows.exists() for rows in choices)


def _back_to(request: Request, person: Member) -> HttpResponse:
    """The member's page, or the list of members where the member went out of the person's sight."""
    if visible_ids([person.pk], request.user):
        return redirect("members:member", public_id=person.public_id)
    return redirect("members:search")
