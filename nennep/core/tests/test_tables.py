"""Lists as offices keep them: titles above, headings over several rows, merged and hidden cells."""

import io
from datetime import date, datetime, time
from pathlib import Path

import pytest

from nennep.core.refusal import Refusal
from nennep.core.sheets.book import open_book
from nennep.core.sheets.cells import Fault
from nennep.core.sheets.columns import Shape, load_shape, looks_like_identity_number
from nennep.core.sheets.kept import pack, unpack
from nennep.core.sheets.tables import Table, mapping_of, read_table, renamed
from nennep.core.tests.workbooks import xlsx

SHAPE = """
anchors = [["name", "born"]]
passed_over = ["stt|tt", "ghi chu"]
[[columns]]
key = "name"
title = "Họ và tên"
words = ["ho( va)? ten( khai sinh)?"]
[[columns]]
key = "born"
title = "Ngày sinh"
words = ["(ngay( thang)? )?(nam )?sinh"]
[[columns]]
key = "in_words"
title = "Ngày vào Đảng"
words = ["ngay vao dang( du bi)?"]
[[columns]]
key = "recognised"
title = "Ngày chính thức"
words = ["ngay vao dang chinh thuc"]
[[barred]]
what = "tôn giáo"
words = ["ton giao"]
"""


@pytest.fixture(scope="module")
def shape(tmp_path_factory: pytest.TempPathFactory) -> Shape:
    path = Path(tmp_path_factory.mktemp("shape")) / "columns.toml"
    path.write_text(SHAPE, encoding="utf-8")
    return load_shape(path)


def table_in(file: io.BytesIO, shape: Shape, sheet: str = "") -> Table:
    return read_table(open_book(file), shape, sheet)


LIST = [
    ["ĐẢNG BỘ XÃ ĐÔNG", None, None, "ĐẢNG CỘNG SẢN VIỆT NAM"],
    ["DANH SÁCH ĐẢNG VIÊN"],
    [],
    [
        "STT",
        "Họ và tên",
        "Ngày, tháng, năm sinh",
        "Ngày vào Đảng",
        None,
        "Tôn giáo",
        "Ghi chú",
        "Số",
    ],
    [None, None, None, "Dự bị", "Chính thức"],
    ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"],
    [1, "Nguyễn Văn An", date(1956, 2, 3), "3/2/1980", "3/2/1981", "Không", None, "036200012345"],
    [2, "Trần Thị Bình", "1960", None, None, "Phật", "x", "036 200 012 346"],
]
MERGED = ["A4:A5", "B4:B5", "C4:C5", "D4:E4", "F4:F5", "G4:G5", "H4:H5"]


def test_headings_are_found_below_titles_and_over_two_rows(shape):
    table = table_in(xlsx(LIST, merged=MERGED), shape)

    assert (table.head.first, table.head.last) == (4, 5)
    assert {h.title: h.key for h in table.headings if h.key} == {
        "Họ và tên": "name",
        "Ngày, tháng, năm sinh": "born",
        "Ngày vào Đảng – Dự bị": "in_words",
        "Ngày vào Đảng – Chính thức": "recognised",
    }
    assert mapping_of(table.headings) == {"name": 1, "born": 2, "in_words": 3, "recognised": 4}


def test_a_title_merged_over_the_whole_table_just_above_it_is_no_heading(shape):
    rows = [LIST[1], *LIST[3:]]
    merged = ["A1:H1", *(span.replace("4", "2").replace("5", "3") for span in MERGED)]
    table = table_in(xlsx(rows, merged=merged), shape)

    assert (table.head.first, table.head.last) == (2, 3)
    assert [h.title for h in table.headings][:2] == ["STT", "Họ và tên"]


def test_headings_repeated_on_every_page_are_no_rows(shape):
    page = [LIST[5], LIST[7]]
    rows = [*LIST, *LIST[3:5], *page, LIST[6]]

    assert [row.at(1) for row in table_in(xlsx(rows, merged=MERGED), shape).rows()] == [
        "Nguyễn Văn An",
        "Trần Thị Bình",
        "Trần Thị Bình",
        "Nguyễn Văn An",
    ]


def test_what_may_not_be_read_is_named_and_comes_out_empty(shape):
    table = table_in(xlsx(LIST, merged=MERGED), shape)

    assert [(h.title, h.barred) for h in table.headings if h.barred] == [
        ("Tôn giáo", "tôn giáo"), ("Số", "số định danh")
    ]  # fmt: skip
    assert [list(row.values) for row in table.rows()] == [
        [1, "Nguyễn Văn An", date(1956, 2, 3), "3/2/1980", "3/2/1981", None, None, None],
        [2, "Trần Thị Bình", "1960", None, None, None, "x", None],
    ]


