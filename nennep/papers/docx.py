"""DOCX that Word opens as an official paper: real styles, A4, Times New Roman."""

import dataclasses
import datetime
import io
import itertools
import zipfile
from typing import Any

from nennep.papers.footnotes import add_footnotes, counted
from nennep.papers.paper import Align, Annex, Book, Orientation, Paper, Run
from nennep.papers.prepared import (
    ContentsLine,
    anchor_of,
    clean,
    contents,
    parted,
    prepared,
    prepared_book,
    with_company,
)
from nennep.papers.profiles import FormatProfile, profile_on
from nennep.papers.wordblocks import Ground, blocks_xml, closing, lettered, masthead_xml
from nennep.papers.wordml import (
    SPACES,
    Setting,
    field,
    gap,
    paragraph,
    place_called,
    run,
    runs_of,
    twips,
)
from nennep.papers.wordstyles import settings_xml, style_id, styles_xml

A4 = (210, 297)
UNDATED = datetime.date(2000, 1, 1)
_UNUSED = {"thumbnail", "stylesWithEffects", "customXml", "numbering", "webSettings", "fontTable"}
_ZIP_MOMENT = (1980, 1, 1, 0, 0, 0)
_APPLICATION = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns='
    '"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Nền Nếp</Application></Properties>"
).encode()


@dataclasses.dataclass(frozen=True, slots=True)
class _Sheet:
    """One section: what stands on it, and which way it lies."""

    content: str
    orientation: Orientation
    is_first: bool = False


def docx(whole: Paper | Book) -> bytes:
    """The paper as DOCX, without anybody's name in its properties. The same paper, the same bytes."""
    from docx import Document  # noqa: PLC0415 -- its template and lxml: only who makes a DOCX pays

    profile = profile_on(whole.day)
    document = Document()
    _dress(document, whole, profile)
    references = _edges(document, whole, profile)
    numbers = itertools.count(1)

    def ground(orientation: Orientation) -> Ground:
        width = A4[orientation is Orientation.LANDSCAPE]
        return Ground(
            profile, width - profile.page.left - profile.page.right, document.part, numbers
        )

    if isinstance(whole, Book):
        sheets = _book_sheets(prepared_book(whole, profile), ground)
    else:
        sheets = _paper_sheets(prepared(whole, profile), ground)
    sheets[0] = dataclasses.replace(sheets[0], is_first=True)
    _describe(document, whole)
    # Handed over as it is: moving a long body into the template's tree takes seconds.
    body, notes = counted(_body(sheets, profile, references))
    add_footnotes(document, notes)
    return _sealed(document, {"word/document.xml": body.encode(), "docProps/app.xml": _APPLICATION})


def _dress(document: Any, whole: Paper | Book, profile: FormatProfile) -> None:
    _become(document.styles.element, styles_xml(profile, whole.language))
    _become(document.settings.element, settings_xml(is_two_sided=whole.is_two_sided))


def _become(element: Any, xml: str) -> None:
    from docx.oxml import parse_xml  # noqa: PLC0415 -- see docx()

    for child in list(element):
        element.remove(child)
    for child in list(parse_xml(xml)):
        element.append(child)


def _edges(document: Any, whole: Paper | Book, profile: FormatProfile) -> str:
    """The page number at the head and the line at the foot; the first page shows no number."""
    section = document.sections[0]
    number = field("PAGE", "2")
    _become(section.header._element, _part(number, "page_number"))  # noqa: SLF001 -- python-docx has no public element
    if profile.page.shows_number_on_first:
        _become(section.first_page_header._element, _part(number, "page_number"))  # noqa: SLF001 -- as above
    if whole.footer:
        line = _part(runs_of(clean(whole.footer)), "footer")
        _become(section.footer._element, line)  # noqa: SLF001 -- as above
        if isinstance(whole, Paper):
            _become(section.first_page_footer._element, line)  # noqa: SLF001 -- as above
    edges = section._sectPr.xpath("w:headerReference | w:footerReference")  # noqa: SLF001 -- as above
    return "".join(
        f"<{edge.prefix}:{edge.tag.rpartition('}')[2]} {_told(edge)}/>" for edge in edges
    )


def _told(reference: Any) -> str:
    from docx.oxml.ns import qn  # noqa: PLC0415 -- see docx()

    return f'w:type="{reference.get(qn("w:type"))}" r:id="{reference.rId}"'


def _part(content: str, component: str) -> str:
    return f"<w:hdr {SPACES}>{paragraph(content, style_id(component))}</w:hdr>"


def _paper_sheets(paper: Paper, ground: Any, bookmark: str = "") -> list[_Sheet]:
    annexes = parted(paper)[1]
    on = ground(paper.orientation)
    is_letter = not paper.kind_title
    content = ""
    if paper.masthead:
        content += masthead_xml(paper.masthead, paper.summary if is_letter else "", on)
    if not is_letter:
        content += _titles(paper.kind_title, paper.summary, on)
    if paper.addressee:
        content += lettered(on, "addressee", paper.addressee)
    elif is_letter:
        content += gap(12)
    content += blocks_xml(with_company(paper), on) + closing(paper.signatures, paper.recipients, on)
    content = content.replace("</w:pPr>", f"</w:pPr>{bookmark}", 1)  # in its first paragraph
    sheets = [_Sheet(content, paper.orientation)]
    return sheets + [_annex(annex, ground(annex.orientation)) for annex in annexes]


def _titles(title: str, summary: str, on: Ground) -> str:
    told = lettered(on, "kind_title", title)
    if not summary:
        return told + gap(8)
    after = Setting(align=Align.CENTER, after=10, line=14, keeps_with_next=True)
    return (
        told
        + lettered(on, "summary", summary)
        + lettered(on, "summary", on.profile.words.under_summary, after)
    )


