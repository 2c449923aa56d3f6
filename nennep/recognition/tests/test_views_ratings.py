import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nennep.accounts.queries import system_person
from nennep.core.models import TrailLine
from nennep.meetings.tests.factories import make_cell
from nennep.organisation.models import Unit
from nennep.recognition import actions
from nennep.recognition.actions import Decision
from nennep.recognition.choices import Level
from nennep.recognition.models import Rating
from nennep.tasks.tests.factories import committee_user, working_cell

pytestmark = pytest.mark.django_db


@pytest.fixture
def cell():
    return working_cell()


@pytest.fixture
def officer(client, cell):
    who = committee_user("XA")
    client.force_login(who)
    return who


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def rated(cells, year, level):
    actions.enter_past(
        cells, year, levels={cell.pk: level for cell in cells},
        decision=Decision("9-QĐ/ĐU", date(year, 12, 20)), by=system_person(),
    )  # fmt: skip


def test_an_office_decides_the_year_of_its_cells_on_one_screen(client, cell, officer):
    other = make_cell("CB2", "Chi bộ thôn Tây").unit

    shown = page(client, "/dot-xep-loai/XA/2023/")
    client.post(
        "/dot-xep-loai/XA/2023/",
        {
            "decision": "12-QĐ/ĐU", "on": "28/12/2023",
            f"level_{cell.unit.pk}": "excellent", f"level_{other.pk}": "good",
        },
    )  # fmt: skip

    assert "2 tổ chức chưa tự xếp loại" in shown
    assert dict(Rating.objects.values_list("unit__code", "level")) == {
        "CB1": "excellent",
        "CB2": "good",
    }
    after = page(client, "/xep-loai-nam/XA/2023/")
    assert "Xuất sắc: 1, vượt mức 0 mà 1 cho phép" in after


def test_a_level_without_a_reason_comes_back_with_what_was_typed(client, cell, officer):
    actions.rate_self(
        cell.unit, 2023, rating=actions.SelfRating(Level.EXCELLENT), by=system_person()
    )

    answer = client.post(
        "/dot-xep-loai/XA/2023/",
        {"decision": "12-QĐ/ĐU", "on": "28/12/2023", f"level_{cell.unit.pk}": "good"},
    )

    assert answer.status_code == 422
    assert "12-QĐ/ĐU" in answer.content.decode()
    assert not Rating.objects.exclude(level="").exists()


def test_what_is_decided_stands_when_the_rest_is_decided(client, cell, officer):
    other = make_cell("CB2", "Chi bộ thôn Tây").unit
    rated([cell.unit], 2023, Level.COMPLETED)

    shown = page(client, "/dot-xep-loai/XA/2023/")
    client.post(
        "/dot-xep-loai/XA/2023/",
        {
            "decision": "15-QĐ/ĐU", "on": "15/01/2024",
            f"level_{cell.unit.pk}": "excellent", f"level_{other.pk}": "good",
        },
    )  # fmt: skip

    assert f"level_{other.pk}" in shown
    assert f"level_{cell.unit.pk}" not in shown
    assert list(Rating.objects.order_by("unit__code").values_list("level", "decision")) == [
        ("completed", "9-QĐ/ĐU"),
        ("good", "15-QĐ/ĐU"),
    ]


def test_one_that_is_decided_is_changed_by_another_decision(client, cell, officer):
    other = make_cell("CB2", "Chi bộ thôn Tây").unit
    rated([cell.unit, other], 2023, Level.COMPLETED)
    address = "/dot-xep-loai/XA/2023/?doi=CB2"

    shown = page(client, address)
    client.post(address, {"decision": "15-QĐ/ĐU", "on": "15/01/2024", f"level_{other.pk}": "good"})

    assert f"level_{cell.unit.pk}" not in shown
    assert dict(Rating.objects.values_list("unit__code", "level")) == {
        "CB1": "completed",
        "CB2": "good",
    }


def test_a_level_that_does_not_exist_is_refused_by_name(client, cell, officer):
    sent = {"decision": "12-QĐ/ĐU", "on": "28/12/2023", f"level_{cell.unit.pk}": "superb"}
    answer = client.post("/dot-xep-loai/XA/2023/", sent)

    assert answer.status_code == 422
    assert "không có mức này" in answer.content.decode()
    assert not Rating.objects.exists()


