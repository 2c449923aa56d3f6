"""A paper as a safe HTML fragment: the preview on a page, and its print.

No inline style or script; `static/papers/papers.css` gives it the look of the document.
"""

import re
from collections.abc import Iterable
from functools import singledispatch
from typing import Any

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from nennep.papers.drawings import qr_svg, safe_svg
from nennep.papers.paper import (
    QR,
    Align,
    Annex,
    Band,
    Book,
    BulletList,
    FillLine,
    Heading,
    KeyValues,
    Masthead,
    Note,
    NumberedList,
    PageBreak,
    Paper,
    Paragraph,
    Picture,
    Recipients,
    Row,
    Run,
    SignatureBlock,
    Signer,
    Spacer,
    Table,
    Text,
    runs,
)
from nennep.papers.prepared import counted_as, parted, prepared, prepared_book, recipient_lines
from nennep.papers.profiles import FormatProfile, profile_on

_CALLED = re.compile(r'<sup data-note="([^"]*)"></sup>')
BREAK = mark_safe("<br>")
NOTHING = SafeString("")


def html(whole: Paper | Book) -> SafeString:
    """The paper as one `<article>`; a book as a row of them."""
    profile = profile_on(whole.day)
    if isinstance(whole, Book):
        book = prepared_book(whole, profile)
        return _joined(_article(paper, profile) for paper in book.papers)
    return _article(prepared(whole, profile), profile)


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("\n", "{}", ((part,) for part in parts))


def _lines(text: str) -> SafeString:
    return format_html_join(BREAK, "{}", ((line,) for line in text.split("\n")))


def _run(piece: Run) -> SafeString:
    shown = _lines(piece.text)
    if piece.bold:
        shown = format_html("<strong>{}</strong>", shown)
    if piece.italic:
        shown = format_html("<em>{}</em>", shown)
    return format_html('{}<sup data-note="{}"></sup>', shown, piece.note) if piece.note else shown


def _with_notes(article: SafeString) -> SafeString:
    """Footnotes counted where they are called, and their words below everything else."""
    notes: list[SafeString] = []

    def number(called: re.Match[str]) -> str:
        notes.append(SafeString(called[1]))
        return f'<sup class="paper-call">{len(notes)}</sup>'

    shown = SafeString(_CALLED.sub(number, article))
    if not notes:
        return shown
    listed = format_html_join("", "<li>{}</li>", ((note,) for note in notes))
    return format_html('{}<ol class="paper-footnotes">{}</ol>', shown, listed)


def _text(text: Text) -> SafeString:
    return format_html_join("", "{}", ((_run(piece),) for piece in runs(text)))


def _line(name: str, text: str, *, tag: str = "p") -> SafeString:
    """One component of the document, or nothing where it has no words."""
    if not text:
        return NOTHING
    return format_html('<{0} class="paper-{1}">{2}</{0}>', tag, name, _lines(text))


def _article(paper: Paper, profile: FormatProfile) -> SafeString:
    main, annexes = parted(paper)
    is_letter = not paper.kind_title
    parts = [
        _masthead(paper.masthead, paper.summary if is_letter else "", profile),
        _line("kind-title", paper.kind_title, tag="h2"),
        NOTHING if is_letter else _line("summary", paper.summary),
        _line("hyphens", profile.words.under_summary if paper.summary and not is_letter else ""),
        _line("addressee", paper.addressee),
        *(_block(block, profile) for block in main),
        _closing(paper.signatures, paper.recipients, profile),
        *(_annex(annex, profile) for annex in annexes),
        _line("footer", paper.footer),
    ]
    return format_html(
        '<article class="paper paper-{}" lang="{}">{}</article>',
        paper.orientation,
        paper.language,
        _with_notes(_joined(parts)),
    )


