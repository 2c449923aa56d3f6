"""Recommendations: the list of the office, and one with its answer."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from nennep.core import clock, trail
from nennep.core.policies import policy
from nennep.core.scoping import fetch, may
from nennep.papers.render import respond
from nennep.quality import actions
from nennep.quality.choices import Can
from nennep.quality.forms.recommendations import AnswerForm, SettleForm, WithdrawForm
from nennep.quality.models import Recommendation, RecommendationQuerySet
from nennep.quality.queries.supervision import recommendations_under
from nennep.quality.queries.supervision_papers import recommendations_paper
from nennep.quality.views import overseeing as frame
from nennep.quality.views.visits import FORMS
from nennep.ui.http import Request
from nennep.ui.taking import page_of

ROWS_ON_A_PAGE = 50
PRINTED_AT_MOST = 1_000
OPEN, OVERDUE, ALL = "mo", "qua-han", "tat-ca"


def _asked(request: Request, rows: RecommendationQuerySet) -> tuple[str, RecommendationQuerySet]:
    which = request.GET.get("loc", OPEN)
    if which == OVERDUE:
        return which, rows.overdue(clock.today())
    if which == ALL:
        return which, rows.order_by("-due_on", "-pk")
    return OPEN, rows.open()


@require_GET
@policy(Can.VIEW_SUPERVISION)
def recommendations(request: Request, code: str) -> HttpResponse:
    """Those not answered first; those past their day, or all, when asked."""
    unit = frame.unit_to(request, Can.VIEW_SUPERVISION, code)
    all_rows = recommendations_under(unit, request.user)
    which, rows = _asked(request, all_rows)
    page = {
        "unit": unit,
        "which": which,
        "choices": [(OPEN, _("Not answered")), (OVERDUE, _("Past their day")), (ALL, _("All"))],
        "page": page_of(request, rows, ROWS_ON_A_PAGE),
        "crumbs": frame.crumbs(request, unit, _("Recommendations")),
    }
    return render(request, "quality/recommendations.html", page)


@require_GET
@policy(Can.VIEW_SUPERVISION)
def recommendations_file(request: Request, code: str, form: str) -> HttpResponse:
    """The same list as a paper."""
    unit = frame.unit_to(request, Can.VIEW_SUPERVISION, code)
    if form not in FORMS:
        raise Http404
    _which, rows = _asked(request, recommendations_under(unit, request.user))
    trail.record_look("supervision taken as a file", unit, by=request.user, form=form)
    paper = recommendations_paper(unit, list(rows[:PRINTED_AT_MOST]))
    return respond(paper, form)  # type: ignore[arg-type]  # one of FORMS


@require_http_methods(["GET", "POST"])
@policy(Can.VIEW_SUPERVISION)
def recommendation(request: Request, public_id: UUID) -> HttpResponse:
    """One: the cell answers, the superior settles or withdraws it."""
    rows = Recommendation.objects.select_related(
        "unit", "committee", "visit", "inspection", "answered_by"
    )
    found = fetch(rows, request.user, Can.VIEW_SUPERVISION, public_id=public_id)
    may_answer = may(request.user, Can.ANSWER_RECOMMENDATIONS, found.unit)
    may_settle = frame.may_visit(request.user, found.unit)
    do = request.POST.get("do", "")
    if request.method == "POST" and not (may_answer if do == "answer" else may_settle):
        raise PermissionDenied
    forms = _forms(request, found, do)
    if request.method == "POST" and _is_done(request, found, do, forms):
        return redirect("quality:recommendation", found.public_id)
    page = {
        "found": found,
        "unit": found.unit,
        "forms": forms,
        "may_answer": may_answer,
        "may_settle": may_settle,
        "crumbs": frame.crumbs(request, found.unit, _("Recommendation")),
    }
    return render(
        request,
        "quality/recommendation.html",
        page,
        status=422 if request.method == "POST" else 200,
    )


def _forms(request: Request, found: Recommendation, do: str) -> dict[str, Form]:
    def data(name: str) -> Any:
        return request.POST if do == name else None

    return {
        "answer": AnswerForm(data("answer"), recommendation=found),
        "settle": SettleForm(data("settle")),
        "withdraw": WithdrawForm(data("withdraw")),
    }


def _is_done(request: Request, found: Recommendation, do: str, forms: dict[str, Form]) -> bool:
    by: Any = request.user
    acts: dict[str, Callable[[dict[str, Any]], object]] = {
        "answer": lambda given: actions.answer(found, by=by, **given),
        "settle": lambda given: actions.settle(found, by=by, **given),
        "withdraw": lambda given: actions.withdraw(found, reason=given["remark"], by=by),
    }
    if do not in acts:
        return True
    if not frame.taken(forms[do], lambda: acts[do](forms[do].cleaned_data)):
        return False
    messages.success(request, frame.kept())
    return True
