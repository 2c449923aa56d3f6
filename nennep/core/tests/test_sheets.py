"""Tables that others made are read as they show them; what is hostile is refused in words."""

import contextlib
import io
import zipfile
from dataclasses import replace
from datetime import date, datetime, time

import openpyxl
import pytest
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st

from nennep.core.refusal import Refusal
from nennep.core.sheets.book import checksum, open_book
from nennep.core.sheets.cells import Fault, Merge, address, column_of, letters, place_of
from nennep.core.sheets.limits import UPLOAD
from nennep.core.tests.workbooks import package, saved, sheet_xml, xlsx

EVENING = datetime.fromisoformat("2021-12-06T19:30")


def rows_of(file: io.BytesIO, **limits: int) -> list[tuple[int, list]]:
    book = open_book(file, replace(UPLOAD, **limits))
    return [(row.number, list(row.values)) for row in book.rows(book.sheets[0])]


def refused(file: io.BytesIO, **limits: int) -> str:
    with pytest.raises(Refusal) as refusal:
        rows_of(file, **limits)
    return refusal.value.code


def test_cells_are_called_as_the_spreadsheet_calls_them():
    assert [letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert [column_of(letters(n)) for n in (0, 25, 26, 701, 702)] == [0, 25, 26, 701, 702]
    assert address(12, 2) == "C12"
    assert place_of("C12") == (12, 2)


def test_texts_numbers_days_and_faults_keep_their_kind():
    file = xlsx(
        [
            ["Nguyễn Văn An", 15420, 15.42, True],
            [date(2021, 12, 6), EVENING, time(19, 30), None],
        ]
    )

    assert rows_of(file) == [
        (1, ["Nguyễn Văn An", 15420, 15.42, True]),
        (2, [date(2021, 12, 6), EVENING, time(19, 30)]),
    ]


def test_a_number_is_a_day_only_where_its_format_shows_one():
    book = openpyxl.Workbook()
    sheet = book.active
    formats = [
        "General",
        "dd/mm/yyyy",
        '[$-42A]d "tháng" m',
        "#,##0",
        '"ngày" 0',
        "[Red]0.00",
        "h:mm",
    ]
    for column, code in enumerate(formats, 1):
        sheet.cell(1, column, 44536.0).number_format = code
    day = date(2021, 12, 6)

    assert rows_of(saved(book)) == [(1, [44536, day, day, 44536, 44536, 44536, day])]


def test_the_first_days_of_1900_are_those_the_spreadsheet_shows():
    book = openpyxl.Workbook()
    for row, serial in enumerate((1, 59, 60, 61), 1):
        book.active.cell(row, 1, serial).number_format = "dd/mm/yyyy"

    values = [values[0] for _number, values in rows_of(saved(book))]
    assert values == [date(1900, 1, 1), date(1900, 2, 28), 60, date(1900, 3, 1)]


def test_a_workbook_that_counts_from_1904_is_read_so():
    book = openpyxl.Workbook()
    book.epoch = datetime.fromisoformat("1904-01-01")
    book.active.cell(1, 1, date(2021, 12, 6))

    assert rows_of(saved(book)) == [(1, [date(2021, 12, 6)])]


def test_formulas_and_hidden_rows_are_known_as_such():
    book = open_book(xlsx([["a", "=1+1"], ["b", 2]], hidden_rows=[2]))
    first, second = book.rows(book.sheets[0])

    assert (list(first.formulas), first.is_hidden) == ([1], False)
    assert (list(second.formulas), second.is_hidden) == ([], True)


def test_a_fault_is_no_text():
    cell = '<row r="1"><c r="A1" t="e"><v>#N/A</v></c></row>'
    ((_number, values),) = rows_of(package(sheet_xml(cell)))

    assert values == ["#N/A"]
    assert isinstance(values[0], Fault)


def test_texts_inside_the_sheet_rich_texts_and_prefixes_are_read():
    rows = (
        '<x:row r="3"><x:c r="B3" t="inlineStr"><x:is><x:r><x:t>Nguyễn </x:t></x:r>'
        "<x:r><x:t>An</x:t></x:r><x:rPh><x:t>tiếng</x:t></x:rPh></x:is></x:c>"
        '<x:c r="C3" t="str"><x:f>A1</x:f><x:v>kết quả</x:v></x:c></x:row>'
    )
    xml = sheet_xml(rows).replace("<worksheet", '<worksheet xmlns:x="http://x"')

    assert rows_of(package(xml)) == [(3, [None, "Nguyễn An", "kết quả"])]


def test_empty_rows_cost_nothing_and_addresses_stay():
    file = package(sheet_xml('<row r="1"/><row r="1048576"><c r="A1048576"><v>1</v></c></row>'))

    assert rows_of(file) == [(1_048_576, [1])]


def test_merged_cells_are_found_wherever_the_file_was_cut():
    for padding in range(0, 40, 3):
        filler = "<row/>" * padding + " " * (65_400 - 6 * padding)
        xml = sheet_xml(filler).replace(
            "</worksheet>",
            '<mergeCells count="1"><mergeCell ref="A5:C7"/></mergeCells></worksheet>',
        )
        book = open_book(package(xml))
        assert book.merges(book.sheets[0]) == [Merge(5, 0, 7, 2)]


def test_a_csv_is_read_whatever_divides_its_cells_and_however_it_is_encoded():
    lines = "Họ và tên;Năm sinh\r\nNguyễn Văn An;1956\r\n\r\nTrần Thị Bình;1960\r\n"
    expected = [
        (1, ["Họ và tên", "Năm sinh"]), (2, ["Nguyễn Văn An", "1956"]), (4, ["Trần Thị Bình", "1960"])
    ]  # fmt: skip

    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert rows_of(io.BytesIO(lines.encode(encoding))) == expected
    assert rows_of(io.BytesIO(lines.replace(";", "\t").encode())) == expected


def test_a_csv_of_the_old_fonts_is_read_letter_by_letter():
    file = io.BytesIO("Hä vµ tªn,N¨m sinh\nNguyÔn V¨n An,1956\n".encode("latin-1"))

    assert rows_of(file)[1] == (2, ["NguyÔn V¨n An", "1956"])


def test_the_checksum_is_of_the_whole_file():
    assert checksum(io.BytesIO(b"abc")).startswith("ba7816bf")


NAMES = st.text(
    alphabet=st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn")),
    min_size=1,
    max_size=40,
).filter(lambda text: text.strip() == text)
CELLS = st.one_of(
    st.none(),
    NAMES.filter(lambda text: not text.startswith("=")),
    st.integers(-(10**9), 10**9),
    st.floats(-1e6, 1e6, allow_nan=False).map(lambda x: round(x, 3)),
    st.dates(date(1900, 3, 1), date(2100, 1, 1)),
    st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=6), min_size=1, max_size=8))
