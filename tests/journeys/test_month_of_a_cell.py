"""The month of an ordinary cell on a secretary's phone, from “prepare” to “minutes closed”.

Twenty-nine members, two absences (one with a reason, one without), one unanimous vote, one line of
last month's resolution and one new one. Taps are counted in the browser as definitions.md says:
a pointer press or a key that activates or selects; focusing a field and typing do not count.
"""

import gzip
import os
from datetime import date, datetime
from pathlib import Path

import pytest

from nennep.core import clock
from nennep.meetings import actions
from nennep.meetings.models import Meeting
from nennep.meetings.tests import factories
from nennep.organisation.models import Unit
from nennep.quality.tests.factories import put_in_force

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TAPS_AT_MOST = 20  # the contract is 25
TAPS_FOR_SCORING = 4
POINTS = {"3.1": "3", "3.2": "2", "4.2": "9,5", "4.4": "2", "4.7": "1", "5.1": "2", "5.2": "4",
          "5.3": "3", "6": "4"}  # fmt: skip
AXE = Path(__file__).parents[1] / "vendor" / "axe.min.js"
COUNTER = """
(() => {
  const typed = "input:not([type=checkbox],[type=radio],[type=submit],[type=button]), textarea";
  const count = () => sessionStorage.taps = Number(sessionStorage.taps || 0) + 1;
  addEventListener("pointerdown", (e) => { if (!e.target.closest(typed)) count(); }, true);
  addEventListener("keydown", (e) => {
    const activates = e.key === "Enter" && !e.target.closest("textarea");
    const selects = e.key === " " && !e.target.closest(typed);
    if (activates || selects) count();
  }, true);
})();
"""


def at(day, hour, minute):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=clock.HANOI)


@pytest.fixture
def cell():
    """Twenty-nine members with a meeting in June, whose resolution left one task open."""
    cell = factories.make_cell(official=27, probationary=2)
    june = factories.ready(cell)
    factories.resolve(june, cell, lines=("Vận động hai hộ hiến đất mở ngõ 3",))
    actions.close_minutes(june, by=cell.secretary)
    return cell


@pytest.fixture
def moment(monkeypatch):
    """`moment(at(…))`: from here on this is now, in the server's threads too."""

    def be(now):
        monkeypatch.setenv("NENNEP_TODAY", now.date().isoformat())
        monkeypatch.setattr(clock, "now", lambda: now)

    return be


@pytest.fixture
def sign_in(client, settings):
    """Signing in is outside the count: the browser gets the session of somebody signed in."""

    def enter(page, user, base_url):
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": base_url}]
        )

    return enter


def taps(page):
    return int(page.evaluate("sessionStorage.taps || 0"))


def violations(page):
    """What axe finds on the page, in a line each."""
    page.evaluate(AXE.read_text())
    found = page.evaluate(
        "axe.run(document, {resultTypes: ['violations']}).then(r => r.violations)"
    )
    return [
        f"{v['id']}: {node['target']} {node['failureSummary']}"
        for v in found
        for node in v["nodes"]
    ]


def look(page, name):
    """Nothing wrong on the page, nothing sideways; a picture of it where pictures are asked for."""
    assert violations(page) == [], name
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.viewport_size["width"], (name, width)
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=f"{folder}/{name}-{page.viewport_size['width']}.png", full_page=True)


