"""What people see of boards and figures, and where the links lead."""

import io
import json
import re
from datetime import date

import openpyxl
import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils.translation import gettext as _

from nennep.accounts.choices import Role
from nennep.accounts.queries import system_person
from nennep.accounts.tests.factories import give, make_person
from nennep.core.facts import rules_changed
from nennep.core.refusal import Refusal
from nennep.indicators import actions
from nennep.indicators.queries import pictures
from nennep.indicators.rules.catalogue import CATALOGUE
from nennep.indicators.tests.factories import give as give_task
from nennep.indicators.tests.factories import hold, month, working
from nennep.indicators.tests.factories_tree import TODAY, grow, hold_all
from nennep.members.actions import appoint
from nennep.members.choices import PositionTitle
from nennep.members.tests.factories import body, member
from nennep.ui.taking import name_of

pytestmark = pytest.mark.django_db
PERIOD = "tu=2024-01&den=2024-06"
PHONE = "024 3885 1234"
UNITS = "Regular meetings and attendance by unit"


@pytest.fixture
def tree(on_day):
    on_day(TODAY)
    tree = grow()
    actions.rebuild(by=system_person())
    hold_all(tree.n1, presences="pppe")
    hold_all(tree.n2, but=("2024-05",))
    return tree


@pytest.fixture
def see(client):
    """`see(person, url)`: the page as text."""

    def look(person, url, status=200):
        client.force_login(person)
        answer = client.get(url)
        assert answer.status_code == status, url
        return answer.content.decode() if status == 200 else ""

    return look


def test_a_person_of_one_unit_comes_to_its_board_at_once(tree, client):
    client.force_login(make_person(Role.SECRETARY, tree.n1))

    assert client.get(reverse("indicators:boards")).url == "/bang/N1/"


def test_a_person_of_two_units_chooses(tree, see):
    clerk = make_person(Role.OFFICER, tree.near)
    give(clerk, Role.OFFICER, tree.far)

    page = see(clerk, reverse("indicators:boards"))

    assert "/bang/NEAR/" in page
    assert "/bang/FAR/" in page


def test_a_board_shows_figures_with_their_parts_target_and_verdict(tree, see):
    page = see(make_person(Role.OFFICER, tree.district), f"/bang/DIST/?{PERIOD}")

    assert "86,1%" in page  # five months of 3/4 and four of 4/4
    assert "(31/36)" in page
    assert "11-ĐA/TU" in page
    assert "stat--warn" in page
    assert "Đảng bộ xã Gần" in page


def test_rows_in_order_fold_away_on_a_telephone_where_the_list_is_long(tree, see, monkeypatch):
    monkeypatch.setattr(pictures, "SHORT_LIST", 1)
    clerk = make_person(Role.OFFICER, tree.near)

    page = see(clerk, f"/bang/NEAR/?{PERIOD}")

    assert page.count('class="in-order"') == 1
    assert "Hiện cả 1 đơn vị sinh hoạt đủ kỳ, đúng hạn" in page


def test_a_member_sees_the_own_cell_and_the_way_to_its_meetings(tree, see):
    held = hold(tree.n1, month("2024-06"), "pppp")

    page = see(make_person(Role.MEMBER, tree.n1), f"/bang/N1/?{PERIOD}")

    assert f"/sinh-hoat/{held.public_id}/" in page
    assert "/so-ket/" not in page
    see(make_person(Role.MEMBER, tree.n1), "/bang/NEAR/", status=404)


def test_from_above_the_day_of_a_meeting_is_text_and_no_link(tree, see):
    page = see(make_person(Role.OFFICER, tree.near), f"/chi-tieu/N1/ATT/?{PERIOD}")

    assert "5-5-2024" in page
    assert "/sinh-hoat/" not in page.replace('href="/sinh-hoat/"', "")


