"""What comes out of the review of a programme: the report, its annexes, a page, pictures, news."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nennep.accounts.queries.asking import user_of
from nennep.core.policies import policy
from nennep.core.trail import record_look
from nennep.papers.render import respond_bytes
from nennep.reports import actions
from nennep.reports.choices import Can, Outcome
from nennep.reports.queries import outcomes
from nennep.reports.queries.findings import findings
from nennep.reports.queries.review_charts import CHARTS
from nennep.reports.views.programme_reviews import review_of
from nennep.ui.http import Request


@require_GET
@policy(Can.MAKE_REVIEWS)
def outcome(request: Request, public_id: UUID, name: str, form: str) -> HttpResponse:
    if (name, form) not in {(kind.value, each) for kind in Outcome for each in kind.forms}:
        raise Http404
    found = review_of(request, public_id)
    record_look("downloaded a review", found, by=request.user, form=form, paper=name)
    content = outcomes.written(findings(found), name, form)
    return respond_bytes(content, outcomes.stem(name, found), form)


@require_GET
@policy(Can.MAKE_REVIEWS)
def picture(request: Request, public_id: UUID, name: str, form: str) -> HttpResponse:
    """A picture for slides, as a drawing or in dots."""
    if name not in CHARTS or form not in outcomes.PICTURES:
        raise Http404
    found = review_of(request, public_id)
    content = outcomes.drawn(findings(found), name, form)
    return respond_bytes(content, outcomes.stem(name, found), form)


@require_POST
@policy(Can.MAKE_REVIEWS)
def publish_programme(request: Request, public_id: UUID) -> HttpResponse:
    found = review_of(request, public_id)
    actions.publish_programme_review(found, by=user_of(request))
    messages.success(request, _("The review is published. Its figures are kept as they are now."))
    return redirect("reports:programme-review", found.public_id)
