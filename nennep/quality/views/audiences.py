"""Model meetings: which were held, who came to watch, what was learnt."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from nennep.core.policies import policy
from nennep.core.scoping import fetch, may
from nennep.organisation.models import Unit, UnitQuerySet
from nennep.quality import actions
from nennep.quality.choices import Can
from nennep.quality.forms.audiences import AudienceForm
from nennep.quality.models import ModelMeeting
from nennep.quality.queries.supervision import audience_of, models_under
from nennep.quality.views import overseeing as frame
from nennep.ui.http import Request
from nennep.ui.taking import page_of

ROWS_ON_A_PAGE = 50


@require_GET
@policy(Can.VIEW_SUPERVISION)
def models(request: Request, code: str) -> HttpResponse:
    unit = frame.unit_to(request, Can.VIEW_SUPERVISION, code)
    rows = models_under(unit, request.user)
    page = {
        "unit": unit,
        "page": page_of(request, rows, ROWS_ON_A_PAGE),
        "crumbs": frame.crumbs(request, unit, _("Model meetings")),
    }
    return render(request, "quality/models.html", page)


@require_http_methods(["GET", "POST"])
@policy(Can.VIEW_SUPERVISION)
def model(request: Request, public_id: UUID) -> HttpResponse:
    """Who came to watch one model meeting, and what was learnt."""
    rows = ModelMeeting.objects.select_related("unit__parent", "lesson")
    meeting = fetch(rows, request.user, Can.VIEW_SUPERVISION, public_id=public_id)
    may_keep = may(request.user, Can.KEEP_MODELS, meeting.unit)
    if request.method == "POST" and not may_keep:
        raise PermissionDenied
    lesson = getattr(meeting, "lesson", None)
    audience = audience_of(meeting)
    beside = _beside(meeting.unit)
    form = AudienceForm(
        request.POST or None,
        audience=audience,
        lessons=lesson.lessons if lesson else "",
        known={unit.name: unit for unit in beside},
    )
    if request.method == "POST" and frame.taken(form, lambda: _keep(request, meeting, form)):
        messages.success(request, frame.kept())
        return redirect("quality:model", meeting.public_id)
    page = {
        "meeting": meeting,
        "unit": meeting.unit,
        "lesson": lesson,
        "audience": audience,
        "people": sum(each.people for each in audience),
        "form": form if may_keep and meeting.started_at else None,
        "offered": beside.visible_to(request.user),
        "crumbs": frame.crumbs(request, meeting.unit, _("Model meeting")),
    }
    return render(request, "quality/model.html", page, status=422 if form.is_bound else 200)


def _beside(cell: Unit) -> UnitQuerySet:
    """The organisations most likely to have come: those under the same superior.

    A name that is typed finds its organisation; offered are only those in sight.
    """
    rows = Unit.objects.filter(parent=cell.parent_id).living().exclude(pk=cell.pk)
    return rows.order_by("sort_key")


def _keep(request: Request, meeting: ModelMeeting, form: AudienceForm) -> None:
    by: Any = request.user
    actions.write_audience(
        meeting, audience=form.audience, lessons=form.cleaned_data["lessons"], by=by
    )
