"""What the pages of accounts share."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from nennep.accounts.choices import Can
from nennep.accounts.models import Grant, User
from nennep.core.person import Person
from nennep.core.refusal import Refusal
from nennep.core.scoping import fetch
from nennep.organisation.models import Unit
from nennep.ui.http import Request

Crumbs = list[tuple[str, str]]


def self_of(request: Request | HttpRequest) -> User:
    person: Person | AnonymousUser | Any = request.user
    assert isinstance(person, User)  # noqa: S101 -- a guarded view
    return person


def unit_to(request: Request, code: str, can: Can) -> Unit:
    return fetch(Unit.objects.all(), request.user, can, code=code)


def account_to(request: Request, public_id: UUID) -> User:
    """An account with a role in the person's sight."""
    seen = Grant.objects.visible_to(request.user).values("user")
    return get_object_or_404(User, pk__in=seen, public_id=public_id)


def next_of(request: HttpRequest) -> str:
    """Where the person wanted to go, if it is one of our pages."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else "/"


def done(form: Form, act: Callable[[], Any]) -> Any:
    """What the action gives, or None where it refuses."""
    try:
        return act()
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return None


def form_page(request: Request, unit: Unit, form: Form, *, title: str) -> HttpResponse:
    above = reverse("accounts:grants-under", args=[unit.code])
    crumbs = [(_("Roles under %(unit)s") % {"unit": unit.name}, above), (title, "")]
    return render(
        request,
        "accounts/form.html",
        {"unit": unit, "form": form, "title": title, "crumbs": crumbs},
        status=422 if form.errors else 200,
    )
