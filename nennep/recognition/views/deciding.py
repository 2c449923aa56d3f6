"""The office writes down what the body made of the nominations, and its decision."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from nennep.accounts.queries.asking import user_of
from nennep.core import clock
from nennep.core.policies import policy
from nennep.recognition.actions.commending import consider, decide_commendations
from nennep.recognition.choices import Can
from nennep.recognition.forms.deciding import DecisionForm, VerdictsForm
from nennep.recognition.queries.commendations import nominations_of, rules_on
from nennep.recognition.views import frame
from nennep.ui.asking import answer_of, ask, taken
from nennep.ui.http import Request


@require_http_methods(["GET", "POST"])
@policy(Can.DECIDE_COMMENDATIONS)
def verdicts(request: Request, public_id: UUID) -> HttpResponse:
    found = frame.round_to(request, Can.DECIDE_COMMENDATIONS, public_id)
    awards = rules_on(found.unit, clock.today()).values.awards_of(found.unit.kind)
    form = VerdictsForm(request.POST or None, nominations=nominations_of(found), awards=awards)
    if request.method == "POST" and form.is_valid():
        said, by = form.cleaned_data, user_of(request)
        if taken(
            form,
            lambda: consider(
                found, on=said["on"], votes_cast=said["votes_cast"], verdicts=form.verdicts, by=by
            ),
        ):
            return redirect("recognition:commendation-round", found.public_id)
    context = {
        "round": found,
        "unit": found.unit,
        "form": form,
        "crumbs": [*frame.crumbs(found.unit, found), (_("Consider"), "")],
    }
    return render(request, "recognition/verdicts.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@policy(Can.DECIDE_COMMENDATIONS)
def decision(request: Request, public_id: UUID) -> HttpResponse:
    found = frame.round_to(request, Can.DECIDE_COMMENDATIONS, public_id)
    form = DecisionForm(request.POST or None, initial={"on": clock.today()})
    back = reverse("recognition:commendation-round", args=[found.public_id])
    if request.method == "POST" and form.is_valid():
        new, by = form.decision, user_of(request)
        if answer_of(form, lambda: decide_commendations(found, decision=new, by=by)):
            messages.success(request, _("The decision stands in the register of documents."))
            return redirect(back)
    return ask(
        request, form, title=_("Decide the commendations"), about=found.occasion, back_url=back,
        crumbs=frame.crumbs(found.unit, found), submit=pgettext("commendation", "Decide"), draft="",
    )  # fmt: skip