@pytest.mark.parametrize(
    ("role", "unit"),
    [
        (Role.OFFICER, "district"),
        (Role.VIEWER, "near"),
        (Role.SECRETARY, "n1"),
        (Role.MEMBER, "n1"),
    ],
)
def test_a_board_never_leads_to_a_refusal(tree, client, role, unit):
    """Every link of the board, the figures and one figure, as each role."""
    person = make_person(role, getattr(tree, unit))
    client.force_login(person)
    code = getattr(tree, unit).code
    pages = [f"/bang/{code}/", f"/chi-tieu/{code}/", f"/chi-tieu/{code}/MTG_SILENT/"]
    links = set()
    for url in pages:
        body = client.get(f"{url}?{PERIOD}").content.decode()
        links |= {link.replace("&amp;", "&") for link in re.findall(r'href="(/[^"#]+)', body)}

    followed = [link for link in sorted(links) if not link.startswith(("/static/", "/dang-"))]

    assert len(followed) > 20
    for link in followed:
        assert client.get(link).status_code in {200, 302}, link


def test_every_indicator_has_a_page_at_every_level(tree, client):
    client.force_login(make_person(Role.OFFICER, tree.district))
    for code in ("DIST", "NEAR", "N1"):
        for indicator in CATALOGUE:
            url = reverse("indicators:figure", args=[code, indicator.code])
            assert client.get(f"{url}?{PERIOD}").status_code == 200, url


def test_the_figure_of_tasks_leads_down_to_cells_and_at_home_to_members(tree, see):
    working(tree.n1)
    working(tree.n2, 2)
    one, two, three = tree.n1.members.order_by("pk")[:3]
    give_task(tree.n1, one, on=date(2024, 5, 10), due=date(2024, 7, 1))
    give_task(tree.n2, tree.n2.members.first(), on=date(2024, 5, 10), due=date(2024, 7, 1))

    above = see(make_person(Role.OFFICER, tree.district), f"/chi-tieu/DIST/TASK/?{PERIOD}")
    officer = see(make_person(Role.OFFICER, tree.near), f"/chi-tieu/N1/TASK/?{PERIOD}")
    at_home = see(make_person(Role.SECRETARY, tree.n1), f"/chi-tieu/N1/TASK/?{PERIOD}")

    rows = above.partition('id="rows"')[2].partition('id="below"')[0]
    assert ("Chi bộ Một" in rows, "2/3" in rows) == (True, True)
    assert ("Chi bộ Hai" in rows, "1/2" in rows) == (True, True)
    assert "Chi bộ Ba" not in rows
    assert [m.full_name in officer for m in (one, two, three)] == [False, False, False]
    listed = at_home.partition('id="members"')[2]
    assert [m.full_name in listed for m in (one, two, three)] == [False, True, True]


def test_an_unknown_indicator_is_not_found(tree, see):
    see(make_person(Role.OFFICER, tree.district), "/chi-tieu/DIST/XYZ/", status=404)


def test_a_period_that_cannot_be_is_said_beside_the_form(tree, see):
    page = see(make_person(Role.OFFICER, tree.district), "/bang/DIST/?tu=2024-06&den=2024-01")

    assert "error" in page
    assert "12" in page


def test_cells_that_wait_to_be_recomputed_are_said_on_the_page(tree, see):
    rules_changed.send(sender=None, scope_path=tree.n2.path, since=date(2024, 1, 1))
    clerk = make_person(Role.OFFICER, tree.district)

    assert "notice--warn" in see(clerk, f"/bang/DIST/?{PERIOD}")
    assert "notice--warn" not in see(clerk, f"/bang/FAR/?{PERIOD}")


def test_the_structure_of_now_has_no_way_down(tree, see):
    page = see(make_person(Role.OFFICER, tree.district), f"/chi-tieu/DIST/ATT/?{PERIOD}&co_cau=now")

    assert 'id="below"' not in page


def test_the_workbook_of_a_board_is_its_table(tree, client):
    client.force_login(make_person(Role.OFFICER, tree.district))

    answer = client.get(f"/bang/DIST/?{PERIOD}&tai=xlsx&bang={name_of(_(UNITS))}")

    cells = [
        c.value for row in openpyxl.load_workbook(io.BytesIO(answer.content)).active for c in row
    ]
    assert "Đảng bộ xã Gần" in cells
    assert {10, 9, 1} <= set(cells)


