"""Who looked at a member, told by the office when the member asks."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from nennep.core import clock, trail
from nennep.core.policies import policy
from nennep.core.scoping import fetch
from nennep.members.choices import Can
from nennep.members.models import Member
from nennep.members.queries.looks import looks_at
from nennep.ui.http import Request


@require_GET
@policy(Can.TELL_WHO_LOOKED)
def who_looked(request: Request, public_id: UUID) -> HttpResponse:
    """Opening it is itself a look, and stands on the page the next time."""
    members = Member.objects.select_related("unit")
    member = fetch(members, request.user, Can.TELL_WHO_LOOKED, public_id=public_id)
    found = looks_at(member)
    trail.record_look("who looked", member, by=request.user)
    own_page = reverse("members:member", args=[public_id])
    return render(
        request,
        "members/looks.html",
        {
            "member": member,
            "unit": member.unit,
            "looks": found,
            "today": clock.today(),
            "crumbs": [
                (_("Members"), reverse("members:search")),
                (member.full_name, own_page),
                (_("Who looked"), ""),
            ],
        },
    )
