import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nennep.accounts.queries import system_person
from nennep.core.refusal import Refusal
from nennep.organisation.models import Unit
from nennep.programmes import actions
from nennep.programmes.models import Programme
from nennep.programmes.tests.factories import ISSUED, city_scheme, dissolve, district_scheme, target
from nennep.tasks.tests.factories import committee_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return city_scheme()


@pytest.fixture
def district(city):
    return district_scheme(city)


@pytest.fixture
def page(client):
    def look(user, address):
        client.force_login(user)
        answer = client.get(address)
        return (
            " ".join(answer.content.decode().split())
            if answer.status_code == 200
            else answer.status_code
        )

    return look


def test_a_programme_shows_what_is_asked_and_by_which_programme(page, city, district):
    actions.set_target(district, target=target("0.95"), by=system_person())

    shown = page(committee_user("HUYEN"), f"/chuong-trinh/{district.public_id}/")

    assert "≥ 95%" in shown
    assert "chỉ tiêu: 100% chi bộ sinh hoạt thường kỳ hằng tháng" in shown
    assert "11-ĐA/TU" in shown
    assert "chưa đối chiếu văn bản gốc" in shown


def test_a_unit_below_sees_the_programmes_above_it_and_no_others(page, city, district):
    other = Unit.objects.get(code="XA")
    own = district_scheme(district, unit="XA", symbol="5-ĐA/ĐU")

    listed = page(committee_user("XA"), "/chuong-trinh/")

    assert all(each.symbol in listed for each in (city, district, own))
    above = page(committee_user("HUYEN"), "/chuong-trinh/")
    assert own.symbol in above
    assert other.name in page(
        committee_user("XA", name="xa2"), f"/chuong-trinh/{district.public_id}/"
    )


def test_an_officer_registers_sets_a_target_and_sees_it_reached_or_not(client, page, city):
    officer = committee_user("HUYEN")
    client.force_login(officer)
    client.post(
        "/chuong-trinh/moi/HUYEN/",
        {
            "kind": "scheme", "symbol": "07-ĐA/HU", "issuer": "Ban Thường vụ Huyện ủy",
            "title": "Nâng cao chất lượng sinh hoạt chi bộ", "issued_on": "10/3/2022",
            "carries_out": city.pk, "content": "",
        },
    )  # fmt: skip
    programme = Programme.objects.get(basis__symbol="07-ĐA/HU")

    answer = client.post(
        f"/chuong-trinh/{programme.public_id}/chi-tieu/",
        {
            "indicator": "ATT", "bound": "≥", "percent": "85", "wording": "85% đảng viên dự",
            "since": "10/3/2022", "due_on": "", "looser_because": "",
        },
    )  # fmt: skip

    assert answer.status_code == 422
    assert "11-ĐA/TU đặt ≥ 90%" in answer.content.decode()


def test_a_commune_says_by_which_plan_it_carries_a_scheme_out(client, page, district):
    client.force_login(committee_user("XA"))
    address = f"/trien-khai/XA/{district.public_id}/"

    client.post(f"{address}ghi/", {"document": "Kế hoạch 12-KH/ĐU", "on": "4/4/2022"})

    shown = page(committee_user("HUYEN"), f"/chuong-trinh/{district.public_id}/")
    assert "Kế hoạch 12-KH/ĐU" in shown
    assert "Đã triển khai: 1" in shown


def test_who_only_looks_keeps_nothing(client, district):
    client.force_login(committee_user("HUYEN", role="viewer", name="xem"))

    assert client.get(f"/chuong-trinh/{district.public_id}/").status_code == 200
    assert client.get(f"/chuong-trinh/{district.public_id}/chi-tieu/").status_code == 403
    assert client.get(f"/trien-khai/HUYEN/{district.public_id}/ghi/").status_code == 403


def test_the_page_of_a_programme_asks_the_same_however_many_took_it_up(client, district):
    client.force_login(committee_user("HUYEN"))
    address = f"/chuong-trinh/{district.public_id}/"
    client.get(address)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))
        actions.adopt(
            district, Unit.objects.get(code="XA"), document="Kế hoạch 12", on=ISSUED,
            by=system_person(),
        )  # fmt: skip

    assert counts[0] == counts[1]
    assert counts[0] <= 30


def programme(symbol, unit, **more):
    out = StringIO()
    call_command("programme", symbol, unit=unit, json=True, stdout=out, **more)
    return json.loads(out.getvalue())


def test_the_command_tells_targets_position_adoption_and_documents(city, district):
    told = programme("11-đa/tu", "CITY")

    assert set(told) >= {"targets", "position", "adoption", "documents"}
    asked = {each["indicator"]: each for each in told["targets"]}
    assert (asked["ATT"]["bound"], asked["ATT"]["threshold"]) == ("≥", 0.9)
    assert asked["TRAIN"]["wording"].startswith("chỉ tiêu: 100% bí thư")
    assert not asked["ATT"]["confirmed"]
    assert told["adoption"]["adopted"] == [
        {"unit": "HUYEN", "document": "07-ĐA/HU", "since": "2022-03-10"}
    ]
    assert told["documents"] == {"by_kind": {}, "total": 0}


def test_the_command_tells_what_binds_at_a_unit_below_on_a_day(district):
    actions.set_target(district, target=target("0.95"), by=system_person())

    told = programme("07-ĐA/HU", "CB1", on="2024-05-31")

    assert told["on"] == "2024-05-31"
    assert told["carries_out"] == ["11-ĐA/TU"]
    attendance = next(each for each in told["targets"] if each["indicator"] == "ATT")
    assert (attendance["threshold"], attendance["of"]) == (0.95, "07-ĐA/HU")


def test_a_symbol_that_nobody_here_carries_out_is_said(city):
    with pytest.raises(Refusal) as refused:
        programme("99-ĐA/TU", "HUYEN")
    assert "99-ĐA/TU" in refused.value.message


def test_an_office_takes_back_what_it_entered_by_mistake(client, district):
    commune = Unit.objects.get(code="XA")
    address = f"/trien-khai/XA/{district.public_id}/"
    client.force_login(committee_user("XA"))
    client.post(f"{address}ghi/", {"document": "Kế hoạch 12", "on": ISSUED.isoformat()})
    shown = client.get(address).content.decode()
    assert f"{commune.name} thực hiện theo Kế hoạch 12" in shown
    assert f"{address}ghi/" not in shown

    assert client.post(f"{address}rut/", {"reason": ""}).status_code == 422
    assert client.post(f"{address}rut/", {"reason": "ghi nhầm"}).status_code == 302

    assert not commune.adopted_programmes.exists()
    assert client.get(f"{address}rut/").status_code == 404
    assert f"{address}ghi/" in client.get(address).content.decode()


def test_the_page_names_who_goes_on_where_its_organisation_has_ended(page, district):
    commune = Unit.objects.get(code="XA")
    dissolve(district.unit, into=commune)

    shown = page(committee_user("CITY"), f"/chuong-trinh/{district.public_id}/")
    assert "chưa có văn bản tiếp tục thực hiện" in shown
    assert commune.name in shown

    actions.adopt(
        district, commune, document="Nghị quyết 3", on=date(2024, 3, 15), by=system_person()
    )
    shown = page(committee_user("CITY", name="tp2"), f"/chuong-trinh/{district.public_id}/")
    assert "tiếp tục thực hiện theo Nghị quyết 3, từ 15-3-2024" in shown
