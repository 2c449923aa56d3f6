"""A document that is to be made known: given, followed, reported, withdrawn."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nennep.core.policies import policy
from nennep.core.scoping import fetch, may
from nennep.training import actions
from nennep.training.choices import Can
from nennep.training.forms import DisseminationForm, ReachedForm, ReasonForm
from nennep.training.models import Dissemination, Receipt
from nennep.training.queries.reach import done_of, line_of, waiting_of
from nennep.training.views import frame
from nennep.ui.http import Request
from nennep.ui.taking import page_of

CELLS = 60


@require_http_methods(["GET", "POST"])
@policy(Can.PLAN_TRAINING)
def give(request: Request, code: str) -> HttpResponse:
    unit = frame.unit_to(request, Can.PLAN_TRAINING, code)
    form = DisseminationForm(request.POST if request.method == "POST" else None, unit=unit)
    by: Any = request.user
    given: list[Dissemination] = []

    def act() -> None:
        given.append(actions.give_dissemination(unit, new=form.new, by=by))

    if form.is_bound and form.is_valid() and frame.taken(form, act):
        messages.success(
            request, _("The cells are asked. What closed minutes show counts already.")
        )
        return redirect("training:dissemination", given[0].public_id)
    page = {"unit": unit, "form": form, "crumbs": frame.crumbs(unit, (_("Dissemination"), ""))}
    return render(request, "training/give.html", page, status=422 if form.is_bound else 200)


@require_GET
@policy(Can.VIEW_TRAINING)
def dissemination(request: Request, public_id: UUID) -> HttpResponse:
    """How far it has come, who has not yet, and whom to remind."""
    given = _given(request, Can.VIEW_TRAINING, public_id)
    return _page(request, given, ReasonForm())


def _given(request: Request, can: str, public_id: UUID) -> Dissemination:
    rows = Dissemination.objects.select_related("unit")
    return fetch(rows, request.user, can, public_id=public_id)


def _page(
    request: Request, given: Dissemination, reason: ReasonForm, status: int = 200
) -> HttpResponse:
    unit = given.unit
    page = {
        "given": given,
        "unit": unit,
        "line": line_of(given, unit),
        "waiting": page_of(request, waiting_of(given, request.user), CELLS),
        "done": page_of(request, done_of(given), CELLS, parameter="da"),
        "may_report": may(request.user, Can.ENTER_COUNTS, unit),
        "may_plan": may(request.user, Can.PLAN_TRAINING, unit),
        "reason": reason,
        "crumbs": frame.crumbs(unit, (_("Dissemination"), "")),
    }
    return render(request, "training/dissemination.html", page, status=status)


@require_http_methods(["GET", "POST"])
@policy(Can.ENTER_COUNTS)
def report(request: Request, public_id: UUID) -> HttpResponse:
    """A grid: how many members of each cell were reached; an empty line is not yet."""
    given = _given(request, Can.ENTER_COUNTS, public_id)
    waiting = [each.receipt for each in waiting_of(given, request.user)]
    shown = page_of(request, waiting, CELLS)
    data = request.POST if request.method == "POST" else None
    form = ReachedForm(data, receipts=list(shown), form=given.form)
    if _is_reported(request, given, form):
        return redirect("training:dissemination", given.public_id)
    page = {
        "given": given,
        "unit": given.unit,
        "form": form,
        "page": shown,
        "crumbs": frame.crumbs(
            given.unit, (_("Dissemination"), f"/quan-triet/{given.public_id}/"), (_("Report"), "")
        ),
    }
    return render(request, "training/report.html", page, status=422 if form.is_bound else 200)


def _is_reported(request: Request, given: Dissemination, form: ReachedForm) -> bool:
    if not form.is_bound or not form.is_valid():
        return False
    by: Any = request.user
    reached = form.reached
    if not frame.taken(form, lambda: actions.record_reached(given, reached=reached, by=by)):
        return False
    said = ngettext(
        "%(count)s cell is recorded.", "%(count)s cells are recorded.", len(reached.members)
    )
    messages.success(request, said % {"count": len(reached.members)})
    return True


@require_POST
@policy(Can.PLAN_TRAINING)
def withdraw(request: Request, public_id: UUID) -> HttpResponse:
    given = _given(request, Can.PLAN_TRAINING, public_id)
    form, by = ReasonForm(request.POST), request.user
    user: Any = by
    if form.is_valid() and frame.taken(
        form,
        lambda: actions.withdraw_dissemination(given, reason=form.cleaned_data["reason"], by=user),
    ):
        messages.success(request, _("It need not be made known any more."))
        return redirect("training:unit", given.unit.code)
    return _page(request, given, form, 422)


@require_http_methods(["GET", "POST"])
@policy(Can.VIEW_TRAINING)
def receipt(request: Request, public_id: UUID) -> HttpResponse:
    """One cell says how many of its members were reached, or takes that back."""
    can = Can.ENTER_COUNTS if request.method == "POST" else Can.VIEW_TRAINING
    rows = Receipt.objects.select_related("unit", "dissemination__unit", "meeting")
    own = fetch(rows, request.user, can, public_id=public_id)
    data = request.POST if request.method == "POST" else None
    form = ReachedForm(data, receipts=[own], form=own.dissemination.form)
    by: Any = request.user
    if data is not None and data.get("do") == "back":
        actions.take_back_reached(own, by=by)
        return redirect("training:receipt", own.public_id)
    if _is_reported(request, own.dissemination, form):
        return redirect("training:unit", own.unit.code)
    page = {
        "receipt": own,
        "given": own.dissemination,
        "unit": own.unit,
        "form": form,
        "may_report": may(request.user, Can.ENTER_COUNTS, own.unit),
        "crumbs": frame.crumbs(own.unit, (_("Dissemination"), "")),
    }
    return render(request, "training/receipt.html", page, status=422 if form.is_bound else 200)