def _annex(annex: Annex, on: Ground) -> _Sheet:
    content = ""
    at_top = Setting(align=Align.CENTER, before=0, after=4)
    if annex.label:
        content += lettered(on, "kind_title", annex.label, at_top)
    content += lettered(on, "kind_title", annex.title, at_top)
    if annex.summary:
        content += lettered(on, "note", annex.summary, Setting(align=Align.CENTER, after=0))
    return _Sheet(content + gap(8) + blocks_xml(annex.blocks, on), annex.orientation)


def _book_sheets(book: Book, ground: Any) -> list[_Sheet]:
    on = ground(Orientation.PORTRAIT)
    sheets = [
        _Sheet(_cover(book, on), Orientation.PORTRAIT),
        _Sheet(_contents(book, on), Orientation.PORTRAIT),
    ]
    for number, paper in enumerate(book.papers):
        sheets += _paper_sheets(paper, ground, place_called(anchor_of(number)))
    return sheets


def _cover(book: Book, on: Ground) -> str:
    told = []
    if book.masthead:
        told += [
            lettered(on, "superior_body", book.masthead.superior_body, Setting(line=22)),
            lettered(on, "issuing_body", book.masthead.issuing_body, Setting(line=22)),
            lettered(on, "symbol", on.profile.words.under_body),
        ]
    centred = Setting(align=Align.CENTER, before=0, after=8)
    told.append(gap(210))
    told.append(paragraph(run(Run(book.title.upper(), bold=True), size=26), "Normal", centred))
    if book.subtitle:
        told.append(paragraph(run(Run(book.subtitle, bold=True), size=16), "Normal", centred))
    told.append(gap(280))
    told += [paragraph(run(Run(line)), "Normal", centred) for line in book.cover_lines]
    return "".join(told)


def _contents(book: Book, on: Ground) -> str:
    """Each line with the page it leads to, as laid out for PDF; Word counts again."""
    from nennep.papers.pdf import pages_of_contents  # noqa: PLC0415 -- the typesetter, for books only

    pages = pages_of_contents(book)
    lines = [
        _contents_line(line, page, on, is_part=book.lists_headings and not line.is_heading)
        for line, page in zip(contents(book), pages, strict=True)
    ]
    return _titles(book.contents_title, "", on) + "".join(lines)


def _contents_line(line: ContentsLine, page: int, on: Ground, *, is_part: bool) -> str:
    setting = Setting(
        align=Align.LEFT,
        first_line=0,
        before=8 if is_part else None,
        after=2 if line.is_heading else 4,
        dotted_tab_at=on.line_length,
        keeps_with_next=is_part,
    )
    told = run(Run(f"{line.mark} {line.text} ", bold=is_part))
    link = f'<w:hyperlink w:anchor="{line.anchor}">{told}</w:hyperlink>'
    page_field = "<w:r><w:tab/></w:r>" + field(f"PAGEREF {line.anchor}", str(page))
    return paragraph(link + page_field, style_id("body"), setting)


def _section(sheet: _Sheet, profile: FormatProfile, references: str) -> str:
    page = profile.page
    is_wide = sheet.orientation is Orientation.LANDSCAPE
    width, height = (twips(side) for side in (reversed(A4) if is_wide else A4))
    turned = ' w:orient="landscape"' * is_wide
    return (
        f"<w:sectPr>{references}"
        f'<w:pgSz w:w="{width}" w:h="{height}"{turned}/>'
        f'<w:pgMar w:top="{twips(page.top)}" w:right="{twips(page.right)}" '
        f'w:bottom="{twips(page.bottom)}" w:left="{twips(page.left)}" '
        f'w:header="{twips(page.number_from_top)}" w:footer="{twips(10)}" w:gutter="0"/>'
        + "<w:titlePg/>" * sheet.is_first
        + "</w:sectPr>"
    )


def _body(sheets: list[_Sheet], profile: FormatProfile, references: str) -> str:
    """The whole of `document.xml`."""
    told = []
    for place, sheet in enumerate(sheets):
        section = _section(sheet, profile, references)
        is_last = place == len(sheets) - 1
        closed = section if is_last else paragraph("", "Normal", Setting(line=1), section=section)
        told.append(sheet.content + closed)
    xml = f"<w:document {SPACES}><w:body>{''.join(told)}</w:body></w:document>"
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{xml}'


def _describe(document: Any, whole: Paper | Book) -> None:
    """Properties that say what it is and who issued it – a body, never a person."""
    day = datetime.datetime.combine(whole.day or UNDATED, datetime.time())
    properties = document.core_properties
    properties.title = clean(whole.title)[:255]
    properties.author = clean(whole.masthead.issuing_body if whole.masthead else "")[:255]
    properties.language = whole.language
    properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.subject = properties.category = properties.content_status = ""
    properties.revision = 1
    properties.created = properties.modified = day
    for relations in (document.part.package.rels, document.part.rels):
        for key, relation in list(relations.items()):
            if relation.reltype.rpartition("/")[2] in _UNUSED:
                del relations[key]


def _sealed(document: Any, ours: dict[str, bytes]) -> bytes:
    """The package with our parts in it and one fixed moment on every entry."""
    first, sealed = io.BytesIO(), io.BytesIO()
    document.save(first)
    with zipfile.ZipFile(first) as given, zipfile.ZipFile(sealed, "w") as kept:
        for name in given.namelist():
            content = ours.get(name) or given.read(name)
            entry = zipfile.ZipInfo(name, _ZIP_MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            kept.writestr(entry, content)
    return sealed.getvalue()