def test_what_is_read_is_what_another_reader_reads(table):
    file = xlsx(table)
    other = python_calamine.CalamineWorkbook.from_filelike(file).get_sheet_by_index(0)
    theirs = {
        (row, column): value
        for row, values in enumerate(other.to_python(skip_empty_area=False), 1)
        for column, value in enumerate(values)
        if value != ""
    }
    ours = {
        (number, column): value
        for number, values in rows_of(file)
        for column, value in enumerate(values)
        if value is not None
    }

    assert ours == theirs
    assert {k: type(v) for k, v in ours.items() if isinstance(v, bool)} == {
        k: bool for k, v in theirs.items() if isinstance(v, bool)
    }


# --- hostile ----------------------------------------------------------------------------------


def test_what_is_no_spreadsheet_is_refused():
    docx = io.BytesIO()
    with zipfile.ZipFile(docx, "w") as made:
        made.writestr("word/document.xml", "<w/>")

    assert refused(io.BytesIO(b"")) == "not_a_spreadsheet"
    assert refused(io.BytesIO(b"\x89PNG\r\n\x1a\n" + bytes(100))) == "not_a_spreadsheet"
    assert refused(io.BytesIO(b"%PDF-1.7\n1 0 obj, x")) == "not_a_spreadsheet"
    assert refused(io.BytesIO("Một câu thôi".encode())) == "not_a_spreadsheet"
    assert refused(docx) == "not_a_spreadsheet"
    assert refused(io.BytesIO(b"PK\x03\x04" + bytes(200))) == "broken_file"
    assert refused(io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))) == "old_or_locked"


