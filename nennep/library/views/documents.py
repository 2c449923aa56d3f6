"""The register: the list, one document, entering and correcting it, what replaces what."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nennep.accounts.http import Request
from nennep.core import clock, trail
from nennep.core.policies import policy
from nennep.core.text import whole_number
from nennep.library.actions.documents import correct_document, drop_draft, register_document
from nennep.library.actions.issuing import issue_document, reserve_number, void_number
from nennep.library.actions.replacing import link_documents, unlink_documents
from nennep.library.choices import Can
from nennep.library.forms.documents import (
    DayForm,
    EntryForm,
    FileForm,
    FilterForm,
    LinkForm,
    ReasonForm,
)
from nennep.library.models import Document
from nennep.library.queries.document_files import documents_sheet
from nennep.library.queries.documents import (
    Filters,
    Listed,
    against_the_rules,
    counted,
    documents_found,
    is_replaced_on,
    kept_by,
    links_of,
    may_keep,
)
from nennep.library.queries.numbers import book_of, terms_with_numbers
from nennep.library.views import frame
from nennep.papers.delimited import delimited
from nennep.papers.render import respond_bytes
from nennep.papers.xlsx import workbook
from nennep.ui.taking import page_of

DOCUMENTS_ON_A_PAGE = 30
IN_A_FILE_AT_MOST = 20_000


@require_GET
@policy(Can.VIEW_DOCUMENTS)
def home(request: Request) -> HttpResponse:
    """What the person sees of the registers, filtered, counted by kind."""
    filters = FilterForm(request.GET or None, person=request.user)
    found = documents_found(request.user, _noted(request, filters.asked()))
    counts = counted(found)
    page = page_of(request, Listed(found, counts.listed), DOCUMENTS_ON_A_PAGE)
    return render(
        request,
        "library/documents.html",
        {
            "filters": filters,
            "counts": counts,
            "page": page,
            "rows": [(each, each.force_on(clock.today())) for each in page],
            "keeps": kept_by(request.user),
            "query": request.GET.urlencode(),
        },
    )


def _noted(request: Request, asked: Filters) -> Filters:
    """Documents of cells below were asked for: content of others."""
    if asked.with_cells:
        trail.record_look("documents of cells", None, by=request.user)
    return asked


@require_GET
@policy(Can.VIEW_DOCUMENTS)
def home_file(request: Request, form: str) -> HttpResponse:
    """The list as it is filtered, as a workbook or CSV."""
    if form not in {"xlsx", "csv"}:
        raise Http404
    filters = FilterForm(request.GET or None, person=request.user)
    found = documents_found(request.user, _noted(request, filters.asked()))
    sheet = documents_sheet(found[:IN_A_FILE_AT_MOST], counted(found))
    trail.record_look("list of documents taken", None, by=request.user, form=form)
    content = workbook([sheet], day=clock.today()) if form == "xlsx" else delimited(sheet)
    return respond_bytes(content, f"so-van-ban-{clock.today()}", form)


@require_GET
@policy(Can.VIEW_DOCUMENTS)
def document(request: Request, public_id: UUID) -> HttpResponse:
    found = frame.document_to(request, Can.VIEW_DOCUMENTS, public_id)
    return _show(request, found, {})


def _show(
    request: Request, found: Document, forms: dict[str, Any], status: int = 200
) -> HttpResponse:
    today = clock.today()
    back, on = links_of(found, request.user)
    keeps = may_keep(request.user, found.unit)
    page = {
        "document": found,
        "draft": getattr(found, "draft", None),
        "force": found.force_on(today),
        "replaced": is_replaced_on(on, today),
        "links_back": back,
        "links_on": on,
        "against": against_the_rules(found),
        "files": list(found.files.all()),
        "keeps": keeps,
        "today": today,
        "crumbs": frame.crumbs(str(found)),
    }
    if keeps:
        page |= {
            "link_form": LinkForm(document=found, person=request.user),
            "reason_form": ReasonForm(),
            "file_form": FileForm(),
            "day_form": DayForm(initial={"day": today}),
        }
    return render(request, "library/document.html", page | forms, status=status)


@require_http_methods(["GET", "POST"])
@policy(Can.KEEP_DOCUMENTS)
def register(request: Request, code: str) -> HttpResponse:
    """A document that exists on paper, with or without a file."""
    unit = frame.register_to(request, code)
    form = EntryForm(request.POST if request.method == "POST" else None, unit=unit)
    made: list[Document] = []
    if (
        form.is_bound
        and form.is_valid()
        and frame.taken(
            form, lambda: made.append(register_document(unit, entry=form.entry(), by=request.user))
        )
    ):
        messages.success(request, _("The document is in the register."))
        return redirect("library:document", made[0].public_id)
    page = {
        "form": form,
        "unit": unit,
        "title": _("Enter a document in the register"),
        "draft_key": f"document-{unit.code}",
        "crumbs": frame.crumbs(_("Enter a document in the register")),
    }
    return render(request, "library/register.html", page, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@policy(Can.KEEP_DOCUMENTS)
def correct(request: Request, public_id: UUID) -> HttpResponse:
    found = frame.document_to(request, Can.KEEP_DOCUMENTS, public_id)
    if hasattr(found, "draft") and not found.is_issued:
        return redirect("library:draft", found.public_id)
    data = request.POST if request.method == "POST" else None
    form = EntryForm(data, unit=found.unit, document=found)
    if (
        form.is_bound
        and form.is_valid()
        and frame.taken(form, lambda: correct_document(found, entry=form.entry(), by=request.user))
    ):
        messages.success(request, _("The entry is corrected."))
        return redirect("library:document", found.public_id)
    page = {
        "form": form,
        "unit": found.unit,
        "title": _("Correct the entry"),
        "draft_key": f"document-{found.public_id}",
        "crumbs": frame.crumbs(frame.document_crumb(found), _("Correct the entry")),
    }
    return render(request, "library/register.html", page, status=422 if form.is_bound else 200)


@require_POST
@policy(Can.KEEP_DOCUMENTS)
def link(request: Request, public_id: UUID) -> HttpResponse:
    """It replaces or amends an earlier document, or that is taken back."""
    found = frame.document_to(request, Can.KEEP_DOCUMENTS, public_id)
    if "take_back" in request.POST:
        old = get_object_or_404(found.links_back, pk=_number(request.POST["take_back"]))
        unlink_documents(old, by=request.user)
        messages.success(request, _("That is taken back."))
        return redirect("library:document", found.public_id)
    form = LinkForm(request.POST, document=found, person=request.user)
    if form.is_valid() and frame.taken(
        form, lambda: link_documents(found, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("It is recorded; both documents show it."))
        return redirect("library:document", found.public_id)
    return _show(request, found, {"link_form": form}, 422)


@require_POST
@policy(Can.KEEP_DOCUMENTS)
def number(request: Request, public_id: UUID) -> HttpResponse:
    """Reserve a number, issue, or say why a reserved number is not used."""
    found = frame.document_to(request, Can.KEEP_DOCUMENTS, public_id)
    do = request.POST.get("do", "")
    if do == "drop":
        drop_draft(found, by=request.user)
        messages.success(request, _("The draft is dropped."))
        return redirect("library:documents")
    if do == "void":
        form: Any = ReasonForm(request.POST)
        act = lambda: void_number(  # noqa: E731 -- one of three acts
            found, reason=form.cleaned_data["reason"], by=request.user
        )
    else:
        form = DayForm(request.POST)
        change = issue_document if do == "issue" else reserve_number
        act = lambda: change(found, day=form.cleaned_data["day"], by=request.user)  # noqa: E731 -- likewise
    if form.is_valid() and frame.taken(form, act):
        return redirect("library:document", found.public_id)
    return _show(request, found, {"reason_form" if do == "void" else "day_form": form}, 422)


@require_GET
@policy(Can.VIEW_DOCUMENTS)
def numbers(request: Request, code: str) -> HttpResponse:
    """The book of numbers: term by term, kind by kind, no number left out."""
    unit = frame.unit_seen(request, code)
    if not may_keep(request.user, unit):
        raise Http404
    return render(
        request,
        "library/numbers.html",
        {
            "unit": unit,
            "books": [(term, book_of(term)) for term in terms_with_numbers(unit)],
            "crumbs": frame.crumbs(_("Book of numbers")),
        },
    )


def _number(text: str) -> int:
    return whole_number(text) or 0