def _masthead(head: Masthead | None, letter_summary: str, profile: FormatProfile) -> SafeString:
    if head is None:
        return NOTHING
    left = [
        _line("superior-body", head.superior_body),
        _line("issuing-body", head.issuing_body),
        _line("asterisk", profile.words.under_body if head.issuing_body else ""),
        _line("symbol", head.symbol),
        _line("letter-summary", letter_summary),
        _line("urgency", head.urgency),
    ]
    right = [_line("party", profile.words.party), _line("place-and-date", head.place_and_date)]
    return format_html(
        '<header class="paper-masthead"><div>{}</div><div>{}</div></header>',
        _joined(left),
        _joined(right),
    )


def _annex(annex: Annex, profile: FormatProfile) -> SafeString:
    parts = [
        _line("kind-title", annex.label),
        _line("kind-title", annex.title, tag="h2"),
        _line("note", annex.summary),
        *(_block(block, profile) for block in annex.blocks),
    ]
    return format_html(
        '<section class="paper-annex paper-{}">{}</section>', annex.orientation, _joined(parts)
    )


def _closing(
    signatures: SignatureBlock | None, recipients: Recipients | None, profile: FormatProfile
) -> SafeString:
    if signatures and recipients and signatures.left is None:
        return format_html(
            '<div class="paper-signatures"><div class="paper-left">{}</div><div>{}</div></div>',
            _recipients(recipients, profile),
            _signer(signatures.right),
        )
    return _joined(
        _block(block, profile) for block in (signatures, recipients) if block is not None
    )


def _signer(one: Signer | None) -> SafeString:
    if one is None:
        return NOTHING
    parts = [
        _line("authority", one.authority),
        _line("post", one.post),
        _line("hint", one.hint),
        format_html('<p class="paper-name">{}</p>', one.name),
    ]
    return _joined(parts)


@singledispatch
def _block(block: Any, profile: FormatProfile) -> SafeString:
    raise TypeError(f"no paper holds a {type(block).__name__} here")


@_block.register
def _heading(block: Heading, profile: FormatProfile) -> SafeString:
    mark = f"{block.mark} " if block.mark else ""
    return format_html(
        '<h{0} class="paper-heading-{1}">{2}{3}</h{0}>',
        block.level + 2,
        block.level,
        mark,
        _text(block.text),
    )


@_block.register
def _paragraph(block: Paragraph, profile: FormatProfile) -> SafeString:
    is_indented = block.is_indented and block.align in (Align.JUSTIFY, Align.LEFT)
    indent = " paper-indented" if is_indented else ""
    return format_html('<p class="paper-{}{}">{}</p>', block.align, indent, _text(block.text))


def _entries(entries: Iterable[tuple[str, Text]]) -> SafeString:
    """Lines that carry their own mark, as on paper."""
    items = ((mark, _text(entry)) for mark, entry in entries)
    told = format_html_join("\n", "<li>{} {}</li>", items)
    return format_html('<ul class="paper-list">{}</ul>', told)


@_block.register
def _bullets(block: BulletList, profile: FormatProfile) -> SafeString:
    return _entries((block.mark, entry) for entry in block.entries)


@_block.register
def _numbers(block: NumberedList, profile: FormatProfile) -> SafeString:
    return _entries(
        (counted_as(block.pattern, number), entry)
        for number, entry in enumerate(block.entries, block.start)
    )


@_block.register
def _pairs(block: KeyValues, profile: FormatProfile) -> SafeString:
    return _entries((f"- {key}:", value) for key, value in block.pairs)


@_block.register
def _page_break(block: PageBreak, profile: FormatProfile) -> SafeString:
    return SafeString('<hr class="paper-page-break">')


@_block.register
def _spacer(block: Spacer, profile: FormatProfile) -> SafeString:
    return SafeString('<div class="paper-spacer"></div>')


@_block.register
def _note(block: Note, profile: FormatProfile) -> SafeString:
    return format_html('<p class="paper-note">{}</p>', _text(block.text))


@_block.register
def _fill_lines(block: FillLine, profile: FormatProfile) -> SafeString:
    lines = (((block.label if number == 0 else ""),) for number in range(block.lines))
    return format_html_join("\n", '<p class="paper-fill"><span>{}</span></p>', lines)


