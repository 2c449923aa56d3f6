import io
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from nennep.accounts.choices import Role
from nennep.accounts.models import Grant
from nennep.accounts.tests.factories import give, make_administrator, make_person
from nennep.core.models import TrailLine
from nennep.organisation.tests.factories import make_cell, make_committee, make_district

pytestmark = pytest.mark.django_db
TODAY = date(2024, 6, 13)


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def district():
    return make_district("Huyện", code="D1")


@pytest.fixture
def cell(district):
    return make_cell("Chi bộ Một", code="C1", parent=make_committee("Xã", parent=district))


def url(name="grants-under", code="D1", **query):
    return reverse(f"accounts:{name}", args=[code], query=query)


def names(answer):
    return [grant.user.display_name for grant in answer.context["page"].object_list]


@pytest.fixture
def roles(district, cell):
    make_person(Role.VIEWER, district, display_name="Không hạn")
    make_person(Role.VIEWER, district, display_name="Sắp hết", valid_to=date(2024, 7, 13))
    make_person(Role.VIEWER, district, display_name="Còn lâu", valid_to=date(2024, 7, 14))
    over = make_person(Role.SECRETARY, cell, display_name="Đã hết", valid_to=TODAY)
    Grant.objects.filter(user=over).update(valid_to=date(2024, 6, 12))
    make_person(Role.DEPUTY, cell, display_name="Chưa đến", valid_from=date(2024, 7, 1))


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        ("ending", ["Sắp hết"]),
        ("over", ["Đã hết"]),
        ("coming", ["Chưa đến"]),
        ("holding", ["Không hạn", "Sắp hết", "Còn lâu"]),
    ],
)
def test_roles_are_filtered_by_how_they_stand_today(client, district, roles, state, shown):
    client.force_login(make_person(Role.ORGANISATION_OFFICER, district, display_name="Tôi"))

    assert [n for n in names(client.get(url(state=state))) if n != "Tôi"] == shown


def test_a_filter_by_role_and_one_by_state_hold_together(client, district, roles):
    client.force_login(make_administrator(district))

    assert names(client.get(url(role="secretary", state="over"))) == ["Đã hết"]
    assert names(client.get(url(role="secretary", state="ending"))) == []


def test_the_workbook_holds_exactly_what_the_filter_shows(client, district, roles):
    client.force_login(make_administrator(district))

    answer = client.get(url(role="viewer", state="ending", tai="xlsx", bang="roles"))

    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert [(r[0].split(" (")[0], r[1], r[2], r[4].date(), r[5]) for r in rows] == [
        ("Sắp hết", "Committee viewer", "Huyện", date(2024, 7, 13), "ending soon")
    ]
    line = TrailLine.objects.first()
    assert (line.verb, line.is_look, line.details["count"]) == ("table taken away", True, 1)


def test_a_table_the_page_does_not_show_is_not_found_and_a_refused_page_gives_no_file(
    client, district, cell, roles
):
    client.force_login(make_administrator(district))
    assert client.get(url(tai="xlsx", bang="members")).status_code == 404

    client.force_login(make_person(Role.MEMBER, cell))
    assert client.get(url(tai="xlsx", bang="roles")).status_code == 403
    assert not TrailLine.objects.filter(verb="table taken away").exists()


def test_an_office_sees_who_holds_a_post_and_not_who_is_a_mere_member(client, district, cell):
    make_person(Role.SECRETARY, cell, display_name="Bí thư")
    member = make_person(Role.MEMBER, cell, display_name="Đảng viên")
    office = make_person(Role.OFFICER, district, display_name="Văn phòng")
    reader = make_person(Role.OFFICER, district, display_name="Được đọc", reads_content=True)

    client.force_login(office)
    assert "Đảng viên" not in names(client.get(url()))
    assert "Bí thư" in names(client.get(url()))
    assert client.get(reverse("accounts:account", args=[member.public_id])).status_code == 404
    client.force_login(reader)
    assert "Đảng viên" in names(client.get(url()))


def test_ticked_roles_go_on_together(client, district, roles):
    client.force_login(make_administrator(district))
    ticked = Grant.objects.filter(user__display_name__in=["Sắp hết", "Đã hết"])

    answer = client.post(
        url("prolong", q="hết"),
        {"valid_to": "2025-12-31", "grant": [g.pk for g in ticked]},
    )

    assert answer.url == url(q="hết")
    soon, over = (
        Grant.objects.get(user__display_name=name, ended_at=None) for name in ("Sắp hết", "Đã hết")
    )
    assert (soon.valid_from, soon.valid_to) == (date(2024, 1, 1), date(2025, 12, 31))
    assert (over.valid_from, over.valid_to) == (TODAY, date(2025, 12, 31))
    assert TrailLine.objects.filter(verb="role prolonged").count() == 2


def test_all_that_the_filter_shows_go_on_in_the_reach_of_the_office(client, district, cell, roles):
    give(make_person(Role.OFFICER, district), Role.VIEWER, district, valid_to=date(2024, 7, 1))
    client.force_login(make_person(Role.ORGANISATION_OFFICER, district))

    client.post(url("prolong"), {"valid_to": "2025-01-31", "all_found": "on"})

    prolonged = Grant.objects.filter(valid_to=date(2025, 1, 31))
    assert [g.user.display_name for g in prolonged] == ["Đã hết"]


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"valid_to": "2025-01-31"}, "Tick the roles"),
        ({"valid_to": "2024-06-12", "all_found": "on"}, "Tick the roles"),
        ({"all_found": "on"}, "fill this in or choose"),
    ],
)
def test_what_cannot_go_on_is_said(client, district, roles, form, words):
    client.force_login(make_administrator(district))

    answer = client.post(url("prolong"), form)

    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_one_that_cannot_go_on_keeps_all_of_them_as_they_were(client, district, roles):
    client.force_login(make_person(Role.OFFICER, district))
    ids = Grant.objects.filter(valid_to__isnull=False).values_list("pk", flat=True)

    answer = client.post(url("prolong"), {"valid_to": "2025-01-31", "grant": list(ids)})

    assert answer.status_code == 422
    assert not Grant.objects.filter(valid_to=date(2025, 1, 31)).exists()


def test_the_office_withdraws_a_role_of_a_cell_and_no_other(client, district, cell):
    secretary = make_person(Role.SECRETARY, cell).grants.get()
    viewer = make_person(Role.VIEWER, district).grants.get()
    client.force_login(make_person(Role.OFFICER, district))

    assert client.post(reverse("accounts:withdraw", args=[secretary.pk])).status_code == 302
    assert client.post(reverse("accounts:withdraw", args=[viewer.pk])).status_code == 409

    secretary.refresh_from_db()
    viewer.refresh_from_db()
    assert secretary.ended_at is not None
    assert viewer.ended_at is None
