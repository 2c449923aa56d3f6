from datetime import date, timedelta

import pytest

from nennep.core.refusal import Refusal
from nennep.organisation import actions
from nennep.organisation.choices import Block, BodyKind
from nennep.organisation.models import Lineage, PartyGroup, Term
from nennep.organisation.queries import principal_successors
from nennep.organisation.tests.factories import (
    FOUNDED,
    SOMEBODY,
    make_cell,
    make_committee,
    make_root,
    places,
    refused,
)

pytestmark = pytest.mark.django_db
DAY = date(2023, 5, 10)


def test_a_unit_closes_with_its_terms_and_groups(told):
    committee = make_committee()
    cell, other = make_cell(parent=committee, code="ONE"), make_cell(parent=committee)
    body = actions.establish_body(cell, BodyKind.CELL_COMMITTEE, by=SOMEBODY)
    term = actions.begin_term(body, "2022–2025", starts_on=date(2022, 1, 1), by=SOMEBODY)
    group = actions.open_party_group(cell, "Tổ 1", on=FOUNDED, by=SOMEBODY)
    told.clear()

    closed = actions.close_unit(cell, last_day=DAY, by=SOMEBODY, successor=other)

    assert closed.ended_on == DAY
    assert places(cell)[-1][5] == DAY
    assert Term.objects.get(pk=term.pk).ends_on == DAY
    assert PartyGroup.objects.get(pk=group.pk).valid_to == DAY
    lineage = Lineage.objects.get()
    assert (lineage.predecessor, lineage.successor, lineage.on, lineage.is_principal) == (
        cell,
        other,
        DAY + timedelta(days=1),
        True,
    )
    assert told == [("ONE", "place", None)]


def test_closings_that_are_refused():
    root, committee = make_root(), make_committee()
    cell = make_cell(parent=committee)
    late = make_cell(parent=committee, founded_on=DAY + timedelta(days=30))

    def close(unit, last_day=DAY, successor=None):
        return lambda: actions.close_unit(unit, last_day=last_day, by=SOMEBODY, successor=successor)

    refused("root_closes", close(root))
    refused("children_live", close(committee))
    refused("before_founding", close(cell, date(2019, 1, 1)))
    refused("future_day", close(cell, date(2024, 6, 14)))
    refused("own_successor", close(cell, successor=cell))
    refused("successor_not_there", close(cell, successor=late))
    close(cell)()
    refused("unit_closed", close(cell))
    actions.close_unit(late, last_day=date(2024, 1, 1), by=SOMEBODY)
    refused("child_stood_later", close(committee))
    close(committee, date(2024, 1, 1))()


def test_an_app_above_may_keep_a_unit_open(monkeypatch):
    from nennep.organisation.actions import closing

    def somebody_is_there(unit, last_day):
        raise Refusal("3 people", code="people_there")

    monkeypatch.setattr(closing, "_checks", [])
    actions.may_close(somebody_is_there)
    actions.may_close(somebody_is_there)
    assert closing._checks == [somebody_is_there]
    cell = make_cell()

    refused("people_there", lambda: actions.close_unit(cell, last_day=DAY, by=SOMEBODY))
    refused("people_there", lambda: actions.change_block(cell, Block.ARMY, on=DAY, by=SOMEBODY))


def test_a_unit_has_one_principal_successor_and_any_number_of_others():
    committee = make_committee()
    cell, first, second = (make_cell(parent=committee) for _ in range(3))
    day = DAY + timedelta(days=1)

    def write(successor, **more):
        return lambda: actions.write_lineage(cell, successor, on=day, by=SOMEBODY, **more)

    refused("predecessor_lives", write(first))
    actions.close_unit(cell, last_day=DAY, by=SOMEBODY, successor=first)
    refused("lineage_written", write(first))
    refused("principal_written", write(second))
    write(second, is_principal=False)()
    assert Lineage.objects.filter(predecessor=cell).count() == 2


def test_a_divided_unit_goes_on_as_one_and_in_part_as_others(told):
    committee = make_committee()
    cell, first, second, third = (make_cell(parent=committee) for _ in range(4))

    actions.close_unit(cell, last_day=DAY, by=SOMEBODY, successor=first, also=[second, third])

    written = Lineage.objects.filter(predecessor=cell, on=DAY + timedelta(days=1))
    assert sorted(written.values_list("successor", "is_principal")) == sorted(
        [(first.pk, True), (second.pk, False), (third.pk, False)]
    )
    assert principal_successors() == {cell.pk: first.pk}


def test_one_unit_is_not_both_the_principal_successor_and_a_further_one():
    committee = make_committee()
    cell, other = make_cell(parent=committee), make_cell(parent=committee)

    refused(
        "lineage_written",
        lambda: actions.close_unit(cell, last_day=DAY, by=SOMEBODY, successor=other, also=[other]),
    )
    assert not Lineage.objects.exists()


def test_a_part_goes_on_elsewhere_while_the_unit_lives_and_later_becomes_the_principal_one():
    committee = make_committee()
    cell, other = make_cell(parent=committee), make_cell(parent=committee)

    def write(on, **more):
        return lambda: actions.write_lineage(cell, other, on=on, by=SOMEBODY, **more)

    refused("predecessor_lives", write(DAY))
    refused("future_day", write(date(2024, 6, 14), is_principal=False))
    write(DAY, is_principal=False)()
    assert principal_successors() == {}

    actions.close_unit(cell, last_day=date(2024, 1, 31), by=SOMEBODY, successor=other)

    assert principal_successors() == {cell.pk: other.pk}
    assert Lineage.objects.get().on == DAY
