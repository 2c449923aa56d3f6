"""The office arranges the handbook: the tree of situations, entries taken in from a file."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from nennep.core.policies import policy
from nennep.library.actions import handbook_tree as acts
from nennep.library.actions.handbook_importing import import_entries
from nennep.library.choices import Can
from nennep.library.forms.handbook_office import BranchForm, EntriesFileForm
from nennep.library.models import Branch
from nennep.library.queries import handbook_desk as queries
from nennep.library.queries.handbook import branches_arranged
from nennep.library.queries.handbook_import import Preview, preview
from nennep.library.views.handbook import Crumbs, crumbs
from nennep.ui.asking import answer_of, ask, taken
from nennep.ui.http import Request


def _crumbs(*more: tuple[str, str]) -> Crumbs:
    return crumbs((_("Desk of the handbook"), reverse("library:desk")), *more)


def _tree_crumbs() -> Crumbs:
    return _crumbs((_("Tree of situations"), reverse("library:tree")))


def _refuse_strangers(request: Request, can: str) -> None:
    if not queries.may_handle(request.user, can):
        raise PermissionDenied


@require_GET
@policy(Can.PUBLISH_HANDBOOK)
def tree(request: Request) -> HttpResponse:
    """Every part, also the empty ones that readers do not see."""
    _refuse_strangers(request, Can.PUBLISH_HANDBOOK)
    shown = {"roots": branches_arranged(), "crumbs": _crumbs((_("Tree of situations"), ""))}
    return render(request, "library/desk/tree.html", shown)


@require_http_methods(["GET", "POST"])
@policy(Can.PUBLISH_HANDBOOK)
def new_branch(request: Request) -> HttpResponse:
    _refuse_strangers(request, Can.PUBLISH_HANDBOOK)
    form = BranchForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and taken(
        form, lambda: acts.add_branch(**form.cleaned_data, by=request.user)
    ):
        return redirect("library:tree")
    return _asked(request, form, _("New part of the handbook"))


@require_http_methods(["GET", "POST"])
@policy(Can.PUBLISH_HANDBOOK)
def branch(request: Request, code: str) -> HttpResponse:
    """Name it anew or put it elsewhere; an empty one is removed."""
    _refuse_strangers(request, Can.PUBLISH_HANDBOOK)
    found = get_object_or_404(Branch.objects.select_related("parent"), code=code)
    if request.POST.get("do") == "remove":
        acts.remove_branch(found, by=request.user)
        return redirect("library:tree")
    data = request.POST if request.method == "POST" else None
    initial = {"title": found.title, "parent": found.parent, "after": queries.branch_before(found)}
    form = BranchForm(data, branch=found, initial=initial)
    if form.is_valid() and taken(
        form, lambda: acts.change_branch(found, **form.cleaned_data, by=request.user)
    ):
        return redirect("library:tree")
    return _asked(request, form, found.title, found)


def _asked(
    request: Request, form: BranchForm, title: str, branch: Branch | None = None
) -> HttpResponse:
    return ask(
        request,
        form,
        title=title,
        back_url=reverse("library:tree"),
        crumbs=_tree_crumbs(),
        draft="",
        template="library/desk/branch.html",
        is_empty=branch is not None and queries.is_empty(branch),
    )


@require_http_methods(["GET", "POST"])
@policy(Can.EDIT_HANDBOOK)
def take_in(request: Request) -> HttpResponse:
    """First what taking the file in would do, then, by another button, the same done."""
    _refuse_strangers(request, Can.EDIT_HANDBOOK)
    is_sent = request.method == "POST"
    form = EntriesFileForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        person=request.user.pk,
    )
    shown: dict[str, Any] = {"form": form, "crumbs": _crumbs((_("Entries from a file"), ""))}
    if is_sent and form.is_valid():
        found = answer_of(form, lambda: _read(request, form))
        if found is not None and _is_confirmed(request):
            messages.success(request, _("Taken in. The entries wait for publication."))
            return redirect("library:desk")
        if found is not None:
            shown |= {"found": found, "sealed": form.sealed(), "name": form.cleaned_data["name"]}
    status = 422 if form.errors else 200
    return render(request, "library/desk/take_in.html", shown, status=status)


def _is_confirmed(request: Request) -> bool:
    return request.POST.get("do") == "take"


def _read(request: Request, form: EntriesFileForm) -> Preview:
    name, content = form.cleaned_data["name"], form.cleaned_data["content"]
    within = set(queries.branches_of(request.user).values_list("code", flat=True))
    if _is_confirmed(request):
        return import_entries(name, content, within=within, by=request.user)
    return preview(name, content, within=within)
