"""What every renderer does first: clean the words, count the headings, set the spelling.

After this, text is NFC, holds no character that XML forbids, and sequences are tuples.
"""

import dataclasses
import re
from collections.abc import Iterable
from enum import Enum
from typing import Any, TypeVar

from nennep.core.text import nfc
from nennep.papers.paper import (
    Annex,
    Block,
    Book,
    BulletList,
    FillLine,
    Heading,
    KeyValues,
    Masthead,
    NumberedList,
    Paper,
    Paragraph,
    Run,
    SignatureBlock,
    Signer,
    Table,
    Text,
    runs,
    words,
)
from nennep.papers.profiles import FormatProfile

# Illegal in XML, and the marks that turn the reading direction to hide what a line says.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufeff\ufffe\uffff]"
)
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_A_LINE = 90  # letters: two lines shorter than this go to the signatures together
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))

Value = TypeVar("Value")


def clean(text: str) -> str:
    """The text in NFC, one kind of line end, tabs a space, without characters no paper can hold."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return nfc(_UNPRINTABLE.sub("", text))


def cleaned(value: Value) -> Value:
    """The same value with every string in it cleaned, however deep."""
    return _cleaned(value)  # type: ignore[no-any-return]


def _cleaned(value: Any) -> Any:
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, (tuple, list)):
        return tuple(_cleaned(part) for part in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        parts = {
            field.name: _cleaned(getattr(value, field.name)) for field in dataclasses.fields(value)
        }
        return type(value)(**parts)
    return value


def counted_as(pattern: str, number: int) -> str:
    """The number in one of the three patterns of lists: "1.", "a)", "(1)"."""
    if pattern == "a)":
        laps, place = divmod(number - 1, len(_LETTERS))
        return _LETTERS[place] * (laps + 1) + ")"
    return f"({number})" if pattern == "(1)" else f"{number}."


def roman(number: int) -> str:
    figure = ""
    for worth, letters in _ROMAN:
        times, number = divmod(number, worth)
        figure += letters * times
    return figure


def _mark(level: int, number: int) -> str:
    if level == 1:
        return f"{roman(number)}-"
    if level == 4:
        return "-"
    return counted_as("1." if level == 2 else "a)", number)


def _upper(text: Text) -> Text:
    if isinstance(text, str):
        return text.upper()
    return tuple(
        dataclasses.replace(piece, text=piece.text.upper())
        if isinstance(piece, Run)
        else piece.upper()
        for piece in text
    )


def with_marks(blocks: Iterable[Block], profile: FormatProfile) -> tuple[Block, ...]:
    """The blocks, each heading with its mark; an annex counts from the beginning."""
    counts = [0, 0, 0, 0]
    marked: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            marked.append(_marked(block, counts, profile))
        elif isinstance(block, Annex):
            marked.append(dataclasses.replace(block, blocks=with_marks(block.blocks, profile)))
        else:
            marked.append(_spelt(block, profile) if isinstance(block, SignatureBlock) else block)
    return tuple(marked)


def _marked(heading: Heading, counts: list[int], profile: FormatProfile) -> Heading:
    level = min(max(heading.level, 1), 4)
    mark = heading.mark
    if mark is None:
        counts[level - 1] += 1
        mark = _mark(level, counts[level - 1])
    counts[level:] = [0] * (4 - level)
    caps = profile.lettering[f"heading_{level}"].caps
    text = _upper(heading.text) if caps else heading.text
    return Heading(text, level, mark, heading.anchor)


def _spelt(block: SignatureBlock, profile: FormatProfile) -> SignatureBlock:
    def signer(one: Signer) -> Signer:
        return dataclasses.replace(
            one, authority=profile.spelt(one.authority), post=profile.spelt(one.post)
        )

    return SignatureBlock(signer(block.right), signer(block.left) if block.left else None)


def _headed(masthead: Masthead | None, profile: FormatProfile) -> Masthead | None:
    if masthead is None:
        return None
    return dataclasses.replace(
        masthead,
        superior_body=profile.spelt(masthead.superior_body),
        issuing_body=profile.spelt(masthead.issuing_body),
    )


def prepared(paper: Paper, profile: FormatProfile) -> Paper:
    """The paper as every renderer takes it."""
    paper = cleaned(paper)
    signatures = paper.signatures and _spelt(paper.signatures, profile)
    return dataclasses.replace(
        paper,
        masthead=_headed(paper.masthead, profile),
        kind_title=profile.spelt(paper.kind_title),
        blocks=with_marks(paper.blocks, profile),
        signatures=signatures,
    )


def prepared_book(book: Book, profile: FormatProfile) -> Book:
    """The book with every paper prepared, and a line in the contents for each."""
    papers = tuple(prepared(paper, profile) for paper in book.papers)
    if book.lists_headings:
        papers = tuple(_anchored(paper, number) for number, paper in enumerate(papers))
    entries = tuple(book.entries) or tuple(paper.title for paper in papers)
    return dataclasses.replace(
        cleaned(dataclasses.replace(book, papers=(), entries=())),
        papers=papers,
        entries=tuple(clean(entry) for entry in entries),
        masthead=_headed(cleaned(book.masthead), profile),
    )


def _anchored(paper: Paper, number: int) -> Paper:
    blocks = tuple(
        dataclasses.replace(block, anchor=f"{anchor_of(number)}_{place}")
        if isinstance(block, Heading)
        else block
        for place, block in enumerate(paper.blocks)
    )
    return dataclasses.replace(paper, blocks=blocks)


def anchor_of(number: int) -> str:
    """The place where the paper of that number begins, counted from 0."""
    return f"paper_{number}"


@dataclasses.dataclass(frozen=True, slots=True)
class ContentsLine:
    """A line of a table of contents, and the place it leads to."""

    mark: str
    text: str
    anchor: str
    is_heading: bool = False


def contents(book: Book) -> list[ContentsLine]:
    """Of a book that is prepared: each paper, and the headings in it that have a place."""
    lines: list[ContentsLine] = []
    for number, (entry, paper) in enumerate(zip(book.entries, book.papers, strict=True)):
        lines.append(ContentsLine(f"{number + 1}.", entry, anchor_of(number)))
        lines += [
            ContentsLine(block.mark or "", words(block.text), block.anchor, is_heading=True)
            for block in paper.blocks
            if isinstance(block, Heading) and block.anchor
        ]
    return lines


def parted(paper: Paper) -> tuple[tuple[Block, ...], tuple[Annex, ...]]:
    """What is signed, and the annexes behind the signatures."""
    main = tuple(block for block in paper.blocks if not isinstance(block, Annex))
    return main, tuple(block for block in paper.blocks if isinstance(block, Annex))


def with_company(paper: Paper) -> tuple[Block, ...]:
    """What is signed, its last words kept with the signatures on whatever page these come to stand.

    Signatures alone on a page would say nothing about what was signed.
    """
    main = parted(paper)[0]
    if not main or not (paper.signatures or paper.recipients):
        return main
    told = [*main[:-1], *_last_kept(main[-1])]
    before = told[-2] if len(told) > 1 and _is_short(told[-1]) else None
    if isinstance(before, Paragraph):
        told[-2] = dataclasses.replace(before, keeps_with_next=True)
    return tuple(told)


def _is_short(block: Block) -> bool:
    return isinstance(block, Paragraph) and len(words(block.text)) < _A_LINE


def _last_kept(block: Block) -> list[Block]:
    """The block, its end kept with what follows; a list gives its last entry away."""
    if isinstance(block, (Paragraph, FillLine, Table)):
        return [dataclasses.replace(block, keeps_with_next=True)]
    entries = _entries(block)
    if not entries:
        return [block]
    last = Paragraph(entries[-1], keeps_with_next=True)
    return [*(Paragraph(entry) for entry in entries[:-1]), last]


def _entries(block: Block) -> list[Text]:
    """The lines of a list, each behind its mark."""
    if isinstance(block, KeyValues):
        return [(f"- {key}: ", *runs(value)) for key, value in block.pairs]
    if isinstance(block, BulletList):
        return [(f"{block.mark} ", *runs(entry)) for entry in block.entries]
    if isinstance(block, NumberedList):
        counted = enumerate(block.entries, block.start)
        return [(f"{counted_as(block.pattern, n)} ", *runs(entry)) for n, entry in counted]
    return []


def recipient_lines(lines: Iterable[str], profile: FormatProfile) -> list[str]:
    """Each with its hyphen and end mark; the last closes with a full stop."""
    bare = [line.strip().lstrip("-").strip().rstrip(";,.") for line in lines if line.strip()]
    ends = [profile.words.line_end] * (len(bare) - 1) + [profile.words.last_line_end]
    return [f"- {line}{end}" for line, end in zip(bare, ends, strict=False)]
