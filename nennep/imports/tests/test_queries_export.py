"""What is exported is what was taken in, and taken in again it changes nothing."""

import csv
import io
from datetime import date
from unittest import mock

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from nennep.core.models import TrailLine
from nennep.core.sheets.delimited import Delimited
from nennep.core.sheets.limits import UPLOAD, Meter
from nennep.imports.actions import judge, read_file, take_in
from nennep.imports.queries.export import export_of
from nennep.imports.tests.factories import read
from nennep.members.tests.factories import officer
from nennep.organisation.choices import Block, UnitKind
from nennep.organisation.tests.factories import make_unit, make_user
from nennep.papers.delimited import delimited
from nennep.papers.xlsx import Sheet, SheetColumn, workbook

WORDS = ["An", "Bình", "Đặng", "Ngô", "Thị", "Văn", "Hòa", "Ánh", "Ước", "Quỳnh"]
DAYS = st.dates(date(1990, 1, 1), date(2024, 3, 1))
FIELDS = {
    "Họ và tên": st.lists(st.sampled_from(WORDS), min_size=2, max_size=4).map(" ".join),
    "Giới tính": st.sampled_from(["Nam", "Nữ"]),
    "Ngày sinh": st.one_of(
        st.integers(1930, 1970).map(str),
        st.dates(date(1930, 1, 1), date(1970, 1, 1)).map(lambda d: f"{d.day}-{d.month}-{d.year}"),
    ),
    "Ngày chính thức": st.one_of(st.none(), DAYS),
    "Đối tượng": st.just("Đảng viên chính thức"),
    "Chi bộ": st.sampled_from(["DONG-1", "DONG-2"]),
    "Tổ đảng": st.sampled_from(["", "Tổ 1", "Tổ 2"]),
    "Đang công tác": st.sampled_from(["", "x"]),
    "Miễn công tác, sinh hoạt": st.sampled_from(["", "x"]),
}
LISTS = st.lists(st.fixed_dictionaries(FIELDS), min_size=1, max_size=6,
                 unique_by=lambda row: row["Họ và tên"])  # fmt: skip


# Texts that begin like a formula, and others; none that somebody guarded by hand.
TEXTS = st.text(alphabet="=+-@'0a\u1ec5", min_size=1, max_size=8).filter(
    lambda text: not text.startswith("'")
)


def ward_with_cells():
    ward = make_unit("Đảng bộ xã Đông", kind=UnitKind.GRASSROOTS_COMMITTEE, code="DONG")
    for n in (1, 2):
        make_unit(f"Chi bộ thôn Đông {n}", parent=ward, code=f"DONG-{n}")
    return ward


def exported(kind, ward):
    sheet = export_of(kind, ward)
    titles = [column.title for column in sheet.columns]
    return [dict(zip(titles, row, strict=True)) for row in sheet.rows]


class OnADay(TestCase):
    def run(self, result=None):
        with mock.patch.dict("os.environ", NENNEP_TODAY="2024-06-13"):
            return super().run(result)


class ImportThenExport(OnADay):
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(LISTS)
    def test_the_table_comes_back_as_it_was_and_changes_nothing(self, rows):
        ward = ward_with_cells()
        clerk = officer(ward)
        table = [list(FIELDS), *[[row[title] for title in FIELDS] for row in rows]]
        take_in(read(ward, "members", table, clerk), by=clerk)

        back = exported("members", ward)
        written = [{title: row[title] or "" for title in FIELDS} for row in back]
        key = lambda row: (row["Chi bộ"], row["Họ và tên"])  # noqa: E731 -- one line is clearer here
        given_rows = [{title: row[title] or "" for title in FIELDS} for row in rows]
        assert sorted(written, key=key) == sorted(given_rows, key=key)
        self._changes_nothing(ward, clerk, len(rows))

    def _changes_nothing(self, ward, clerk, count):
        sheet = export_of("members", ward)
        for content in (workbook([sheet]), delimited(sheet)):
            again = read_file(ward, "members", file=io.BytesIO(content), name="a.xlsx", by=clerk)
            counts = judge(again, by=clerk).counts
            assert (counts["same"], counts["rows"]) == (count, count)


