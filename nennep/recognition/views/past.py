"""Commendations of earlier decisions: entered, corrected, struck out, by the body that gave them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from nennep.accounts.queries.asking import user_of
from nennep.core.policies import policy
from nennep.recognition.actions.past_commending import (
    correct_commendation,
    enter_past_commendations,
    strike_commendation,
)
from nennep.recognition.choices import Can
from nennep.recognition.forms.past import CorrectionForm, PastCommendationsForm, StrikeForm
from nennep.recognition.models import Commendation
from nennep.recognition.queries.commendations import given_by
from nennep.recognition.views import frame
from nennep.ui.asking import answer_of, ask, taken
from nennep.ui.http import Request


@require_http_methods(["GET", "POST"])
@policy(Can.DECIDE_COMMENDATIONS)
def enter(request: Request, code: str) -> HttpResponse:
    unit = frame.unit_to(request, Can.DECIDE_COMMENDATIONS, code)
    form = PastCommendationsForm(request.POST or None, unit=unit)
    if request.method == "POST" and form.is_valid():
        decision, lines = form.decision, form.cleaned_data["lines"]
        rows = answer_of(
            form,
            lambda: enter_past_commendations(
                unit, decision=decision, lines=lines, by=user_of(request)
            ),
        )
        if rows is not None:
            said = ngettext(
                "%(count)s commendation was entered.", "%(count)s commendations were entered.",
                len(rows),
            )  # fmt: skip
            messages.success(request, said % {"count": len(rows)})
            return redirect("recognition:commendations", unit.code)
    return ask(
        request, form, title=_("Enter an earlier decision"), about=unit.name,
        back_url=reverse("recognition:commendations", args=[unit.code]),
        crumbs=frame.crumbs(unit), submit=_("Save"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@policy(Can.DECIDE_COMMENDATIONS)
def correct(request: Request, code: str, public_id: UUID) -> HttpResponse:
    row = _row(request, code, public_id)
    form = CorrectionForm(request.POST or None, row=row)
    if request.method == "POST" and form.is_valid():
        new, reason = form.new, form.cleaned_data["reason"]
        if taken(
            form, lambda: correct_commendation(row, new=new, reason=reason, by=user_of(request))
        ):
            return redirect("recognition:commendations", code)
    return ask(
        request, form, title=_("Correct a commendation"), about=_about(row),
        back_url=reverse("recognition:commendations", args=[code]),
        crumbs=frame.crumbs(row.awarded_by), submit=_("Save"), draft="",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@policy(Can.DECIDE_COMMENDATIONS)
def strike(request: Request, code: str, public_id: UUID) -> HttpResponse:
    row = _row(request, code, public_id)
    form = StrikeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if taken(form, lambda: strike_commendation(row, reason=reason, by=user_of(request))):
            messages.success(request, _("The line was struck out and no longer counts."))
            return redirect("recognition:commendations", code)
    return ask(
        request, form, title=_("Strike out a commendation"), about=_about(row),
        back_url=reverse("recognition:commendations", args=[code]),
        crumbs=frame.crumbs(row.awarded_by), submit=_("Strike out"), draft="",
    )  # fmt: skip


def _row(request: Request, code: str, public_id: UUID) -> Commendation:
    """One that the body of this unit gave: a body above or below it does not touch it."""
    unit = frame.unit_to(request, Can.DECIDE_COMMENDATIONS, code)
    return get_object_or_404(given_by(unit), public_id=public_id)


def _about(row: Commendation) -> str:
    return f"{row.name} · {row.decision}"
