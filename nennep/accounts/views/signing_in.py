"""The way in and the way out."""

from functools import partial

from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from nennep.accounts import actions, queries
from nennep.accounts.forms.signing_in import SecondStepForm, SignInForm
from nennep.accounts.http import begin_session, half_signed_in, network, remember_half
from nennep.accounts.models import User
from nennep.accounts.views.frame import done, next_of
from nennep.accounts.views.passkeys import passkey_question, use_passkey
from nennep.core import trail
from nennep.core.policies import public


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@public
def sign_in(request: HttpRequest) -> HttpResponse:
    """The same words, after the same time, for a name nobody has and for a wrong password."""
    next_url = next_of(request)
    if request.user.is_authenticated:
        return redirect(next_url)
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        user = done(form, lambda: actions.check_password(**told, network=network(request)))
        if user and queries.has_second_factor(user):
            remember_half(request, user, next_url)
            return redirect("accounts:second-step")
        if user:
            _come_in(request, user)
            return redirect(next_url)
    status = 422 if form.errors else 200
    context = {"form": form, "next": request.GET.get("next", request.POST.get("next", ""))}
    return render(request, "accounts/sign_in.html", context, status=status)


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
@public
def second_step(request: HttpRequest) -> HttpResponse:
    """After the password: a code of the telephone or of the paper, or a passkey."""
    half = half_signed_in(request)
    if half is None:
        return redirect("accounts:sign-in")
    user, next_url = half
    form = SecondStepForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _is_through(request, user, form):
        _come_in(request, user, with_second_factor=True)
        return redirect(next_url)
    context = {"form": form, "factors": queries.factors_of(user)}
    context |= passkey_question(request, user)
    return render(request, "accounts/second_step.html", context, status=422 if form.errors else 200)


def _is_through(request: HttpRequest, user: User, form: SecondStepForm) -> bool:
    told = form.cleaned_data
    if told["passkey"]:
        return bool(done(form, lambda: use_passkey(request, user, told["passkey"])))
    step = partial(actions.pass_by_code, user, told["code"], network=network(request))
    return done(form, lambda: step() is None) is not None


@transaction.atomic
def _come_in(request: HttpRequest, user: User, *, with_second_factor: bool = False) -> None:
    begin_session(request, user, with_second_factor=with_second_factor)
    trail.record("signed in", user, by=user)


@require_POST
@public
def sign_out(request: HttpRequest) -> HttpResponse:
    if isinstance(request.user, User):
        trail.record("signed out", request.user, by=request.user)
    logout(request)
    return redirect("accounts:sign-in")
