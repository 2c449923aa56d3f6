from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from nennep.core import clock
from nennep.core.policies import policy
from nennep.core.scoping import fetch, may
from nennep.organisation import queries
from nennep.organisation.choices import Can
from nennep.organisation.forms import CHANGES, Change, ChangeForm, EndForm
from nennep.organisation.models import PartyGroup, Term, Unit
from nennep.ui.asking import ask, taken
from nennep.ui.http import Request
from nennep.ui.taking import page_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ROWS_ON_A_PAGE = 100


@require_GET
@policy(Can.VIEW_UNIT)
def tree(request: Request) -> HttpResponse:
    """Where the person may look: the tops of their part of the tree, or what they searched for."""
    text = request.GET.get("q", "").strip()
    units = queries.find_units(text, request.user) if text else queries.tops(request.user)
    if len(units) == 1 and not text:
        return redirect("organisation:unit", units[0].code)
    return render(
        request,
        "organisation/list.html",
        {
            "text": text,
            "units": units,
            "above": queries.names_above(units),
            "strength": queries.strengths(units, clock.today()),
        },
    )


@require_GET
@policy(Can.VIEW_UNIT)
def unit_detail(request: Request, code: str) -> HttpResponse:
    unit = fetch(Unit.objects.select_related("parent"), request.user, Can.VIEW_UNIT, code=code)
    page = page_of(request, queries.children_of(unit, request.user), ROWS_ON_A_PAGE)
    shown = list(page.object_list)
    may_manage = may(request.user, Can.MANAGE_UNITS, unit)
    return render(
        request,
        "organisation/detail.html",
        {
            "unit": unit,
            "crumbs": _crumbs(request, unit),
            "page": page,
            "strength": queries.strengths([unit, *shown], clock.today()),
            "life": queries.life_of(unit, request.user),
            "links": _links(request, unit),
            "notices": queries.notices_of(unit, request.user),
            "changes": _changes(unit) if may_manage else [],
            "may_manage": may_manage and unit.ended_on is None,
        },
    )


@require_http_methods(["GET", "POST"])
@policy(Can.MANAGE_UNITS)
def change(request: Request, code: str, slug: str) -> HttpResponse:
    """One page for each of the changes; what it does is for the form's action."""
    unit, asked = _managed(request, code), CHANGES[slug]
    form = asked.form(request.POST or None, unit=unit, person=request.user)
    return _ask(request, form, title=str(asked.label), lead=asked.lead)


@require_http_methods(["GET", "POST"])
@policy(Can.MANAGE_UNITS)
def end_term(request: Request, code: str, pk: int) -> HttpResponse:
    unit = _managed(request, code)
    term = get_object_or_404(Term.objects.select_related("body"), pk=pk, body__unit=unit)
    form = EndForm(request.POST or None, unit=unit, person=request.user, ending=term)
    return _ask(request, form, title=_("End the term %(term)s") % {"term": term.label})


@require_http_methods(["GET", "POST"])
@policy(Can.MANAGE_UNITS)
def close_party_group(request: Request, code: str, pk: int) -> HttpResponse:
    unit = _managed(request, code)
    group = get_object_or_404(PartyGroup, pk=pk, unit=unit)
    form = EndForm(request.POST or None, unit=unit, person=request.user, ending=group)
    title = _("End the party group “%(group)s”") % {"group": group.name}
    return _ask(request, form, title=title, lead=_("Its members stay members of the cell."))


def _managed(request: Request, code: str) -> Unit:
    return fetch(Unit.objects.select_related("parent"), request.user, Can.MANAGE_UNITS, code=code)


def _ask(
    request: Request, form: ChangeForm, *, title: str, lead: "StrOrPromise" = ""
) -> HttpResponse:
    """Ask, act, and come back to the unit's page; a refusal stands beside its field."""
    if form.is_valid() and taken(form, form.carry_out):
        messages.success(request, form.said)
        if form.doubt:
            messages.warning(request, form.doubt)
        return redirect("organisation:unit", form.next_unit.code)
    unit, back_url = form.unit, _address(form.unit)
    crumbs = [*_crumbs(request, unit)[:-1], (unit.name, back_url)]
    return ask(
        request, form, title=title, about=unit.name, lead=lead, back_url=back_url, crumbs=crumbs
    )


def _crumbs(request: Request, unit: Unit) -> list[tuple[str, str]]:
    above = Unit.objects.visible_to(request.user).above(unit)
    return [*((there.name, _address(there)) for there in above), (unit.name, "")]


def _address(unit: Unit) -> str:
    return reverse("organisation:unit", args=[unit.code])


def _changes(unit: Unit) -> list[tuple[str, Change]]:
    offered = [asked for asked in CHANGES.values() if asked.applies(unit)]
    return [(reverse(f"organisation:{c.name}", args=[unit.code]), c) for c in offered]


def _links(request: Request, unit: Unit) -> list[dict[str, Any]]:
    offered = []
    for link in queries.unit_links():
        url = _address_at(link.url_name, unit)
        if url and may(request.user, link.verb, unit):
            offered.append({"label": link.label, "url": url, "icon": link.icon})
    return offered


def _address_at(url_name: str, unit: Unit) -> str:
    """The address of another app's page about this unit, or nothing where it has none."""
    try:
        return reverse(url_name, args=[unit.code])
    except NoReverseMatch:
        return ""
