"""A scheme enters the register and is replaced; a cell issues its own plan. In the browser."""

import io
from datetime import date

import pytest
from docx import Document as WordDocument

from nennep.core.tests import files
from nennep.library.models import Document, DocumentFile
from nennep.library.tests.factories_registers import make_registers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def registers(on_day):
    on_day(date(2024, 6, 13))
    return make_registers()


@pytest.fixture
def enter(client, settings, live_server):
    """The browser gets the session of somebody signed in."""

    def be(page, user):
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
        page.context.add_cookies([cookie])

    return be


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def register(page, symbol, issued_on, subject):
    page.goto("/van-ban/")
    page.get_by_role("link", name="Ghi văn bản vào sổ").click()
    page.get_by_label("Loại").select_option(label="Đề án")
    page.locator("input[name=symbol]").fill(symbol)
    page.locator("input[name=issued_on]").fill(issued_on)
    page.locator("textarea[name=subject]").fill(subject)
    page.locator("select[name=body]").select_option(label="Ban Thường vụ Huyện ủy Phúc Thọ")
    page.locator("input[name=programme_symbol]").fill("11-ĐA/TU")
    page.get_by_text("Người ký, hiệu lực, ghi chú").click()
    page.locator("input[name=in_force_from]").fill(issued_on)
    page.locator("input[name=is_free_of_secrets]").check()
    press(page, "Lưu")


def test_an_officer_registers_a_scheme_and_its_replacement_turns_the_badge(
    laptop, registers, enter, on_day, tmp_path
):
    enter(laptop, registers.officer)
    register(laptop, "13-ĐA/HU", "2021-12-20", "Nâng cao chất lượng sinh hoạt chi bộ")
    assert "đang có hiệu lực" in laptop.content()
    scheme = laptop.url

    laptop.get_by_text("Lưu một tệp").click()
    file = tmp_path / "de-an.pdf"
    file.write_bytes(files.pdf("Đề án", "Điều 2. Mục tiêu"))
    laptop.set_input_files("input[type=file]", str(file))
    laptop.get_by_label("không có", exact=True).check()
    press(laptop, "Lưu tệp")
    assert DocumentFile.objects.get().pages == 2

    register(laptop, "14-ĐA/HU", "2024-06-10", "Nâng cao chất lượng sinh hoạt chi bộ (thay thế)")
    laptop.get_by_text("Văn bản này thay thế hoặc sửa đổi văn bản trước").click()
    laptop.locator("select[name=earlier]").select_option(index=1)
    laptop.locator("input[name=since]").fill("2024-07-01")
    press(laptop, "Ghi lại")
    assert "13-ĐA/HU" in laptop.content()

    laptop.goto(scheme)
    assert "đang có hiệu lực" in laptop.content()
    on_day(date(2024, 7, 1))
    laptop.goto(scheme)
    assert "hết hiệu lực" in laptop.content()
    assert "Được thay bằng 14-ĐA/HU từ ngày 1-7-2024." in laptop.content()
    laptop.goto("/van-ban/?force=running")
    assert "1 văn bản: 1 đề án" in laptop.content()


def test_a_secretary_draws_up_numbers_and_takes_away_a_plan_on_a_phone(phone, registers, enter):
    enter(phone, registers.secretary)
    phone.goto("/van-ban/")
    phone.get_by_role("link", name="Soạn văn bản").click()
    phone.locator("textarea[name=subject]").fill("Sinh hoạt chuyên đề quý III")
    phone.locator("textarea[name=body_text]").fill(
        "Chi bộ xây dựng kế hoạch như sau:\nI- NỘI DUNG\n- Phân loại rác."
    )
    phone.locator("input[name=signer]").fill("Nguyễn Văn An")
    phone.locator("input[name=is_free_of_secrets]").check()
    press(phone, "Lưu dự thảo")
    phone.get_by_role("link", name="Xem văn bản").click()
    phone.wait_for_load_state()
    assert "Sinh hoạt chuyên đề quý III" in phone.content()
    phone.get_by_role("link", name="Về trang văn bản").click()
    phone.wait_for_load_state()
    press(phone, "Cấp số và ban hành")

    assert "01-KH/CB" in phone.content()
    with phone.expect_download() as taken:
        phone.get_by_role("link", name="Word").click()
    word = WordDocument(io.BytesIO(taken.value.path().read_bytes()))
    head = [line.text for line in word.tables[0].rows[0].cells[0].paragraphs if line.text]
    assert head == ["ĐẢNG BỘ XÃ BÌNH AN", "CHI BỘ THÔN ĐÔNG", "*", "Số 01-KH/CB"]
    assert Document.objects.get().issued_on == date(2024, 6, 13)
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
