"""A paper as a value: what an official document says, before anything decides how it looks.

Nothing here knows the domain. Words are the caller's; the layout is the format profile's
(`profiles.py`); the numbering of headings and the cleaning of text are `prepared.py`'s.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

WHOLE_ON_ONE_PAGE = 90  # millimetres of empty rows that are kept together


class Align(StrEnum):
    """Where a paragraph or a cell stands between its edges."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    JUSTIFY = "justify"


class Orientation(StrEnum):
    """Which way the A4 sheet lies."""

    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


@dataclass(frozen=True, slots=True)
class Run:
    """Words set in one style. `note` is said of them at the foot of the page."""

    text: str
    bold: bool = False
    italic: bool = False
    note: str = ""


# Plain words, or words of several styles in a row: ("Chủ trì: ", Run("Nguyễn Văn An", bold=True)).
Text = str | Sequence[str | Run]


def bold(text: str) -> Run:
    return Run(text, bold=True)


def italic(text: str) -> Run:
    return Run(text, italic=True)


def noted(text: str, note: str) -> Run:
    """Words with a footnote, as a number with its source."""
    return Run(text, note=note)


def runs(text: Text) -> tuple[Run, ...]:
    """The same words as a row of runs; empty runs are left out."""
    pieces = (text,) if isinstance(text, str) else text
    row = (piece if isinstance(piece, Run) else Run(piece) for piece in pieces)
    return tuple(run for run in row if run.text)


def words(text: Text) -> str:
    """The words alone, without their styles."""
    return "".join(run.text for run in runs(text))


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading numbered by its level: 1 → "I- CHỮ HOA", 2 → "1.", 3 → "a)", 4 → "-".

    `mark` None counts on from the heading before; "" leaves the mark out; other words replace it
    and do not count. `anchor` names its place for the contents of a book (`prepared.py` gives it).
    """

    text: Text
    level: int = 1
    mark: str | None = None
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Body text: justified, first line indented, unless said otherwise."""

    text: Text
    align: Align = Align.JUSTIFY
    is_indented: bool = True
    keeps_with_next: bool = False


@dataclass(frozen=True, slots=True)
class BulletList:
    """Lines that each begin with a hyphen (or "+")."""

    entries: Sequence[Text]
    mark: str = "-"


@dataclass(frozen=True, slots=True)
class NumberedList:
    """Lines counted "1.", "a)" or "(1)"; the pattern is one of these three."""

    entries: Sequence[Text]
    pattern: str = "1."
    start: int = 1


