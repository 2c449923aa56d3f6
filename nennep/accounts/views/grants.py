"""Who holds which role where, and how one is given and taken."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nennep.accounts import actions, queries, rules
from nennep.accounts.choices import Can
from nennep.accounts.forms.grants import (
    BackForm,
    GrantFilterForm,
    GrantForm,
    NewAccountForm,
    ProlongForm,
)
from nennep.accounts.models import Grant, GrantQuerySet, User
from nennep.accounts.rules import new_password
from nennep.accounts.views.accounts import password_page
from nennep.accounts.views.frame import done, form_page, self_of, unit_to
from nennep.core import clock
from nennep.core.policies import policy
from nennep.core.scoping import fetch, may
from nennep.core.text import whole_number
from nennep.organisation.models import Unit
from nennep.ui.http import Request
from nennep.ui.taking import page_of

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
    return _grants_page(request, unit, ProlongForm())


def _grants_page(request: Request, unit: Unit, form: ProlongForm) -> HttpResponse:
    filters, found = _found(request, unit)
    by = self_of(request)
    context = {
        "unit": unit,
        "filters": filters,
        "query": request.GET.urlencode(),
        "page": page_of(request, found, GRANTS_ON_A_PAGE),
        "today": clock.today(),
        "soon": clock.today() + rules.limits().ending_soon,
        "may_manage": may(by, Can.MANAGE_GRANTS, unit),
        "may_look_after": may(by, Can.LOOK_AFTER_ACCOUNTS, unit),
        "links": queries.grants_links(by, unit),
        "prolong": form,
    }
    return render(request, "accounts/grants.html", context, status=422 if form.errors else 200)


def _found(request: Request, unit: Unit) -> tuple[GrantFilterForm, GrantQuerySet]:
    """What the filters in the address leave of the roles under the unit."""
    filters = GrantFilterForm(request.GET or None)
    asked = filters.cleaned_data if filters.is_valid() else {}
    return filters, queries.grants_found(queries.grants_under(unit, request.user), **asked)


@require_POST
@policy(Can.LOOK_AFTER_ACCOUNTS)
def prolong(request: Request, code: str) -> HttpResponse:
    """The ticked rows, or all that the filter shows and the person looks after."""
    unit = unit_to(request, code, Can.LOOK_AFTER_ACCOUNTS)
    form = ProlongForm(request.POST)
    _filters, found = _found(request, unit)
    by = self_of(request)
    if form.is_valid():
        chosen = _chosen(request, form, found, by)
        act = partial(actions.prolong_grants, chosen, valid_to=form.cleaned_data["valid_to"], by=by)
        prolonged = done(form, act) if chosen else None
        if prolonged is not None:
            said = ngettext("%(count)d role goes on.", "%(count)d roles go on.", len(prolonged))
            messages.success(request, said % {"count": len(prolonged)})
            address = reverse("accounts:grants-under", args=[unit.code])
            return redirect(f"{address}?{request.GET.urlencode()}")
        if not chosen:
            form.add_error(None, _("Tick the roles that go on, or “all that the filter shows”."))
    return _grants_page(request, unit, form)


def _chosen(request: Request, form: ProlongForm, found: GrantQuerySet, by: User) -> list[Grant]:
    dated = found.filter(valid_to__isnull=False, only__isnull=True)
    if not form.cleaned_data["all_found"]:
        ticked = map(whole_number, request.POST.getlist("grant"))
        return list(dated.filter(pk__in=[pk for pk in ticked if pk is not None]))
    earlier = dated.filter(valid_to__lt=form.cleaned_data["valid_to"])
    return [grant for grant in earlier if queries.may_look_after(by, grant)]


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
@policy(Can.LOOK_AFTER_ACCOUNTS)
def withdraw(request: Request, pk: int) -> HttpResponse:
    grant = fetch(
        Grant.objects.select_related("unit", "user"), request.user, Can.LOOK_AFTER_ACCOUNTS, pk=pk
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
    form = BackForm(request.POST)
    code = form.cleaned_data["under"] if form.is_valid() else ""
    unit = Unit.objects.visible_to(request.user).filter(code=code).first() or grant.unit
    return reverse("accounts:grants-under", args=[unit.code])
