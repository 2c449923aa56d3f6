"""The footnotes of a Word document: a part of the file, called from its body by number."""

import re
from html import unescape
from typing import Any

from nennep.papers.paper import Run
from nennep.papers.wordml import SPACES, paragraph, run

_CALLED = re.compile(r'<w:footnoteReference w:id="([^"]*)"/>')
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_MARK = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
_LINES = (("separator", -1), ("continuationSeparator", 0))  # those Word asks for by these numbers


def counted(body: str) -> tuple[str, list[str]]:
    """The body with its footnotes called by number, and their words in that order."""
    notes: list[str] = []

    def number(called: re.Match[str]) -> str:
        notes.append(unescape(called[1]))
        return f'<w:footnoteReference w:id="{len(notes)}"/>'

    return _CALLED.sub(number, body), notes


def add_footnotes(document: Any, notes: list[str]) -> None:
    """Nothing where there are none: a paper without footnotes stays as it was."""
    from docx.opc.packuri import PackURI  # noqa: PLC0415 -- see docx()
    from docx.opc.part import Part  # noqa: PLC0415 -- likewise

    if not notes:
        return
    content = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{_whole(notes)}'.encode()
    part = Part(PackURI("/word/footnotes.xml"), _TYPE, content, document.part.package)
    document.part.relate_to(part, _RELATION)


def _whole(notes: list[str]) -> str:
    told = [
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for kind, number in _LINES
    ]
    told += [
        f'<w:footnote w:id="{number}">'
        f"{paragraph(_MARK + run(Run(f' {note}')), 'FootnoteText')}</w:footnote>"
        for number, note in enumerate(notes, 1)
    ]
    return f"<w:footnotes {SPACES}>{''.join(told)}</w:footnotes>"
