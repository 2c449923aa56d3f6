"""The blocks of a paper as WordprocessingML."""

import io
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import singledispatch
from typing import Any

from nennep.papers.drawings import qr_png
from nennep.papers.paper import (
    QR,
    Align,
    Band,
    Block,
    BulletList,
    Column,
    FillLine,
    Heading,
    KeyValues,
    Masthead,
    Note,
    NumberedList,
    PageBreak,
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
)
from nennep.papers.prepared import counted_as, recipient_lines
from nennep.papers.profiles import FormatProfile
from nennep.papers.typeface import SIDE_ROOM, evened, face, head_shares
from nennep.papers.wordml import (
    Setting,
    cell,
    gap,
    paragraph,
    picture,
    place_called,
    run,
    runs_of,
    table,
    table_row,
    twips,
)
from nennep.papers.wordstyles import style_id


@dataclass(frozen=True, slots=True)
class Ground:
    """What blocks are laid on: the rules, the width of the lines in millimetres, and the part of
    the document that keeps pictures.
    """

    profile: FormatProfile
    width: float
    part: Any
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def line_length(self) -> float:
        return twips(self.width) / 20

    def shares(self, parts: Sequence[float]) -> list[int]:
        """The width divided in these proportions, in twips, without a rest."""
        whole, total = twips(self.width), sum(parts)
        edges = [round(whole * edge / total) for edge in itertools.accumulate(parts)]
        return [edge - before for before, edge in zip([0, *edges], edges, strict=False)]


def lettered(ground: Ground, component: str, text: str, setting: Setting | None = None) -> str:
    """The words in the component's own style and case."""
    shown = ground.profile.lettering[component].cased(text)
    return paragraph(run(Run(shown)), style_id(component), setting or Setting())


def _body(text: Text, mark: str = "") -> str:
    return paragraph(runs_of(mark) + runs_of(text), style_id("body"))


@singledispatch
def _block(block: Any, ground: Ground) -> str:
    raise TypeError(f"no paper holds a {type(block).__name__} here")


def blocks_xml(blocks: Iterable[Block], ground: Ground) -> str:
    return "".join(_block(block, ground) for block in blocks)


@_block.register
def _heading(block: Heading, ground: Ground) -> str:
    mark = f"{block.mark} " if block.mark else ""
    place = place_called(block.anchor) if block.anchor else ""
    return paragraph(
        place + runs_of(mark) + runs_of(block.text), style_id(f"heading_{block.level}")
    )


@_block.register
def _paragraph(block: Paragraph, ground: Ground) -> str:
    is_flush = not block.is_indented or block.align in (Align.CENTER, Align.RIGHT)
    setting = Setting(
        align=None if block.align == Align.JUSTIFY else block.align,
        first_line=0 if is_flush else None,
        keeps_with_next=block.keeps_with_next,
    )
    return paragraph(runs_of(block.text), style_id("body"), setting)


@_block.register
def _bullets(block: BulletList, ground: Ground) -> str:
    return "".join(_body(entry, f"{block.mark} ") for entry in block.entries)


@_block.register
def _numbers(block: NumberedList, ground: Ground) -> str:
    return "".join(
        _body(entry, f"{counted_as(block.pattern, number)} ")
        for number, entry in enumerate(block.entries, block.start)
    )


@_block.register
def _pairs(block: KeyValues, ground: Ground) -> str:
    return "".join(_body(value, f"- {key}: ") for key, value in block.pairs)


@_block.register
def _page_break(block: PageBreak, ground: Ground) -> str:
    return paragraph('<w:r><w:br w:type="page"/></w:r>', "Normal", Setting(line=1))


@_block.register
def _spacer(block: Spacer, ground: Ground) -> str:
    return gap(block.height)


@_block.register
def _note(block: Note, ground: Ground) -> str:
    return paragraph(runs_of(block.text), style_id("note"))


