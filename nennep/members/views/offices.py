"""Who holds a post in a cell, and with which account: made for many at once, with printed slips."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from nennep.accounts import rules
from nennep.accounts.actions.batches import begin_batch
from nennep.accounts.choices import Can, Role
from nennep.accounts.http import opens_here_alone, public_address, remember_key
from nennep.accounts.models import AccountBatch
from nennep.accounts.queries.asking import user_of
from nennep.accounts.queries.slips import contact_of
from nennep.accounts.queries.usernames import free_usernames
from nennep.core import clock, jobs
from nennep.core.policies import policy
from nennep.core.scoping import fetch, may
from nennep.members.actions.offices import lacking
from nennep.members.choices import OFFICE_SLUGS, OfficeState
from nennep.members.choices import Can as CanOfMembers
from nennep.members.forms.offices import OfficesForm, OpenAccountsForm, RenewsForm
from nennep.members.jobs import KIND, open_accounts
from nennep.members.queries import (
    as_offices,
    offices_under,
    planned_handovers,
    tallies,
    unmatched_grants,
)
from nennep.organisation.models import Unit
from nennep.ui.http import Request
from nennep.ui.taking import page_of

PAGE = 50
UNMATCHED_SHOWN = 50


@require_GET
@policy(Can.LOOK_AFTER_ACCOUNTS)
def offices(request: Request, code: str) -> HttpResponse:
    unit = _unit(request, code)
    today = clock.today()
    form = OfficesForm(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    page = page_of(request, offices_under(unit, today, **asked), PAGE)
    return render(
        request,
        "members/offices.html",
        {
            "unit": unit,
            "form": form,
            "page": page,
            "offices": as_offices(page.object_list),
            "tallies": tallies(unit, today),
            "unmatched": list(unmatched_grants(unit, today)[:UNMATCHED_SHOWN]),
            "planned": planned_handovers(unit, today),
            "crumbs": _crumbs(unit),
            "may_hand_over": may(request.user, CanOfMembers.MANAGE_MEMBERS, unit),
        },
    )


@never_cache
@require_http_methods(["GET", "POST"])
@policy(Can.LOOK_AFTER_ACCOUNTS)
def open_for_offices(request: Request, code: str, post: str) -> HttpResponse:
    """Who would get an account, a role or a new slip; nothing is made before the person says so."""
    unit, role = _unit(request, code), _role(post)
    asked = RenewsForm(request.GET)
    renews = asked.is_valid() and asked.cleaned_data["renews"]
    form = OpenAccountsForm(request.POST or None, initial={"call": contact_of(user_of(request))})
    if form.is_valid():
        return _begin(request, unit, role, form.cleaned_data | {"renews": renews})
    chosen = lacking(unit, role, renews=renews)
    page = page_of(request, chosen, PAGE)
    context = {
        "unit": unit,
        "role": role,
        "asked": asked,
        "form": form,
        "page": page,
        "rows": _with_names(list(page.object_list)),
        "count": len(chosen),
        "at_most": rules.limits().batch_at_most,
        "opens_here_alone": opens_here_alone(request),
        "waiting": 0 if renews else _never_came(unit, role),
        "crumbs": _crumbs(unit, _("Accounts for many")),
    }
    status = 422 if form.errors else 200
    return render(request, "members/open_accounts.html", context, status=status)


@transaction.atomic
def _begin(request: Request, unit: Unit, role: Role, told: dict[str, Any]) -> HttpResponse:
    person = user_of(request)
    batch, key = begin_batch(unit, role, by=person)
    job = jobs.start(
        open_accounts,
        kind=KIND,
        title=_("Accounts: %(role)s, %(unit)s") % {"role": role.label, "unit": unit.name},
        by=person,
        batch_id=batch.pk,
        person_id=person.pk,
        address=public_address(request),
        call=told["call"],
        valid_to=told["valid_to"].isoformat() if told["valid_to"] else "",
        renews=told["renews"],
    )
    AccountBatch.objects.filter(pk=batch.pk).update(job=job)
    response = redirect("accounts:batch", batch.public_id)
    remember_key(response, batch, key)
    return response


def _with_names(offices: list[Any]) -> list[tuple[Any, str]]:
    """Each with the user name it has or would get; the last word is said when it is made."""
    new = [office for office in offices if office.state == OfficeState.NO_ACCOUNT]
    names = iter(free_usernames([office.name for office in new]))
    return [
        (office, next(names) if office.state == OfficeState.NO_ACCOUNT else office.username)
        for office in offices
    ]


def _never_came(unit: Unit, role: str) -> int:
    waiting = offices_under(unit, clock.today(), role=role, state=OfficeState.NOT_YET)
    return waiting.count()


def _unit(request: Request, code: str) -> Unit:
    return fetch(Unit.objects.all(), request.user, Can.LOOK_AFTER_ACCOUNTS, code=code)


def _crumbs(unit: Unit, *more: str) -> list[tuple[str, str]]:
    own = _("Posts and accounts: %(unit)s") % {"unit": unit.name}
    crumbs = [
        (_("Roles"), reverse("accounts:grants")),
        (own, reverse("members:offices", args=[unit.code])),
        *((title, "") for title in more),
    ]
    return [*crumbs[:-1], (crumbs[-1][0], "")]


def _role(slug: str) -> Role:
    if slug not in OFFICE_SLUGS:
        raise Http404
    return OFFICE_SLUGS[slug]
