"""Topics that a committee puts on the agenda of every cell below it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nennep.core import clock
from nennep.core.periods import month_of
from nennep.core.policies import policy
from nennep.core.scoping import fetch
from nennep.meetings import actions
from nennep.meetings.choices import Can
from nennep.meetings.forms.planning import TopicForm
from nennep.meetings.models import CompulsoryTopic
from nennep.meetings.views import frame
from nennep.meetings.views.ledger import ledger_unit
from nennep.meetings.views.request import Request


@require_http_methods(["GET", "POST"])
@policy(Can.SET_TOPICS)
def topics(request: Request, code: str) -> HttpResponse:
    unit = ledger_unit(request, Can.SET_TOPICS, code)
    is_change = request.method == "POST"
    this = month_of(clock.today())
    form = TopicForm(
        request.POST if is_change else None, initial={"first_month": this, "last_month": this}
    )
    if is_change and form.is_valid():
        given = form.cleaned_data
        if frame.taken(form, lambda: actions.set_topic(unit, **given, by=request.user)):
            messages.success(request, _("The topic stands on the agendas of these months."))
            return redirect("meetings:topics", unit.code)
    rows = CompulsoryTopic.objects.visible_to(request.user).filter(unit=unit)
    return render(
        request,
        "meetings/topics.html",
        {"unit": unit, "form": form, "topics": rows.select_related("set_by"), "this": this},
        status=422 if is_change else 200,
    )


@require_POST
@policy(Can.SET_TOPICS)
def withdraw(request: Request, public_id: UUID) -> HttpResponse:
    rows = CompulsoryTopic.objects.select_related("unit")
    topic = fetch(rows, request.user, Can.SET_TOPICS, public_id=public_id)
    actions.withdraw_topic(topic, by=request.user)
    messages.success(request, _("The topic is withdrawn; agendas that have it keep it."))
    return redirect("meetings:topics", topic.unit.code)
