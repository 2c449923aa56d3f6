"""The way in and the way out."""

from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from nennep.accounts import actions
from nennep.accounts.forms.signing_in import SignInForm
from nennep.accounts.http import begin_session, network
from nennep.accounts.models import User
from nennep.accounts.views.frame import done, next_of
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
        if user:
            _come_in(request, user)
            return redirect(next_url)
    status = 422 if form.errors else 200
    context = {"form": form, "next": request.GET.get("next", request.POST.get("next", ""))}
    return render(request, "accounts/sign_in.html", context, status=status)


@transaction.atomic
def _come_in(request: HttpRequest, user: User) -> None:
    begin_session(request, user)
    trail.record("signed in", user, by=user)


@require_POST
@public
def sign_out(request: HttpRequest) -> HttpResponse:
    if isinstance(request.user, User):
        trail.record("signed out", request.user, by=request.user)
    logout(request)
    return redirect("accounts:sign-in")
