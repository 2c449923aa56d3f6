from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nennep.meetings.tests.factories import make_cell
from nennep.recognition.models import Commendation, CommendationRound, Nomination
from nennep.recognition.tests.factories import (
    a_round,
    cells_of,
    commended,
    commune_with_cells,
    proposed,
)
from nennep.tasks.tests.factories import committee_user, working_cell

pytestmark = pytest.mark.django_db


@pytest.fixture
def commune():
    return commune_with_cells()


@pytest.fixture
def officer(client, commune):
    who = committee_user("XA")
    client.force_login(who)
    return who


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def address_of(round_, more=""):
    return f"/dot-khen-thuong/{round_.public_id}/{more}"


def test_an_office_opens_a_round_with_the_grounds_in_force_before_it(client, commune, officer):
    shown = page(client, "/khen-thuong/XA/mo-dot/")
    answer = client.post(
        "/khen-thuong/XA/mo-dot/",
        {
            "occasion": "Sơ kết Đề án 11-ĐA/TU", "first_day": "6/12/2021", "last_day": "13/6/2024",
            "grounds": "01-HD/TW", "body": "standing",
        },
    )  # fmt: skip

    assert "01-HD/TW, khen thưởng không theo định kỳ" in shown
    round_ = CommendationRound.objects.get()
    assert answer.url == address_of(round_)
    assert "Sơ kết Đề án 11-ĐA/TU" in page(client, "/khen-thuong/XA/")


def test_a_secretary_proposes_and_sees_only_what_comes_from_the_own_cell(client):
    cell = working_cell()
    commune = cell.unit.parent
    other = make_cell("CB2", "Chi bộ 2").unit
    round_ = a_round(commune)
    proposed(round_, other, "Trần Thị Bình")
    client.force_login(cell.secretary)

    client.post(
        address_of(round_, "de-nghi/CB1/"),
        {
            "kind": "person", "unit": cell.unit.pk, "name": "Nguyễn Văn An", "reasons": "Gương mẫu",
            "declares": "on",
        },
    )  # fmt: skip
    shown = page(client, address_of(round_))

    assert "Nguyễn Văn An" in shown
    assert "cam đoan" in shown
    assert "Trần Thị Bình" not in shown


def test_without_the_declaration_the_form_comes_back_with_what_was_typed(client, commune, officer):
    round_ = a_round(commune)
    cell = cells_of(commune)[0]

    answer = client.post(
        address_of(round_, "de-nghi/XA/"),
        {"kind": "collective", "unit": cell.pk, "reasons": "Sinh hoạt đều"},
    )

    assert answer.status_code == 422
    assert "Sinh hoạt đều" in answer.content.decode()
    assert not Nomination.objects.exists()


def test_an_office_withdraws_a_proposal_and_drops_an_empty_round(client, commune, officer):
    round_ = a_round(commune)
    proposal = proposed(round_, cells_of(commune)[0])
    empty = a_round(commune, occasion="Nhầm")

    client.post(f"/de-nghi-khen-thuong/{proposal.public_id}/rut/")
    client.post(address_of(empty, "bo/"))

    assert list(Nomination.objects.standing()) == []
    assert list(CommendationRound.objects.all()) == [round_]


def test_the_short_list_is_made_on_request_and_says_its_criteria(client, commune, officer):
    round_ = a_round(commune)

    assert "goi-y/" in page(client, address_of(round_))
    assert "không xếp hạng" in page(client, address_of(round_, "goi-y/"))


def test_who_only_looks_opens_nothing_and_sees_no_proposal(client, commune):
    round_ = a_round(commune)
    proposed(round_, cells_of(commune)[0], "Nguyễn Văn An")
    client.force_login(committee_user("XA", role="viewer", name="xem"))

    assert "Nguyễn Văn An" not in page(client, address_of(round_))
    assert client.get("/khen-thuong/XA/mo-dot/").status_code == 403
    assert client.get(address_of(round_, "goi-y/")).status_code == 403


def test_a_round_asks_the_same_however_many_are_proposed(client, commune, officer):
    round_ = a_round(commune)
    counts = []
    for cell in cells_of(commune):
        proposed(round_, cell)
        client.get(address_of(round_))
        with CaptureQueriesContext(connection) as queries:
            client.get(address_of(round_))
        counts.append(len(queries))

    assert len(set(counts)) == 1


def test_an_office_writes_down_the_vote_and_the_decision(client, commune, officer):
    round_ = a_round(commune)
    nomination = proposed(round_, cells_of(commune)[0])

    client.post(
        address_of(round_, "xet/"),
        {
            "on": "13/6/2024", "votes_cast": "9", f"votes_{nomination.pk}": "8",
            f"award_{nomination.pk}": "Giấy khen",
        },
    )  # fmt: skip
    assert "8 trên 9 phiếu" in page(client, address_of(round_))
    answer = client.post(
        address_of(round_, "quyet-dinh/"), {"on": "13/6/2024", "symbol": "21-QĐ/ĐU"}
    )
    assert answer.status_code == 302

    shown = page(client, "/khen-thuong/XA/")
    assert "21-QĐ/ĐU" in shown
    assert nomination.unit.name in shown


def test_an_office_takes_the_list_and_the_text_of_certificates_and_others_do_not(
    client, commune, officer
):
    round_ = a_round(commune)
    nomination = proposed(round_, cells_of(commune)[0])
    client.post(
        address_of(round_, "xet/"),
        {
            "on": "13/6/2024", "votes_cast": "9", f"votes_{nomination.pk}": "8",
            f"award_{nomination.pk}": "Giấy khen",
        },
    )  # fmt: skip
    files = [address_of(round_, name) for name in ("danh-sach.docx", "noi-dung-1.pdf")]

    assert [client.get(name).status_code for name in files] == [200, 200]
    assert client.get(address_of(round_, "noi-dung-2.pdf")).status_code == 404
    assert "Tiền thưởng (tổng số)" in page(client, address_of(round_))
    client.force_login(committee_user("XA", role="viewer", name="xem"))
    assert [client.get(name).status_code for name in files] == [403, 403]
    assert "Tiền thưởng" not in page(client, address_of(round_))


def test_an_office_enters_an_earlier_decision_line_by_line_and_strikes_a_slip(
    client, commune, officer
):
    first, second, _third = cells_of(commune)
    said = {
        "symbol": "7-QĐ/ĐU", "on": "19/5/2024", "occasion": "Tổng kết năm 2023",
        "award": "Giấy khen", "rhythm": "year",
    }  # fmt: skip

    wrong = client.post("/khen-thuong/XA/nhap/", said | {"lines": "Chi bộ không có"})
    lines = f"{first.name}\n{second.code}; Nguyễn Văn An; Bí thư chi bộ"
    client.post("/khen-thuong/XA/nhap/", said | {"lines": lines})

    assert wrong.status_code == 422
    assert "“Chi bộ không có”" in wrong.content.decode()
    collective, person = Commendation.objects.order_by("kind")
    assert (collective.unit, person.unit, person.name) == (first, second, "Nguyễn Văn An")
    client.post(f"/khen-thuong/XA/{person.public_id}/xoa/", {"reason": "Nhầm"})
    assert list(Commendation.objects.all()) == [collective]


def test_a_body_does_not_touch_what_another_gave(client, commune, officer):
    row = commended(cells_of(commune)[0], date(2024, 5, 19))

    assert client.get(f"/khen-thuong/XA/{row.public_id}/sua/").status_code == 404
    assert client.post(f"/khen-thuong/XA/{row.public_id}/xoa/", {"reason": "x"}).status_code == 404
    assert list(Commendation.objects.all()) == [row]
