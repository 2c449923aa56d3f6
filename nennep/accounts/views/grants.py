"""Who holds which role where, and how one is given and taken."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nennep.accounts import actions, queries
from nennep.accounts.choices import Can
from nennep.accounts.forms.grants import GrantFilterForm, GrantForm, NewAccountForm
from nennep.accounts.models import Grant, User
from nennep.accounts.rules import new_password
from nennep.accounts.views.accounts import password_page
from nennep.accounts.views.frame import done, form_page, self_of, unit_to
from nennep.core import clock
from nennep.core.policies import policy
from nennep.core.scoping import fetch, may
from nennep.organisation.models import Unit
from nennep.ui.http import Request

GRANTS_ON_A_PAGE = 50


@require_GET
@policy(Can.VIEW_GRANTS)
def grants(request: Request) -> HttpResponse:
    """The parts of the tree whose roles the person sees."""
    units = queries.tops_of_grants(request.user)
    if len(units) == 1:
        return redirect("accounts:grants-under", units[0].code)
    return render(request, "accounts/choose.html", {"units": units})


@require_GET
@policy(Can.VIEW_GRANTS)
def grants_under(request: Request, code: str) -> HttpResponse:
    unit = unit_to(request, code, Can.VIEW_GRANTS)
    filters = GrantFilterForm(request.GET or None)
    asked = filters.cleaned_data if filters.is_valid() else {}
    found = queries.grants_found(queries.grants_under(unit, request.user), **asked)
    return render(
        request,
        "accounts/grants.html",
        {
            "unit": unit,
            "filters": filters,
            "page": Paginator(found, GRANTS_ON_A_PAGE).get_page(request.GET.get("page")),
            "today": clock.today(),
            "may_manage": may(request.user, Can.MANAGE_GRANTS, unit),
        },
    )


@require_http_methods(["GET", "POST"])
@policy(Can.MANAGE_GRANTS)
def give(request: Request, code: str) -> HttpResponse:
    unit = unit_to(request, code, Can.MANAGE_GRANTS)
    form = GrantForm(request.POST or None, unit=unit)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        user = given.pop("username")
        if done(form, lambda: actions.grant_role(user, unit=unit, by=self_of(request), **given)):
            messages.success(request, _("The role is given; it works at once."))
            return redirect("accounts:grants-under", unit.code)
    return form_page(request, unit, form, title=_("Give a role"))


@require_http_methods(["GET", "POST"])
@policy(Can.MANAGE_GRANTS)
def new_account(request: Request, code: str) -> HttpResponse:
    """An account with its first role. Its password is shown once, to be handed over."""
    unit = unit_to(request, code, Can.MANAGE_GRANTS)
    form = NewAccountForm(request.POST or None, unit=unit)
    if request.method == "POST" and form.is_valid():
        password = new_password()
        user = done(form, lambda: _open_account(request, unit, password, **form.cleaned_data))
        if user:
            return password_page(request, user, password, unit)
    return form_page(request, unit, form, title=_("Create an account"))


@require_POST
@policy(Can.MANAGE_GRANTS)
def withdraw(request: Request, pk: int) -> HttpResponse:
    grant = fetch(
        Grant.objects.select_related("unit", "user"), request.user, Can.MANAGE_GRANTS, pk=pk
    )
    actions.end_grant(grant, by=self_of(request))
    messages.success(request, _("The role is withdrawn; it no longer works."))
    return redirect(_back_to(request, grant))


@transaction.atomic
def _open_account(
    request: Request, unit: Unit, password: str, *, username: str, display_name: str, **role: Any
) -> User:
    by = self_of(request)
    user = actions.create_user(username, display_name=display_name, password=password, by=by)
    actions.grant_role(user, unit=unit, by=by, **role)
    return user


def _back_to(request: Request, grant: Grant) -> str:
    code = request.POST.get("under", "")
    unit = Unit.objects.visible_to(request.user).filter(code=code).first() or grant.unit
    return reverse("accounts:grants-under", args=[unit.code])
