"""Who follows which cell, named on one screen, and what a follower begins with."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nennep.meetings.tests.factories import (
    at,
    by,
    committee_user,
    make_cell,
    planned,
)
from nennep.organisation.models import Unit
from nennep.quality import actions
from nennep.quality.models import Following, Visit
from nennep.quality.tests.factories import text_of
from nennep.quality.tests.factories_supervision import (
    JUNE,
    address,
    commune,
    follow,
    made,
    seat,
    shown,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def cell():
    return make_cell()


def test_the_office_names_followers_of_all_cells_on_one_screen(office, cell):
    other = make_cell("CB2", "Chi bộ thôn Đoài")
    seat(cell.members[3])
    seat(cell.members[4])
    fields = {
        f"cell_{cell.unit.pk}": cell.members[3].pk,
        f"cell_{other.unit.pk}": cell.members[4].pk,
        "since": "2024-06-01",
        "do": "cells",
    }

    assert "2 cells are followed by nobody" in shown(office, "followers", commune())
    response = office.post(address("followers", commune()), fields)

    assert response.status_code == 302
    rows = Following.objects.order_by("unit__code").values_list("member_id", flat=True)
    assert list(rows) == [cell.members[3].pk, cell.members[4].pk]


def test_one_answer_names_who_follows_all_cells_left_with_nobody(office, cell):
    other = make_cell("CB2", "Chi bộ thôn Đoài")
    follow(cell, cell.members[3], date(2024, 1, 1))
    seat(cell.members[4])
    fields = {
        f"cell_{cell.unit.pk}": cell.members[3].pk,
        "others": cell.members[4].pk,
        "since": "2024-06-01",
        "do": "cells",
    }

    office.post(address("followers", commune()), fields)

    assert followed_by() == {
        cell.unit.code: cell.members[3].pk,
        other.unit.code: cell.members[4].pk,
    }


def followed_by():
    rows = Following.objects.filter(valid_to=None)
    return dict(rows.values_list("unit__code", "member_id"))


@pytest.fixture
def district(client, cell):
    """The committee above the commune, with two of its members; its office is signed in."""
    above = Unit.objects.get(code="HUYEN")
    for member in cell.members[3:5]:
        seat(member, unit=above)
    client.force_login(committee_user("HUYEN"))
    return above


def test_a_district_names_one_member_for_all_cells_of_a_commune(client, district, cell):
    other = make_cell("CB2", "Chi bộ thôn Đoài")
    follow(cell, cell.members[5], date(2024, 1, 1))  # of the commune: stays

    assert "0/2" in shown(client, "followers", district)
    client.post(
        address("followers", district),
        {f"all-area_{commune().pk}": cell.members[3].pk, "all-since": "2024-06-01", "do": "areas"},
    )

    rows = Following.objects.filter(committee=district).order_by("unit__code")
    assert list(rows.values_list("unit__code", "member_id")) == [
        (cell.unit.code, cell.members[3].pk),
        (other.unit.code, cell.members[3].pk),
    ]
    assert Following.objects.filter(committee=commune(), valid_to=None).count() == 1
    assert f"{cell.members[3].full_name}: 2" in shown(client, "followers", district)


def test_and_puts_single_cells_of_it_right_on_the_communes_own_list(client, district, cell):
    url = f"{address('followers', district)}?cua={commune().code}"
    assert cell.unit.name in text_of(client.get(url))

    response = client.post(
        url,
        {f"cell_{cell.unit.pk}": cell.members[4].pk, "since": "2024-06-01", "do": "cells"},
    )

    assert response["Location"] == url
    assert Following.objects.get().committee == district
    assert client.get(f"{address('followers', commune())}?cua=HUYEN").status_code == 404


def test_naming_for_many_cells_costs_as_many_queries_as_for_one(
    client, district, cell, django_assert_max_num_queries
):
    def name(member):
        return client.post(
            address("followers", district),
            {f"all-area_{commune().pk}": member.pk, "all-since": "2024-06-01", "do": "areas"},
        )

    with CaptureQueriesContext(connection) as one:
        name(cell.members[3])
    count = len(one)
    for number in range(2, 5):
        make_cell(f"CB{number}", f"Chi bộ {number}")
    name(cell.members[3])
    with django_assert_max_num_queries(count + 2):  # those before end
        name(cell.members[4])


def test_a_refused_follower_keeps_what_was_chosen(office, cell):
    follow(cell, cell.members[3], date(2024, 6, 10))
    seat(cell.members[4])
    fields = {f"cell_{cell.unit.pk}": cell.members[4].pk, "since": "2024-06-01", "do": "cells"}

    response = office.post(address("followers", commune()), fields)

    assert response.status_code == 422
    assert "Choose a later day" in text_of(response)


def test_who_follows_a_cell_is_told_to_the_cell(secretary, cell):
    follow(cell, cell.members[3], date(2024, 1, 1))

    page = shown(secretary, "supervision", cell.unit)

    assert f"{cell.members[3].full_name} of Đảng bộ xã Bình An follows this cell" in page


def test_a_follower_begins_with_the_own_cells_and_their_next_meetings(follower, cell):
    planned(cell, planned_at=at(20), place="Nhà văn hóa thôn")

    response = follower.get(reverse("quality:supervision-home"))
    assert response["Location"] == reverse("quality:own-cells")
    page = text_of(follower.get(response["Location"]))

    assert "19:30 on 20-6-2024" in page
    assert "Nhà văn hóa thôn" in page
    assert "I shall attend" in page


def test_one_tap_says_that_the_follower_will_come(follower, cell):
    fields = {"cell": cell.unit.pk, "month": "2024-06"}

    assert follower.post(reverse("quality:own-cells"), fields).status_code == 302

    visit = Visit.objects.get()
    assert (visit.visitor, visit.month) == (cell.members[3], JUNE)


def test_a_follower_plans_no_visit_to_somebody_elses_cell(follower, cell):
    other = make_cell("CB2", "Chi bộ thôn Đoài")

    response = follower.post(
        reverse("quality:own-cells"), {"cell": other.unit.pk, "month": "2024-06"}
    )

    assert response.status_code == 409
    assert not Visit.objects.exists()


def test_who_follows_nothing_reads_what_to_do(client, cell):
    client.force_login(cell.officer)

    assert "You follow no cell" in text_of(client.get(reverse("quality:own-cells")))


def test_a_secretary_who_follows_a_cell_out_of_sight_begins_with_the_own_cell(client, cell):
    other = make_cell("CB2", "Chi bộ thôn Đoài")
    follow(other, cell.members[3])
    cell.members[3].user = cell.secretary
    cell.members[3].save()
    client.force_login(cell.secretary)

    response = client.get(reverse("quality:supervision-home"))

    assert response.url == address("supervision", cell.unit)


def test_the_own_page_costs_the_same_for_one_cell_and_for_three(
    follower, cell, django_assert_max_num_queries
):
    url = reverse("quality:own-cells")
    follower.get(url)
    with django_assert_max_num_queries(40) as one:
        follower.get(url)
    for number in (2, 3):
        other = make_cell(f"CB{number}", f"Chi bộ {number}")
        actions.name_followers(
            commune(), {other.unit: cell.members[3]}, since=JUNE, by=by()
        )  # fmt: skip
        made(other)
    with django_assert_max_num_queries(len(one)):
        follower.get(url)