def press(page, name):
    """A button that sends the form; its answer is another page."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).tap()


def test_the_whole_month_costs_few_taps_and_every_page_is_sound(
    phone, live_server, cell, moment, sign_in
):
    sign_in(phone, cell.secretary, live_server.url)

    lead_through_the_month(phone, cell, moment)

    assert taps(phone) <= TAPS_AT_MOST
    july = Meeting.objects.get(period=date(2024, 7, 1))
    assert july.is_closed
    assert (july.roll_call.present, july.roll_call.excused, july.roll_call.unexcused) == (27, 1, 1)
    assert july.minutes_long == 100
    assert july.votes.get().in_favour == july.votes.get().base - 2
    lines = july.resolutions.get().items.all()
    assert lines.filter(what="Đo đạc, mở rộng ngõ 3", who=cell.members[1]).exists()
    assert july.resolutions.get().symbol.startswith("02-NQ")


def lead_through_the_month(phone, cell, moment, before_closing=lambda page: None):
    """From “prepare” to “minutes closed”; `before_closing` stands on step 4, all of it written."""
    phone.add_init_script(COUNTER)
    absent, unexcused = cell.members[5], cell.members[9]

    moment(at(date(2024, 7, 1), 8, 0))
    phone.goto("/")
    look(phone, "1-home")
    press(phone, "Chuẩn bị sinh hoạt")
    phone.get_by_label("Đã báo đảng viên").tap()
    phone.get_by_label("Đã báo cấp ủy cấp trên").tap()
    phone.get_by_label("Đã gửi tài liệu cho đảng viên").tap()
    look(phone, "2-prepare")
    press(phone, "Xong chuẩn bị")

    moment(at(date(2024, 7, 3), 19, 30))
    look(phone, "3-opening")
    press(phone, "Bắt đầu bây giờ")
    phone.get_by_role("button", name=absent.full_name).tap()
    phone.get_by_role("button", name=unexcused.full_name).tap()
    phone.get_by_role("button", name=unexcused.full_name).tap()
    phone.get_by_label("Số đã nộp").fill("27")
    phone.get_by_label("trên tổng số").fill("29")
    look(phone, "4-roll-call")
    press(phone, "Sang thảo luận")

    phone.get_by_label("Ý kiến thảo luận").first.fill("Các hộ đã đồng ý, còn chờ đo đạc.")
    phone.get_by_label("Kết luận").first.fill("Giao tổ công tác đo đạc trước ngày 20.")
    phone.locator("label", has_text="Mọi người phát biểu").tap()
    look(phone, "5-discussion")
    press(phone, "Ghi kết quả biểu quyết")
    look(phone, "6-vote")
    press(phone, "Sang kết luận")

    moment(at(date(2024, 7, 3), 21, 10))
    phone.locator(".result-row").get_by_label("Kết quả").fill("Hai hộ đã ký biên bản hiến đất.")
    phone.get_by_label("Đã xong").first.tap()
    new = phone.locator(".line-row").last
    new.get_by_label("Nội dung công việc").fill("Đo đạc, mở rộng ngõ 3")
    new.get_by_label("Người thực hiện").fill(cell.members[1].full_name)
    new.get_by_label("Hạn hoàn thành").fill("2024-07-20")
    phone.get_by_label("Các bước đúng như chương trình").tap()
    press(phone, "Kết thúc bây giờ")
    look(phone, "7-conclusion")
    before_closing(phone)
    phone.get_by_label("Biên bản đã được đọc và hội nghị thông qua").tap()
    phone.get_by_label("Tôi xác nhận biên bản không có nội dung bí mật nhà nước").tap()
    press(phone, "Chốt biên bản")
    look(phone, "8-follow-up")


def write_the_points(page):
    """Typed one by one: typing is outside the count."""
    press(page, "Chấm điểm")
    look(page, "9-score")
    for code, points in POINTS.items():
        page.locator(f"[name='p-{code}']").fill(points)
    press(page, "Đã thống nhất, biểu quyết")
    look(page, "9-scored")


def take_full_points(page):
    """Everything at its maximum but what is written otherwise."""
    press(page, "Chấm điểm")
    page.get_by_label("Ô để trống: tính điểm tối đa").tap()
    page.locator("[name='p-4.2']").fill("8")
    press(page, "Đã thống nhất, biểu quyết")


@pytest.mark.parametrize("score", [write_the_points, take_full_points])
def test_scoring_keeps_the_month_within_its_taps_and_four(
    phone, live_server, cell, moment, sign_in, score
):
    put_in_force("rb2", scope_path=Unit.objects.get(code="CITY").path)
    sign_in(phone, cell.secretary, live_server.url)

    lead_through_the_month(phone, cell, moment, before_closing=score)

    assert taps(phone) <= TAPS_AT_MOST + TAPS_FOR_SCORING
    july = Meeting.objects.get(period=date(2024, 7, 1))
    assert july.is_closed
    assert july.score_sheet.vote_class == july.score_sheet.self_class != ""
    assert july.score_sheet.lines["2.1"] == [1, "fact"]  # one was absent without a reason
    assert "chưa xếp loại" in phone.locator("#score").inner_text()


@pytest.fixture
def plain_phone(chromium, live_server):
    """A phone whose browser runs no script."""
    context = chromium.new_context(
        base_url=live_server.url,
        viewport={"width": 360, "height": 740},
        java_script_enabled=False,
        locale="vi-VN",
    )
    yield context.new_page()
    context.close()


def test_the_month_needs_no_javascript(plain_phone, live_server, cell, moment, sign_in):
    sign_in(plain_phone, cell.secretary, live_server.url)
    page, absent = plain_phone, cell.members[5]

    moment(at(date(2024, 7, 3), 19, 30))
    page.goto("/")
    send(page, "Chuẩn bị sinh hoạt")
    send(page, "Xong chuẩn bị")
    send(page, "Bắt đầu bây giờ")
    page.locator(f"select[name=presence-{absent.pk}]").select_option("unexcused")
    send(page, "Sang thảo luận")
    page.get_by_label("Kết luận").first.fill("Nhất trí.")
    send(page, "Ghi kết quả biểu quyết")
    send(page, "Sang kết luận")
    moment(at(date(2024, 7, 3), 21, 10))
    send(page, "Kết thúc bây giờ")
    for words in ("đúng như chương trình", "đã được đọc", "không có nội dung bí mật"):
        page.locator("label", has_text=words).locator("input").check()
    send(page, "Chốt biên bản")

    july = Meeting.objects.get(period=date(2024, 7, 1))
    assert july.is_closed
    assert july.attendances.get(member=absent).presence == "unexcused"


def send(page, name):
    page.get_by_role("button", name=name, exact=True).click()


@pytest.mark.parametrize("step", ["chuan-bi", "diem-danh", "thao-luan", "ket-luan"])
def test_a_first_visit_loads_at_most_a_hundred_kilobytes(phone, live_server, cell, sign_in, step):
    """As they go over the wire: every answer compressed, the page and all it brings."""
    sign_in(phone, cell.secretary, live_server.url)
    meeting = actions.prepare(
        factories.planned(cell, period=date(2024, 7, 1), planned_at=at(date(2024, 7, 3), 19, 30)),
        by=cell.secretary,
    )
    answers = []
    phone.on("response", lambda answer: answers.append(answer))

    phone.goto(f"/sinh-hoat/{meeting.public_id}/{step}/", wait_until="networkidle")

    loaded = {answer.url: len(gzip.compress(answer.body())) for answer in answers}
    assert sum(loaded.values()) <= 100_000, loaded


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_beside_the_steps_are_sound(phone, live_server, cell, moment, sign_in, scheme):
    """With every fold open: an item and its earlier texts, the plan, a past meeting, a combined session."""
    sign_in(phone, cell.secretary, live_server.url)
    phone.emulate_media(color_scheme=scheme)
    moment(at(date(2024, 7, 1), 8, 0))
    by, when = cell.secretary, at(date(2024, 7, 3), 19, 30)
    meeting = actions.prepare(
        factories.planned(cell, "combined", period=date(2024, 7, 1), planned_at=when), by=by
    )
    actions.add_task(meeting, title="Mượn loa của nhà văn hóa thôn", by=by)
    item = actions.add_item(meeting, title="Vệ sinh môi trường ngõ 3 và các ngõ lân cận", by=by)
    for version, text in enumerate(("Bản một", "Bản hai")):
        actions.write_item(item, discussion=text, conclusion="", version=version, by=by)

    for name, address in (
        ("item", f"/muc/{item.public_id}/"),
        ("prepare", f"/sinh-hoat/{meeting.public_id}/chuan-bi/"),
        ("change", f"/sinh-hoat/{meeting.public_id}/thay-doi/"),
        ("plan", f"/ke-hoach/{cell.unit.code}/"),
        ("past", f"/ghi-so/{cell.unit.code}/?kind=combined&day=2024-05-20"),
        ("papers", f"/sinh-hoat/{meeting.public_id}/in/bo-tai-lieu/"),
    ):
        phone.goto(address)
        phone.evaluate("document.querySelectorAll('main details').forEach(d => d.open = true)")
        look(phone, f"beside-{name}-{scheme}")
