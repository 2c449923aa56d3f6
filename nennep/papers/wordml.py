"""WordprocessingML as text: the few elements that papers are made of.

Built as strings and parsed once, since a table of a thousand cells costs seconds otherwise.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from xml.sax.saxutils import escape, quoteattr
from zlib import crc32

from nennep.papers.paper import Align, Run, Text, runs

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
TWIPS_PER_MM = 1440 / 25.4
EMU_PER_MM = 36_000
_JC = {Align.LEFT: "left", Align.CENTER: "center", Align.RIGHT: "right", Align.JUSTIFY: "both"}


def twips(millimetres: float) -> int:
    return round(millimetres * TWIPS_PER_MM)


def twentieths(points: float) -> int:
    return round(points * 20)


def run(piece: Run, *, size: float = 0) -> str:
    """One run; line ends in its text break the line. `size` in points, 0 for the style's own."""
    style = "<w:b/>" * piece.bold + "<w:i/>" * piece.italic
    if size:
        half_points = round(size * 2)
        style += f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
    lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in piece.text.split("\n"))
    return f"<w:r><w:rPr>{style}</w:rPr>{'<w:br/>'.join(lines)}</w:r>{_reference(piece.note)}"


def _reference(note: str) -> str:
    """Where a footnote is called. It says its words until `footnotes.counted` numbers them all."""
    if not note:
        return ""
    called = '<w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
    return f"<w:r>{called}<w:footnoteReference w:id={_quoted(note)}/></w:r>"


def _quoted(words: str) -> str:
    return f'"{escape(words, {chr(34): "&quot;"})}"'


def runs_of(text: Text, *, is_bold: bool = False, size: float = 0) -> str:
    return "".join(
        run(replace(piece, bold=piece.bold or is_bold), size=size) for piece in runs(text)
    )


@dataclass(frozen=True, slots=True)
class Setting:
    """How a paragraph departs from its style; lengths in points, `line` exact."""

    align: Align | None = None
    before: float | None = None
    after: float | None = None
    line: float | None = None
    first_line: float | None = None
    left: float | None = None
    right: float | None = None
    keeps_with_next: bool = False
    rule_above: float = 0
    dotted_tab_at: float = 0

    @property
    def xml(self) -> str:
        """In the order the schema asks for."""
        border = round(self.rule_above * 8)
        return (
            "<w:keepNext/>" * self.keeps_with_next
            + (
                f'<w:pBdr><w:top w:val="single" w:sz="{border}" w:space="0" w:color="000000"/>'
                "</w:pBdr>"
            )
            * bool(border)
            + (
                '<w:tabs><w:tab w:val="right" w:leader="dot" '
                f'w:pos="{twentieths(self.dotted_tab_at)}"/></w:tabs>'
            )
            * bool(self.dotted_tab_at)
            + self._spacing()
            + self._indent()
            + (f'<w:jc w:val="{_JC[self.align]}"/>' if self.align else "")
        )

    def _spacing(self) -> str:
        given = [("before", self.before), ("after", self.after), ("line", self.line)]
        told = [f'w:{name}="{twentieths(size)}"' for name, size in given if size is not None]
        if self.line is not None:
            told.append('w:lineRule="exact"')
        return f"<w:spacing {' '.join(told)}/>" if told else ""

    def _indent(self) -> str:
        given = [("left", self.left), ("right", self.right), ("firstLine", self.first_line)]
        told = [f'w:{name}="{twentieths(size)}"' for name, size in given if size is not None]
        return f"<w:ind {' '.join(told)}/>" if told else ""


PLAIN = Setting()


def paragraph(
    content: str, style: str, setting: Setting = PLAIN, *, section: str = "", size: float = 0
) -> str:
    """`size` in points is also that of an empty line; 0 for the style's own."""
    half_points = round(size * 2)
    mark = f'<w:rPr><w:sz w:val="{half_points}"/></w:rPr>' if size else ""
    told = f'<w:pStyle w:val="{style}"/>{setting.xml}{mark}{section}'
    return f"<w:p><w:pPr>{told}</w:pPr>{content}</w:p>"


def gap(height: float, *, keeps_with_next: bool = False) -> str:
    """Empty room that high, in points."""
    setting = Setting(line=max(height, 1), before=0, after=0, keeps_with_next=keeps_with_next)
    return paragraph("", "Normal", setting)


def place_called(anchor: str) -> str:
    """A place that others lead to; its number in Word is made from its name, unique in a paper."""
    number = crc32(anchor.encode())
    return (
        f'<w:bookmarkStart w:id="{number & 0x7FFFFFFF}" w:name="{anchor}"/>'
        f'<w:bookmarkEnd w:id="{number & 0x7FFFFFFF}"/>'
    )


def field(code: str, shown: str) -> str:
    """A field Word fills in, and what stands there until it does."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f"<w:r><w:t>{escape(shown)}</w:t></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def cell(
    content: str, width: int, *, span: int = 1, merge: str = "", is_middle: bool = False
) -> str:
    """One cell, `width` in twips; `merge` "restart" begins a cell over several rows."""
    told = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    if span > 1:
        told += f'<w:gridSpan w:val="{span}"/>'
    if merge:
        told += '<w:vMerge w:val="restart"/>' if merge == "restart" else "<w:vMerge/>"
    if is_middle:
        told += '<w:vAlign w:val="center"/>'
    return f"<w:tc><w:tcPr>{told}</w:tcPr>{content}</w:tc>"


def table_row(cells: Iterable[str], *, is_header: bool = False, height: float = 0) -> str:
    """A row that no page break divides; `height` in millimetres is the least it takes."""
    told = "<w:cantSplit/>"
    if height:
        told += f'<w:trHeight w:val="{twips(height)}" w:hRule="atLeast"/>'
    if is_header:
        told += "<w:tblHeader/>"
    return f"<w:tr><w:trPr>{told}</w:trPr>{''.join(cells)}</w:tr>"


def table(rows: Iterable[str], widths: Sequence[int], *, is_ruled: bool) -> str:
    """A table of fixed widths in twips, with thin rules or with none and no room in its cells."""
    kind = "single" if is_ruled else "nil"
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    rules = "".join(
        f'<w:{side} w:val="{kind}" w:sz="4" w:space="0" w:color="000000"/>' for side in sides
    )
    across, down = (80, 60) if is_ruled else (0, 0)
    room = "".join(
        f'<w:{side} w:w="{size}" w:type="dxa"/>'
        for side, size in (("top", down), ("left", across), ("bottom", down), ("right", across))
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblInd w:w="0" w:type="dxa"/><w:tblBorders>{rules}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{room}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def picture(relation: str, number: int, alt: str, width: float, height: float) -> str:
    """A picture in the line, its size in millimetres."""
    across, down = round(width * EMU_PER_MM), round(height * EMU_PER_MM)
    described = f'id="{number}" name="Picture {number}" descr={quoteattr(alt)}'
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/picture"
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{across}" cy="{down}"/><wp:docPr {described}/>'
        f'<a:graphic><a:graphicData uri="{drawing}"><pic:pic><pic:nvPicPr>'
        f"<pic:cNvPr {described}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>"
        f'<a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{across}" cy="{down}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
