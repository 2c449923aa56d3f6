from datetime import date

import pytest
from django.urls import reverse

from nennep.organisation import actions, queries
from nennep.organisation.choices import Block, BodyKind, UnitKind
from nennep.organisation.forms import CHANGES
from nennep.organisation.models import PartyGroup, Term, Unit
from nennep.organisation.tests.factories import (
    SOMEBODY,
    make_cell,
    make_committee,
    make_district,
    make_root,
    make_user,
)

pytestmark = pytest.mark.django_db
DAY = date(2023, 5, 10)


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def officer(client):
    """An organisation officer of the district that is returned, signed in."""
    district = make_district(code="D1")
    client.force_login(make_user(("organisation_officer", district)))
    return district


def address(name, unit, *more):
    return reverse(f"organisation:{name}", args=[unit.code, *more])


def post(client, name, unit, /, *more, **given):
    return client.post(address(name, unit, *more), given)


def test_whoever_reaches_one_part_of_the_tree_is_led_there(client, officer):
    assert client.get("/to-chuc/").url == address("unit", officer)


def test_whoever_reaches_two_parts_chooses(client):
    one, two = make_district("Huyện Một"), make_district("Huyện Hai")
    inside = make_committee("Xã Một", parent=one)
    make_district("Huyện Ba")
    client.force_login(make_user(("viewer", one), ("viewer", two), ("viewer", inside)))

    page = client.get("/to-chuc/").content.decode()

    assert "Huyện Một" in page
    assert "Huyện Hai" in page
    assert "Huyện Ba" not in page
    assert "Xã Một" not in page


def test_a_search_finds_what_is_in_sight_only(client, officer):
    make_committee("Xã Hòa Bình", parent=officer)
    make_committee("Xã Hòa Lạc")

    page = client.get("/to-chuc/", {"q": "hoa"}).content.decode()

    assert "Xã Hòa Bình" in page
    assert "Xã Hòa Lạc" not in page
    assert "Nothing has this name" in client.get("/to-chuc/", {"q": "zzz"}).content.decode()


def test_a_units_page_tells_what_it_is_and_what_it_was(client, officer):
    committee = make_committee(
        "Xã Cũ", parent=officer, code="COM", national_code="38.168.053.000.000"
    )
    actions.rename_unit(committee, "Xã Mới", on=DAY, by=SOMEBODY)
    body = actions.establish_body(committee, BodyKind.COMMITTEE, by=SOMEBODY)
    actions.begin_term(body, "2020–2025", starts_on=DAY, by=SOMEBODY)
    make_cell("Chi bộ Một", parent=committee)

    page = client.get(address("unit", committee)).content.decode()

    assert "38.168.053.000.000" in page
    assert "Xã Cũ" in page
    assert "Xã Mới" in page
    assert "2020–2025" in page
    assert "Chi bộ Một" in page
    assert "9-5-2023" in page
    assert "Đảng bộ Thành phố" not in page


def test_a_figures_only_unit_says_why(client, officer):
    army = make_committee("Ban chỉ huy", parent=officer, block=Block.ARMY)

    assert "keep totals here" in client.get(address("unit", army)).content.decode()


def test_strengths_are_shown_where_an_app_knows_them(client, officer, monkeypatch):
    monkeypatch.setattr(queries, "_strength", [lambda units, day: {u.pk: 1234 for u in units}])
    make_committee(parent=officer)

    assert "1.234 members" in client.get(address("unit", officer)).content.decode()


def test_a_unit_out_of_sight_is_not_there(client, officer):
    assert client.get(address("unit", make_root())).status_code == 404
    assert client.get(address("rename", make_root())).status_code == 404


def test_who_may_look_may_not_change(client):
    district = make_district()
    client.force_login(make_user(("viewer", district)))

    page = client.get(address("unit", district))

    assert "Record a change" not in page.content.decode()
    for name in ("create", "rename", "change-kind", "change-block", "move", "close"):
        assert client.get(address(name, district)).status_code == 403


def test_who_manages_one_place_and_looks_at_another_changes_only_the_first(client):
    mine, other = make_district(), make_district()
    client.force_login(make_user(("organisation_officer", mine), ("viewer", other)))

    assert client.get(address("rename", mine)).status_code == 200
    assert client.get(address("rename", other)).status_code == 403


