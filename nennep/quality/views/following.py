"""Naming who of a committee follows which cell, all cells on one screen."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from nennep.core.policies import policy
from nennep.organisation.models import Unit
from nennep.quality import actions
from nennep.quality.choices import Can
from nennep.quality.forms.following import FollowersForm
from nennep.quality.queries.following import committee_members, followed_cells
from nennep.quality.views import overseeing as frame
from nennep.ui.http import Request


@require_http_methods(["GET", "POST"])
@policy(Can.ARRANGE_SUPERVISION)
def followers(request: Request, code: str) -> HttpResponse:
    unit = frame.unit_to(request, Can.ARRANGE_SUPERVISION, code)
    cells, members = followed_cells(unit), committee_members(unit)
    data = request.POST if request.method == "POST" else None
    form = FollowersForm(data, cells=cells, members=members)
    if data is not None and frame.taken(form, lambda: _name(request, unit, form)):
        return redirect("quality:followers", unit.code)
    page = {
        "unit": unit,
        "form": form,
        "members": members,
        "unfollowed": sum(1 for row in cells if row.following is None),
        "crumbs": frame.crumbs(request, unit, _("Who follows which cell")),
    }
    return render(request, "quality/followers.html", page, status=200 if data is None else 422)


def _name(request: Request, unit: Unit, form: FollowersForm) -> None:
    count = actions.name_followers(
        unit,
        form.named,
        since=form.cleaned_data["since"],
        by=request.user,  # type: ignore[arg-type]  # a User
    )
    messages.success(
        request,
        ngettext("%(count)s cell changed.", "%(count)s cells changed.", count) % {"count": count},
    )
