from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.core.paginator import Paginator
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nennep.accounts import actions, queries
from nennep.accounts.choices import Can
from nennep.accounts.forms import (
    GrantFilterForm,
    GrantForm,
    NewAccountForm,
    OwnPasswordForm,
    SignInForm,
    TrailFilterForm,
)
from nennep.accounts.models import Grant, User
from nennep.accounts.rules import new_password
from nennep.core import clock, trail
from nennep.core.policies import policy, public, signed_in
from nennep.core.refusal import Refusal
from nennep.core.scoping import fetch, may
from nennep.organisation.models import Unit
from nennep.ui.http import Request

GRANTS_ON_A_PAGE = 50
LINES_ON_A_PAGE = 50


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@public
def sign_in(request: HttpRequest) -> HttpResponse:
    """The same words, after the same time, for a name nobody has and for a wrong password."""
    next_url = _next_of(request)
    if request.user.is_authenticated:
        return redirect(next_url)
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = authenticate(request, **form.cleaned_data)
        if isinstance(user, User):
            with transaction.atomic():
                login(request, user)
                trail.record("signed in", user, by=user)
            return redirect(next_url)
        form.add_error(
            None, _("The user name or the password is not right. Type both again, slowly.")
        )
    status = 422 if form.errors else 200
    context = {"form": form, "next": request.GET.get("next", request.POST.get("next", ""))}
    return render(request, "accounts/sign_in.html", context, status=status)


@require_POST
@public
def sign_out(request: HttpRequest) -> HttpResponse:
    if isinstance(request.user, User):
        trail.record("signed out", request.user, by=request.user)
    logout(request)
    return redirect("accounts:sign-in")


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@signed_in
def change_password(request: HttpRequest) -> HttpResponse:
    form = OwnPasswordForm(request.POST or None)
    person = request.user
    assert isinstance(person, User)  # noqa: S101 -- signed in
    if request.method == "POST" and form.is_valid():
        old, new = form.cleaned_data["old"], form.cleaned_data["new"]
        user = _done(form, lambda: actions.change_own_password(person, old=old, new=new))
        if user:
            update_session_auth_hash(request, user)
            messages.success(request, _("Your password is changed."))
            return redirect("/")
    context = {"form": form, "must": person.must_change_password}
    return render(
        request, "accounts/change_password.html", context, status=422 if form.errors else 200
    )


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
    unit = _unit(request, code, Can.VIEW_GRANTS)
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
    unit = _unit(request, code, Can.MANAGE_GRANTS)
    form = GrantForm(request.POST or None, unit=unit)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        user = given.pop("username")
        if _done(form, lambda: actions.grant_role(user, unit=unit, by=_self(request), **given)):
            messages.success(request, _("The role is given; it works at once."))
            return redirect("accounts:grants-under", unit.code)
    return _form_page(request, unit, form, title=_("Give a role"))


@require_http_methods(["GET", "POST"])
@policy(Can.MANAGE_GRANTS)
def new_account(request: Request, code: str) -> HttpResponse:
    """An account with its first role. Its password is shown once, to be handed over."""
    unit = _unit(request, code, Can.MANAGE_GRANTS)
    form = NewAccountForm(request.POST or None, unit=unit)
    if request.method == "POST" and form.is_valid():
        password = new_password()
        user = _done(form, lambda: _open_account(request, unit, password, **form.cleaned_data))
        if user:
            return _password_page(request, user, password, unit)
    return _form_page(request, unit, form, title=_("Create an account"))


@require_POST
@policy(Can.MANAGE_GRANTS)
def withdraw(request: Request, pk: int) -> HttpResponse:
    grant = fetch(
        Grant.objects.select_related("unit", "user"), request.user, Can.MANAGE_GRANTS, pk=pk
    )
    actions.end_grant(grant, by=_self(request))
    messages.success(request, _("The role is withdrawn; it no longer works."))
    return redirect(_back_to(request, grant))


@require_GET
@policy(Can.VIEW_GRANTS)
def account(request: Request, username: str) -> HttpResponse:
    user = _account(request, username)
    held = Grant.objects.visible_to(request.user).filter(user=user)
    return render(
        request,
        "accounts/account.html",
        {
            "account": user,
            "crumbs": [(_("Roles"), reverse("accounts:grants")), (user.display_name, "")],
            "grants": held.select_related("unit", "user", "given_by").order_by("-id"),
            "today": clock.today(),
            "may_manage": bool(request.user.reaches(Can.MANAGE_GRANTS))
            and user.pk != request.user.pk,
        },
    )


@never_cache
@require_POST
@policy(Can.MANAGE_GRANTS)
def reset_password(request: Request, username: str) -> HttpResponse:
    user = _account(request, username)
    password = new_password()
    actions.set_password(user, password, by=_self(request))
    return _password_page(request, user, password)


@require_POST
@policy(Can.MANAGE_GRANTS)
def close_account(request: Request, username: str) -> HttpResponse:
    user = _account(request, username)
    actions.deactivate_user(user, by=_self(request))
    messages.success(request, _("The account of %(user)s is closed.") % {"user": user.display_name})
    return redirect("accounts:account", user.username)


@require_GET
@policy(Can.VIEW_TRAIL)
def trail_list(request: Request) -> HttpResponse:
    filters = TrailFilterForm(request.GET or None)
    asked = filters.cleaned_data if filters.is_valid() else {}
    found = queries.lines_found(queries.trail_for(request.user), **asked)
    page = Paginator(found, LINES_ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "accounts/trail.html",
        {"filters": filters, "page": page, "lines": queries.told(list(page.object_list))},
    )


def _self(request: Request) -> User:
    assert isinstance(request.user, User)  # noqa: S101 -- a guarded view
    return request.user


def _unit(request: Request, code: str, can: Can) -> Unit:
    return fetch(Unit.objects.all(), request.user, can, code=code)


def _account(request: Request, username: str) -> User:
    """An account with a role in the person's sight."""
    seen = Grant.objects.visible_to(request.user).values("user")
    return get_object_or_404(User, pk__in=seen, username=username)


def _next_of(request: HttpRequest) -> str:
    """Where the person wanted to go, if it is one of our pages."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else "/"


def _back_to(request: Request, grant: Grant) -> str:
    code = request.POST.get("under", "")
    unit = Unit.objects.visible_to(request.user).filter(code=code).first() or grant.unit
    return reverse("accounts:grants-under", args=[unit.code])


def _done(form: Form, act: Callable[[], Any]) -> Any:
    """What the action gives, or None where it refuses."""
    try:
        return act()
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return None


@transaction.atomic
def _open_account(
    request: Request, unit: Unit, password: str, *, username: str, display_name: str, **role: Any
) -> User:
    by = _self(request)
    user = actions.create_user(username, display_name=display_name, password=password, by=by)
    actions.grant_role(user, unit=unit, by=by, **role)
    return user


def _password_page(
    request: Request, user: User, password: str, unit: Unit | None = None
) -> HttpResponse:
    context = {"account": user, "password": password, "unit": unit}
    return render(request, "accounts/password.html", context)


def _form_page(request: Request, unit: Unit, form: Form, *, title: str) -> HttpResponse:
    above = reverse("accounts:grants-under", args=[unit.code])
    crumbs = [(_("Roles under %(unit)s") % {"unit": unit.name}, above), (title, "")]
    return render(
        request,
        "accounts/form.html",
        {"unit": unit, "form": form, "title": title, "crumbs": crumbs},
        status=422 if form.errors else 200,
    )
