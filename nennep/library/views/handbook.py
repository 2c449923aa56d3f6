"""The handbook as it is read: everybody who has signed in reads what is published."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from nennep.core import clock
from nennep.core.policies import signed_in
from nennep.library.choices import Can
from nennep.library.forms.handbook import StartForm, TermForm
from nennep.library.models import Branch, Entry
from nennep.library.queries.handbook import (
    EntryPage,
    ShownFact,
    branches_shown,
    counted,
    entries_in,
    entry_page,
    whole_revisions,
)
from nennep.library.queries.handbook_book import handbook_book
from nennep.library.queries.handbook_desk import may_handle
from nennep.library.queries.handbook_forms import form_sheets
from nennep.library.rules.terms import LONGEST
from nennep.papers.render import respond
from nennep.ui.http import Request
from nennep.ui.nav import address_of

Crumbs = list[tuple[str, str]]
FILES = ("pdf", "docx")


def crumbs(*more: tuple[str, str]) -> Crumbs:
    return [(_("Handbook"), reverse("library:handbook")), *more]


def branch_crumbs(branch: Branch) -> Crumbs:
    return crumbs((branch.title, reverse("library:branch", args=[branch.code])))


@require_GET
@signed_in
def home(request: Request) -> HttpResponse:
    """The tree of situations."""
    return render(
        request,
        "library/handbook/home.html",
        {
            "roots": branches_shown(),
            "search_url": address_of("library:search"),
            "entries": Entry.objects.published().count(),
            "may_edit": may_handle(request.user, Can.EDIT_HANDBOOK),
        },
    )


@require_GET
@signed_in
def branch_page(request: Request, code: str) -> HttpResponse:
    branch = get_object_or_404(Branch.objects.select_related("parent"), code=code)
    return render(
        request,
        "library/handbook/branch.html",
        {
            "branch": branch,
            "entries": entries_in(branch),
            "crumbs": crumbs((branch.title, "")),
        },
    )


@require_GET
@signed_in
def entry(request: Request, code: str) -> HttpResponse:
    """One entry: the answer first; a term of it is counted from the day that was given."""
    found = get_object_or_404(Entry.objects.published(), code=code)
    page = entry_page(get_object_or_404(whole_revisions(), current_of=found))
    form = StartForm(request.GET if "term" in request.GET else None)
    return render(
        request,
        "library/handbook/entry.html",
        {
            "page": page,
            "text": page.text,
            "sheets": [form_sheets()[form] for form in page.text.forms if form in form_sheets()],
            "terms": [_term(shown, form) for shown in page.terms],
            "may_edit": may_handle(request.user, Can.EDIT_HANDBOOK),
            "crumbs": [*branch_crumbs(found_branch(page)), (_("Entry"), "")],
        },
        status=422 if form.is_bound and not form.is_valid() else 200,
    )


def found_branch(page: EntryPage) -> Branch:
    return page.revision.entry.branch


def _term(shown: ShownFact, form: StartForm) -> dict[str, Any]:
    """A term with its own form, and its last day where it was asked for."""
    is_asked = form.is_bound and form.data.get("term") == str(shown.place)
    own = form if is_asked else StartForm(initial={"start": clock.today(), "term": shown.place})
    told: dict[str, Any] = {"shown": shown, "form": own}
    if not is_asked or not form.is_valid():
        return told
    fact, start = shown.fact, form.cleaned_data["start"]
    if int(fact.number) > LONGEST[fact.unit]:
        raise Http404
    result = counted(start, int(fact.number), fact.unit, before=fact.before)
    return {**told, "start": start, "result": result, "before": fact.before}


@require_GET
@signed_in
def term(request: Request) -> HttpResponse:
    """Any term: a day in, the last day out."""
    initial = {"start": clock.today(), "number": 30, "unit": "working_day"}
    form = TermForm(request.GET if "number" in request.GET else None, initial=initial)
    shown: dict[str, Any] = {"form": form, "crumbs": crumbs((_("Count a term"), ""))}
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        shown["result"] = counted(
            given["start"], given["number"], given["unit"], before=given["before"]
        )
        shown |= {"start": given["start"], "before": given["before"]}
    is_wrong = form.is_bound and not form.is_valid()
    return render(request, "library/handbook/term.html", shown, status=422 if is_wrong else 200)


@require_GET
@signed_in
def book_file(request: Request, form: str) -> HttpResponse:
    """The whole handbook to print and bind: everything that is published, and nothing else."""
    if form not in FILES:
        raise Http404
    return respond(handbook_book(clock.today()), form)  # type: ignore[arg-type]  # one of FILES
