"""PDF/A through Typst: one compiler kept warm, its layout in `layouts/`, the words as JSON."""

import base64
import dataclasses
import datetime
import json
import threading
from functools import cache
from pathlib import Path
from typing import Any

from nennep.papers.drawings import NO_DRAWING, qr_svg, safe_svg
from nennep.papers.paper import QR, Book, NumberedList, Orientation, Paper, Picture, Table
from nennep.papers.prepared import (
    contents,
    counted_as,
    parted,
    prepared,
    prepared_book,
    recipient_lines,
    with_company,
)
from nennep.papers.profiles import FormatProfile, profile_on
from nennep.papers.typeface import FAMILY, FOLDER, SIDE_ROOM, evened, head_shares, printed

LAYOUTS = Path(__file__).parent / "layouts"
A4 = (210, 297)
POINTS_PER_MM = 72 / 25.4
UNDATED = datetime.date(2000, 1, 1)
_one_at_a_time = threading.Lock()


@cache
def _compiler(layout: str) -> Any:
    """One for each layout and the whole process; it reads its own folder and fetches nothing."""
    import typst  # noqa: PLC0415 -- its data takes 40 MB: only who makes a PDF pays for it

    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FOLDER)]
    )
    nowhere = str(LAYOUTS / "no-packages")
    return typst.Compiler(
        input=str(LAYOUTS / layout),
        root=str(LAYOUTS),
        font_paths=fonts,
        package_path=nowhere,
        package_cache_path=nowhere,
    )


def _plain(value: Any) -> Any:
    """The value as JSON takes it; every dataclass says which it is."""
    if isinstance(value, str):
        return printed(value)
    if isinstance(value, (tuple, list)):
        return [_plain(part) for part in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        told = {
            field.name: _plain(getattr(value, field.name))
            for field in dataclasses.fields(value)
            if field.name != "content"
        }
        return told | {"is": type(value).__name__} | _extras(value)
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    return value.isoformat() if isinstance(value, datetime.date) else value


def _extras(value: Any) -> dict[str, Any]:
    """What the layout cannot work out for itself."""
    if isinstance(value, Picture):
        return {"svg": as_svg(value)}
    if isinstance(value, QR):
        return {"svg": qr_svg(value.payload)}
    if isinstance(value, Table):
        return {"is_kept_whole": value.is_kept_whole}
    if isinstance(value, NumberedList):
        counts = range(value.start, value.start + len(value.entries))
        return {"marks": [counted_as(value.pattern, number) for number in counts]}
    return {}


def as_svg(picture: Picture) -> str:
    """The drawing as SVG; a PNG is wrapped in one, since words are all that can be handed over."""
    if picture.is_svg:
        return printed(safe_svg(picture.content) or NO_DRAWING)
    width, height = (int.from_bytes(picture.content[at : at + 4], "big") for at in (16, 20))
    coded = base64.b64encode(picture.content).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{coded}"/></svg>'
    )


def _told_paper(paper: Paper, profile: FormatProfile) -> dict[str, Any]:
    main, annexes = with_company(paper), parted(paper)[1]
    told: dict[str, Any] = _plain(dataclasses.replace(paper, blocks=()))
    if paper.masthead:
        is_wide = paper.orientation is Orientation.LANDSCAPE
        width = A4[is_wide] - profile.page.left - profile.page.right
        length = width * POINTS_PER_MM
        shares = head_shares(paper.masthead, profile, length)
        head = evened(paper.masthead, profile, length * shares[0] / 100 - SIDE_ROOM)
        told["masthead"] = _plain(head) | {"shares": shares}
    lines = paper.recipients and recipient_lines(paper.recipients.lines, profile)
    return told | {"main": _plain(main), "annexes": _plain(annexes), "recipients": _plain(lines)}


def _told(whole: Paper | Book, profile: FormatProfile) -> dict[str, Any]:
    if isinstance(whole, Book):
        book = prepared_book(whole, profile)
        told = _plain(dataclasses.replace(book, papers=(), entries=()))
        told["contents"] = _plain(contents(book))
        told["papers"] = [_told_paper(paper, profile) for paper in book.papers]
    else:
        told = _told_paper(prepared(whole, profile), profile)
    return {
        "whole": told,
        "is_book": isinstance(whole, Book),
        "title": printed(whole.title),
        "language": whole.language,
        "footer": told["footer"],
        "is_two_sided": whole.is_two_sided,
        "font": FAMILY,
        "profile": _plain(
            {
                "page": profile.page,
                "text": profile.text,
                "words": profile.words,
                "lettering": profile.lettering,
            }
        ),
    }


def compiled(
    layout: str, told: dict[str, Any], day: datetime.date | None, *, is_tagged: bool = True
) -> bytes:
    """What is told, laid out as PDF/A-2b. The same words, the same bytes.

    Tags let a reader's voice follow a document; without them a large one is a third as heavy.
    """
    moment = datetime.datetime.combine(day or UNDATED, datetime.time(), datetime.UTC)
    handed = {"told": json.dumps(told, ensure_ascii=False)}
    with _one_at_a_time:
        content: bytes = _compiler(layout).compile(
            sys_inputs=handed,
            format="pdf",
            pdf_standards="a-2b",
            timestamp=moment,
            pdf_tags=is_tagged,
        )
    return content


def pdf(whole: Paper | Book) -> bytes:
    """The paper as PDF/A-2b with one family embedded. The same paper, the same bytes."""
    profile = profile_on(whole.day)
    return compiled("paper.typ", _told(whole, profile), whole.day)


def png_of_svg(svg: str, *, dots_per_inch: int = 200) -> bytes:
    """The drawing as a picture of dots, for programs that show no SVG."""
    with _one_at_a_time:
        content: bytes = _compiler("drawing.typ").compile(
            sys_inputs={"svg": svg}, format="png", ppi=dots_per_inch
        )
    return content


def pages_of_contents(book: Book) -> list[int]:
    """The page that each line of the book's table of contents leads to."""
    told = json.dumps(_told(book, profile_on(book.day)), ensure_ascii=False)
    with _one_at_a_time:
        compiler = _compiler("paper.typ")
        compiler.compile(sys_inputs={"told": told}, format="pdf")
        found = compiler.query("<contents-lead-to>", field="value", one=True)
    pages: list[int] = json.loads(found)
    return pages
