"""The first-steps page says what is missing, the next thing first, and nothing of other parts."""

import pytest
from django.test import Client

from nennep.imports.actions import take_in
from nennep.imports.tests.factories import read
from nennep.organisation.choices import UnitKind
from nennep.organisation.tests.factories import make_unit, make_user

pytestmark = pytest.mark.django_db
MEMBERS = [
    ["Họ và tên", "Giới tính", "Ngày sinh", "Chính thức", "Chi bộ", "Chức vụ"],
    ["Nguyễn Văn An", "Nam", "3-2-1956", "19-5-1981", "DONG-1", "Bí thư"],
]


@pytest.fixture
def ward():
    return make_unit("Đảng bộ xã Đông", kind=UnitKind.GRASSROOTS_COMMITTEE, code="DONG")


def shown(role, unit):
    client = Client()
    client.force_login(make_user((role, unit)))
    return client.get("/buoc-dau/").content.decode()


def next_step(page):
    return page.split('id="next-title">')[1].split("<")[0]


def test_an_empty_organisation_begins_with_its_cells(ward):
    page = shown("administrator", ward)

    assert next_step(page) == "Các tổ chức đảng"
    assert "/nhap-bang-tinh/DONG/to-chuc/" in page


def test_then_come_the_rolls_which_are_not_the_administrators_work(ward):
    make_unit("Chi bộ thôn Đông 1", parent=ward, code="DONG-1")

    assert "/nhap-bang-tinh/DONG/dang-vien/" in shown("organisation_officer", ward)
    page = shown("administrator", ward)
    assert next_step(page) == "Danh sách đảng viên các chi bộ"
    assert "/nhap-bang-tinh/DONG/dang-vien/" not in page


def test_what_is_there_is_counted_and_the_next_thing_is_asked_for(ward):
    make_unit("Chi bộ thôn Đông 1", parent=ward, code="DONG-1")
    clerk = make_user(("organisation_officer", ward))
    take_in(read(ward, "members", MEMBERS, clerk), by=clerk)

    page = shown("organisation_officer", ward)
    assert next_step(page) == "Nhiệm kỳ"
    assert page.count("1/1 chi bộ") == 3


def test_cells_elsewhere_are_not_counted(ward):
    make_unit("Chi bộ xa", kind=UnitKind.GRASSROOTS_CELL)

    assert next_step(shown("organisation_officer", ward)) == "Các tổ chức đảng"


@pytest.mark.parametrize("count", [1, 3])
def test_it_asks_as_much_however_many_cells_there_are(ward, count, django_assert_num_queries):
    for n in range(count):
        make_unit(f"Chi bộ {n}", parent=ward, code=f"DONG-{n}")
    client = Client()
    client.force_login(make_user(("organisation_officer", ward)))
    with django_assert_num_queries(11):
        client.get("/buoc-dau/")


def home_of(role, unit):
    client = Client()
    client.force_login(make_user((role, unit)))
    return client.get("/").url


def test_while_nobody_can_sign_in_for_a_cell_the_first_steps_are_the_home(ward):
    cell = make_unit("Chi bộ thôn Đông 1", parent=ward, code="DONG-1")
    elsewhere = make_unit("Chi bộ xa", kind=UnitKind.GRASSROOTS_CELL)
    make_user(("secretary", elsewhere))

    assert home_of("administrator", ward) == "/buoc-dau/"
    assert home_of("organisation_officer", ward) == "/buoc-dau/"

    make_user(("secretary", cell))
    assert home_of("organisation_officer", ward) == "/bang/"