def test_a_round_says_how_many_its_cap_allows_and_by_which_rule(client, cell, officer):
    cells = [cell.unit, *(make_cell(f"CB{n}", f"Chi bộ {n}").unit for n in range(2, 8))]
    for each, level in zip(cells, [Level.EXCELLENT, *[Level.GOOD] * 6], strict=True):
        actions.rate_self(each, 2023, rating=actions.SelfRating(level), by=system_person())

    shown = page(client, "/dot-xep-loai/XA/2023/")

    assert "Xuất sắc: 1; với 6 tổ chức cùng xét, không quá 1." in shown
    assert "không quá 20% số hoàn thành tốt (124-QĐ/TW, chưa đối chiếu văn bản gốc)" in shown
    assert "làm tròn xuống (thiết lập của phần mềm" in shown


def test_a_secretary_rates_the_year_and_the_office_sees_it(client, cell):
    client.force_login(cell.secretary)
    client.post(
        "/tu-xep-loai/CB1/2023/",
        {"level": "good", "points": "82", "votes_for": "7", "votes_cast": "8"},
    )

    client.force_login(committee_user("XA"))
    assert "82/100" in page(client, "/dot-xep-loai/XA/2023/")


def test_an_office_keeps_what_it_verified_before_it_decides(client, cell, officer):
    rated_itself = actions.SelfRating(Level.EXCELLENT, points=92)
    actions.rate_self(cell.unit, 2023, rating=rated_itself, by=system_person())

    client.post("/dot-xep-loai/XA/2023/", {"do": "verify", f"level_{cell.unit.pk}": "good"})

    row = Rating.objects.get()
    assert (row.verified_level, row.level) == ("good", "")
    assert "Thẩm định: Hoàn thành tốt nhiệm vụ" in page(client, "/dot-xep-loai/XA/2023/")


def test_a_committee_sees_the_conditions_and_rates_itself_after_those_below(client, cell, officer):
    address = "/nhap-tu-xep-loai/XA/2023/"
    answer = client.post(address, {"level": "good", "points": "82"})
    assert "1 tổ chức trực thuộc chưa được xếp loại" in page(client, address)
    assert answer.status_code == 422
    rated([cell.unit], 2023, Level.GOOD)

    client.post(address, {"level": "good", "points": "82"})

    assert Rating.objects.get(unit=cell.unit.parent).self_level == "good"


def test_an_office_enters_what_a_cell_without_a_telephone_sent(client, cell, officer):
    address = "/nhap-tu-xep-loai/CB1/2023/"
    assert address in page(client, "/dot-xep-loai/XA/2023/")

    client.post(address, {"level": "good", "votes_for": "7", "votes_cast": "8"})

    row = Rating.objects.get()
    assert (row.self_level, row.rated_by) == ("good", officer)
    assert TrailLine.objects.filter(verb="entered a self-rating").count() == 1
    assert not TrailLine.objects.filter(verb="rated its year").exists()


def test_a_secretary_rates_the_own_cell_and_enters_no_other(client, cell):
    make_cell("CB2", "Chi bộ thôn Tây")
    client.force_login(cell.secretary)

    assert client.get("/tu-xep-loai/CB1/2023/").status_code == 200
    assert client.get("/tu-xep-loai/CB2/2023/").status_code == 404
    assert client.get("/nhap-tu-xep-loai/CB1/2023/").status_code == 403


def test_points_are_asked_in_two_parts_where_a_rule_divides_them(client, cell, on_day):
    on_day(date(2026, 1, 20))
    client.force_login(cell.secretary)
    address = "/tu-xep-loai/CB1/2025/"
    told = page(client, address)
    assert "từ 90 điểm; mọi nhiệm vụ hoàn thành đúng hạn; ít nhất 30% nhiệm vụ vượt yêu cầu" in told

    too_many = client.post(address, {"level": "good", "common": "31", "results": "55"})
    client.post(address, {"level": "good", "common": "26", "results": "55"})

    assert too_many.status_code == 422
    row = Rating.objects.get()
    assert (row.self_points, row.self_common) == (81, 26)


