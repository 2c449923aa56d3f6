"""Quizzes: made, printed, counted, answered on a telephone, and what came of them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from nennep.core.policies import policy, public
from nennep.core.refusal import Refusal
from nennep.core.scoping import fetch, may
from nennep.organisation.models import Unit
from nennep.papers.render import respond
from nennep.training import actions
from nennep.training.choices import Can
from nennep.training.forms import AnswerForm, QuizForm, SheetsForm
from nennep.training.models import Quiz
from nennep.training.queries.quiz_papers import PAPERS
from nennep.training.queries.quizzes import meant_by, questions_of, results_of, token_of
from nennep.training.views import frame
from nennep.ui.http import Request
from nennep.ui.taking import page_of

CELLS_ON_A_PAGE = 20


@require_http_methods(["GET", "POST"])
@policy(Can.PLAN_TRAINING)
def make(request: Request, code: str) -> HttpResponse:
    unit = frame.unit_to(request, Can.PLAN_TRAINING, code)
    form = QuizForm(request.POST if request.method == "POST" else None)
    by: Any = request.user
    made: list[Quiz] = []
    if (
        form.is_bound
        and form.is_valid()
        and frame.taken(form, lambda: made.append(actions.make_quiz(unit, quiz=form.quiz, by=by)))
    ):
        messages.success(
            request, _("The quiz is made. Each cell finds it on its page of training.")
        )
        return redirect("training:quiz", made[0].public_id)
    page = {"unit": unit, "form": form, "crumbs": frame.crumbs(unit, (_("Quiz"), ""))}
    return render(request, "training/make_quiz.html", page, status=422 if form.is_bound else 200)


@require_GET
@policy(Can.VIEW_TRAINING)
def quiz(request: Request, public_id: UUID) -> HttpResponse:
    """The results: how many took part, how often each question was answered right. Nobody by name."""
    rows = Quiz.objects.select_related("unit")
    found = fetch(rows, request.user, Can.VIEW_TRAINING, public_id=public_id)
    results, named = results_of(found, found.unit), request.GET.get("ten", "")
    page = {
        "quiz": found,
        "unit": found.unit,
        "questions": questions_of(found),
        "results": results,
        "named": named,
        "page": page_of(request, results.cells_named(named), CELLS_ON_A_PAGE),
        "crumbs": frame.crumbs(found.unit, (_("Quiz"), "")),
    }
    return render(request, "training/quiz.html", page)


def _of_cell(request: Request, can: str, code: str, public_id: UUID) -> tuple[Quiz, Unit]:
    """A cell, and a quiz of its own or of a unit above it; any other is no quiz of this cell."""
    cell = frame.unit_to(request, can, code)
    asked = Quiz.objects.filter(unit_id__in=[*cell.ancestor_ids, cell.pk], public_id=public_id)
    found = asked.select_related("unit").first()
    if found is None or not cell.is_cell:
        raise Http404
    return found, cell


@require_http_methods(["GET", "POST"])
@policy(Can.VIEW_TRAINING)
def cell_quiz(request: Request, code: str, public_id: UUID) -> HttpResponse:
    """What a cell does with it: print, answer by its link, count the paper sheets, see the result."""
    can = Can.ENTER_COUNTS if request.method == "POST" else Can.VIEW_TRAINING
    found, cell = _of_cell(request, can, code, public_id)
    form = SheetsForm(request.POST if request.method == "POST" else None, quiz=found)
    by: Any = request.user
    if (
        form.is_bound
        and form.is_valid()
        and frame.taken(
            form,
            lambda: actions.count_paper_sheets(
                found, cell=cell, sheets=form.cleaned_data["sheets"], right=form.right, by=by
            ),
        )
    ):
        messages.success(request, _("The sheets are counted."))
        return redirect("training:cell-quiz", found.public_id, cell.code)
    page = {
        "quiz": found,
        "unit": cell,
        "form": form,
        "token": token_of(found, cell),
        "results": results_of(found, cell),
        "may_count": may(request.user, Can.ENTER_COUNTS, cell),
        "crumbs": frame.crumbs(cell, (_("Quiz"), "")),
    }
    return render(request, "training/cell_quiz.html", page, status=422 if form.is_bound else 200)


@require_GET
@policy(Can.VIEW_TRAINING)
def quiz_paper(request: Request, code: str, public_id: UUID, paper: str, form: str) -> HttpResponse:
    found, cell = _of_cell(request, Can.VIEW_TRAINING, code, public_id)
    if paper not in PAPERS or form not in {"docx", "pdf"}:
        raise Http404
    host = request.build_absolute_uri("/").rstrip("/")
    return respond(PAPERS[paper](found, cell, host), form, is_inline=form == "pdf")  # type: ignore[arg-type]  # one of two


@require_http_methods(["GET", "POST"])
@public
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The sheet on a telephone. Nobody signs in; what was chosen is compared and forgotten."""
    meant = meant_by(token)
    if meant is None:
        raise Http404
    found, cell = meant
    form = AnswerForm(request.POST if request.method == "POST" else None, quiz=found)
    page: dict[str, Any] = {"quiz": found, "unit": cell, "form": form}
    if form.is_bound and form.is_valid():
        try:
            right = actions.hand_in(found, cell=cell, chosen=form.chosen)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            page |= {"pair": (sum(right), len(right)), "key": _key(found, right)}
    return render(request, "training/answer.html", page, status=422 if form.errors else 200)


def _key(found: Quiz, right: list[int]) -> list[tuple[str, str, bool]]:
    """Each question with its right answer, and whether it was given."""
    questions = questions_of(found)
    return [
        (question.text, question.options[question.right], bool(was_right))
        for question, was_right in zip(questions, right, strict=True)
    ]
