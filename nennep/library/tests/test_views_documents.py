import io
import re
from datetime import date
from html import unescape

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nennep.accounts.choices import Role
from nennep.core.models import TrailLine
from nennep.library.actions.issuing import issue_document, reserve_number, void_number
from nennep.library.actions.replacing import link_documents
from nennep.library.models import Document
from nennep.library.tests.factories_registers import (
    DAY,
    drafted,
    make_registers,
    registered,
    someone,
)
from nennep.library.views import documents
from nennep.regulations.models import Basis

pytestmark = pytest.mark.django_db

ENTRY = {
    "kind": "scheme",
    "symbol": "13-ĐA/HU",
    "issued_on": "2021-12-20",
    "subject": "Nâng cao chất lượng sinh hoạt chi bộ",
    "body": "standing",
    "issuer": "",
    "programme_symbol": "11-ĐA/TU",
    "is_open": "on",
    "is_free_of_secrets": "on",
}


@pytest.fixture
def registers(monkeypatch):
    monkeypatch.setenv("NENNEP_TODAY", "2024-06-13")
    return make_registers()


@pytest.fixture
def shown(client):
    """`shown(person, address)`: the words of the page that person gets, or the code of the answer."""

    def look(person, address, data=None, **more):
        client.force_login(person)
        answer = client.post(address, data) if data is not None else client.get(address, more)
        if answer.status_code not in {200, 422}:
            return answer.status_code
        text = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", answer.content.decode(), flags=re.S)
        return " ".join(unescape(text).split())

    return look


def address(document, step=""):
    return f"/van-ban/{document.public_id}/{step}"


def test_an_officer_enters_a_scheme_and_finds_it_counted(registers, shown):
    assert shown(registers.officer, "/van-ban/vao-so/HUYEN/", ENTRY) == 302
    scheme = Document.objects.get()

    listed = shown(registers.officer, "/van-ban/")
    assert "1 văn bản: 1 đề án" in listed
    assert "13-ĐA/HU" in listed
    assert "Ban Thường vụ Huyện ủy Phúc Thọ" in shown(registers.officer, address(scheme))
    assert "đang có hiệu lực" in shown(registers.secretary, address(scheme))


def test_what_cannot_be_taken_comes_back_with_its_sentence(registers, shown):
    again = shown(registers.officer, "/van-ban/vao-so/HUYEN/", ENTRY | {"subject": "TỐI MẬT"})
    assert "TỐI MẬT" in again
    assert "không được lưu" in again.lower()
    untold = shown(registers.officer, "/van-ban/vao-so/HUYEN/", ENTRY | {"is_free_of_secrets": ""})
    assert "chỉ ghi tên trung tính và nơi lưu giữ" in untold
    assert not Document.objects.exists()


def test_a_replacement_turns_the_badge_on_both_pages(registers, shown, monkeypatch):
    old = registered(registers, "05-KH/HU", kind="plan", issued_on=date(2022, 1, 5))
    new = registered(registers, "09-KH/HU", kind="plan", issued_on=date(2024, 6, 10))
    told = {"kind": "replaces", "earlier": str(old.public_id), "since": "2024-07-01"}
    assert shown(registers.officer, address(new, "thay-the/"), told) == 302

    assert "đang có hiệu lực" in shown(registers.officer, address(old))
    assert "Thay thế 05-KH/HU" in shown(registers.officer, address(new))
    monkeypatch.setenv("NENNEP_TODAY", "2024-07-01")
    turned = shown(registers.officer, address(old))
    assert "hết hiệu lực" in turned
    assert "Được thay bằng 09-KH/HU từ ngày 1-7-2024." in turned


def test_a_replacement_is_taken_back(registers, shown):
    old = registered(registers, "05-KH/HU", kind="plan", issued_on=date(2022, 1, 5))
    new = registered(registers, "09-KH/HU", kind="plan", issued_on=date(2024, 6, 10))
    link = link_documents(new, earlier=old, kind="replaces", since=DAY, by=registers.officer)
    assert shown(registers.officer, address(new, "thay-the/"), {"take_back": link.pk}) == 302
    assert "Thay thế 05-KH/HU" not in shown(registers.officer, address(new))


def test_a_basis_and_its_entry_in_the_register_lead_to_one_another(registers, shown, client):
    basis = Basis.objects.get(code="hd-12-btctw-2018")
    guidance = registered(
        registers, "12-HD/BTCTW", kind="guidance", body="", issuer="Ban Tổ chức Trung ương",
        issued_on=date(2018, 7, 6), basis=basis,
    )  # fmt: skip

    assert "Là căn cứ của quy định 12-HD/BTCTW" in shown(registers.officer, address(guidance))
    page = f"/quy-dinh/can-cu/{basis.public_id}/"
    assert "Trong sổ văn bản 12-HD/BTCTW" in shown(registers.officer, page)
    assert "chưa đối chiếu văn bản gốc" in shown(registers.officer, address(guidance))
    guidance.is_open = False
    guidance.save()
    assert "Trong sổ văn bản" not in shown(registers.secretary, page)


