"""What comes out of the review of a programme: the report, its annexes, a page, pictures, news."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nennep.accounts.queries.asking import user_of
from nennep.core.policies import policy
from nennep.core.trail import record_look
from nennep.papers.paper import Paper
from nennep.papers.pdf import png_of_svg
from nennep.papers.render import render, respond_bytes
from nennep.reports import actions
from nennep.reports.choices import Can, Outcome
from nennep.reports.models import ProgrammeReview
from nennep.reports.queries.findings import Findings, findings
from nennep.reports.queries.news import news_of, news_paper
from nennep.reports.queries.programme_sheets import programme_workbook
from nennep.reports.queries.review_charts import CHARTS, chart
from nennep.reports.queries.review_paper import review_paper
from nennep.reports.queries.summary_paper import summary_paper
from nennep.reports.views.programme_reviews import review_of
from nennep.ui.http import Request


def _report(found: Findings) -> Paper:
    return review_paper(found.review, found)


PAPERS: dict[str, Callable[[Findings], Paper]] = {
    Outcome.REPORT: _report,
    Outcome.SUMMARY: summary_paper,
    Outcome.NEWS: news_paper,
}


@require_GET
@policy(Can.MAKE_REVIEWS)
def outcome(request: Request, public_id: UUID, name: str, form: str) -> HttpResponse:
    if (name, form) not in {(kind.value, each) for kind in Outcome for each in kind.forms}:
        raise Http404
    found = review_of(request, public_id)
    record_look("downloaded a review", found, by=request.user, form=form, paper=name)
    content = _written(findings(found), name, form)
    return respond_bytes(content, _stem(name, found), form)


def _written(found: Findings, name: str, form: str) -> bytes:
    if form == "xlsx":
        return programme_workbook(found)
    if form == "txt":
        return news_of(found).text.encode()
    return render(PAPERS[name](found), "pdf" if form == "pdf" else "docx")


@require_GET
@policy(Can.MAKE_REVIEWS)
def picture(request: Request, public_id: UUID, name: str, form: str) -> HttpResponse:
    """A picture for slides, as a drawing or in dots."""
    if name not in CHARTS or form not in {"svg", "png"}:
        raise Http404
    found = review_of(request, public_id)
    drawn = chart(findings(found), name)
    content = drawn.encode() if form == "svg" else png_of_svg(drawn)
    return respond_bytes(content, _stem(name, found), form)


def _stem(name: str, found: ProgrammeReview) -> str:
    return f"{name}-{found.unit.code.lower()}-{found.last_day:%Y-%m}"


@require_POST
@policy(Can.MAKE_REVIEWS)
def publish_programme(request: Request, public_id: UUID) -> HttpResponse:
    found = review_of(request, public_id)
    actions.publish_programme_review(found, by=user_of(request))
    messages.success(request, _("The review is published. Its figures are kept as they are now."))
    return redirect("reports:programme-review", found.public_id)
