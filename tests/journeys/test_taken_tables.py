"""Every table of the product can be taken away, and the file holds what the page shows.

The pages are found as in `test_every_page.py`; the shown table is read with another reader than
the product's own, and the file with another program than the one that wrote it.
"""

import csv
import io
import re
from datetime import date, datetime
from fractions import Fraction
from urllib.parse import parse_qs, urlsplit

import lxml.html
import openpyxl
import pytest
from django.db import transaction

from nennep.core.text import vn_date, vn_number, vn_percent
from nennep.demo.build import build_demonstration
from tests.journeys.test_every_page import OK, Walk
from tests.machine import ROOT

PEOPLE = ["bithu", "danguy", "vanphong", "bantochuc", "quantri"]
PRESSED = (
    ".//form|.//button|.//select|.//textarea|.//svg"
    "|.//*[contains(concat(' ', @class, ' '), ' visually-hidden ')]"
    "|.//*[contains(concat(' ', @class, ' '), ' no-print ')]"
    "|.//*[contains(concat(' ', @class, ' '), ' button ')]"
)
# Templates with a table that cannot be taken away as it stands, and why.
NOT_TAKEN = {
    "imports/columns.html": "a form: what each column of somebody's spreadsheet means",
    "indicators/figures.html": "a group of figures; the page offers all groups in one file",
    "meetings/returns.html": "a form: what paper says of many cells, typed in",
    "quality/office_form.html": "a form: what each column of an office's form is filled with",
    "members/_printed.html": "what is printed of the roll; the same table is offered beside it",
    "regulations/_rows.html": "a group of rules; the page offers all groups in one file",
}
# Opening it is itself one of its rows: the file, opened later, has one more.
COUNTS_ITSELF = {"members:looks"}


def templates() -> list:
    return sorted((ROOT / "nennep").glob("*/templates/**/*.html"))


def short(path) -> str:
    return "/".join(path.parts[-2:])


def test_every_table_stands_in_a_region_from_which_it_can_be_taken_away():
    """A table in a template of its own counts where it is included."""
    bare, kept = set(), set()
    for path in templates():
        text = path.read_text()
        outside = re.sub(
            r"\{% table_region .*?\{% endtable_region %\}|\{% list_table .*?\{% endlist_table %\}",
            "", text, flags=re.DOTALL,
        )  # fmt: skip
        if "<table" in outside:
            bare.add(path)
        if re.search(r"\{% table_region [^%]*taken=", text):
            kept.add(short(path))
    included = {
        path
        for path in bare
        for other in templates()
        if re.search(rf'list_table [^%]*%\}}\{{% include "{short(path)}"', other.read_text())
    }

    assert [short(path) for path in sorted(bare - included)] == []
    assert kept <= set(NOT_TAKEN)


@pytest.fixture
def ward(db):
    build_demonstration("ward", 11)


def words(element) -> str:
    for pressed in element.xpath(PRESSED):
        pressed.drop_tree()
    for apart in element.iter("br", "div", "p", "li", "small", "dd", "dt", "summary", "label"):
        apart.text = f" {apart.text or ''}"
        apart.tail = f" {apart.tail or ''}"
    said = " ".join(element.text_content().split())
    return "" if said in {"–", "—"} else said


def spread(cells) -> list:
    return [
        text
        for cell in cells
        for text in [words(cell), *([""] * (int(cell.get("colspan", 1)) - 1))]
    ]


def as_shown(value) -> str:
    """A value of the file as the page would write it, without its thousands points."""
    if isinstance(value, datetime) and (value.hour or value.minute):
        return f"{value:%H:%M} {vn_date(value.date())}"
    if isinstance(value, date):
        return vn_date(value.date() if isinstance(value, datetime) else value)
    return "" if value is None else str(value)


def fits(shown: str, cells: list) -> list[int]:
    """How many cells of the file may say what this cell of the page says; none: they do not."""
    if not shown:  # an empty share leaves as many empty cells as its column became
        return [n for n in (1, 2, 3) if len(cells) >= n and not any(map(as_shown, cells[:n]))]
    first = cells[0] if cells else None
    if shown == as_shown(first):
        return [1]
    if isinstance(first, datetime):
        moment = re.fullmatch(r"(\d\d:\d\d) \S+ (\S+)", shown)
        return [1] if moment and f"{moment[1]} {moment[2]}" == as_shown(first) else []
    if isinstance(first, int | float):
        return _figure_fits(shown, cells)
    return []


def _figure_fits(shown: str, cells: list) -> list[int]:
    one = cells[0]
    alone = {vn_number(one), vn_number(one, 1), vn_number(one, 2), vn_percent(Fraction(str(one)))}
    if shown in alone:
        return [1, 3] if cells[1:3] == [None, None] else [1]
    whole = [vn_number(cell) if isinstance(cell, int) else "?" for cell in cells[:3]]
    if len(whole) > 1 and shown in {f"{whole[0]}/{whole[1]}", f"{one}/{cells[1]}"}:
        return [2]
    return (
        [3] if len(whole) > 2 and shown in {f"{a} ({whole[1]}/{whole[2]})" for a in alone} else []
    )