@_block.register
def _picture(block: Picture, profile: FormatProfile) -> SafeString:
    drawn = safe_svg(block.content) if block.is_svg else ""
    return _figure(drawn, block.alt, block.caption)


@_block.register
def _code(block: QR, profile: FormatProfile) -> SafeString:
    return _figure(qr_svg(block.payload), block.payload, block.caption, kind="qr")


def _figure(svg: str, alt: str, caption: str, *, kind: str = "picture") -> SafeString:
    """The drawing with its words for those who cannot see it; words alone where it cannot show."""
    shown = mark_safe(svg) if svg else conditional_escape(alt)  # noqa: S308 -- only allowed elements are left in it
    return format_html(
        '<figure class="paper-{}"><div role="img" aria-label="{}">{}</div>{}</figure>',
        kind,
        alt,
        shown,
        format_html("<figcaption>{}</figcaption>", caption) if caption else "",
    )


@_block.register
def _table(block: Table, profile: FormatProfile) -> SafeString:
    whole = sum(column.width for column in block.columns)
    widths = ((f"{100 * column.width / whole:.2f}%",) for column in block.columns)
    lines = [_table_line(line, block) for line in block.rows]
    if block.total:
        lines.append(_table_line(Row(block.total, is_bold=True), block))
    caption = format_html("<caption>{}</caption>", block.caption) if block.caption else ""
    looks = " paper-dense" * block.is_dense + " paper-tall" * bool(block.row_height)
    return format_html(
        '<div class="paper-table-frame" tabindex="0"><table class="paper-table{}">{}<colgroup>{}</colgroup>'
        "<thead>{}</thead><tbody>{}</tbody></table></div>",
        looks,
        caption,
        format_html_join("", '<col width="{}">', widths),
        _table_head(block),
        _joined(lines),
    )


def _table_head(block: Table) -> SafeString:
    if not block.groups:
        titles = (("1", column.title) for column in block.columns)
        return format_html("<tr>{}</tr>", format_html_join("", _HEAD, titles))
    upper: list[SafeString] = []
    lower: list[tuple[str, str]] = []
    columns = list(block.columns)
    for group in block.groups:
        own, columns = columns[: group.span], columns[group.span :]
        if group.title:
            upper.append(
                format_html('<th scope="colgroup" colspan="{}">{}</th>', group.span, group.title)
            )
            lower += [("1", column.title) for column in own]
        else:
            upper += [format_html(_HEAD, "2", column.title) for column in own]
    return format_html("<tr>{}</tr><tr>{}</tr>", _joined(upper), format_html_join("", _HEAD, lower))


_HEAD = '<th scope="col" rowspan="{}">{}</th>'


def _table_line(line: Any, block: Table) -> SafeString:
    if isinstance(line, Band):
        return format_html(
            '<tr class="paper-band"><td colspan="{}">{}</td></tr>', len(block.columns), line.text
        )
    given, is_bold = (line.cells, line.is_bold) if isinstance(line, Row) else (line, False)
    cells = ((column.align, _text(text)) for text, column in zip(given, block.columns, strict=True))
    return format_html(
        "<tr{}>{}</tr>",
        SafeString(' class="paper-total"') if is_bold else "",
        format_html_join("", '<td class="paper-{}">{}</td>', cells),
    )


@_block.register
def _signatures(block: SignatureBlock, profile: FormatProfile) -> SafeString:
    return format_html(
        '<div class="paper-signatures"><div>{}</div><div>{}</div></div>',
        _signer(block.left),
        _signer(block.right),
    )


@_block.register
def _recipients(block: Recipients, profile: FormatProfile) -> SafeString:
    lines = ((line,) for line in recipient_lines(block.lines, profile))
    return format_html(
        '<p class="paper-recipients-title">{}</p><ul class="paper-recipients">{}</ul>',
        profile.words.recipients,
        format_html_join("", "<li>{}</li>", lines),
    )