def test_a_strangers_way_leads_to_the_sign_in_page(client):
    assert client.get("/to-chuc/").status_code == 302


def test_a_unit_is_added_below(client, officer):
    answer = post(
        client, "create", officer, name="Xã Bình An", code="ba", kind="grassroots_committee",
        founded_on="2023-05-10",
    )  # fmt: skip

    unit = Unit.objects.get(code="BA")
    assert answer.url == address("unit", unit)
    assert (unit.name, unit.parent, unit.founded_on) == ("Xã Bình An", officer, DAY)


def test_an_unusual_place_is_pointed_out(client, officer):
    post(
        client, "create", officer, name="Chi bộ", code="CB", kind="cell", block="office",
        founded_on="2023-05-10",
    )  # fmt: skip

    page = client.get(address("unit", Unit.objects.get(code="CB"))).content.decode()
    assert "does not usually stand under" in page


def test_a_refusal_stands_beside_its_field_and_typing_is_kept(client, officer):
    answer = post(
        client, "create", officer, name="Xã Bình An", code="D1", kind="grassroots_committee",
        founded_on="2023-05-10",
    )  # fmt: skip

    assert answer.status_code == 422
    assert "never used twice" in answer.context["form"].errors["code"][0]
    assert 'value="Xã Bình An"' in answer.content.decode()


@pytest.mark.parametrize(
    ("page", "given", "field", "value"),
    [
        ("rename", {"name": "Xã Khác", "on": "2023-05-10"}, "name", "Xã Khác"),
        ("change-kind", {"kind": "upper_committee", "on": "2023-05-10"}, "kind", "upper_committee"),
        ("change-block", {"block": "office", "on": "2023-05-10"}, "block", "office"),
        ("national-code", {"national_code": "38168053000000"}, "national_code", "38168053000000"),
        ("close", {"last_day": "2023-05-10"}, "ended_on", DAY),
    ],
)
def test_changes_are_recorded(client, officer, page, given, field, value):
    committee = make_committee(parent=officer)

    answer = post(client, page, committee, **given)

    assert answer.url == address("unit", committee)
    committee.refresh_from_db()
    assert getattr(committee, field) == value


def test_a_unit_is_moved_to_a_place_named_by_its_code_or_name(client, officer):
    target = make_committee("Xã Đích", parent=officer, code="TO")
    part = actions.create_unit(
        "Bộ phận", code="PART", kind=UnitKind.SECTION, parent=make_committee(parent=officer),
        founded_on=DAY, by=SOMEBODY,
    )  # fmt: skip
    cell = make_cell(parent=make_committee(parent=officer))
    outside = make_committee("Xã Ngoài")

    assert post(client, "move", cell, parent="xa dich", on="2023-05-10").status_code == 302
    assert Unit.objects.get(pk=cell.pk).parent == target
    assert post(client, "move", cell, parent="part", on="2023-05-10").status_code == 302
    assert Unit.objects.get(pk=cell.pk).parent == part
    answer = post(client, "move", cell, parent=outside.code, on="2023-05-10")
    assert "parent" in answer.context["form"].errors


def test_a_name_that_two_have_is_not_enough(client, officer):
    make_committee("Xã Đích", parent=officer)
    make_committee("Xã Đích", parent=officer)
    cell = make_cell(parent=make_committee(parent=officer))

    answer = post(client, "move", cell, parent="Xã Đích", on="2023-05-10")

    assert "Several" in answer.context["form"].errors["parent"][0]


def test_terms_and_groups_begin_and_end(client, officer):
    cell = make_cell(parent=make_committee(parent=officer))

    post(
        client, "begin-term", cell, kind="cell_committee", label="2022–2025", starts_on="2022-07-01"
    )
    term = Term.objects.get()
    post(
        client, "begin-term", cell, kind="cell_committee", label="2023–2025", starts_on="2023-01-01"
    )
    post(client, "open-party-group", cell, name="Tổ 1", on="2023-01-01")
    group = PartyGroup.objects.get()
    page = client.get(address("unit", cell)).content.decode()
    assert "Tổ 1" in page
    post(client, "close-party-group", cell, group.pk, last_day="2023-05-10")
    post(client, "end-term", cell, Term.objects.last().pk, last_day="2023-05-10")

    term.refresh_from_db()
    group.refresh_from_db()
    assert term.ends_on == date(2022, 12, 31)
    assert Term.objects.last().ends_on == DAY
    assert group.valid_to == DAY
    assert client.get(address("end-term", officer, term.pk)).status_code == 404


