"""Proposals: the lists, one with its way, and the forms to ask, pass on, answer, withdraw."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from nennep.core.policies import policy
from nennep.core.scoping import ScopedQuerySet, fetch
from nennep.dialogue import actions
from nennep.dialogue.choices import Can
from nennep.dialogue.forms.proposals import AnswerForm, AskForm, PassOnForm, WithdrawForm
from nennep.dialogue.models import Proposal, asked_from, own_paths
from nennep.dialogue.queries import proposals as queries
from nennep.library.models import Document
from nennep.meetings.models import Meeting
from nennep.organisation.models import Unit
from nennep.ui.asking import ask as asked
from nennep.ui.asking import taken
from nennep.ui.http import Request
from nennep.ui.taking import page_of

ROWS_ON_A_PAGE = 30


@require_GET
@policy(Can.VIEW_PROPOSALS)
def home(request: Request) -> HttpResponse:
    """What waits for an answer here first, where one answers here; else what one has asked."""
    answers_here = bool(own_paths(request.user, Can.ANSWER_PROPOSALS))
    tabs = [
        (queries.WAITING, _("Waiting for us")),
        (queries.OWN, _("Asked by us")),
        (queries.PASSED, _("Answered or passed on")),
    ]
    if not answers_here:
        tabs = tabs[1:2]
    which = request.GET.get("loc", "")
    which = which if which in dict(tabs) else tabs[0][0]
    page = {
        "which": which,
        "tabs": tabs,
        "page": page_of(request, queries.listed(request.user, which), ROWS_ON_A_PAGE),
        "askers": list(queries.askers(request.user)),
    }
    return render(request, "dialogue/list.html", page)


@require_GET
@policy(Can.VIEW_PROPOSALS)
def proposal(request: Request, public_id: UUID) -> HttpResponse:
    found = _found(request, Can.VIEW_PROPOSALS, public_id)
    page = {
        "found": found,
        "unit": found.unit,
        "may_read": _is_seen(Document.objects.all(), request, found.document),
        "may_open": _is_seen(Meeting.objects.all(), request, found.meeting),
        "may_answer": found.held.unit.path in own_paths(request.user, Can.ANSWER_PROPOSALS),
        "may_withdraw": found.unit.path in asked_from(request.user, Can.MAKE_PROPOSALS),
        "crumbs": _crumbs((_("Proposal"), "")),
    }
    return render(request, "dialogue/proposal.html", page)


@require_http_methods(["GET", "POST"])
@policy(Can.MAKE_PROPOSALS)
def ask(request: Request, code: str) -> HttpResponse:
    unit = fetch(Unit.objects.select_related("parent"), request.user, Can.MAKE_PROPOSALS, code=code)
    if unit.path not in own_paths(request.user, Can.MAKE_PROPOSALS):
        raise PermissionDenied
    form = AskForm(
        _data(request), unit=unit, person=request.user, meeting=request.GET.get("buoi", "")
    )
    by: Any = request.user
    made: list[Proposal] = []

    def act() -> None:
        made.append(actions.ask(unit, proposal=form.proposal, by=by))

    if form.is_bound and form.is_valid() and taken(form, act):
        messages.success(request, _("It is sent to the organisation above."))
        return redirect("dialogue:proposal", made[0].public_id)
    return asked(
        request, form, title=_("Make a proposal"), about=unit.name, submit=_("Send it"),
        back_url=reverse("dialogue:home"), crumbs=_crumbs(),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@policy(Can.ANSWER_PROPOSALS)
def pass_on(request: Request, public_id: UUID) -> HttpResponse:
    found = _found(request, Can.ANSWER_PROPOSALS, public_id)
    form, by = PassOnForm(_data(request), proposal=found), _by(request)
    return _one_form(
        request,
        found,
        form,
        act=lambda: actions.pass_on(found, by=by, **form.cleaned_data),
        title=_("Pass it on"),
        done=_("It is passed on. Its way stays visible to whoever asked."),
    )


@require_http_methods(["GET", "POST"])
@policy(Can.ANSWER_PROPOSALS)
def answer(request: Request, public_id: UUID) -> HttpResponse:
    found = _found(request, Can.ANSWER_PROPOSALS, public_id)
    form = AnswerForm(_data(request), proposal=found, person=request.user)
    by = _by(request)
    return _one_form(
        request,
        found,
        form,
        act=lambda: actions.answer(found, answer=form.answer, by=by),
        title=_("Put the answer right") if found.answer else _("Answer it"),
        done=_("The answer is kept. Whoever asked can read it."),
    )


@require_http_methods(["GET", "POST"])
@policy(Can.MAKE_PROPOSALS)
def withdraw(request: Request, public_id: UUID) -> HttpResponse:
    found = _found(request, Can.MAKE_PROPOSALS, public_id)
    form, by = WithdrawForm(_data(request)), _by(request)
    return _one_form(
        request,
        found,
        form,
        act=lambda: actions.withdraw(found, by=by, **form.cleaned_data),
        title=_("Withdraw it"),
        done=_("It is withdrawn. The levels it passed see that."),
    )


def _one_form(
    request: Request,
    found: Proposal,
    form: Form,
    *,
    act: Callable[[], object],
    title: str,
    done: str,
) -> HttpResponse:
    back = reverse("dialogue:proposal", args=[found.public_id])
    if form.is_bound and form.is_valid() and taken(form, act):
        messages.success(request, done)
        return redirect(back)
    return asked(
        request, form, title=title, about=found.subject, back_url=back,
        crumbs=_crumbs((_("Proposal"), back)), submit=title,
    )  # fmt: skip


def _found(request: Request, can: str, public_id: UUID) -> Proposal:
    rows = queries.with_way(
        Proposal.objects.select_related("meeting", "document", "entry__current")
    )
    return fetch(rows, request.user, can, public_id=public_id)


def _is_seen(
    rows: ScopedQuerySet[Any], request: Request, linked: Document | Meeting | None
) -> bool:
    """Whether the page that the proposal names may be opened by whoever reads the proposal."""
    return linked is not None and rows.visible_to(request.user).filter(pk=linked.pk).exists()


def _data(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


def _by(request: Request) -> Any:
    return request.user


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Proposals"), reverse("dialogue:home")), *more]