def says(shown: list[str], cells: list) -> bool:
    """The row of the file says what the shown row says, cell by cell, and nothing besides."""
    if not shown:
        return not any(map(as_shown, cells))
    return any(says(shown[1:], cells[step:]) for step in fits(shown[0], cells))


def leaving_no_trace(client, url: str):
    """What is taken away is written into the trail, which is itself a table."""
    with transaction.atomic():
        answer = client.get(url)
        transaction.set_rollback(True)
    return answer


class Taken:
    """One file of a page beside the table it was taken from."""

    def __init__(self, page, client, address: str) -> None:
        self.page, self.address = page, address
        path = urlsplit(page.url).path
        self.answer = leaving_no_trace(client, path + address)
        self.as_csv = leaving_no_trace(client, path + address.replace("tai=xlsx", "tai=csv"))

    def faults(self) -> list[str]:
        if self.answer.status_code != OK or "attachment" not in self.answer["Content-Disposition"]:
            return [f"{self.answer.status_code} {self.page} {self.address}"]
        sheet = openpyxl.load_workbook(io.BytesIO(self.answer.content)).active
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
        heads, lines = [str(h or "") for h in rows[0]], rows[1:]
        wrong = self._against_csv(lines)
        table = self._shown_table()
        if table is None:
            return wrong + self._against_list(lines)
        return wrong + self._against_table(table, heads, lines)

    def _against_csv(self, lines) -> list[str]:
        text = self.as_csv.content.decode("utf-8-sig")
        said = list(csv.reader(io.StringIO(text)))
        cells = [cell for row in said for cell in row]
        wrong = [f"{self.page}: formula {c!r}" for c in cells if re.match(r"[=+@\t\r]|-\D", c)]
        if len(said) - 1 != len(lines):
            wrong.append(f"{self.page} {self.address}: {len(said) - 1} ≠ {len(lines)} rows")
        return wrong

    def _shown_table(self):
        """The table in the region that follows the link, if this is no list."""
        asked = parse_qs(self.address.lstrip("?"))["bang"][0]
        tree = lxml.html.fromstring(self.page.body)
        link = next(a for a in tree.iter("a") if f"bang={asked}&" in f"{a.get('href', '')}&")
        tools = next(a for a in link.iterancestors() if "table-tools" in a.get("class", ""))
        region = tools.getnext()
        is_region = region is not None and "table-region" in region.get("class", "")
        return region.find(".//table") if is_region else None

    def _against_table(self, table, heads, lines) -> list[str]:
        row_heads = table.findall("./thead/tr")[-1:]
        hidden = set()
        for head in row_heads:
            told = [(words_all(h), words(h)) for h in head if h.tag in {"th", "td"}]
            hidden = {place for place, (every, said) in enumerate(told) if every and not said}
            missing = [said for _every, said in told if said and not known(said, heads)]
            if missing:
                return [f"{self.page}: {missing} is no heading of {heads}"]
        wrong = []
        shown = [tr for part in ("tbody", "tfoot") for tr in table.findall(f"./{part}/tr")]
        if self.page.name in COUNTS_ITSELF and len(lines) == len(shown) + 1:
            lines = lines[1:]
        bodies = [tr for tr in shown if "total" not in tr.get("class", "")]
        for tr, cells in zip(bodies, lines, strict=False):
            texts = [t for place, t in enumerate(spread(tr)) if place not in hidden]
            if not says(texts, cells):
                wrong.append(f"{self.page} {self.address}: {texts} is not {cells}")
        if len(lines) < len(shown):
            wrong.append(f"{self.page}: {len(lines)} rows of {len(shown)}")
        return wrong[:3]

    def _against_list(self, lines) -> list[str]:
        """Of each row something is to be read on the page; a list has as many entries."""
        seen = " ".join(lxml.html.fromstring(self.page.body).text_content().split())
        first_page = lines[: len(lines) if 'rel="next"' not in self.page.body else 1]
        return [
            f"{self.page} {self.address}: {line}"
            for line in first_page
            if not any(isinstance(cell, str) and len(cell) > 3 and cell in seen for cell in line)
        ]


def words_all(element) -> str:
    return element.text_content().strip()


def known(said: str, heads: list[str]) -> bool:
    parts = {part.strip() for head in heads for part in re.split(r"[:/]", head)} | set(heads)
    return said in parts or all(part.strip() in parts for part in re.split(r"[:/]", said))


@pytest.mark.slow
def test_the_file_of_a_table_says_what_the_page_shows(ward):
    faults, taken = [], {}
    for username in PEOPLE:
        walk = Walk(username, times_each=2)
        for page in walk.pages():
            if not page.is_whole or "page=" in page.url:
                continue
            links = lxml.html.fromstring(page.body).xpath("//a[@data-way-out]/@href")
            files = [link for link in links if "tai=xlsx" in link]
            if len(files) > len(set(files)):
                faults.append(f"{page}: two tables have one name in {files}")
            for address in files:
                faults += Taken(page, walk.client, address).faults()
                taken.setdefault(page.name, set()).add(address)

    assert not faults, "\n".join(faults)
    assert len(taken) >= 20, sorted(taken)
