import json
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nennep.accounts.queries.asking import user_of
from nennep.core.policies import policy
from nennep.core.refusal import Refusal
from nennep.core.scoping import fetch
from nennep.core.trail import record_look
from nennep.indicators.choices import Structure
from nennep.organisation.models import Unit
from nennep.papers.paper import Annex, Paper
from nennep.papers.render import render as render_paper
from nennep.papers.render import respond, respond_bytes
from nennep.reports import actions
from nennep.reports.choices import FORMS, Can
from nennep.reports.forms import NAMES, ReviewForm
from nennep.reports.models import ProgrammeReview, PublishedReview
from nennep.reports.queries.review import Review, review
from nennep.reports.queries.review_files import review_json, review_workbook
from nennep.reports.queries.review_paper import review_paper
from nennep.ui.http import Request


@require_GET
@policy(Can.MAKE_REVIEWS)
def published_list(request: Request) -> HttpResponse:
    """Reviews that were published, and the units a new one can be made for."""
    reaches = {reach.path for reach in request.user.reaches(Can.MAKE_REVIEWS)}
    return render(
        request,
        "reports/list.html",
        {
            "published": PublishedReview.objects.visible_to(request.user)
            .select_related("unit")
            .defer("document", "figures"),
            "under_way": ProgrammeReview.objects.visible_to(request.user)
            .filter(published=None)
            .select_related("unit", "programme__basis"),
            "units": Unit.objects.filter(path__in=reaches).order_by("depth", "sort_key"),
        },
    )


@require_GET
@policy(Can.MAKE_REVIEWS)
def review_page(request: Request, code: str) -> HttpResponse:
    """The review as it would be published now, with its files."""
    unit = fetch(Unit.objects.all(), request.user, Can.MAKE_REVIEWS, code=code)
    form = ReviewForm(request.GET)
    found = _review_or_say_why(unit, form) if form.is_valid() else None
    return render(
        request,
        "reports/review.html",
        {
            "unit": unit,
            "form": form,
            "review": found,
            **(_on_page(review_paper(found)) if found else {}),
            "hidden": [(name, form.data[name]) for name in NAMES if form.data[name]],
            "files": [
                (label, f"{_file_url(unit, name)}?{form.address}") for name, label in FORMS.items()
            ],
            "crumbs": [(_("Reviews"), reverse("reports:published-list")), (unit.name, "")],
        },
    )


def _on_page(paper: Paper) -> dict[str, str]:
    """The report as people read it; its long annexes apart, so that they can be folded away."""
    annexes = [block for block in paper.blocks if isinstance(block, Annex)]
    body = [block for block in paper.blocks if not isinstance(block, Annex)]
    apart = Paper(None, "", annexes, day=paper.day)
    return {
        "paper": render_paper(replace(paper, blocks=body), "html"),
        "annexes": render_paper(apart, "html"),
    }


def _review_or_say_why(unit: Unit, form: ReviewForm) -> Review | None:
    try:
        return _review(unit, form)
    except Refusal as refusal:
        form.add_error(refusal.field or None, refusal.message)
        return None


def _file_url(unit: Unit, form: str) -> str:
    return reverse("reports:review-file", args=[unit.code, form])


def _review(unit: Unit, form: ReviewForm) -> Review:
    """Refuses a form that was not filled in rightly, in its own words."""
    if not form.is_valid():
        raise Refusal(
            " ".join(str(m) for errors in form.errors.values() for m in errors), code="bad_period"
        )
    given = form.cleaned_data
    return review(unit, given["period"], Structure(given["co_cau"]), given["ten"], form.days)


@require_GET
@policy(Can.MAKE_REVIEWS)
def review_file(request: Request, code: str, form: str) -> HttpResponse:
    if form not in FORMS:
        raise Http404
    unit = fetch(Unit.objects.all(), request.user, Can.MAKE_REVIEWS, code=code)
    found = _review(unit, ReviewForm(request.GET))
    record_look("downloaded a review", unit, by=request.user, form=form)
    stem = f"so-ket-{unit.code.lower()}-{found.period.last:%Y-%m}"
    if form == "xlsx":
        return respond_bytes(review_workbook(found), stem, "xlsx")
    if form == "json":
        return _json(review_json(found), stem)
    return respond(review_paper(found), "pdf" if form == "pdf" else "docx")


def _json(content: dict[str, Any], stem: str) -> HttpResponse:
    text = json.dumps(content, ensure_ascii=False, indent=1)
    return HttpResponse(
        text,
        content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{stem}.json"'},
    )


@require_POST
@policy(Can.MAKE_REVIEWS)
def publish(request: Request, code: str) -> HttpResponse:
    unit = fetch(Unit.objects.all(), request.user, Can.MAKE_REVIEWS, code=code)
    found = _review(unit, ReviewForm(request.POST))
    published = actions.publish_review(found, by=user_of(request))
    messages.success(request, _("The review is published. Its figures are kept as they are now."))
    return redirect("reports:published", published.public_id)


@require_GET
@policy(Can.MAKE_REVIEWS)
def published(request: Request, public_id: str) -> HttpResponse:
    found = fetch(
        PublishedReview.objects.select_related("unit", "published_by").defer("document"),
        request.user,
        Can.MAKE_REVIEWS,
        public_id=public_id,
    )
    crumbs = [(_("Reviews"), reverse("reports:published-list")), (found.title, "")]
    return render(request, "reports/published.html", {"published": found, "crumbs": crumbs})


@require_GET
@policy(Can.MAKE_REVIEWS)
def published_document(request: Request, public_id: str) -> HttpResponse:
    """The Word file as it was published, byte for byte."""
    found = fetch(
        PublishedReview.objects.select_related("unit"),
        request.user,
        Can.MAKE_REVIEWS,
        public_id=public_id,
    )
    record_look("downloaded a review", found, by=request.user, form="docx")
    return respond_bytes(bytes(found.document), f"so-ket-{found.unit.code.lower()}", "docx")
