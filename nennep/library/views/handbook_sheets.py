"""Forms to print, filled in with what this person may see of the cell and the member."""

from dataclasses import dataclass, field
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from nennep.core import clock, trail
from nennep.core.policies import signed_in
from nennep.core.scoping import may
from nennep.library.forms.handbook_sheets import SheetForm
from nennep.library.queries.handbook_forms import (
    FormSheet,
    Particulars,
    form_paper,
    form_sheets,
    particulars_of_member,
    particulars_of_unit,
)
from nennep.library.views.handbook import crumbs
from nennep.members.choices import Can as CanSeeMembers
from nennep.members.models import Member
from nennep.members.queries import RollEntry, roll_on
from nennep.organisation.models import Unit, UnitQuerySet
from nennep.organisation.queries import tops
from nennep.papers.paper import Paper
from nennep.papers.render import render as render_paper
from nennep.papers.render import respond
from nennep.regulations.models import Basis
from nennep.ui.form_fields import found_in
from nennep.ui.http import Request

FILES = ("pdf", "docx")


@dataclass
class Filling:
    """What a form is filled in with: the cell, its roll as far as it may be seen, a member."""

    unit: Unit | None = None
    member: Member | None = None
    roll: list[RollEntry] = field(default_factory=list)
    known: Particulars = field(default_factory=dict)

    @property
    def query(self) -> str:
        chosen = {"unit": self.unit.code if self.unit else ""}
        chosen |= {"member": str(self.member.public_id)} if self.member else {}
        return urlencode(chosen)


@require_GET
@signed_in
def sheets(request: Request) -> HttpResponse:
    return render(
        request,
        "library/handbook/sheets.html",
        {"sheets": form_sheets().values(), "crumbs": crumbs((_("Forms"), ""))},
    )


@require_GET
@signed_in
def sheet(request: Request, code: str) -> HttpResponse:
    """The form on the page, to be read and printed; above it, whose data stand on it."""
    form_sheet = _sheet(code)
    filling = _filling(request, form_sheet)
    chosen = {
        "unit": filling.unit.code if filling.unit else "",
        "member": filling.member.public_id if filling.member else "",
    }
    form = SheetForm(
        None,
        units=None if _home(request) else _units(request).cells(),
        roll=filling.roll,
        asks_member=form_sheet.asks_member,
    )
    form.initial = chosen
    return render(
        request,
        "library/handbook/sheet.html",
        {
            "sheet": form_sheet,
            "basis": Basis.objects.filter(code=form_sheet.basis).first(),
            "form": form,
            "filling": filling,
            "paper": render_paper(_paper(form_sheet, filling), "html"),
            "crumbs": crumbs((_("Forms"), reverse("library:sheets")), (form_sheet.label, "")),
        },
    )


@require_GET
@signed_in
def sheet_file(request: Request, code: str, form: str) -> HttpResponse:
    """The same form as PDF or Word; seen through the guard again."""
    if form not in FILES:
        raise Http404
    form_sheet = _sheet(code)
    return respond(_paper(form_sheet, _filling(request, form_sheet)), form)  # type: ignore[arg-type]  # one of FILES


def _sheet(code: str) -> FormSheet:
    if code not in form_sheets():
        raise Http404
    return form_sheets()[code]


def _paper(form_sheet: FormSheet, filling: Filling) -> Paper:
    return form_paper(form_sheet, filling.known, clock.today())


def _filling(request: Request, form_sheet: FormSheet) -> Filling:
    unit = _unit(request)
    if unit is None:
        return Filling()
    day = clock.today()
    known = particulars_of_unit(unit, request.user, day)
    filling = Filling(unit, known=known)
    if form_sheet.asks_member and may(request.user, CanSeeMembers.VIEW_MEMBERS, unit):
        filling.roll = roll_on(unit, day)
        filling.member = _member(request, unit)
    if filling.member is not None:
        filling.known |= particulars_of_member(filling.member)
        _note_look(request, filling.member, form_sheet)
    return filling


def _unit(request: Request) -> Unit | None:
    """The cell that was named; else the one the person is at home in; nobody's where neither."""
    named = request.GET.get("unit", "").strip()
    if not named:
        return _home(request)
    try:
        unit: Unit = found_in(_units(request).select_related("parent"), named)
    except ValidationError as error:
        raise Http404 from error
    return unit


def _units(request: Request) -> UnitQuerySet:
    return Unit.objects.visible_to(request.user).living()


def _home(request: Request) -> Unit | None:
    homes = [unit for unit in tops(request.user) if unit.is_cell]
    return homes[0] if len(homes) == 1 else None


def _member(request: Request, unit: Unit) -> Member | None:
    """A member of this cell, found through the guard; nobody where none was chosen."""
    named = request.GET.get("member", "")
    if not named:
        return None
    try:
        public_id = UUID(named)
    except ValueError as error:
        raise Http404 from error
    members = Member.objects.visible_to(request.user).filter(unit=unit)
    return get_object_or_404(members, public_id=public_id)


def _note_look(request: Request, member: Member, form_sheet: FormSheet) -> None:
    reaches = request.user.reaches(CanSeeMembers.VIEW_MEMBERS)
    if not any(reach.path == member.unit.path for reach in reaches):
        trail.record_look("form filled in", member, by=request.user, paper=form_sheet.label)
