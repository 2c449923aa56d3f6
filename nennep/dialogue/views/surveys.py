"""Surveys: the list of an office, one with its results, opening one, and the sheet of a secretary."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from nennep.core.policies import policy
from nennep.core.scoping import fetch
from nennep.dialogue import actions
from nennep.dialogue.choices import Can
from nennep.dialogue.forms.surveys import SheetForm, SurveyForm
from nennep.dialogue.models import Survey, own_paths
from nennep.dialogue.queries import surveys as queries
from nennep.organisation.models import Unit
from nennep.ui.asking import ask as asked
from nennep.ui.asking import taken
from nennep.ui.http import Request
from nennep.ui.taking import page_of

ROWS_ON_A_PAGE = 30


@require_GET
@policy(Can.VIEW_SURVEYS)
def surveys(request: Request) -> HttpResponse:
    rows = Survey.objects.visible_to(request.user).select_related("unit")
    holders = Unit.objects.living().filter(path__in=own_paths(request.user, Can.HOLD_SURVEYS))
    page = {
        "page": page_of(request, rows, ROWS_ON_A_PAGE),
        "holders": list(holders.order_by("path")),
    }
    return render(request, "dialogue/surveys.html", page)


@require_http_methods(["GET", "POST"])
@policy(Can.HOLD_SURVEYS)
def hold(request: Request, code: str) -> HttpResponse:
    unit = fetch(Unit.objects.all(), request.user, Can.HOLD_SURVEYS, code=code)
    form = SurveyForm(request.POST if request.method == "POST" else None)
    by: Any = request.user
    made: list[Survey] = []

    def act() -> None:
        made.append(actions.open_survey(unit, survey=form.survey, by=by))

    if form.is_bound and form.is_valid() and taken(form, act):
        messages.success(
            request, _("The survey is open. Each secretary finds it on the first page.")
        )
        return redirect("dialogue:survey", made[0].public_id)
    return asked(
        request, form, title=_("Hold a survey"), about=unit.name, submit=_("Open it"),
        back_url=reverse("dialogue:surveys"), crumbs=_crumbs(), template="dialogue/hold.html",
    )  # fmt: skip


@require_GET
@policy(Can.VIEW_SURVEYS)
def survey(request: Request, public_id: UUID) -> HttpResponse:
    rows = Survey.objects.select_related("unit")
    found = fetch(rows, request.user, Can.VIEW_SURVEYS, public_id=public_id)
    page = {
        "survey": found,
        "unit": found.unit,
        "results": queries.results_of(found),
        "crumbs": [*_crumbs(), (found.title, "")],
    }
    return render(request, "dialogue/survey.html", page)


@require_http_methods(["GET", "POST"])
@policy(Can.ANSWER_SURVEYS)
def answer_survey(request: Request, public_id: UUID) -> HttpResponse:
    """The sheet of somebody who is asked; whoever has answered sees that it is done."""
    meant = Survey.objects.filter(unit__in=queries.surveys_above(request.user))
    found = get_object_or_404(meant.select_related("unit"), public_id=public_id)
    form = SheetForm(request.POST if request.method == "POST" else None, survey=found)
    by: Any = request.user
    if (
        form.is_bound
        and form.is_valid()
        and taken(form, lambda: actions.hand_in_sheet(found, sheet=form.sheet, by=by))
    ):
        messages.success(request, _("Thank you. Your answers are added to those of the others."))
        return redirect("dialogue:answer-survey", found.public_id)
    page = {
        "survey": found,
        "unit": found.unit,
        "form": form,
        "is_asked": found.is_open and queries.waits_for(found, request.user),
        "least": queries.shown_from(found.unit),
    }
    return render(request, "dialogue/sheet.html", page, status=422 if form.errors else 200)


def _crumbs() -> list[tuple[str, str]]:
    return [(_("Surveys"), reverse("dialogue:surveys"))]
