"""The contract of the command line."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from nennep.core.refusal import Refusal
from nennep.members.actions import (
    appoint,
    enter_strength_figures,
    exempt_member,
    transfer_member,
)
from nennep.members.models import Member, Standing
from nennep.members.tests.factories import (
    FOUNDED,
    UserFactory,
    body,
    cell,
    city,
    committee,
    figures_only_cell,
    member,
)
from nennep.organisation.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return UserFactory()


def output(*args):
    out = StringIO()
    call_command(*args, stdout=out)
    return out.getvalue()


def units(*args):
    return {row["code"]: row for row in json.loads(output("units", *args, "--json"))}


def test_units_are_listed_with_their_place_and_strength(by):
    commune = committee(code="PL", national_code="01234567890123")
    here = cell(parent=commune, code="PL-1")
    cell(parent=commune, code="PL-2")
    army = figures_only_cell(parent=commune)
    exempt_member(member(here), basis="age_or_health", valid_from=date(2024, 1, 1), by=by)
    member(here, kind="probationary")
    enter_strength_figures(army, official=5, probationary=0, exempt=0, on=date(2024, 1, 1), by=by)
    listed = units()
    assert list(listed) == ["CITY", "PL", "PL-1", "PL-2", army.code]
    assert listed["PL"] == {
        "code": "PL",
        "national_code": "01.234.567.890.123",
        "name": "Đảng bộ xã Phù Linh",
        "kind": "grassroots_committee",
        "block": None,
        "parent": "CITY",
        "members": 7,
    }
    assert listed["PL-1"]["block"] == "residential"
    assert {code: row["members"] for code, row in listed.items()} == {
        "CITY": 7,
        "PL": 7,
        "PL-1": 2,
        "PL-2": 0,
        army.code: 5,
    }
    assert listed["CITY"]["parent"] is None
    assert list(units("--under", "PL")) == ["PL", "PL-1", "PL-2", army.code]
    assert "7" in output("units", "--under", "PL")


def test_units_of_a_day_are_those_of_that_day(by):
    here, there = (
        cell(code="A"),
        cell(code="B", parent=committee("Đảng bộ xã Tiên Dược", code="TD")),
    )
    transfer_member(member(here), to=there, on=date(2024, 3, 1), by=by)
    before, after = units("--on", "2024-02-29"), units("--on", "2024-03-01")
    assert (before["A"]["members"], before["TD"]["members"]) == (1, 0)
    assert (after["A"]["members"], after["TD"]["members"]) == (0, 1)
    assert units("--on", "2009-12-31") == {}


@pytest.mark.parametrize("wrong", [("--under", "KHONG-CO"), ("--on", "13-6-2024")])
def test_what_is_not_known_is_refused_in_words(wrong):
    city()
    with pytest.raises(Refusal):
        output("units", *wrong, "--json")


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_costs_as_many_queries_for_many_units_as_for_one(size, django_assert_num_queries):
    for _ in range(size):
        member(cell())
    with django_assert_num_queries(4):
        units()


def test_sound_data_has_no_faults(by):
    here = cell(code="A")
    secretary, *_ = [member(here) for _ in range(3)]
    appoint(secretary, body=body(here), title="secretary", valid_from=date(2022, 6, 1), by=by)
    assert json.loads(output("check_data", "--json")) == {
        "orphans": [],
        "cells_under_three_official": [],
        "expired_exemptions": [],
        "members_in_two_cells": [],
        "secretaries_without_term": [],
    }


def test_each_fault_is_named_by_code_or_public_id_and_never_by_name(by):
    here, small, closed = cell(code="A"), cell(code="SMALL"), cell(code="CLOSED")
    lost = cell(code="LOST", parent=committee("Đảng bộ đã giải thể", code="GONE"))
    people = [member(here) for _ in range(4)]
    for _ in range(3):
        member(lost)
    member(small)
    stranded = member(closed)
    Unit.objects.filter(code__in=["GONE", "CLOSED"]).update(ended_on=date(2024, 1, 1))
    appoint(
        people[0],
        body=body(here, term=False),
        title="secretary",
        valid_from=date(2022, 6, 1),
        by=by,
    )
    for first, last in (
        (date(2021, 1, 1), date(2022, 12, 31)),
        (date(2024, 1, 1), date(2024, 6, 12)),
    ):
        exempt_member(people[1], basis="case", valid_from=first, valid_to=last, by=by)
    exempt_member(
        people[2],
        basis="case",
        valid_from=FOUNDED.replace(year=2021),
        valid_to=date(2024, 6, 13),
        by=by,
    )
    Standing.objects.create(
        member=people[3],
        unit=small,
        kind="official",
        valid_from=date(2023, 1, 1),
        valid_to=date(2023, 1, 1),
    )
    grown = cell(code="GROWN")
    left_behind = member(here)
    transfer_member(left_behind, to=grown, on=date(2023, 1, 1), by=by)
    Unit.objects.filter(code="GROWN").update(kind="grassroots_committee")
    nobody = Member.objects.create(unit=here, full_name="Không Ai", sex="male", birth_year=1960)
    faults = json.loads(output("check_data", "--json"))
    assert faults == {
        "orphans": ["LOST", *sorted(str(one.public_id) for one in (stranded, nobody, left_behind))],
        "cells_under_three_official": ["SMALL"],
        "expired_exemptions": [str(people[1].public_id)],
        "members_in_two_cells": [str(people[3].public_id)],
        "secretaries_without_term": ["A"],
    }
    readable = output("check_data")
    assert "LOST" in readable
    assert people[0].full_name not in readable