def test_a_file_cut_short_is_refused():
    whole = xlsx([["a"] * 5] * 200).getvalue()

    assert refused(io.BytesIO(whole[: len(whole) // 2])) == "broken_file"


@pytest.mark.parametrize("kept", range(100, 4000, 450))
def test_a_file_with_a_broken_byte_is_refused_or_read_and_never_crashes(kept):
    whole = bytearray(xlsx([["a", 1]] * 50).getvalue())
    whole[kept] ^= 0xFF
    with contextlib.suppress(Refusal):
        rows_of(io.BytesIO(bytes(whole)))


def test_what_inflates_too_much_is_refused_before_it_is_inflated():
    bomb = package(sheet_xml(""), extra={"xl/media/bomb": bytes(50_000_000)})

    assert refused(bomb) == "suspicious_packing"
    assert refused(bomb, inflated_bytes=1_000_000) == "inflates_too_much"


def test_a_package_of_too_many_parts_is_refused():
    many = package(sheet_xml(""), extra={f"x/{n}": b"x" for n in range(2_100)})
    crowded = package(sheet_xml(""), extra={f"{'x' * 3000}{n}": b"x" for n in range(400)})

    assert refused(many) == "suspicious_packing"
    assert refused(crowded) == "suspicious_packing"


def test_nothing_declared_in_the_file_is_expanded_or_fetched(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("bí mật")
    declared = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>'
    row = '<row r="1"><c r="A1" t="str"><v>&e;</v></c></row>'
    laughs = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]>"

    assert refused(package(sheet_xml(row, before=declared))) == "forbidden_markup"
    assert refused(package(sheet_xml(row, before=laughs))) == "forbidden_markup"


def test_two_far_cells_are_no_table_of_seventeen_thousand_million():
    far = (
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )
    assert refused(package(sheet_xml(far))) == "too_wide"


def test_one_endless_text_is_refused():
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>{}</t></is></c></row>'
    tag = "<row r='1'><c r='A1' x='" + "".join(f"{n:x}" for n in range(600_000)) + "'/></row>"

    assert refused(package(sheet_xml(cell.format("ab" * 20_000)))) == "cell_too_long"
    assert refused(package(sheet_xml(tag))) == "cell_too_long"
    assert refused(io.BytesIO(b"a,b\n" + b"x" * 40_000 + b",1\n")) == "cell_too_long"


def test_too_many_rows_cells_or_seconds_are_refused():
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 3000))

    assert refused(package(sheet_xml(rows)), rows=100) == "too_many_rows"
    assert refused(package(sheet_xml(rows)), cells=100) == "too_many_cells"
    assert refused(package(sheet_xml(rows)), seconds=-1) == "too_slow"
    assert refused(xlsx([["a"]]), file_bytes=100) == "file_too_large"


def test_rows_out_of_order_and_texts_that_are_not_there_are_refused():
    twice = '<row r="2"><c><v>1</v></c></row><row r="1"><c><v>1</v></c></row>'
    nowhere = '<row r="1"><c r="A1" t="s"><v>7</v></c></row>'

    assert refused(package(sheet_xml(twice))) == "broken_file"
    assert refused(package(sheet_xml(nowhere))) == "broken_file"
    assert refused(package(sheet_xml("<row"))) == "broken_file"