def test_a_number_that_rises_from_year_to_year_is_said_and_one_that_does_not_is_not(
    client, cell, officer
):
    cells = [cell.unit, *(make_cell(f"CB{n}", f"Chi bộ {n}").unit for n in (2, 3))]
    for year, well in ((2021, 1), (2022, 2), (2023, 3)):
        rated(cells[:well], year, Level.GOOD)
        rated(cells[well:], year, Level.COMPLETED)

    said = (
        "Số chi bộ hoàn thành tốt nhiệm vụ trở lên tăng qua các năm: 1 (2021), 2 (2022), 3 (2023)"
    )
    assert said in page(client, "/xep-loai-nam/XA/2023/")
    assert "tăng qua các năm" not in page(client, "/xep-loai-nam/XA/2021/")


def test_who_only_looks_decides_nothing(client, cell):
    client.force_login(committee_user("XA", role="viewer", name="xem"))

    assert client.get("/xep-loai-nam/XA/2023/").status_code == 200
    assert client.get("/dot-xep-loai/XA/2023/").status_code == 403


@pytest.mark.parametrize("year", [1999, 2025])
def test_a_year_without_sense_is_no_page(client, officer, year):
    assert client.get(f"/xep-loai-nam/XA/{year}/").status_code == 404


def test_a_round_asks_the_same_however_many_cells_it_has(client, cell, officer):
    counts = []
    for n in range(2, 5):
        client.get("/dot-xep-loai/XA/2023/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/dot-xep-loai/XA/2023/")
        counts.append(len(queries))
        make_cell(f"CB{n}", f"Chi bộ {n}")

    assert counts[0] == counts[1] == counts[2]


def test_the_command_tells_levels_cap_and_trend(cell):
    cells = [cell.unit, make_cell("CB2", "Chi bộ 2").unit]
    rated(cells[:1], 2022, Level.COMPLETED)
    rated(cells, 2023, Level.GOOD)
    out = StringIO()

    call_command("rating", "XA", year=2023, json=True, stdout=out)

    told = json.loads(out.getvalue())
    assert told["levels"] == {
        "excellent": 0, "good": 2, "completed": 0, "not_completed": 0, "not_rated": 0,
    }  # fmt: skip
    assert told["cap"] == {"numerator": 0, "denominator": 2, "limit": 0, "within": True}
    assert [(each["year"], each["good"]) for each in told["trend"]] == [(2022, 0), (2023, 2)]
    assert Unit.objects.get(code="XA").ratings.count() == 0


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_the_office_takes_the_decision_as_a_file(client, cell, officer, form):
    rated([cell.unit], 2023, Level.GOOD)
    address = f"/dot-xep-loai/XA/2023/quyet-dinh-1.{form}"

    assert address in page(client, "/dot-xep-loai/XA/2023/")
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.content[:2] == (b"PK" if form == "docx" else b"%P")
    no_draft = client.get(f"/dot-xep-loai/XA/2023/quyet-dinh-0.{form}")
    assert no_draft["Location"] == "/dot-xep-loai/XA/2023/"
    assert client.get("/dot-xep-loai/XA/2023/quyet-dinh-1.odt").status_code == 404
    client.force_login(cell.secretary)
    assert client.get(address).status_code == 403


def test_what_needs_no_look_is_folded_and_decided_all_the_same(client, cell, officer):
    cells = [cell.unit, *(make_cell(f"CB{n}", f"Chi bộ {n}").unit for n in range(2, 10))]
    for each in cells[:8]:
        actions.rate_self(
            each, 2023, rating=actions.SelfRating(Level.EXCELLENT), by=system_person()
        )
    actions.verify(cells, 2023, levels={cells[1].pk: Level.GOOD}, by=system_person())

    shown = page(client, "/dot-xep-loai/XA/2023/")
    client.post(
        "/dot-xep-loai/XA/2023/",
        {"decision": "12-QĐ/ĐU", "on": "28/12/2023"}
        | {f"level_{each.pk}": "excellent" for each in cells},
    )

    assert "Hiện 7 tổ chức không có gì khác mức tự xếp loại" in shown
    assert "chưa tự xếp loại</label>" not in shown  # one is no more than a screen
    folds = [part.split(chr(34))[0] for part in shown.split("data-fold=" + chr(34))[1:]]
    assert folds == ["differs", "waiting", *["agrees"] * 7]
    assert Rating.objects.exclude(level="").count() == 9
