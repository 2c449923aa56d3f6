"""Accounts that are made for many at once: how far it is, whom they are for, and the slips, once."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from nennep.accounts import actions, queries
from nennep.accounts.choices import Can
from nennep.accounts.http import key_name
from nennep.accounts.models import AccountBatch
from nennep.accounts.views.frame import self_of
from nennep.core import jobs
from nennep.core.policies import policy
from nennep.papers.render import respond_bytes
from nennep.ui.http import Request
from nennep.ui.jobs import job_page
from nennep.ui.taking import page_of

PAGE = 50


@never_cache
@require_GET
@policy(Can.LOOK_AFTER_ACCOUNTS)
def batch(request: Request, public_id: UUID) -> HttpResponse:
    found = _own(request, public_id)
    crumbs = [(_("Roles"), reverse("accounts:grants")), (_("Accounts for many"), "")]
    running = job_page(
        request,
        found.job,
        lead=f"{found.get_role_display()}, {found.unit.name}",
        note=_(
            "It goes on if you leave this page. Come back to it in this same browser: only here can"
            " the slips be opened."
        ),
        crumbs=crumbs,
        cancel_url=reverse("accounts:cancel-batch", args=[public_id]),
    )
    if running is not None:
        return running
    context: dict[str, Any] = {"batch": found, "job": found.job, "crumbs": crumbs}
    page = page_of(request, found.made, PAGE)
    context |= {
        "page": page,
        "rows": queries.made_of(list(page.object_list)),
        "has_key": key_name(found) in request.COOKIES,
    }
    return render(request, "accounts/batch.html", context)


@never_cache
@require_POST
@policy(Can.LOOK_AFTER_ACCOUNTS)
def batch_slips(request: Request, public_id: UUID) -> HttpResponse:
    """The slips, with the key this browser kept. They are thrown away with this answer."""
    found = _own(request, public_id)
    key = request.COOKIES.get(key_name(found), "")
    slips = actions.take_slips(found, key=key, by=self_of(request))
    response = respond_bytes(slips, f"phieu-tai-khoan-{found.unit.code.lower()}", "pdf")
    response.delete_cookie(
        key_name(found), path=reverse("accounts:batch", args=[public_id]), samesite="Strict"
    )
    return response


@require_POST
@policy(Can.LOOK_AFTER_ACCOUNTS)
def cancel_batch(request: Request, public_id: UUID) -> HttpResponse:
    found = _own(request, public_id)
    if found.job is not None:
        jobs.cancel(found.job)
    return redirect("accounts:batch", public_id)


def _own(request: Request, public_id: UUID) -> AccountBatch:
    """A batch belongs to who asked for it, while they may look after its unit."""
    batches = AccountBatch.objects.visible_to(request.user).select_related("unit", "job")
    return get_object_or_404(batches, public_id=public_id, asked_by=self_of(request))
