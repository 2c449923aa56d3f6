"""A document drafted here as an official paper: head, kind, text, who signs, who receives it."""

import re
from collections.abc import Iterator

from nennep.core import clock
from nennep.library.choices import DocumentKind, Issuer
from nennep.library.models import Document, Draft
from nennep.library.queries.issuing import Issuing, issuing_of
from nennep.library.queries.wording import worded
from nennep.organisation.choices import UnitKind
from nennep.organisation.models import Unit
from nennep.organisation.queries import place_of, place_on
from nennep.organisation.rules import committee_name
from nennep.papers.paper import (
    Align,
    Block,
    BulletList,
    Heading,
    Masthead,
    Paper,
    Paragraph,
    Recipients,
    Row,
    SignatureBlock,
    Signer,
    Table,
    bold,
)
from nennep.papers.paper import Column as PaperColumn
from nennep.papers.symbols import place_and_date, symbol_line

PART = re.compile(r"^(PHẦN|CHƯƠNG|MỤC)\s+\S+|^([IVX]{1,5})\s*[-.–]\s*(\S.*)$")
ARTICLE = re.compile(r"^(Điều\s+\d+[.:])\s*(.*)$")
POINT = re.compile(r"^(\d{1,2}\.)\s+(\S.*)$")
HYPHEN = re.compile(r"^([-+])\s+(\S.*)$")
SENTENCE_ENDS = (".", ";", ":", ",", "!", "?")
NUMBERING = frozenset({"STT", "TT"})
NUMBER_WIDTH = 0.3  # of another column's width
LONGEST_HEADING = 90  # letters; a longer numbered line is a paragraph
ADDRESSED = {DocumentKind.LETTER: "letter", DocumentKind.SUBMISSION: "submission"}
# A committee directly above the grassroots signs for its executive committee, others for themselves.
GRASSROOTS = frozenset(
    {
        UnitKind.GRASSROOTS_COMMITTEE,
        UnitKind.SUB_GRASSROOTS_COMMITTEE,
        UnitKind.SECTION,
        UnitKind.COMMUNE,
    }
)


def document_paper(document: Document, draft: Draft) -> Paper:
    """In the format profile of its day; without a number there is room to write it."""
    day = document.issued_on or clock.today()
    issuing = issuing_of(document.unit, document.kind, document.body, day)
    is_letter = document.kind == DocumentKind.LETTER
    place = draft.place or place_of(document.unit)
    return Paper(
        Masthead(
            superior_name(document.unit),
            committee_name(_name_then(document)),
            _symbol_line(document, issuing),
            place_and_date(place, document.issued_on, year=day.year),
            draft.urgency,
        ),
        "" if is_letter else issuing.title,
        list(blocks_of(draft.body)),
        summary=_about(document.subject) if is_letter else document.subject,
        addressee=_addressee(document.kind, draft.addressee),
        signatures=SignatureBlock(
            Signer(
                draft.authority or authority_of(document.unit, document.body),
                document.signer_post,
                document.signer,
            )
        ),
        recipients=Recipients(_recipients(document.kind, draft)),
        day=day,
        footer="" if document.is_issued else worded("paper.draft"),
        file_stem=f"{document.symbol or document.get_kind_display()} {document.unit.name} {day}",
    )


def blocks_of(text: str) -> Iterator[Block]:
    """What was typed line by line: parts, articles, points, lines with a hyphen, tables of bars."""
    hyphens: list[str] = []
    cells: list[list[str]] = []
    for line in (line.strip() for line in text.split("\n")):
        if found := HYPHEN.match(line):
            hyphens.append(found[2])
            continue
        if line.startswith("|") and line.endswith("|") and len(line) > 1:
            cells.append([cell.strip() for cell in line.strip("|").split("|")])
            continue
        yield from _gathered(hyphens, cells)
        hyphens, cells = [], []
        if line:
            yield _block_of(line)
    yield from _gathered(hyphens, cells)


def _gathered(hyphens: list[str], cells: list[list[str]]) -> Iterator[Block]:
    if hyphens:
        yield BulletList(hyphens)
    if cells:
        width = max(map(len, cells))
        head, *rows = [row + [""] * (width - len(row)) for row in cells]
        yield Table([_column(title) for title in head], [Row(row) for row in rows])


def _column(title: str) -> PaperColumn:
    """A column that only numbers its rows is as narrow as a number."""
    if title in NUMBERING:
        return PaperColumn(title, NUMBER_WIDTH, Align.CENTER)
    return PaperColumn(title)


def _block_of(line: str) -> Block:
    if found := PART.match(line):
        if found[1]:
            return Heading(line, 1, "")
        return Heading(found[3], 1, f"{found[2]}-")
    if found := ARTICLE.match(line):
        return Paragraph((bold(f"{found[1]} "), found[2]))
    if found := POINT.match(line):
        is_heading = len(line) <= LONGEST_HEADING and not line.endswith(SENTENCE_ENDS)
        return Heading(found[2], 2, found[1]) if is_heading else Paragraph(line)
    return Paragraph(line)


def _name_then(document: Document) -> str:
    """The name the unit had on the document's day."""
    stood = place_on(document.unit, document.issued_on or clock.today())
    return stood.name if stood else document.unit.name


def superior_name(unit: Unit) -> str:
    """The line above the issuer: the organisation above; above a district, the city's committee."""
    above = unit.parent
    if above is None:
        return ""
    return committee_name(above.name) if above.kind == UnitKind.CITY else above.name


def authority_of(unit: Unit, body: str) -> str:
    """T/M CHI BỘ, T/M BAN THƯỜNG VỤ; a grassroots committee signs T/M ĐẢNG ỦY."""
    if body == Issuer.COMMITTEE and unit.kind in GRASSROOTS:
        return worded("authority.committee_grassroots")
    return worded(f"authority.{body}") if body else ""


def usual_recipients(unit: Unit) -> str:
    """The superior's committee, and where a copy stays."""
    above = unit.parent
    lines = [worded("paper.to_superior", superior=committee_name(above.name))] if above else []
    kept = worded("paper.kept_cell")
    if not unit.is_cell:
        committee = committee_name(unit.name).split(" ")
        kept = worded("paper.kept_committee", committee=" ".join(committee[:2]))
    return "\n".join([*lines, kept])


def _symbol_line(document: Document, issuing: Issuing) -> str:
    if document.symbol:
        return f"Số {document.symbol}"
    return symbol_line(None, issuing.abbreviation, issuing.body) if issuing.is_known else ""


def _about(subject: str) -> str:
    about = worded("paper.about")
    return subject if subject.lower().startswith(about) else f"{about} {_small(subject)}"


def _small(text: str) -> str:
    """A name in capitals keeps them: “UBND” stays."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _addressee(kind: str, addressee: str) -> str:
    if not addressee or kind not in ADDRESSED:
        return addressee
    greeting = worded(f"paper.{ADDRESSED[DocumentKind(kind)]}")
    return addressee if ":" in addressee else f"{greeting} {addressee}"


def _recipients(kind: str, draft: Draft) -> list[str]:
    lines = [line.strip(" -;.\t") for line in draft.recipients.split("\n")]
    lines = [line for line in lines if line]
    above = worded("paper.as_above")
    if kind in ADDRESSED and draft.addressee and above not in lines:
        lines.insert(0, above)
    return lines
