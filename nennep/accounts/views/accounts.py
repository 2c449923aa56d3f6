"""One account, and how the office above helps its owner back in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from nennep.accounts import actions, queries
from nennep.accounts.choices import Can
from nennep.accounts.http import opens_here_alone, public_address
from nennep.accounts.models import Grant, User
from nennep.accounts.queries.slips import slip_again
from nennep.accounts.rules import new_password
from nennep.accounts.views.frame import account_to, self_of
from nennep.core import clock
from nennep.core.policies import policy
from nennep.organisation.models import Unit
from nennep.papers.drawings import qr_svg, scalable
from nennep.ui.http import Request

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@require_GET
@policy(Can.VIEW_GRANTS)
def account(request: Request, public_id: UUID) -> HttpResponse:
    user = account_to(request, public_id)
    held = Grant.objects.visible_to(request.user).filter(user=user)
    by = self_of(request)
    return render(
        request,
        "accounts/account.html",
        {
            "account": user,
            "crumbs": [(_("Roles"), reverse("accounts:grants")), (user.display_name, "")],
            "grants": held.select_related("unit", "user", "given_by").order_by("-id"),
            "today": clock.today(),
            "state": queries.state_of(user),
            "may_look_after": queries.may_look_after_account(by, user),
            "may_manage": bool(by.reaches(Can.MANAGE_GRANTS)) and user.pk != by.pk,
        },
    )


@never_cache
@require_POST
@policy(Can.LOOK_AFTER_ACCOUNTS)
def reset_password(request: Request, public_id: UUID) -> HttpResponse:
    user = account_to(request, public_id)
    password = new_password()
    actions.set_password(user, password, by=self_of(request))
    return password_page(request, user, password)


@dataclass(frozen=True)
class Help:
    """One way of helping somebody back in: its address, what is done, what is said afterwards."""

    slug: str
    url_name: str
    act: Callable[..., object]
    said: "StrOrPromise"


HELPS = {
    each.slug: each
    for each in (
        Help("mo-khoa", "unlock", actions.unlock, gettext_lazy("%(user)s may try again now.")),
        Help(
            "thiet-bi",
            "end-sessions",
            actions.end_sessions,
            gettext_lazy("%(user)s is signed out everywhere."),
        ),
        # The telephone is lost: a new one is set up at the next sign-in.
        Help(
            "hai-buoc",
            "reset-factors",
            actions.reset_second_factors,
            gettext_lazy("%(user)s sets up a new second step at the next sign-in."),
        ),
    )
}


@require_POST
@policy(Can.LOOK_AFTER_ACCOUNTS)
def help_back_in(request: Request, public_id: UUID, slug: str) -> HttpResponse:
    user = account_to(request, public_id)
    asked = HELPS[slug]
    asked.act(user, by=self_of(request))
    messages.success(request, asked.said % {"user": user.display_name})
    return redirect("accounts:account", user.public_id)


@require_POST
@policy(Can.MANAGE_GRANTS)
def close_account(request: Request, public_id: UUID) -> HttpResponse:
    user = account_to(request, public_id)
    actions.deactivate_user(user, by=self_of(request))
    messages.success(request, _("The account of %(user)s is closed.") % {"user": user.display_name})
    return redirect("accounts:account", user.public_id)


def password_page(
    request: Request, user: User, password: str, unit: Unit | None = None
) -> HttpResponse:
    """The slip as a page: shown on this answer and on no other."""
    slip = slip_again(user, password, address=public_address(request), by=self_of(request))
    context = {
        "account": user,
        "password": password,
        "unit": unit,
        "slip": slip,
        "qr": scalable(qr_svg(slip.link)),
        "opens_here_alone": opens_here_alone(request),
    }
    return render(request, "accounts/password.html", context)
