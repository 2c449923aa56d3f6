"""The one page that leads an office through the review of a programme."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from nennep.accounts.queries.asking import user_of
from nennep.core import clock
from nennep.core.person import Person
from nennep.core.policies import policy
from nennep.core.scoping import fetch, may
from nennep.organisation.models import Unit
from nennep.recognition.choices import Can as Recognition
from nennep.reports import actions
from nennep.reports.choices import Can, ContributionKind, Outcome
from nennep.reports.forms import AskForm, ChooseForm, TermsForm
from nennep.reports.models import Contribution, ProgrammeReview
from nennep.reports.queries.findings import Findings, findings
from nennep.reports.queries.review_charts import charts_of
from nennep.reports.queries.steps import steps_of
from nennep.reports.queries.tables_on_page import block_table, year_table
from nennep.ui.asking import answer_of, ask, taken
from nennep.ui.http import Request

ROWS = ProgrammeReview.objects.select_related(
    "unit__parent", "published", "programme__unit", "programme__basis",
    "programme__carries_out__basis", "programme__carries_out__carries_out__basis",
)  # fmt: skip


def review_of(request: Request, public_id: UUID) -> ProgrammeReview:
    return fetch(ROWS, request.user, Can.MAKE_REVIEWS, public_id=public_id)


@require_http_methods(["GET", "POST"])
@policy(Can.MAKE_REVIEWS)
def begin(request: Request, code: str) -> HttpResponse:
    unit = fetch(Unit.objects.all(), request.user, Can.MAKE_REVIEWS, code=code)
    form = TermsForm(request.POST or None, unit=unit)
    if request.method == "POST" and form.is_valid():
        kept = answer_of(
            form, lambda: actions.begin_review(unit, terms=form.terms, by=user_of(request))
        )
        if kept is not None:
            return redirect("reports:programme-review", kept.public_id)
    return ask(
        request,
        form,
        title=_("Review a programme"),
        about=unit.name,
        back_url=reverse("reports:published-list"),
        crumbs=_crumbs(),
        submit=_("Begin"),
    )


@require_http_methods(["GET", "POST"])
@policy(Can.MAKE_REVIEWS)
def change(request: Request, public_id: UUID) -> HttpResponse:
    found = review_of(request, public_id)
    form = TermsForm(request.POST or None, unit=found.unit, review=found)
    if request.method == "POST" and form.is_valid():

        def act() -> object:
            return actions.change_review(found, terms=form.terms, by=user_of(request))

        if taken(form, act):
            return redirect("reports:programme-review", found.public_id)
    return ask(
        request,
        form,
        title=_("Programme and period"),
        about=found.unit.name,
        back_url=_address(found),
        crumbs=[*_crumbs(), (title_of(found), _address(found))],
        submit=_("Save"),
        draft="",
    )


@require_GET
@policy(Can.MAKE_REVIEWS)
def programme_review(request: Request, public_id: UUID) -> HttpResponse:
    """Everything that stands ready, what waits, and the ways on."""
    found = findings(review_of(request, public_id))
    return render(request, "reports/programme_review.html", _page(found, request.user))


def _page(found: Findings, person: Person) -> dict[str, Any]:
    of = found.of
    period = found.review.period
    return {
        "found": found,
        "review": of,
        "title": title_of(of),
        "steps": steps_of(found),
        "years": year_table(found),
        "blocks": block_table(found),
        "query": f"tu={period.first:%Y-%m}&den={period.last:%Y-%m}",
        **_commended(found, person),
        "chosen": [(kind, found.chosen(kind)) for kind in ContributionKind],
        "outcomes": Outcome,
        "pictures": charts_of(found),
        "may_contribute": may(person, Can.CONTRIBUTE, of.unit),
        "is_over": of.due_on is not None and of.due_on < clock.today(),
        "crumbs": [*_crumbs(), (title_of(of), "")],
    }


def _commended(found: Findings, person: Person) -> dict[str, Any]:
    """Names of the register and of proposals, each for who may see them."""
    unit = found.of.unit
    if not may(person, Recognition.VIEW_COMMENDATIONS, unit):
        return {}
    may_see = may(person, Recognition.PROPOSE_COMMENDATIONS, unit)
    return {
        "commended": found.commended,
        "waiting": found.commended.waiting if may_see else (),
    }


@require_http_methods(["GET", "POST"])
@policy(Can.MAKE_REVIEWS)
def ask_contributions(request: Request, public_id: UUID) -> HttpResponse:
    found = review_of(request, public_id)
    form = AskForm(request.POST or None, initial={"due_on": found.due_on})
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["due_on"]
        count = answer_of(form, lambda: actions.ask_for(found, due_on=day, by=user_of(request)))
        if count is not None:
            told = _("%(count)s organisations are asked for contributions.") % {"count": count}
            messages.success(request, told)
            return redirect(f"{_address(found)}#y-kien")
    return ask(
        request,
        form,
        title=_("Ask for contributions"),
        about=found.unit.name,
        back_url=_address(found),
        crumbs=[*_crumbs(), (title_of(found), _address(found))],
        submit=_("Ask"),
        draft="",
    )


@require_http_methods(["GET", "POST"])
@policy(Can.MAKE_REVIEWS)
def choose(request: Request, public_id: UUID) -> HttpResponse:
    """Every line that came in, by kind; those ticked go into the report."""
    found = review_of(request, public_id)
    form = ChooseForm(request.POST or None, review=found)
    if request.method == "POST" and form.is_valid():
        count = answer_of(
            form, lambda: actions.choose(found, lines=form.chosen, by=user_of(request))
        )
        if count is not None:
            told = _("%(count)s contributions go into the report.") % {"count": count}
            messages.success(request, told)
            return redirect(f"{_address(found)}#chon-y-kien")
    lines = Contribution.objects.filter(contributor__review=found)
    of_kind = defaultdict(list)
    for line in lines.select_related("contributor__unit"):
        of_kind[line.kind].append(line)
    return render(
        request,
        "reports/choose.html",
        {
            "review": found,
            "form": form,
            "kinds": [(kind, of_kind[kind]) for kind in ContributionKind],
            "crumbs": [
                *_crumbs(), (title_of(found), _address(found)), (_("What goes into the report"), ""),
            ],
        },
        status=422 if form.errors else 200,
    )  # fmt: skip


def title_of(found: ProgrammeReview) -> str:
    stated = f" {found.stated}" if found.stated else ""
    return f"{found.get_kind_display()}{stated}: {found.programme.symbol}"


def _crumbs() -> list[tuple[str, str]]:
    return [(_("Reviews"), reverse("reports:published-list"))]


def _address(found: ProgrammeReview) -> str:
    return reverse("reports:programme-review", args=[found.public_id])
