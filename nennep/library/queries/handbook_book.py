"""The whole handbook as a book to print: contents, every published entry, the documents behind it."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _

from nennep.core.text import vn_date
from nennep.library.models import Branch
from nennep.library.queries.handbook import EntryPage, ShownFact, entry_page, whole_revisions
from nennep.papers.paper import (
    Align,
    Block,
    Book,
    BulletList,
    Column,
    Heading,
    Note,
    NumberedList,
    Paper,
    Paragraph,
    Table,
    bold,
)


def handbook_book(day: date) -> Book:
    """One part for each branch, in the order of the tree, and at the end where each document is named."""
    revisions = whole_revisions().filter(current_of__isnull=False)
    ordered = revisions.order_by("entry__branch__position", "entry__position", "entry__pk")
    pages = [entry_page(revision, day, with_related=False) for revision in ordered]
    parts = [
        _part(branch, list(of_branch), day)
        for branch, of_branch in groupby(pages, key=lambda page: page.revision.entry.branch)
    ]
    title, index_title = (
        _("Handbook of the cell secretary"),
        _("Documents, and where they are named"),
    )
    return Book(
        title,
        [*parts, Paper(None, index_title, [_index(pages)], day=day)],
        subtitle=_("As published on %(day)s") % {"day": vn_date(day)},
        lists_headings=True,
        entries=[*(part.kind_title for part in parts), index_title],
        cover_lines=[
            _("What is marked as not yet checked was not compared with the original document.")
        ],
        day=day,
        file_stem=f"cam-nang {day:%Y-%m-%d}",
    )


def _part(branch: Branch, pages: Sequence[EntryPage], day: date) -> Paper:
    blocks = [block for page in pages for block in _entry(page)]
    return Paper(None, branch.title, blocks, day=day)


def _entry(page: EntryPage) -> Iterator[Block]:
    text = page.text
    yield Heading(text.question, level=2)
    if text.answer:
        yield Paragraph([bold(text.answer)])
    if text.steps:
        yield NumberedList(text.steps, pattern="(1)")
    if text.notes:
        yield BulletList(text.notes)
    if page.facts:
        yield BulletList([_fact_words(fact) for fact in page.facts], mark="+")
    if text.link:
        yield Paragraph(f"{_('See also, at this address:')} {text.link}", align=Align.LEFT)
    if page.bases:
        named = [f"{shown.basis.symbol} ({shown.words})" for shown in page.bases]
        doubt = [_("not yet checked against the original")] if page.is_unchecked else []
        yield Note("; ".join([*named, *doubt]) + ".")


def _fact_words(fact: ShownFact) -> str:
    source = f" ({fact.source.basis.symbol})" if fact.source else ""
    return f"{fact.fact.says}: {fact.words}{source}"


def _index(pages: Sequence[EntryPage]) -> Table:
    """Every document once, with the questions that rest on it."""
    questions: dict[str, list[str]] = {}
    titles: dict[str, str] = {}
    for page in pages:
        for shown in page.bases:
            symbol = f"{shown.basis.symbol} ({shown.words})"
            titles[symbol] = shown.basis.title
            questions.setdefault(symbol, []).append(page.text.question)
    rows = [
        (str(number), symbol, titles[symbol], "\n".join(questions[symbol]))
        for number, symbol in enumerate(sorted(questions), 1)
    ]
    columns = [
        Column(_("No."), 0.5, Align.CENTER),
        Column(_("Number and symbol"), 1.8),
        Column(_("What it is"), 2.4),
        Column(_("Questions that rest on it"), 4),
    ]
    return Table(columns, rows, is_dense=True)
