"""Naming who of a committee follows which cell: its own cells, or those of a committee below."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from nennep.core.policies import policy
from nennep.organisation.models import Unit
from nennep.quality import actions
from nennep.quality.choices import Can
from nennep.quality.forms.following import AreasForm, FollowersForm
from nennep.quality.queries.following import committee_members, followed_areas, followed_cells
from nennep.quality.views import overseeing as frame
from nennep.ui.http import Request


@require_http_methods(["GET", "POST"])
@policy(Can.ARRANGE_SUPERVISION)
def followers(request: Request, code: str) -> HttpResponse:
    """`?cua=CODE`: the cells of a committee below, followed by members of this one."""
    unit = frame.unit_to(request, Can.ARRANGE_SUPERVISION, code)
    place = _place(request, unit)
    members = committee_members(unit)
    do = request.POST.get("do", "")
    form = FollowersForm(
        request.POST if do == "cells" else None,
        cells=followed_cells(unit, place),
        members=members,
    )
    areas = AreasForm(
        request.POST if do == "areas" else None,
        areas=followed_areas(unit, place),
        members=members,
    )
    forms: dict[str, FollowersForm | AreasForm] = {"cells": form, "areas": areas}
    asked = forms.get(do)
    if asked is not None and _is_named(request, unit, asked):
        return redirect(request.get_full_path())
    page = {
        "unit": unit,
        "place": place,
        "form": form,
        "areas": areas,
        "members": members,
        "unfollowed": sum(1 for row in form.cells if row.following is None),
        "crumbs": _crumbs(request, unit, place),
    }
    return render(request, "quality/followers.html", page, status=422 if asked else 200)


def _place(request: Request, unit: Unit) -> Unit:
    code = request.GET.get("cua")
    return get_object_or_404(Unit.objects.within(unit).living(), code=code) if code else unit


def _crumbs(request: Request, unit: Unit, place: Unit) -> frame.Crumbs:
    words = _("Who follows which cell")
    if place == unit:
        return frame.crumbs(request, unit, words)
    chain = [*Unit.objects.above(place).filter(depth__gt=unit.depth), place]
    own = reverse("quality:followers", args=[unit.code])
    found = [*frame.crumbs(request, unit, words)[:-1], (words, own)]
    found += [(each.name, f"{own}?cua={each.code}") for each in chain]
    return [*found[:-1], (place.name, "")]


def _is_named(request: Request, unit: Unit, form: FollowersForm | AreasForm) -> bool:
    return frame.taken(form, lambda: _name(request, unit, form))


def _name(request: Request, unit: Unit, form: FollowersForm | AreasForm) -> None:
    count = actions.name_followers(
        unit,
        form.named,
        since=form.cleaned_data["since"],
        by=request.user,  # type: ignore[arg-type]  # a User
    )
    messages.success(
        request,
        ngettext("%(count)s cell changed.", "%(count)s cells changed.", count) % {"count": count},
    )
