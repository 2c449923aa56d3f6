"""Programmes down the tree: what is asked, what is reached, who below has taken it up."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from nennep.accounts.queries.asking import user_of
from nennep.core import clock
from nennep.core.policies import policy
from nennep.core.scoping import fetch, may
from nennep.indicators.choices import Can as Indicators
from nennep.organisation.models import Unit
from nennep.programmes import actions
from nennep.programmes.choices import Can, ProgrammeKind
from nennep.programmes.forms import AdoptionForm, EndForm, ProgrammeForm, TakeBackForm, TargetForm
from nennep.programmes.models import Adoption, Programme
from nennep.programmes.queries.documents import documents_by_kind
from nennep.programmes.queries.finding import binding_at, higher_than
from nennep.programmes.queries.standing import carried
from nennep.ui.asking import answer_of, ask
from nennep.ui.http import Request

ROWS = Programme.objects.select_related(
    "unit", "basis", "carries_out__basis", "carries_out__carries_out__basis"
)


@require_GET
@policy(Indicators.VIEW_FIGURES)
def programmes(request: Request) -> HttpResponse:
    """What is carried out in the person's part of the tree and above it."""
    own = Unit.objects.where_may(request.user, Can.KEEP_PROGRAMMES).order_by("depth", "sort_key")
    rows = list(ROWS.visible_to(request.user))
    context = {"programmes": rows, "units": own[:1]}
    return render(request, "programmes/programmes.html", context)


@require_http_methods(["GET", "POST"])
@policy(Can.KEEP_PROGRAMMES)
def register(request: Request, code: str) -> HttpResponse:
    unit = fetch(Unit.objects.all(), request.user, Can.KEEP_PROGRAMMES, code=code)
    form = ProgrammeForm(request.POST or None, higher=higher_than(unit))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def act() -> Programme:
            return actions.register_programme(
                unit,
                kind=ProgrammeKind(said["kind"]),
                basis=form.basis,
                carries_out=said["carries_out"],
                content=said["content"],
                by=user_of(request),
            )

        if kept := answer_of(form, act):
            return redirect("programmes:programme", kept.public_id)
    title = _("Register a programme")
    return _form(request, form, title, unit.name, reverse("programmes:programmes"))


@require_GET
@policy(Indicators.VIEW_FIGURES)
def programme(request: Request, public_id: UUID) -> HttpResponse:
    """At the organisation that issued it, or, where that is out of sight, at the person's own."""
    found = get_object_or_404(ROWS.visible_to(request.user), public_id=public_id)
    if may(request.user, Indicators.VIEW_FIGURES, found.unit):
        return _shown(request, found, found.unit)
    unit = Unit.objects.where_may(request.user, Indicators.VIEW_FIGURES).order_by("depth").first()
    assert unit is not None  # noqa: S101 -- the programme is visible from somewhere
    return _shown(request, found, unit)


@require_GET
@policy(Indicators.VIEW_FIGURES)
def at_unit(request: Request, code: str, public_id: UUID) -> HttpResponse:
    """The same programme at an organisation below."""
    unit = fetch(Unit.objects.all(), request.user, Indicators.VIEW_FIGURES, code=code)
    found = get_object_or_404(binding_at(unit, ROWS), public_id=public_id)
    return _shown(request, found, unit)


@require_http_methods(["GET", "POST"])
@policy(Can.KEEP_PROGRAMMES)
def adopt(request: Request, code: str, public_id: UUID) -> HttpResponse:
    """An organisation says by which document it carries the programme out."""
    unit = fetch(Unit.objects.all(), request.user, Can.KEEP_PROGRAMMES, code=code)
    found = get_object_or_404(binding_at(unit, ROWS), public_id=public_id)
    form = AdoptionForm(request.POST or None)
    back = reverse("programmes:at-unit", args=[unit.code, found.public_id])
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def act() -> object:
            return actions.adopt(
                found, unit, document=said["document"], on=said["on"], by=user_of(request)
            )

        if answer_of(form, act):
            messages.success(request, _("The programme is carried out here from that day."))
            return redirect(back)
    return _form(request, form, _("Carry it out here"), f"{found.symbol} · {unit.name}", back)


@require_http_methods(["GET", "POST"])
@policy(Can.KEEP_PROGRAMMES)
def take_back(request: Request, code: str, public_id: UUID) -> HttpResponse:
    """An adoption that was entered by mistake."""
    unit = fetch(Unit.objects.all(), request.user, Can.KEEP_PROGRAMMES, code=code)
    rows = Adoption.objects.select_related("programme__basis")
    found = get_object_or_404(rows, unit=unit, programme__public_id=public_id)
    form = TakeBackForm(request.POST or None)
    back = reverse("programmes:at-unit", args=[unit.code, public_id])
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data["reason"]

        def act() -> bool:
            actions.take_back_adoption(found, reason=said, by=user_of(request))
            return True

        if answer_of(form, act):
            messages.success(request, _("Taken back; the trail keeps what it was."))
            return redirect(back)
    about = f"{found.programme.symbol} · {unit.name} · {found.document}"
    return _form(request, form, _("Take back that it is carried out here"), about, back)


@require_http_methods(["GET", "POST"])
@policy(Can.KEEP_PROGRAMMES)
def target(request: Request, public_id: UUID) -> HttpResponse:
    found = fetch(ROWS, request.user, Can.KEEP_PROGRAMMES, public_id=public_id)
    form = TargetForm(request.POST or None, programme=found)
    if request.method == "POST" and form.is_valid():
        asked = form.target
        if answer_of(form, lambda: actions.set_target(found, target=asked, by=user_of(request))):
            return redirect("programmes:programme", found.public_id)
    back = reverse("programmes:programme", args=[found.public_id])
    return _form(request, form, _("Set a target"), found.symbol, back)


@require_http_methods(["GET", "POST"])
@policy(Can.KEEP_PROGRAMMES)
def end(request: Request, public_id: UUID) -> HttpResponse:
    found = fetch(ROWS, request.user, Can.KEEP_PROGRAMMES, public_id=public_id)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def act() -> object:
            return actions.end_programme(
                found, on=said["on"], reason=said["reason"], by=user_of(request)
            )

        if answer_of(form, act):
            return redirect("programmes:programme", found.public_id)
    back = reverse("programmes:programme", args=[found.public_id])
    return _form(request, form, _("End the programme"), found.symbol, back)


def _shown(request: Request, found: Programme, unit: Unit) -> HttpResponse:
    day = clock.today()
    standing = carried(found, unit, day)
    period = standing.period
    documents = documents_by_kind(found, unit, day)
    context = {
        "carried": standing,
        "programme": found,
        "unit": unit,
        "documents": documents,
        "documents_total": sum(documents.values()),
        "query": f"tu={period.first:%Y-%m}&den={period.last:%Y-%m}" if period else "",
        "may_keep": may(request.user, Can.KEEP_PROGRAMMES, found.unit),
        "own": Adoption.objects.filter(programme=found, unit=unit).first(),
        "may_adopt": unit.pk != found.unit_id and may(request.user, Can.KEEP_PROGRAMMES, unit),
        "crumbs": [(_("Programmes"), reverse("programmes:programmes")), (found.symbol, "")],
    }
    return render(request, "programmes/programme.html", context)


def _form(request: Request, form: Form, title: str, lead: str, back: str) -> HttpResponse:
    crumbs = [(_("Programmes"), reverse("programmes:programmes"))]
    return ask(
        request, form, title=title, about=lead, back_url=back, crumbs=crumbs,
        submit=_("Save"), draft="",
    )  # fmt: skip
