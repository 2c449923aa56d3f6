"""A person's own pages: the account, the password, and the devices they are signed in on."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nennep.accounts import actions, queries, rules
from nennep.accounts.forms.signing_in import OwnPasswordForm
from nennep.accounts.models import OpenSession, User
from nennep.accounts.views.frame import done, self_of
from nennep.core.policies import signed_in


@require_GET
@signed_in
def own(request: HttpRequest) -> HttpResponse:
    """What is known of the person's own account, and what was lately done to it."""
    person = self_of(request)
    return render(
        request,
        "accounts/own.html",
        {
            "account": person,
            "grants": person.standing_grants,
            "factors": queries.factors_of(person),
            "devices": len(queries.open_sessions_of(person)),
            "lines": queries.told(queries.told_of_account(person)),
        },
    )


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@signed_in
def change_password(request: HttpRequest) -> HttpResponse:
    person = self_of(request)
    form = OwnPasswordForm(request.POST or None, is_first=person.must_change_password)
    if request.method == "POST" and form.is_valid():
        user = done(form, lambda: _change(person, form.cleaned_data))
        if user:
            actions.end_other_sessions(user, but=_session_key(request), by=user)
            update_session_auth_hash(request, user)
            messages.success(request, _("Your password is changed."))
            return redirect("/")
    context = {"form": form, "must": person.must_change_password}
    return render(
        request, "accounts/change_password.html", context, status=422 if form.errors else 200
    )


@require_GET
@signed_in
def devices(request: HttpRequest) -> HttpResponse:
    """Where the person is signed in, this device first."""
    rows = queries.open_sessions_of(self_of(request))
    rows.sort(key=lambda row: row.session_key != _session_key(request))
    minutes = int(rules.limits().seen_within.total_seconds()) // 60
    context = {"sessions": rows, "own_key": _session_key(request), "seen_within": minutes}
    return render(request, "accounts/devices.html", context)


@require_POST
@signed_in
def end_device(request: HttpRequest, public_id: UUID) -> HttpResponse:
    person = self_of(request)
    session = get_object_or_404(OpenSession, user=person, public_id=public_id)
    actions.end_session(session, by=person)
    messages.success(request, _("That device is signed out."))
    return redirect("accounts:devices")


@require_POST
@signed_in
def end_other_devices(request: HttpRequest) -> HttpResponse:
    person = self_of(request)
    count = actions.end_other_sessions(person, but=_session_key(request), by=person)
    said = ngettext(
        "%(count)d other device is signed out.", "%(count)d other devices are signed out.", count
    )
    messages.success(request, said % {"count": count})
    return redirect("accounts:devices")


def _change(person: User, told: dict[str, str]) -> User:
    if "old" in told:
        return actions.change_own_password(person, old=told["old"], new=told["new"])
    return actions.choose_first_password(person, new=told["new"])


def _session_key(request: HttpRequest) -> str:
    return request.session.session_key or ""