def test_the_list_goes_into_a_workbook_as_it_is_filtered(registers, client):
    registered(registers)
    registered(registers, "02-KH/HU", kind="plan", issued_on=date(2022, 1, 5))
    client.force_login(registers.officer)

    taken = client.get("/van-ban/danh-sach.xlsx", {"kind": "plan"})
    sheet = openpyxl.load_workbook(io.BytesIO(taken.content)).active
    cells = [cell.value for row in sheet.iter_rows() for cell in row if cell.value]
    assert "02-KH/HU" in cells
    assert "13-ĐA/HU" not in cells
    assert "1 văn bản: 1 kế hoạch." in cells
    text = client.get("/van-ban/danh-sach.csv").content.decode("utf-8-sig")
    assert "13-ĐA/HU" in text
    assert TrailLine.objects.filter(verb="list of documents taken").count() == 2


def test_the_table_of_a_long_list_is_taken_away_whole(registers, client):
    for number in range(1, 41):
        registered(registers, f"{number:02d}-KH/HU", kind="plan", issued_on=date(2022, 1, 5))
    client.force_login(registers.officer)

    page = client.get("/van-ban/").content.decode()
    assert page.count("-KH/HU</a>") == 30
    way = re.search(r'href="(\?[^"]*tai=csv[^"]*)"', page)[1]
    taken = client.get("/van-ban/" + unescape(way)).content.decode("utf-8-sig")
    assert taken.count("-KH/HU") == 40


def test_the_book_of_numbers_leaves_none_out(registers, shown):
    issue_document(drafted(registers), by=registers.secretary)
    book = shown(registers.secretary, "/van-ban/so/CB1/")
    assert "KH: số cuối cùng 1" in book
    assert "01-KH/CB" in book


def test_who_has_no_business_there_is_not_let_in(registers, shown):
    of_cell = issue_document(drafted(registers), by=registers.secretary)
    closed = registered(registers, is_open=False)
    beside = someone("ben", Role.OFFICER, registers.beside)

    assert shown(beside, address(of_cell)) == 404
    assert shown(registers.officer, address(of_cell)) == 404
    assert shown(registers.secretary, address(closed)) == 404
    assert shown(registers.secretary, "/van-ban/vao-so/HUYEN/", ENTRY) == 403
    assert shown(beside, "/van-ban/vao-so/HUYEN/", ENTRY) == 403
    assert shown(registers.officer, "/van-ban/vao-so/CB1/", ENTRY) == 404


def test_a_look_from_above_at_a_cells_document_is_a_line_of_the_trail(registers, shown):
    of_cell = issue_document(drafted(registers), by=registers.secretary)
    reader = someone("doc", Role.VIEWER, registers.commune, reads_content=True)

    shown(registers.secretary, address(of_cell))
    assert not TrailLine.objects.filter(is_look=True).exists()
    assert "01-KH/CB" in shown(reader, address(of_cell))
    assert TrailLine.objects.get(is_look=True).verb == "document of a cell"


def test_documents_of_cells_below_are_listed_when_asked_for_and_that_is_noted(registers, shown):
    issue_document(drafted(registers), by=registers.secretary)
    reader = someone("doc", Role.VIEWER, registers.commune, reads_content=True)

    assert "01-KH/CB" not in shown(reader, "/van-ban/")
    assert not TrailLine.objects.filter(is_look=True).exists()
    assert "01-KH/CB" in shown(reader, "/van-ban/", with_cells="on")
    assert TrailLine.objects.get(is_look=True).verb == "documents of cells"
    assert "chi bộ bên dưới" not in shown(registers.secretary, "/van-ban/")


def test_the_number_of_questions_does_not_grow_with_the_register(registers, client):
    client.force_login(registers.officer)

    def questions(*addresses):
        with CaptureQueriesContext(connection) as asked:
            for each in addresses:
                client.get(each)
        return len(asked)

    def amend(first, number):
        later = registered(registers, f"{number}-ĐA/HU", issued_on=date(2022, 1, 5))
        link_documents(later, earlier=first, kind="amends", since=DAY, by=registers.officer)

    first = registered(registers)
    amend(first, 20)
    few = questions("/van-ban/", address(first))
    for number in range(21, 33):
        amend(first, number)
    assert questions("/van-ban/", address(first)) == few


def test_the_list_goes_on_over_its_pages_drafts_and_void_numbers_among_it(
    registers, client, monkeypatch
):
    monkeypatch.setattr(documents, "DOCUMENTS_ON_A_PAGE", 3)
    for number in range(1, 7):
        registered(registers, f"{number:02}-KH/HU", kind="plan", issued_on=date(2022, 1, number))
    of_district = {"unit": registers.district, "by": registers.officer}
    reserved = reserve_number(drafted(registers, **of_district), by=registers.officer)
    void = void_number(reserved, reason="Không ban hành nữa", by=registers.officer)
    draft = drafted(registers, **of_district)
    client.force_login(registers.officer)
    pages = [client.get("/van-ban/", {"page": page}).context for page in (1, 2, 3)]

    assert {page["counts"].total for page in pages} == {6}
    assert {page["counts"].listed for page in pages} == {8}
    assert [[row.symbol for row, _force in page["rows"]] for page in pages] == [
        [draft.symbol, void.symbol, "06-KH/HU"],
        ["05-KH/HU", "04-KH/HU", "03-KH/HU"],
        ["02-KH/HU", "01-KH/HU"],
    ]
