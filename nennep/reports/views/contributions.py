"""What an organisation below says to a review it was asked about."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from nennep.accounts.queries.asking import user_of
from nennep.core import clock
from nennep.core.policies import policy
from nennep.core.scoping import fetch
from nennep.reports import actions
from nennep.reports.choices import Can
from nennep.reports.forms import ContributionForm
from nennep.reports.models import Contributor
from nennep.ui.asking import ask, taken
from nennep.ui.http import Request

ROWS = Contributor.objects.select_related(
    "unit", "review__unit", "review__programme__basis", "review__published"
)
LISTED = 100


@require_GET
@policy(Can.CONTRIBUTE)
def contributions(request: Request) -> HttpResponse:
    """The reviews that ask the organisations of this person, those that wait first."""
    rows = ROWS.visible_to(request.user).filter(review__published=None)
    waiting = rows.filter(answered_at=None).order_by("review__due_on", "pk")
    answered = rows.exclude(answered_at=None).order_by("-answered_at")
    return render(
        request,
        "reports/contributions.html",
        {
            "waiting": waiting[:LISTED],
            "answered": answered[:LISTED],
            "today": clock.today(),
        },
    )


@require_http_methods(["GET", "POST"])
@policy(Can.CONTRIBUTE)
def contribute(request: Request, public_id: UUID) -> HttpResponse:
    asked = fetch(ROWS, request.user, Can.CONTRIBUTE, public_id=public_id)
    form = ContributionForm(request.POST or None, contributor=asked)
    if request.method == "POST" and form.is_valid():

        def act() -> object:
            return actions.contribute(asked, lines=form.lines, by=user_of(request))

        if taken(form, act):
            messages.success(
                request, _("The contribution is sent. It can be changed until the report.")
            )
            return redirect("reports:contributions")
    title = _("Contribution to a review")
    return ask(
        request,
        form,
        title=title,
        about=f"{asked.unit.name}: {asked.review.programme.symbol}",
        lead=_(
            "One thing a line, five lines at most of each kind. Leave all empty if there is nothing to say."
        ),
        back_url=reverse("reports:contributions"),
        crumbs=[(_("Contributions"), reverse("reports:contributions"))],
        submit=_("Send"),
    )
