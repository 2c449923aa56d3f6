"""The office's desk: what waits, what is written, what every entry said before."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nennep.accounts.models import User
from nennep.core import clock
from nennep.core.policies import policy
from nennep.core.refusal import Refusal
from nennep.core.text import whole_number
from nennep.library.actions import handbook as acts
from nennep.library.actions import handbook_places as placing
from nennep.library.choices import Can
from nennep.library.forms.handbook_desk import (
    EditorForm,
    NewEntryForm,
    PlaceForm,
    SendBackForm,
    TakeOutForm,
    TextForms,
)
from nennep.library.models import BranchEditor, Entry, Revision
from nennep.library.queries import handbook_desk as queries
from nennep.library.queries.handbook import entry_page, whole_revisions
from nennep.library.rules.handbook import EntryText
from nennep.library.views.handbook import Crumbs, crumbs
from nennep.ui.asking import taken
from nennep.ui.http import Request


def _desk_crumbs(*more: tuple[str, str]) -> Crumbs:
    found = crumbs((_("Desk of the handbook"), reverse("library:desk")), *more)
    return [*found[:-1], (found[-1][0], "")]


def _refuse_strangers(request: Request, can: str) -> None:
    if not queries.may_handle(request.user, can):
        raise PermissionDenied


def _revision(request: Request, public_id: UUID, can: str) -> Revision:
    _refuse_strangers(request, can)
    return get_object_or_404(whole_revisions(), public_id=public_id)


def _entry(request: Request, code: str) -> Entry:
    _refuse_strangers(request, Can.EDIT_HANDBOOK)
    return get_object_or_404(Entry.objects.select_related("branch", "current"), code=code)


def _open(revision: Revision) -> str:
    return reverse("library:revision", args=[revision.public_id])


@require_GET
@policy(Can.EDIT_HANDBOOK)
def desk(request: Request) -> HttpResponse:
    _refuse_strangers(request, Can.EDIT_HANDBOOK)
    return render(
        request,
        "library/desk/desk.html",
        {
            "desk": queries.desk(clock.today()),
            "may_publish": queries.may_handle(request.user, Can.PUBLISH_HANDBOOK),
            "crumbs": _desk_crumbs(),
        },
    )


@require_http_methods(["GET", "POST"])
@policy(Can.EDIT_HANDBOOK)
def new_entry(request: Request) -> HttpResponse:
    """A question the handbook did not have."""
    _refuse_strangers(request, Can.EDIT_HANDBOOK)
    data = request.POST if request.method == "POST" else None
    where = NewEntryForm(data, branches=queries.branches_of(request.user))
    page = TextForms(data, text=EntryText())
    if data is not None and all([where.is_valid(), page.is_valid()]):
        branch, by = where.cleaned_data["branch"], request.user
        if draft := _written(page, lambda: acts.new_entry(branch, text=page.given, by=by)):
            return redirect(_open(draft))
    shown = {"page": page, "where": where, "title": _("New question")}
    return _writing(request, shown, is_wrong=data is not None)


@require_http_methods(["GET", "POST"])
@policy(Can.EDIT_HANDBOOK)
def write(request: Request, code: str) -> HttpResponse:
    """The open draft of an entry, or a new one that begins with what is read."""
    entry = _entry(request, code)
    begun = whole_revisions().filter(entry=entry)
    draft = begun.filter(state__in=queries.OPEN).first() or begun.filter(current_of=entry).first()
    draft = draft or begun.first()
    text = draft.text if draft else EntryText()
    data = request.POST if request.method == "POST" else None
    page = TextForms(data, text=text, own_code=code)
    if data is not None and page.is_valid():
        by = request.user
        if written := _written(page, lambda: acts.write_entry(entry, text=page.given, by=by)):
            return redirect(_open(written))
    shown = {"page": page, "entry": entry, "title": text.question}
    return _writing(request, shown, is_wrong=data is not None)


def _written(page: TextForms, act: Callable[[], Revision]) -> Revision | None:
    made: list[Revision] = []
    taken(page.text, lambda: made.append(act()))
    return made[0] if made else None


def _writing(request: Request, shown: dict[str, Any], *, is_wrong: bool) -> HttpResponse:
    more = {"units": queries.units_offered(), "crumbs": _desk_crumbs((shown["title"], ""))}
    return render(request, "library/desk/write.html", shown | more, status=422 if is_wrong else 200)


@require_http_methods(["GET", "POST"])
@policy(Can.EDIT_HANDBOOK)
def revision(request: Request, public_id: UUID) -> HttpResponse:
    """A text as it would be read, and what may be done with it."""
    found = _revision(request, public_id, Can.EDIT_HANDBOOK)
    if request.method == "POST":
        return _handled(request, found)
    return _shown(request, found, SendBackForm())


def _handled(request: Request, found: Revision) -> HttpResponse:
    do = request.POST.get("do", "")
    deeds = {"hand-in": acts.hand_in, "drop": acts.drop_draft}
    if do not in deeds:
        raise Http404
    deeds[do](found, by=request.user)
    return redirect(_open(found))


def _shown(request: Request, found: Revision, form: SendBackForm) -> HttpResponse:
    page = entry_page(found)
    return render(
        request,
        "library/desk/revision.html",
        {
            "page": page,
            "text": page.text,
            "revision": found,
            "form": form,
            "strays": queries.numbers_without_a_fact(found, page.text),
            "may_publish": queries.may_handle(request.user, Can.PUBLISH_HANDBOOK),
            "may_write": queries.branches_of(request.user)
            .filter(pk=found.entry.branch_id)
            .exists(),
            "crumbs": _desk_crumbs(
                (found.question, reverse("library:history", args=[found.entry.code])),
                (_("Revision %(number)s") % {"number": found.number}, ""),
            ),
        },
        status=422 if form.errors else 200,
    )


@require_POST
@policy(Can.PUBLISH_HANDBOOK)
def decide(request: Request, public_id: UUID) -> HttpResponse:
    """Publish it, send it back, or say that it was compared with the originals."""
    found = _revision(request, public_id, Can.PUBLISH_HANDBOOK)
    do, by = request.POST.get("do", ""), request.user
    if do == "send-back":
        form = SendBackForm(request.POST)
        if not form.is_valid() or not taken(
            form, lambda: acts.send_back(found, remark=form.cleaned_data["remark"], by=by)
        ):
            return _shown(request, found, form)
    elif do == "publish":
        acts.publish(found, by=by)
        messages.success(request, _("Published. Everybody who has signed in reads it now."))
        return redirect("library:entry", found.entry.code)
    elif do == "check":
        acts.check_entry(found, by=by)
    else:
        raise Http404
    return redirect(_open(found))


@require_GET
@policy(Can.EDIT_HANDBOOK)
def history(request: Request, code: str) -> HttpResponse:
    """Everything an entry ever said: who wrote it, who published it, when; two of them compared."""
    entry = _entry(request, code)
    revisions = list(queries.history(entry))
    shown: dict[str, Any] = {"entry": entry, "revisions": revisions}
    before, after = _compared(request, entry)
    if before is not None and after is not None:
        shown |= {"before": before, "after": after, "changes": queries.compared(before, after)}
    offered = queries.places_offered()
    there = list(entry.places.values_list("place", flat=True))
    return render(
        request,
        "library/desk/history.html",
        shown
        | {
            "place_form": PlaceForm(offered=offered, initial={"places": there}),
            "take_out_form": TakeOutForm(),
            "may_publish": queries.may_handle(request.user, Can.PUBLISH_HANDBOOK),
            "crumbs": _desk_crumbs((revisions[0].question if revisions else entry.code, "")),
        },
    )


def _compared(request: Request, entry: Entry) -> tuple[Revision | None, Revision | None]:
    before, after = (whole_number(request.GET.get(name, "")) for name in ("tu", "den"))
    if before is None or after is None:
        return None, None
    found = {each.number: each for each in whole_revisions().filter(entry=entry)}
    return found.get(before), found.get(after)


@require_POST
@policy(Can.PUBLISH_HANDBOOK)
def arrange(request: Request, code: str) -> HttpResponse:
    """Take an entry out, or say at which steps of a meeting it is offered."""
    _refuse_strangers(request, Can.PUBLISH_HANDBOOK)
    entry = get_object_or_404(Entry, code=code)
    if request.POST.get("do") == "take-out":
        form = TakeOutForm(request.POST)
        if not form.is_valid():
            raise Refusal(str(form.errors["reason"][0]), code="reason_missing", field="reason")
        acts.take_out(entry, reason=form.cleaned_data["reason"], by=request.user)
    else:
        chosen = PlaceForm(request.POST, offered=queries.places_offered())
        if not chosen.is_valid():
            raise Refusal(_("Choose steps from the list."), code="unknown_place")
        placing.place_entry(entry, places=chosen.cleaned_data["places"], by=request.user)
    return redirect("library:history", code)


@require_http_methods(["GET", "POST"])
@policy(Can.PUBLISH_HANDBOOK)
def editors(request: Request) -> HttpResponse:
    """Who writes which part; whoever is named nowhere writes everywhere."""
    _refuse_strangers(request, Can.PUBLISH_HANDBOOK)
    form = EditorForm(request.POST if "username" in request.POST else None)
    if request.method == "POST":
        if "release" in request.POST:
            _release(request)
            return redirect("library:editors")
        if form.is_valid() and _named(request, form):
            return redirect("library:editors")
    rows = BranchEditor.objects.select_related("branch", "user", "given_by")
    shown = {"editors": rows, "form": form, "crumbs": _desk_crumbs((_("Who writes what"), ""))}
    return render(request, "library/desk/editors.html", shown, status=422 if form.errors else 200)


def _named(request: Request, form: EditorForm) -> bool:
    given = form.cleaned_data
    user = User.objects.filter(username=given["username"].strip().lower()).first()
    if user is None or not queries.may_handle(user, Can.EDIT_HANDBOOK):
        form.add_error("username", _("Nobody of this name may write the handbook."))
        return False
    return taken(form, lambda: placing.name_editor(given["branch"], user=user, by=request.user))


def _release(request: Request) -> None:
    editor = get_object_or_404(
        BranchEditor.objects.select_related("user", "branch"),
        pk=whole_number(request.POST["release"]),
    )
    placing.release_editor(editor, by=request.user)