def test_numbers_of_rows_and_notes_are_passed_over_in_silence(shape):
    table = table_in(xlsx(LIST, merged=MERGED), shape)

    assert [h.title for h in table.headings if h.is_passed_over] == ["STT", "Ghi chú"]
    assert [h.title for h in table.headings if h.is_unknown] == []


def test_a_cell_merged_downwards_stands_in_each_of_its_rows(shape):
    rows = [["Họ tên", "Năm sinh", "Chi bộ"], *[[f"Người {n}", 1950 + n, None] for n in range(5)]]
    rows[1][2], rows[4][2] = "Chi bộ 1", "Chi bộ 2"
    table = table_in(xlsx(rows, merged=["C2:C4", "C5:C6"]), shape)

    assert [row.at(2) for row in table.rows()] == ["Chi bộ 1"] * 3 + ["Chi bộ 2"] * 2


def test_headings_in_an_old_font_are_read(shape):
    table = table_in(
        xlsx([["Hä vµ tªn", "N¨m sinh", "T«n gi\u00b8o"], ["NguyÔn V¨n An", 1956]]), shape
    )

    assert [h.key or h.barred for h in table.headings] == ["name", "born", "tôn giáo"]
    assert [h.title for h in table.headings] == ["Họ và tên", "Năm sinh", "Tôn giáo"]


def test_the_first_sheet_with_a_list_is_taken_and_others_with_one_are_named(shape):
    others = {"Tổng hợp": [["Số liệu"]], "Dự bị": LIST, "Cũ": []}
    file = xlsx(LIST, merged=MERGED, title="DS", others=others)

    assert table_in(file, shape).others == ("Dự bị",)
    assert table_in(file, shape, "Dự bị").others == ()
    with pytest.raises(Refusal, match="“Khác”"):
        table_in(file, shape, "Khác")
    with pytest.raises(Refusal, match="“Ngày sinh”, “Họ và tên”"):
        table_in(file, shape, "Cũ")


def test_two_columns_that_mean_the_same_are_refused_with_their_letters(shape):
    table = table_in(xlsx([["Họ tên", "Năm sinh", "Họ và tên"], ["An", 1956, "Ân"]]), shape)

    with pytest.raises(Refusal, match=r"A .*C "):
        mapping_of(table.headings)


def test_a_person_may_say_what_a_column_is_but_not_open_a_barred_one(shape):
    table = table_in(xlsx([["Họ tên", "Năm sinh", "Vào", "Tôn giáo"], ["An", 1, 2, 3]]), shape)

    headings = renamed(table.headings, {2: "in_words", 3: "recognised"})
    assert [h.key for h in headings] == ["name", "born", "in_words", ""]


def test_a_mark_of_secrecy_is_refused_wherever_it_stands_at_the_top(shape):
    with pytest.raises(Refusal) as refusal:
        table_in(xlsx([["TỐI MẬT"], *LIST[3:]]), shape)
    assert refusal.value.code == "secret"


def test_a_table_put_aside_comes_back_as_it_was(shape):
    values = [
        7,
        "Ân",
        date(1956, 2, 3),
        datetime.fromisoformat("2024-01-02T03:04"),
        time(19, 30),
        1.5,
        True,
        None,
    ]
    rows = [["Họ tên", "Năm sinh", "a", "b", "c", "d", "e", "f"], values, ["x" * 2_000, 1]]
    table = table_in(xlsx(rows, hidden_rows=[2]), shape)
    kept = unpack(pack(table))

    first, second = kept.rows()
    assert (first.number, first.is_hidden) == (2, True)
    assert list(first.values) == values[:-1]
    assert len(second.values[0]) == 1_000
    assert kept.headings == table.headings
    assert kept.first_row == 2


def test_faults_and_formulas_are_kept_apart_from_texts(shape):
    table = table_in(xlsx([["Họ tên", "Năm sinh"], ["=A1", 1956]]), shape)
    (row,) = unpack(pack(table)).rows()

    assert list(row.formulas) == [0]
    assert isinstance(unpack(pack(table)).headings[0].key, str)
    assert isinstance(Fault("#N/A"), str)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("036200012345", True), ("012345678", True), ("036 200 012 345", True), ("Số 12", False),
     ("1956", False), ("0912345678", False), ("", False)],
)  # fmt: skip
def test_identity_numbers_have_nine_or_twelve_digits(text, is_one):
    assert looks_like_identity_number(text) is is_one