def test_the_workbook_of_figures_is_the_page(tree, client):
    client.force_login(make_person(Role.OFFICER, tree.district))

    answer = client.get(f"/chi-tieu/DIST/?{PERIOD}&tai=xlsx&bang={name_of(_('All figures'))}")

    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert any(row[3].value == 31 and row[4].value == 36 for row in sheet.iter_rows())


def test_a_board_of_three_units_costs_no_more_queries_than_one_of_one(
    tree, client, django_assert_max_num_queries
):
    client.force_login(make_person(Role.OFFICER, tree.district))
    client.get(f"/bang/FAR/?{PERIOD}")
    with django_assert_max_num_queries(40) as few:
        client.get(f"/bang/FAR/?{PERIOD}")
    with django_assert_max_num_queries(len(few.captured_queries) + 1):
        client.get(f"/bang/NEAR/?{PERIOD}")


class TestCommand:
    """`nennep figures`: the contract others read."""

    def test_the_keys_are_those_of_the_contract(self, tree, capsys):
        call_command("figures", "DIST", first="2024-01", last="2024-06", json=True)

        told = json.loads(capsys.readouterr().out)

        assert list(told) == ["unit", "from", "to", "as_of", "indicators"]
        assert (told["unit"], told["from"], told["to"]) == ("DIST", "2024-01", "2024-06")
        assert told["as_of"] == "2024-06-13"
        keys = (
            "code name kind numerator denominator value target criterion bound met basis confirmed"
        )
        assert all(list(each) == keys.split() for each in told["indicators"])
        by_code = {each["code"]: each for each in told["indicators"]}
        att = by_code["ATT"]
        assert (att["numerator"], att["denominator"], att["value"]) == (31, 36, 0.861111)
        assert (att["target"], att["criterion"], att["bound"], att["met"]) == (
            0.9,
            0.85,
            "≥",
            False,
        )
        assert (att["basis"], att["confirmed"]) == ("11-ĐA/TU", False)
        assert (by_code["ORG.cells"]["value"], by_code["ORG.cells"]["denominator"]) == (3, None)
        assert by_code["PREP.finished"]["value"] is None

    def test_an_unknown_unit_and_a_missing_month_are_refused_in_words(self, tree):
        with pytest.raises(Refusal) as unknown:
            call_command("figures", "XYZ", first="2024-01", last="2024-06", json=True)
        assert "XYZ" in unknown.value.message
        with pytest.raises(Refusal):
            call_command("figures", "DIST", json=True)

    def test_verify_counts_what_it_compared(self, tree, capsys):
        call_command("figures", "verify")

        assert re.fullmatch(
            r"Đã tính lại: \d+ tháng của chi bộ, \d+ tháng của đơn vị; không có chỗ khác\.\n",
            capsys.readouterr().out,
        )


@pytest.mark.parametrize(
    ("role", "is_shown"),
    [
        (Role.OFFICER, True),  # whose work it is to remind the cells
        (Role.ORGANISATION_OFFICER, True),
        (Role.VIEWER, False),
    ],
)
def test_the_telephone_of_a_secretary_is_shown_to_whose_work_it_is_to_call(
    tree, see, role, is_shown
):
    by = system_person()
    appoint(
        member(tree.n2, "Lê Thị Dung", by=by),
        body=body(tree.n2),
        title=PositionTitle.SECRETARY,
        valid_from=date(2024, 1, 1),
        office_phone=PHONE,
        by=by,
    )
    person = make_person(role, tree.near)

    pages = [see(person, f"/bang/NEAR/?{PERIOD}"), see(person, f"/chi-tieu/NEAR/MTG_REG/?{PERIOD}")]

    assert [PHONE in page for page in pages] == [is_shown, is_shown]
    assert all("Lê Thị Dung" in page for page in pages)