@dataclass(frozen=True, slots=True)
class Column:
    """A column; widths are shares of the table's whole width."""

    title: str
    width: float = 1
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class ColumnGroup:
    """A heading above `span` neighbouring columns; an empty title lets theirs fill both rows."""

    title: str
    span: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table that is set apart: bold, for a subtotal."""

    cells: Sequence[Text]
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """A bold row across all columns, which names the rows beneath it."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table over the full width; its header is repeated on every page.

    `groups`, when given, cover all columns in order. `row_height` in millimetres leaves room for
    writing by hand. `is_dense` sets it two points smaller, for many columns. `keeps_with_next`:
    its last row and what follows stand on one page. `keeps_together`: a short one is not divided.
    """

    columns: Sequence[Column]
    rows: Sequence[Sequence[Text] | Row | Band]
    total: Sequence[Text] = ()
    groups: Sequence[ColumnGroup] = ()
    caption: str = ""
    row_height: float = 0
    is_dense: bool = False
    keeps_with_next: bool = False
    keeps_together: bool = False

    @property
    def is_kept_whole(self) -> bool:
        """A few rows to be filled in by hand are not divided between two pages either."""
        return self.keeps_together or 0 < len(self.rows) * self.row_height <= WHOLE_ON_ONE_PAGE

    def __post_init__(self) -> None:
        width = len(self.columns)
        cells = [row.cells if isinstance(row, Row) else row
                 for row in self.rows if not isinstance(row, Band)]  # fmt: skip
        if self.total:
            cells.append(self.total)
        if any(isinstance(row, str) or len(row) != width for row in cells):
            raise ValueError(f"every row of this table has {width} cells")
        if self.groups and sum(group.span for group in self.groups) != width:
            raise ValueError(f"the column groups of this table cover {width} columns")


@dataclass(frozen=True, slots=True)
class KeyValues:
    """Lines "- Label: value"."""

    pairs: Sequence[tuple[str, Text]]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


@dataclass(frozen=True, slots=True)
class Spacer:
    """Empty room, in points."""

    height: float = 12


@dataclass(frozen=True, slots=True)
class Note:
    """A remark in small italics: the source of a figure, how it was counted."""

    text: Text


@dataclass(frozen=True, slots=True)
class Picture:
    """An SVG or PNG drawing, centred, `width` millimetres wide; `alt` says it in words."""

    content: bytes
    alt: str
    caption: str = ""
    width: float = 150

    @property
    def is_svg(self) -> bool:
        return not self.content.startswith(b"\x89PNG\r\n\x1a\n")


@dataclass(frozen=True, slots=True)
class FillLine:
    """Dotted lines to be filled in by hand, the first one after its label."""

    label: str = ""
    lines: int = 1
    keeps_with_next: bool = False


@dataclass(frozen=True, slots=True)
class QR:
    """A QR code of `size` millimetres; its payload is text a phone reads."""

    payload: str
    caption: str = ""
    size: float = 30


@dataclass(frozen=True, slots=True)
class Signer:
    """One who signs: T/M CHI BỘ (bold), BÍ THƯ (not bold), room to sign, the name (bold)."""

    authority: str
    post: str = ""
    name: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """Who signs on the right and, in minutes, who on the left."""

    right: Signer
    left: Signer | None = None


@dataclass(frozen=True, slots=True)
class Recipients:
    """Nơi nhận: one line each, without hyphen and end mark; the last is where a copy is kept."""

    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class Annex:
    """A part on its own pages: "PHỤ LỤC 1", its title, and possibly the sheet on its side."""

    title: str
    blocks: "Sequence[Block]"
    label: str = ""
    summary: str = ""
    orientation: Orientation = Orientation.PORTRAIT


Block = (
    Heading | Paragraph | BulletList | NumberedList | Table | KeyValues | PageBreak | Spacer
    | Note | Picture | FillLine | QR | SignatureBlock | Recipients | Annex
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Masthead:
    """The head of the first page: left who issues, right the Party's title, place and date.

    `symbol` and `place_and_date` are whole lines (see `symbols.py`), empty where none is wanted.
    """

    superior_body: str = ""
    issuing_body: str = ""
    symbol: str = ""
    place_and_date: str = ""
    urgency: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """One official paper. An empty `kind_title` makes it a công văn: its summary stands under
    the number, in small italics. `day` chooses the format profile and dates the file; the same
    paper always gives the same bytes. `footer` is one small line at the foot of every page.
    """

    masthead: Masthead | None
    kind_title: str
    blocks: Sequence[Block]
    summary: str = ""
    addressee: str = ""
    signatures: SignatureBlock | None = None
    recipients: Recipients | None = None
    day: datetime.date | None = None
    orientation: Orientation = Orientation.PORTRAIT
    is_two_sided: bool = False
    language: str = "vi"
    footer: str = ""
    file_stem: str = ""

    @property
    def title(self) -> str:
        return " ".join(part for part in (self.kind_title, self.summary) if part)


@dataclass(frozen=True, slots=True)
class Book:
    """Several papers bound as one: a cover, a table of contents, page numbers that run on.

    `entries`, one for each paper, are its lines in the table of contents; without them the
    papers' own titles stand there. With `lists_headings` the headings of each paper follow its line.
    """

    title: str
    papers: Sequence[Paper]
    subtitle: str = ""
    masthead: Masthead | None = None
    entries: Sequence[str] = ()
    cover_lines: Sequence[str] = ()
    lists_headings: bool = False
    contents_title: str = "MỤC LỤC"
    day: datetime.date | None = None
    is_two_sided: bool = True
    language: str = "vi"
    footer: str = ""
    file_stem: str = ""

    def __post_init__(self) -> None:
        if self.entries and len(self.entries) != len(self.papers):
            raise ValueError("the table of contents has one line for each paper")
