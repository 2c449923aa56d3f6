"""The second step of signing in, as its owner sets it up."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from nennep.accounts import actions, queries, rules
from nennep.accounts.forms.signing_in import OwnerForm, PasskeyForm, TelephoneForm
from nennep.accounts.http import signed_in_ago
from nennep.accounts.models import User
from nennep.accounts.queries.second_factors import PASSED
from nennep.accounts.rules import one_time
from nennep.accounts.views.frame import done, self_of
from nennep.accounts.views.passkeys import passkey_made, question_for_new, work_here
from nennep.core import sealed_texts
from nennep.core.policies import signed_in
from nennep.papers.drawings import qr_svg, scalable

SECRET, PURPOSE = "telephone_secret", "second factor to be"
ISSUER = "Nền Nếp"


@require_GET
@signed_in
def second_factors(request: HttpRequest) -> HttpResponse:
    person = self_of(request)
    context = {
        "factors": queries.factors_of(person),
        "owes": queries.owes_second_factor(person, request.session),
        "passkeys_work": work_here(request),
    }
    return render(request, "accounts/second_factors.html", context)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@signed_in
def add_telephone(request: HttpRequest) -> HttpResponse:
    """The secret is on this page and in the telephone; until it is confirmed, sealed in the session."""
    person = self_of(request)
    form = TelephoneForm(_given(request), is_fresh=_is_fresh(request))
    secret = _secret(request, person)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data

        def act() -> Any:
            _confirm(person, told)
            return actions.add_telephone(person, secret=secret, code=told["code"], name="")

        if done(form, act):
            del request.session[SECRET]
            return _set_up(request, person)
    address = one_time.address(secret, account=person.username, issuer=ISSUER)
    context = {
        "form": form,
        "qr": scalable(qr_svg(address)),
        "address": address,
        "letters": one_time.as_letters(secret),
    }
    return render(request, "accounts/telephone.html", context, status=422 if form.errors else 200)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@signed_in
def add_passkey(request: HttpRequest) -> HttpResponse:
    person = self_of(request)
    form = PasskeyForm(_given(request), is_fresh=_is_fresh(request))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data

        def act() -> Any:
            _confirm(person, told)
            made = passkey_made(request, told["passkey"])
            return actions.add_passkey(person, passkey=made, name=told["name"])

        if done(form, act):
            return _set_up(request, person)
    context = {"form": form} | question_for_new(request, person)
    return render(request, "accounts/passkey.html", context, status=422 if form.errors else 200)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@signed_in
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """New ones, shown on the answer and on no other page."""
    person = self_of(request)
    form = OwnerForm(_given(request), is_fresh=_is_fresh(request))
    if not queries.has_second_factor(person):
        return redirect("accounts:second-factors")
    if request.method == "POST" and form.is_valid():
        codes = done(form, lambda: _new_codes(person, form.cleaned_data))
        if codes:
            return render(request, "accounts/recovery_codes.html", {"codes": codes})
    context = {"form": form, "title": _("Make new recovery codes")}
    context["lead"] = _("The ones you have now stop working.")
    return render(request, "accounts/owner.html", context, status=422 if form.errors else 200)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@signed_in
def remove_second_factor(request: HttpRequest, public_id: UUID) -> HttpResponse:
    person = self_of(request)
    factor = get_object_or_404(person.second_factors.all(), public_id=public_id)
    form = OwnerForm(_given(request), is_fresh=_is_fresh(request))
    if request.method == "POST" and form.is_valid():

        def act() -> bool:
            _confirm(person, form.cleaned_data)
            actions.remove_second_factor(factor, by=person)
            return True

        if done(form, act):
            messages.success(
                request, _("“%(name)s” no longer lets you in.") % {"name": factor.name}
            )
            return redirect("accounts:second-factors")
    context = {"form": form, "title": _("Remove “%(name)s”") % {"name": factor.name}}
    context["lead"] = _("It then no longer counts as your second step.")
    return render(request, "accounts/owner.html", context, status=422 if form.errors else 200)


def _set_up(request: HttpRequest, person: User) -> HttpResponse:
    """The session has passed the second step by setting it up; the first one comes with its paper."""
    request.session[PASSED] = True
    if person.recovery_codes.filter(used_at__isnull=True).exists():
        messages.success(request, _("Your second step of signing in is set up."))
        return redirect("accounts:second-factors")
    codes = actions.make_recovery_codes(person)
    return render(request, "accounts/recovery_codes.html", {"codes": codes, "is_first": True})


def _new_codes(person: User, told: dict[str, Any]) -> list[str]:
    _confirm(person, told)
    return actions.make_recovery_codes(person)


def _confirm(person: User, told: dict[str, Any]) -> None:
    if "password" in told:
        actions.confirm_password(person, told["password"])


def _given(request: HttpRequest) -> QueryDict | None:
    """What was sent, be it nothing: a form without a field is sent by its button alone."""
    return request.POST if request.method == "POST" else None


def _is_fresh(request: HttpRequest) -> bool:
    ago = signed_in_ago(request)
    return ago is not None and ago <= rules.limits().own


def _secret(request: HttpRequest, person: User) -> bytes:
    """The same one on every try, so that a wrong code does not ask for the QR to be read again."""
    if SECRET in request.session:
        kept = request.session[SECRET]
        try:
            return bytes.fromhex(sealed_texts.unseal(kept, purpose=PURPOSE, row=person.pk))
        except sealed_texts.Unreadable:
            pass  # the session is older than the key of this installation: begin anew
    secret = one_time.new_secret()
    request.session[SECRET] = sealed_texts.seal(secret.hex(), purpose=PURPOSE, row=person.pk)
    return secret