UNITS = {
    "Mã": st.from_regex(r"DONG-[A-Z]{1,4}[0-9]{1,2}", fullmatch=True),
    "Tên tổ chức đảng": st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(
        lambda words: "Chi bộ " + " ".join(words)
    ),
    "Loại tổ chức": st.just(str(UnitKind.CELL.label)),
    "Loại hình": st.sampled_from(["", str(Block.RESIDENTIAL.label), str(Block.OFFICE.label)]),
    "Trực thuộc": st.just("DONG"),
    # Not before the committee itself was founded; a day left empty becomes that of the committee.
    "Ngày thành lập": st.dates(date(2020, 1, 1), date(2024, 3, 1)),
}
ORGANISATIONS = st.lists(st.fixed_dictionaries(UNITS), min_size=1, max_size=6,
                         unique_by=(lambda row: row["Mã"], lambda row: row["Tên tổ chức đảng"]))  # fmt: skip


class OrganisationsImportedThenExported(OnADay):
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(ORGANISATIONS)
    def test_the_table_comes_back_as_it_was_and_changes_nothing(self, rows):
        ward = make_unit("Đảng bộ xã Đông", kind=UnitKind.GRASSROOTS_COMMITTEE, code="DONG")
        clerk = make_user(("organisation_officer", ward))
        table = [list(UNITS), *[[row[title] for title in UNITS] for row in rows]]
        take_in(read(ward, "units", table, clerk), by=clerk)

        written = [{title: row[title] or "" for title in UNITS} for row in exported("units", ward)]
        given_rows = [{title: row[title] or "" for title in UNITS} for row in rows]
        key = lambda row: row["Mã"]  # noqa: E731 -- one line is clearer here
        assert sorted(written, key=key) == sorted(given_rows, key=key)
        sheet = export_of("units", ward)
        for content in (workbook([sheet]), delimited(sheet)):
            again = read_file(ward, "units", file=io.BytesIO(content), name="a.xlsx", by=clerk)
            counts = judge(again, by=clerk).counts
            assert (counts["same"], counts["rows"]) == (len(rows), len(rows))


@pytest.mark.django_db
def test_taking_a_list_away_is_recorded():
    ward = ward_with_cells()
    client = Client()
    client.force_login(make_user(("organisation_officer", ward)))
    answer = client.get("/nhap-bang-tinh/DONG/dang-vien/danh-sach.csv")

    assert answer["Content-Type"].startswith("text/csv")
    assert TrailLine.objects.filter(verb="table taken away", is_look=True).count() == 1


def test_no_cell_of_a_csv_is_a_formula():
    sheet = Sheet("a", [SheetColumn("Tên")], [["=1+1"], ["+84"], ["-1"], ["@x"], ["An"]])
    rows = list(csv.reader(io.StringIO(delimited(sheet).decode("utf-8-sig"))))

    assert [row[0] for row in rows] == ["Tên", "'=1+1", "'+84", "'-1", "'@x", "An"]


@given(st.lists(TEXTS, min_size=1))
def test_the_guard_against_formulas_is_taken_off_again(texts):
    sheet = Sheet("a", [SheetColumn("Tên"), SheetColumn("Số")], [[text, "x"] for text in texts])
    back = Delimited(io.BytesIO(delimited(sheet)), Meter(UPLOAD))

    rows = [row.values[0] for row in back.rows(back.sheets[0])][1:]
    assert rows == texts


@pytest.mark.django_db
def test_a_telephone_with_a_plus_comes_back_as_it_was():
    ward = ward_with_cells()
    clerk = officer(ward)
    table = [
        ["Họ và tên", "Giới tính", "Ngày sinh", "Đối tượng", "Chi bộ", "Chức vụ trong chi bộ",
         "Điện thoại cơ quan"],
        ["Ngô Văn An", "Nam", "3-2-1956", "Chính thức", "DONG-1", "Bí thư", "+84 24 3885 1234"],
    ]  # fmt: skip
    take_in(read(ward, "members", table, clerk), by=clerk)
    assert exported("members", ward)[0]["Điện thoại cơ quan"] == "+84 24 3885 1234"

    content = delimited(export_of("members", ward))
    assert b"'+84" in content
    taken = read_file(ward, "members", file=io.BytesIO(content), name="a.csv", by=clerk)
    assert judge(taken, by=clerk).counts["same"] == 1