@_block.register
def _fill_lines(block: FillLine, ground: Ground) -> str:
    setting = Setting(
        align=Align.LEFT,
        first_line=0,
        after=4,
        dotted_tab_at=ground.line_length,
        keeps_with_next=block.keeps_with_next,
    )
    label = runs_of(f"{block.label} " if block.label else "")
    tab = "<w:r><w:tab/></w:r>"
    return "".join(
        paragraph((label if number == 0 else "") + tab, style_id("body"), setting)
        for number in range(block.lines)
    )


@_block.register
def _picture(block: Picture, ground: Ground) -> str:
    content = block.content
    if block.is_svg:
        from nennep.papers.pdf import as_svg, png_of_svg  # noqa: PLC0415 -- only SVG needs the typesetter

        content = png_of_svg(as_svg(block))
    return _drawn(content, block.width, block.alt, block.caption, ground)


@_block.register
def _code(block: QR, ground: Ground) -> str:
    return _drawn(qr_png(block.payload), block.size, block.payload, block.caption, ground)


def _drawn(png: bytes, width: float, alt: str, caption: str, ground: Ground) -> str:
    relation, image = ground.part.get_or_add_image(io.BytesIO(png))
    width = min(width, ground.width)
    height = width * image.px_height / image.px_width
    inline = picture(relation, next(ground.numbers), alt, width, height)
    centred = Setting(align=Align.CENTER, before=8, after=4, keeps_with_next=bool(caption))
    shown = paragraph(inline, "Normal", centred)
    if caption:
        shown += lettered(ground, "note", caption, Setting(align=Align.CENTER, after=10))
    return shown


@_block.register
def _table(block: Table, ground: Ground) -> str:
    widths = ground.shares([column.width for column in block.columns])
    size = ground.profile.lettering["table"].size - 2 if block.is_dense else 0
    lines = [*block.rows, *([Row(block.total, is_bold=True)] if block.total else [])]
    rows = _header_rows(block, widths, size)
    for line in lines:
        is_kept = block.keeps_with_next if line is lines[-1] else block.is_kept_whole
        rows.append(_table_line(line, block, widths, size, is_kept=is_kept))
    caption = ""
    if block.caption:
        setting = Setting(align=Align.CENTER, before=6, after=6, keeps_with_next=True)
        caption = paragraph(
            runs_of(block.caption, is_bold=True, size=size), style_id("table"), setting
        )
    rest = gap(10, keeps_with_next=block.keeps_with_next)
    return caption + table(rows, widths, is_ruled=True) + rest


def _words(text: Text, align: Align, *, is_bold: bool, size: float, is_kept: bool) -> str:
    content = runs_of(text, is_bold=is_bold, size=size)
    setting = Setting(align=align, keeps_with_next=is_kept)
    return paragraph(content, style_id("table"), setting, size=size)


def _table_line(
    line: Sequence[Text] | Row | Band,
    block: Table,
    widths: Sequence[int],
    size: float,
    *,
    is_kept: bool,
) -> str:
    """`is_kept`: no page ends between this row and what follows it."""
    if isinstance(line, Band):  # a row that names those beneath it does not part from them
        shown = _words(line.text, Align.LEFT, is_bold=True, size=size, is_kept=True)
        return table_row([cell(shown, sum(widths), span=len(widths), is_middle=True)])
    given, is_bold = (line.cells, line.is_bold) if isinstance(line, Row) else (line, False)
    cells = (
        cell(
            _words(text, column.align, is_bold=is_bold, size=size, is_kept=is_kept),
            width,
            is_middle=True,
        )
        for text, column, width in zip(given, block.columns, widths, strict=True)
    )
    return table_row(cells, height=block.row_height)


