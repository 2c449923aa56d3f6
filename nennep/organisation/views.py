from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from nennep.core import clock
from nennep.core.policies import policy
from nennep.core.refusal import Refusal
from nennep.core.scoping import fetch, may
from nennep.organisation import actions, queries
from nennep.organisation.actions.body import BODIES_OF_CELLS
from nennep.organisation.choices import CELL_KINDS, BodyKind, Can, UnitKind
from nennep.organisation.forms import (
    BlockForm,
    CloseForm,
    EndForm,
    KindForm,
    MoveForm,
    NationalCodeForm,
    NewUnitForm,
    PartyGroupForm,
    RenameForm,
    TermForm,
)
from nennep.organisation.models import Body, PartyGroup, Term, Unit, UnitQuerySet
from nennep.organisation.rules import may_stand_under, usually_stands_under
from nennep.ui.http import Request

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
    page = Paginator(queries.children_of(unit, request.user), ROWS_ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    shown = list(page.object_list)
    return render(
        request,
        "organisation/detail.html",
        {
            "unit": unit,
            "crumbs": _crumbs(request, unit),
            "page": page,
            "strength": queries.strengths([unit, *shown], clock.today()),
            "life": queries.life_of(unit),
            "links": _links(request, unit),
            "may_manage": may(request.user, Can.MANAGE_UNITS, unit) and unit.ended_on is None,
        },
    )


@require_http_methods(["GET", "POST"])
@policy(Can.MANAGE_UNITS)
def create(request: Request, code: str) -> HttpResponse:
    parent = _managed(request, code)
    kinds = [kind.value for kind in UnitKind if may_stand_under(kind, parent.kind)]
    form = NewUnitForm(request.POST or None, kinds=kinds if not parent.is_cell else [])
    if request.method == "POST" and form.is_valid():
        unit = _done(
            form,
            lambda: actions.create_unit(parent=parent, by=request.user, **form.cleaned_data),
        )
        if unit:
            _warn_if_unusual(request, unit, parent)
            return _saved(request, unit, _("“%(unit)s” is recorded.") % {"unit": unit.name})
    return _form_page(request, parent, form, title=_("Add an organisation below"))


@require_http_methods(["GET", "POST"])
@policy(Can.MANAGE_UNITS)
def rename(request: Request, code: str) -> HttpResponse:
    unit = _managed(request, code)
    form = RenameForm(request.POST or None, initial={"name": unit.name})
    return _change(
        request,
        unit,
        form,
        lambda given: actions.rename_unit(unit, given["name"], on=given["on"], by=request.user),
        title=_("Rename"),
        lead=_("Documents and figures up to the day before keep the old name."),
    )


@require_http_methods(["GET", "POST"])
@policy(Can.MANAGE_UNITS)
def change_kind(request: Request, code: str) -> HttpResponse:
    unit = _managed(request, code)
    form = KindForm(request.POST or None, initial={"kind": unit.kind})
    return _change(
        request,
        unit,
        form,
        lambda given: actions.change_kind(unit, given["kind"], on=given["on"], by=request.user),
        title=_("Change the kind"),
        lead=_("Months up to the day before are counted under the old kind."),
    )


@require_http_methods(["GET", "POST"])
@policy(Can.MANAGE_UNITS)
def change_block(request: Request, code: str) -> HttpResponse:
    unit = _managed(request, code)
    form = BlockForm(request.POST or None, initial={"block": unit.block})
    return _change(
        request,
        unit,
        form,
        lambda given: actions.change_block(unit, given["block"], on=given["on"], by=request.user),
        title=_("Change the block"),
        lead=_("Months up to the day before are counted in the old block."),
    )


@require_http_methods(["GET", "POST"])
@policy(Can.MANAGE_UNITS)
def move(request: Request, code: str) -> HttpResponse:
    unit = _managed(request, code)
    form = MoveForm(request.POST or None, parents=_possible_parents(request, unit))
    return _change(
        request,
        unit,
        form,
        lambda given: actions.move_unit(unit, given["parent"], on=given["on"], by=request.user),
        title=_("Move under another organisation"),
        lead=_("Everything below moves along. Months up to the day before stay where they were."),
    )


@require_http_methods(["GET", "POST"])
@policy(Can.MANAGE_UNITS)
def close(request: Request, code: str) -> HttpResponse:
    unit = _managed(request, code)
    form = CloseForm(request.POST or None, successors=_possible_successors(request, unit))
    return _change(
        request,
        unit,
        form,
        lambda given: actions.close_unit(unit, by=request.user, **given),
        title=_("End the organisation"),
        lead=_("What was recorded stays. Members must have gone to other cells first."),
    )


@require_http_methods(["GET", "POST"])
@policy(Can.MANAGE_UNITS)
def set_national_code(request: Request, code: str) -> HttpResponse:
    unit = _managed(request, code)
    form = NationalCodeForm(request.POST or None, initial={"national_code": unit.national_code})
    return _change(
        request,
        unit,
        form,
        lambda given: actions.set_national_code(unit, given["national_code"], by=request.user),
        title=_("National code"),
        lead=_(
            "Province, level above grassroots, grassroots organisation, committee below it, cell."
        ),
    )


@require_http_methods(["GET", "POST"])
@policy(Can.MANAGE_UNITS)
def begin_term(request: Request, code: str) -> HttpResponse:
    unit = _managed(request, code)
    kinds = [kind for kind in BodyKind if (kind in BODIES_OF_CELLS) == unit.is_cell]
    form = TermForm(request.POST or None, kinds=kinds)
    return _change(
        request,
        unit,
        form,
        lambda given: _begin_term(request, unit, **given),
        title=_("Record a term"),
        lead=_("A term that still runs ends on the day before the new one begins."),
    )


@require_http_methods(["GET", "POST"])
@policy(Can.MANAGE_UNITS)
def end_term(request: Request, code: str, pk: int) -> HttpResponse:
    unit = _managed(request, code)
    term = get_object_or_404(Term.objects.select_related("body"), pk=pk, body__unit=unit)
    return _change(
        request,
        unit,
        EndForm(request.POST or None),
        lambda given: actions.end_term(term, ends_on=given["last_day"], by=request.user),
        title=_("End the term %(term)s") % {"term": term.label},
    )


@require_http_methods(["GET", "POST"])
@policy(Can.MANAGE_UNITS)
def open_party_group(request: Request, code: str) -> HttpResponse:
    unit = _managed(request, code)
    return _change(
        request,
        unit,
        PartyGroupForm(request.POST or None),
        lambda given: actions.open_party_group(unit, by=request.user, **given),
        title=_("Form a party group"),
    )


@require_http_methods(["GET", "POST"])
@policy(Can.MANAGE_UNITS)
def close_party_group(request: Request, code: str, pk: int) -> HttpResponse:
    unit = _managed(request, code)
    group = get_object_or_404(PartyGroup, pk=pk, unit=unit)
    return _change(
        request,
        unit,
        EndForm(request.POST or None),
        lambda given: actions.close_party_group(group, by=request.user, **given),
        title=_("End the party group “%(group)s”") % {"group": group.name},
        lead=_("Its members stay members of the cell."),
    )


def _managed(request: Request, code: str) -> Unit:
    return fetch(Unit.objects.select_related("parent"), request.user, Can.MANAGE_UNITS, code=code)


def _change(
    request: Request,
    unit: Unit,
    form: Form,
    act: Callable[[dict[str, Any]], Any],
    *,
    title: str,
    lead: str = "",
) -> HttpResponse:
    """Ask, act, and come back to the unit's page; a refusal stands beside its field."""
    if request.method == "POST" and form.is_valid() and _done(form, lambda: act(form.cleaned_data)):
        return _saved(request, unit, _("The change is recorded."))
    return _form_page(request, unit, form, title=title, lead=lead)


def _done(form: Form, act: Callable[[], Any]) -> Any:
    """What the action gives, or None where it refuses."""
    try:
        return act()
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return None


def _saved(request: Request, unit: Unit, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("organisation:unit", unit.code)


def _form_page(
    request: Request, unit: Unit, form: Form, *, title: str, lead: str = ""
) -> HttpResponse:
    crumbs = [*_crumbs(request, unit)[:-1], (unit.name, _address(unit)), (title, "")]
    return render(
        request,
        "organisation/form.html",
        {"unit": unit, "form": form, "title": title, "lead": lead, "crumbs": crumbs},
        status=422 if form.errors else 200,
    )


def _begin_term(request: Request, unit: Unit, *, kind: str, **term: Any) -> Term:
    body = Body.objects.filter(unit=unit, kind=kind).first()
    body = body or actions.establish_body(unit, kind, by=request.user)
    return actions.begin_term(body, by=request.user, **term)


def _warn_if_unusual(request: Request, unit: Unit, parent: Unit) -> None:
    if not usually_stands_under(unit.kind, parent.kind, unit.founded_on):
        messages.warning(
            request,
            _("“%(kind)s” does not usually stand under “%(parent)s”. Please check.")
            % {"kind": UnitKind(unit.kind).label, "parent": parent.name},
        )


def _possible_parents(request: Request, unit: Unit) -> UnitQuerySet:
    kinds = [k.value for k in UnitKind if k not in CELL_KINDS and may_stand_under(unit.kind, k)]
    reached = Unit.objects.where_may(request.user, Can.MANAGE_UNITS).living()
    elsewhere = reached.exclude(pk__in=[unit.parent_id, unit.pk])
    return elsewhere.filter(kind__in=kinds).order_by("path")


def _possible_successors(request: Request, unit: Unit) -> UnitQuerySet:
    """Neighbours are suggested first: most units go on as one beside them."""
    reached = Unit.objects.where_may(request.user, Can.MANAGE_UNITS).living().exclude(pk=unit.pk)
    return queries.neighbours_first(reached, unit)


def _crumbs(request: Request, unit: Unit) -> list[tuple[str, str]]:
    above = Unit.objects.visible_to(request.user).above(unit)
    return [*((there.name, _address(there)) for there in above), (unit.name, "")]


def _address(unit: Unit) -> str:
    return reverse("organisation:unit", args=[unit.code])


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
