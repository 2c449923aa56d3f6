"""The audit trail, as far as a person may read it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from nennep.accounts import queries
from nennep.accounts.choices import Can
from nennep.accounts.forms.grants import TrailFilterForm
from nennep.core.policies import policy
from nennep.ui.http import Request
from nennep.ui.taking import page_of

LINES_ON_A_PAGE = 50


@require_GET
@policy(Can.VIEW_TRAIL)
def trail_list(request: Request) -> HttpResponse:
    filters = TrailFilterForm(request.GET or None)
    asked = filters.cleaned_data if filters.is_valid() else {}
    found = queries.lines_found(queries.trail_for(request.user), **asked)
    page = page_of(request, found, LINES_ON_A_PAGE)
    return render(
        request,
        "accounts/trail.html",
        {"filters": filters, "page": page, "lines": queries.told(list(page.object_list))},
    )
