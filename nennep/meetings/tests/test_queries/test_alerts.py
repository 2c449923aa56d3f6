"""What cells should see to: read in sets, with names inside the cell alone."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nennep.accounts.queries import system_person
from nennep.meetings import actions
from nennep.meetings.queries.alerts import alerts_of_cells
from nennep.meetings.rules.alerts import AlertKind
from nennep.meetings.rules.attendance import Absence
from nennep.meetings.tests.factories import at, make_cell, make_figures_only_cell, ready
from nennep.members.models import Exemption, Standing, Stay
from nennep.organisation.models import PartyGroup, Unit
from nennep.regulations.actions import confirm
from nennep.regulations.models import RuleValue

pytestmark = pytest.mark.django_db
K = AlertKind


@pytest.fixture
def cell():
    return make_cell(official=9)


def held(cell, month, **absent):
    """`m4="unexcused"`: the fourth member; everybody else came."""
    absences = {cell.members[int(who[1:])].pk: Absence(how, "ốm" if how == "excused" else "") for who, how in absent.items()}  # fmt: skip
    meeting = ready(
        cell, started_at=at(3, month=month), period=date(2024, month, 1), absences=absences
    )
    actions.close_minutes(meeting, by=cell.secretary)


def told(*cells, with_names=False):
    units = [cell.unit for cell in cells]
    return {
        (each.cell.code, each.kind): each for each in alerts_of_cells(units, with_names=with_names)
    }


def test_absences_that_add_up_are_told_by_name_inside_the_cell_and_by_number_outside(cell):
    for month in (3, 4, 5):
        held(cell, month, m4="unexcused", m5="excused")
    held(cell, 6, m4="unexcused", m5="excused", m6="unexcused")

    inside, outside = told(cell, with_names=True), told(cell)

    limit = inside["CB1", K.UNEXCUSED_LIMIT]
    assert limit.names == (cell.members[4].full_name,)
    assert "(4 tháng)" in limit.sentence
    assert "Điều lệ" in limit.source
    assert cell.members[5].full_name in inside["CB1", K.EXCUSED].sentence
    assert set(inside) == {("CB1", K.UNEXCUSED_LIMIT), ("CB1", K.EXCUSED)}
    assert all(m.full_name not in each.sentence for each in outside.values() for m in cell.members)
    assert outside["CB1", K.UNEXCUSED_LIMIT].sentence.endswith("1 đảng viên.")


def test_an_alert_says_when_nobody_has_compared_its_rule_with_the_original(cell):
    for month in (3, 4, 5, 6):
        held(cell, month, m4="unexcused", m5="excused")
    mark = "(chưa đối chiếu văn bản gốc)"

    def marked():
        return {kind.value: each.source.endswith(mark) for (_, kind), each in told(cell).items()}

    assert marked() == {"unexcused_limit": True, "excused": True}
    for value in RuleValue.objects.filter(key="meetings.alert_months"):
        confirm(value, by=system_person())
    assert marked() == {"unexcused_limit": False, "excused": True}


def test_who_has_left_the_cell_is_not_told_any_more(cell):
    for month in (4, 5):
        held(cell, month, m4="unexcused")
    assert ("CB1", K.UNEXCUSED) in told(cell)

    Standing.objects.filter(member=cell.members[4]).update(valid_to=date(2024, 6, 1))
    assert told(cell) == {}


def test_spells_that_end_soon_are_told_unless_something_goes_on(cell):
    away, exempt, going_on = cell.members[4:7]
    Stay.objects.create(member=away, valid_from=date(2024, 1, 1), valid_to=date(2024, 6, 30))
    Exemption.objects.create(member=exempt, basis="maternity", valid_from=date(2024, 1, 1), valid_to=date(2024, 7, 1))  # fmt: skip
    Exemption.objects.create(member=going_on, basis="maternity", valid_from=date(2024, 1, 1), valid_to=date(2024, 7, 1))  # fmt: skip
    Exemption.objects.create(member=going_on, basis="age_or_health", valid_from=date(2024, 7, 2))

    found = told(cell, with_names=True)

    assert found["CB1", K.STAY_ENDS].names == (away.full_name,)
    assert found["CB1", K.EXEMPTION_ENDS].names == (exempt.full_name,)
    assert "1-7-2024" in found["CB1", K.EXEMPTION_ENDS].sentence


def test_a_cell_too_small_and_one_too_large_are_told_even_where_only_figures_are_kept(cell):
    small = make_cell("CB2", "Chi bộ nhỏ", official=2, probationary=0)
    large = make_figures_only_cell(official=31)

    assert set(told(cell, small, large)) == {("CB2", K.FEW_OFFICIAL), ("QS1", K.NO_GROUPS)}

    PartyGroup.objects.create(unit=large.unit, name="Tổ 1", valid_from=date(2024, 1, 1))
    assert set(told(large)) == set()


def test_a_hundred_cells_cost_as_many_queries_as_one(cell):
    def count(*cells):
        with CaptureQueriesContext(connection) as queries:
            told(*cells, with_names=True)
        return len(queries)

    for month in (4, 5):
        held(cell, month, m4="unexcused")
    others = [make_cell(code, f"Chi bộ {code}") for code in ("CB2", "CB3")]
    told(cell)
    one = count(cell)
    for other in others:
        for month in (4, 5):
            held(other, month, m4="unexcused")

    assert count(cell, *others) == one


def test_the_cell_reads_names_on_its_pages_and_the_office_reads_numbers(cell, client):
    for month in (4, 5):
        held(cell, month, m4="unexcused")
    name = cell.members[4].full_name

    def shown(user, *addresses):
        client.force_login(user)
        return [" ".join(client.get(address).content.decode().split()) for address in addresses]

    own = ("/", "/can-luu-y/CB1/", "/to-chuc/CB1/")
    assert [name in page for page in shown(cell.secretary, *own)] == [True, True, True]
    pages = shown(cell.officer, "/can-luu-y/CB1/", "/to-chuc/CB1/", "/can-luu-y/XA/")
    assert ["1 đảng viên" in page for page in pages] == [True, True, True]
    assert [name in page for page in pages] == [False, False, False]


def test_the_list_of_a_committee_costs_the_same_for_one_and_for_three(cell, client):
    def count():
        client.force_login(cell.officer)
        with CaptureQueriesContext(connection) as queries:
            client.get("/can-luu-y/XA/")
        return len(queries)

    held(cell, 4, m4="unexcused")
    held(cell, 5, m4="unexcused")
    count()
    one = count()
    for code in ("CB2", "CB3"):
        other = make_cell(code, f"Chi bộ {code}")
        held(other, 4, m4="unexcused")
        held(other, 5, m4="unexcused")

    assert count() == one
    assert Unit.objects.filter(code="CB3").exists()