@pytest.mark.parametrize("name", [change.name for change in CHANGES.values()])
def test_every_form_opens(client, officer, name):
    committee = make_committee(parent=officer)

    assert client.get(address(name, committee)).status_code == 200


def test_a_unit_is_divided_when_it_ends_and_the_page_says_who_goes_on(client, officer):
    old, one, two, three = (make_committee(f"Xã {w}", parent=officer) for w in "ABCD")

    post(
        client, "close", old, last_day="2023-05-10", successor=one.code, also=f"{two.code}\nxa d\n"
    )

    page = client.get(address("unit", old)).content.decode()
    assert page.index("Xã B") < page.index("Xã C") < page.index("Xã D")
    assert page.count("(in part)") == 2
    assert f'href="{address("unit", three)}"' in page
    assert "goes on here from 11-5-2023" in client.get(address("unit", two)).content.decode()


def test_the_line_that_cannot_be_chosen_is_named(client, officer):
    old, one = make_committee("Xã A", parent=officer), make_committee("Xã B", parent=officer)

    answer = post(client, "close", old, last_day="2023-05-10", also=f"{one.code}\nXã Lạ")

    assert answer.context["form"].errors["also"][0].startswith("“Xã Lạ”: No such organisation")
    assert f"{one.code}\nXã Lạ" in answer.content.decode()


def test_a_successor_is_recorded_after_the_end_and_the_first_may_be_the_principal_one(
    client, officer
):
    old, one, two = (make_committee(f"Xã {w}", parent=officer) for w in "ABC")
    post(client, "close", old, last_day="2023-05-10")
    page = client.get(address("unit", old)).content.decode()
    assert address("record-successor", old) in page
    assert address("rename", old) not in page

    post(client, "record-successor", old, successor=one.code, on="2023-05-11", is_principal="on")
    assert "is_principal" not in client.get(address("record-successor", old)).context["form"].fields
    post(client, "record-successor", old, successor=two.code, on="2023-05-11")

    assert list(old.successions.order_by("id").values_list("successor", "is_principal")) == [
        (one.pk, True),
        (two.pk, False),
    ]


def test_a_part_is_divided_off_while_the_unit_lives(client, officer):
    old, new = make_committee("Xã A", parent=officer), make_committee("Xã B", parent=officer)

    post(client, "record-part", old, successor=new.code, on="2023-05-10")

    assert list(old.successions.values_list("successor", "is_principal")) == [(new.pk, False)]
    refused = post(client, "record-part", old, successor=new.code, on="2023-05-10")
    assert "recorded as a successor" in refused.context["form"].errors["successor"][0]


def test_a_successor_out_of_sight_is_named_without_a_link(client, officer):
    old, outside = make_committee("Xã A", parent=officer), make_committee("Xã Ngoài")
    actions.close_unit(old, last_day=DAY, by=SOMEBODY, successor=outside)

    page = client.get(address("unit", old)).content.decode()

    assert "Xã Ngoài" in page
    assert address("unit", outside) not in page


def test_a_day_that_cannot_be_stands_beside_the_day(client, officer):
    committee = make_committee(parent=officer)

    answer = post(client, "close", committee, last_day="2030-01-01")

    assert list(answer.context["form"].errors) == ["last_day"]


def queries_for(client, url, django_assert_max_num_queries):
    with django_assert_max_num_queries(60) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_pages_cost_the_same_with_one_row_and_with_three(
    client, officer, django_assert_max_num_queries, monkeypatch
):
    monkeypatch.setattr(queries, "_strength", [])

    def costs():
        return [
            queries_for(client, url, django_assert_max_num_queries)
            for url in (address("unit", officer), "/to-chuc/?q=xa", address("unit", committee))
        ]

    committee = make_committee("Xã", parent=officer)
    make_cell("Chi bộ xã", parent=committee)
    with_one = costs()
    for n in range(2):
        make_committee(f"Xã {n}", parent=officer)
        make_cell(f"Chi bộ xã {n}", parent=committee)
        actions.rename_unit(committee, f"Xã mới {n}", on=DAY, by=SOMEBODY)

    assert costs() == with_one