def _header_rows(block: Table, widths: Sequence[int], size: float) -> list[str]:
    def titled(text: str, width: int, *, span: int = 1, merge: str = "") -> str:
        shown = _words(text, Align.CENTER, is_bold=True, size=size, is_kept=True)
        return cell(shown, width, span=span, merge=merge, is_middle=True)

    def one_row(columns: Iterable[tuple[Column, int]]) -> list[str]:
        return [titled(column.title, width) for column, width in columns]

    placed = list(zip(block.columns, widths, strict=True))
    if not block.groups:
        return [table_row(one_row(placed), is_header=True)]
    upper: list[str] = []
    lower: list[str] = []
    for group in block.groups:
        own, placed = placed[: group.span], placed[group.span :]
        if group.title:
            width = sum(width for _, width in own)
            upper.append(titled(group.title, width, span=group.span))
            lower += one_row(own)
        else:
            upper += [titled(column.title, width, merge="restart") for column, width in own]
            lower += [titled("", width, merge="on") for _, width in own]
    return [table_row(upper, is_header=True), table_row(lower, is_header=True)]


def _signer(one: Signer | None, ground: Ground) -> str:
    if one is None:
        return gap(1)
    above = [("authority", one.authority), ("post", one.post), ("hint", one.hint)]
    told = [
        lettered(ground, name, text, Setting(keeps_with_next=True)) for name, text in above if text
    ]
    room = Setting(before=ground.profile.text.signing_room)
    return "".join(told) + lettered(ground, "name", one.name, room)


def side_by_side(left: str, right: str, ground: Ground) -> str:
    widths = ground.shares([1, 1])
    cells = [cell(content, width) for content, width in zip((left, right), widths, strict=True)]
    room = gap(12, keeps_with_next=True)
    return room + table([table_row(cells)], widths, is_ruled=False) + gap(1)


@_block.register
def _signatures(block: SignatureBlock, ground: Ground) -> str:
    return side_by_side(_signer(block.left, ground), _signer(block.right, ground), ground)


@_block.register
def _recipients(block: Recipients, ground: Ground) -> str:
    lines = recipient_lines(block.lines, ground.profile)
    told = [lettered(ground, "recipients", line) for line in lines]
    return lettered(ground, "recipients_title", ground.profile.words.recipients) + "".join(told)


def closing(
    signatures: SignatureBlock | None, recipients: Recipients | None, ground: Ground
) -> str:
    """Nơi nhận on the left of a single signature; below the two of minutes."""
    if signatures and recipients and signatures.left is None:
        return side_by_side(
            _recipients(recipients, ground), _signer(signatures.right, ground), ground
        )
    signed = _signatures(signatures, ground) if signatures else ""
    return signed + (_recipients(recipients, ground) if recipients else "")


def masthead_xml(head: Masthead, letter_summary: str, ground: Ground) -> str:
    words = ground.profile.words
    widths = ground.shares(head_shares(head, ground.profile, ground.line_length))
    head = evened(head, ground.profile, widths[0] / 20 - SIDE_ROOM)
    issued = head.issuing_body
    left = [("superior_body", head.superior_body), ("issuing_body", issued)]
    left += [("symbol", words.under_body if issued else ""), ("symbol", head.symbol)]
    left += [("letter_summary", letter_summary), ("urgency", head.urgency)]
    told = [lettered(ground, name, text) for name, text in left if text]
    right = _party_title(ground, widths[1] / 20)
    if head.place_and_date:
        right += lettered(ground, "place_and_date", head.place_and_date, Setting(before=9))
    cells = [cell("".join(told) or gap(1), widths[0]), cell(right, widths[1])]
    return table([table_row(cells)], widths, is_ruled=False)


def _party_title(ground: Ground, width: float) -> str:
    """The Party's title over a rule of its own length, measured in the face it is set in."""
    lettering = ground.profile.lettering["party"]
    title = lettering.cased(ground.profile.words.party)
    length = face("Bold" if lettering.bold else "Regular").width(title, lettering.size)
    side = (width - length) / 2
    rule = Setting(
        line=3, before=2, after=0, left=side, right=side, rule_above=ground.profile.text.rule
    )
    return lettered(ground, "party", title) + paragraph("", "Normal", rule)
