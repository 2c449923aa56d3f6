"""One page that finds everything, and what is offered while somebody types."""

from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from nennep.accounts.http import Request
from nennep.core import clock, trail
from nennep.core.policies import policy
from nennep.library.actions.lost import note_lost
from nennep.library.choices import Can
from nennep.library.forms.search import SearchForm
from nennep.library.models import Piece
from nennep.library.queries.asking import offered_instead
from nennep.library.queries.ranking import MOST, Within
from nennep.library.queries.reach import is_own, reached_by
from nennep.library.queries.search import Answer, Found, everything, search_everything
from nennep.library.queries.sources import address_of, groups, source_kind
from nennep.library.queries.suggestions import suggestions
from nennep.library.queries.words import may_edit_words
from nennep.library.rules.passages import Passage
from nennep.regulations.choices import Force

ON_A_PAGE = 10
FURTHEST = MOST // ON_A_PAGE  # pages


@dataclass(frozen=True)
class Shown:
    """A result as the page shows it."""

    piece: Piece
    kind: str | Promise
    icon: str
    address: str
    force: Force | None
    passage: SafeString


@dataclass
class Results:
    """What stands below the box; nothing of it where nothing was asked."""

    question: str = ""
    shown: list[Shown] = field(default_factory=list)
    page: Page[Any] | None = None
    total: int = 0
    has_more: bool = False
    is_near: bool = False
    instead: str = ""
    instead_url: str = ""
    wider_url: str = ""


@require_GET
@policy(Can.SEARCH)
def search_page(request: Request) -> HttpResponse:
    form = SearchForm(request.GET)
    results = Results()
    if form.is_valid() and form.cleaned_data["q"].strip():
        results = _results(request, form)
    page = {
        "form": form,
        "results": results,
        "may_edit_words": may_edit_words(request.user),
        "groups": [kinds[0].label for kinds in groups().values()],
    }
    return render(request, "library/search.html", page, status=200 if form.is_valid() else 422)


@require_GET
@policy(Can.SEARCH)
def suggest(request: Request) -> HttpResponse:
    typed = request.GET.get("q", "")[:100]
    page = {"suggestions": suggestions(request.user, typed)}
    return render(request, "library/_suggestions.html", page)


def _results(request: Request, form: SearchForm) -> Results:
    asked = form.cleaned_data
    number = _page_number(request)
    kinds = [kind.code for code in asked["nhom"] for kind in groups()[code]]
    within = Within(
        reached=reached_by(request.user),
        kinds=kinds,
        since=asked["tu"],
        until=asked["den"],
        only_in_force=asked["hieu_luc"],
    )
    skip = (number - 1) * ON_A_PAGE
    answer = search_everything(asked["q"], within, limit=ON_A_PAGE, skip=skip)
    _note_looks(request, answer)
    if answer.is_near and not form.is_narrowed:
        note_lost(asked["q"])
    results = Results(
        question=asked["q"],
        shown=[_shown(each) for each in answer.found],
        total=min(answer.total, MOST),
        has_more=answer.total > MOST,
        is_near=answer.is_near,
        page=_page(answer.total, number),
        wider_url=_address(q=asked["q"]) if form.is_narrowed else "",
    )
    _offer_instead(results, answer)
    return results


def _offer_instead(results: Results, answer: Answer) -> None:
    collection = everything() if answer.asked and answer.asked.unknown else None
    if collection and answer.asked:
        results.instead = offered_instead(collection, results.question, answer.asked)
        results.instead_url = _address(q=results.instead)


def _page_number(request: Request) -> int:
    given = request.GET.get("trang", "1")
    return min(FURTHEST, max(1, int(given))) if given.isdecimal() and len(given) < 5 else 1


def _page(total: int, number: int) -> Page[Any] | None:
    pages = Paginator(range(min(total, MOST)), ON_A_PAGE)
    return pages.get_page(number) if pages.num_pages > 1 else None


def _address(**query: str) -> str:
    return f"{reverse('library:search')}?{urlencode(query)}"


def _shown(found: Found) -> Shown:
    piece, passage = found.piece, found.passage
    kind = source_kind(piece.kind)
    return Shown(
        piece,
        kind.label,
        kind.icon,
        address_of(piece.source, piece.page),
        _force(piece),
        _marked(passage),
    )


def _force(piece: Piece) -> Force | None:
    """None where nothing is said of when it holds."""
    if piece.replaced_by and piece.in_force_to is None:
        return Force.OVER
    is_dated = piece.in_force_from or piece.in_force_to
    return piece.force_on(clock.today()) if is_dated else None


def _marked(passage: Passage) -> SafeString:
    """The passage, what was asked for marked in it; an ellipsis where the text goes on."""
    parts: list[SafeString] = []
    done = 0
    for start, end in passage.hits:
        parts.append(
            format_html("{}<mark>{}</mark>", passage.text[done:start], passage.text[start:end])
        )
        done = end
    begins, ends = "… " * passage.is_begun, " …" * passage.is_cut
    return format_html("{}{}{}{}", begins, SafeString("".join(parts)), passage.text[done:], ends)


def _note_looks(request: Request, answer: Answer) -> None:
    """A passage of a cell that is not the person's own is a look, once for each cell."""
    cells = {
        each.piece.unit
        for each in answer.found
        if each.piece.unit is not None
        and source_kind(each.piece.kind).is_content
        and not is_own(request.user, each.piece.verb, each.piece.unit.path)
    }
    for cell in sorted(cells, key=lambda unit: unit.path):
        trail.record_look("found by search", cell, by=request.user)
