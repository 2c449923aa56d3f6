from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nennep.core.refusal import Refusal
from nennep.members.choices import PositionTitle
from nennep.members.tests import factories as members
from nennep.organisation.choices import UnitKind
from nennep.training.choices import CellGroup, TrainPost, Verdict
from nennep.training.queries.contract import training_json
from nennep.training.queries.coverage import coverage_of
from nennep.training.queries.name_lists import judge_names, names_in_file, names_in_text
from nennep.training.tests.factories import (
    cell_with_officers,
    committee_body,
    held,
    post,
    session,
)

pytestmark = pytest.mark.django_db


def counts(coverage):
    return {c.post: c.pair for c in coverage.by_post}


def test_coverage_counts_by_post_and_by_group_of_cells():
    district = members.unit("Đảng bộ huyện", UnitKind.DISTRICT, members.city())
    committee = members.committee(parent=district)
    cell_with_officers(parent=committee)
    alone = cell_with_officers("Chi bộ Bưu điện", district, kind=UnitKind.GRASSROOTS_CELL)
    leader = members.member(alone, "Lê Văn Đảng Ủy")
    post(leader, committee_body(committee), PositionTitle.SECRETARY, date(2022, 1, 1))
    held(district, absent=[alone.people["An"]])

    coverage = coverage_of(district, 2024)

    assert counts(coverage) == {
        TrainPost.SECRETARY: (1, 2),
        TrainPost.DEPUTY: (2, 2),
        TrainPost.CELL_COMMITTEE: (2, 2),
        TrainPost.COMMITTEE: (0, 1),
    }
    assert coverage.count(TrainPost.SECRETARY, CellGroup.UNDER_COMMITTEE).pair == (1, 1)
    assert coverage.count(TrainPost.SECRETARY, CellGroup.GRASSROOTS).pair == (0, 1)
    assert [h.name for h in coverage.missing] == [leader.full_name, alone.people["An"].full_name]


def test_a_year_is_judged_by_those_who_hold_the_post_on_its_last_day():
    cell = cell_with_officers()
    held(cell.parent, on=date(2023, 3, 5))
    old, new = cell.people["An"], cell.people["Dung"]
    old.positions.update(valid_to=date(2023, 6, 30))
    post(new, cell.body, PositionTitle.SECRETARY, date(2023, 7, 1))

    assert counts(coverage_of(cell, 2023))[TrainPost.SECRETARY] == (0, 1)
    assert counts(coverage_of(cell, 2024))[TrainPost.DEPUTY] == (0, 1)

    held(cell.parent, on=date(2023, 11, 5), posts=[TrainPost.SECRETARY])
    assert counts(coverage_of(cell, 2023))[TrainPost.SECRETARY] == (1, 1)


def test_a_cell_that_came_from_elsewhere_counts_where_it_stood_that_day():
    one, other = members.committee("Đảng bộ xã Một"), members.committee("Đảng bộ xã Hai")
    cell = cell_with_officers(parent=one)
    held(one, on=date(2023, 3, 5))
    place = cell.placements.get()
    place.valid_to = date(2023, 12, 31)
    place.save()
    cell.placements.create(
        parent=other, path=place.path.replace(one.path, other.path), name=cell.name,
        kind=cell.kind, block=cell.block, valid_from=date(2024, 1, 1),
    )  # fmt: skip

    assert counts(coverage_of(one, 2023))[TrainPost.SECRETARY] == (1, 1)
    assert counts(coverage_of(other, 2023)) == {TrainPost.SECRETARY: (0, 0)}
    assert counts(coverage_of(other, 2024))[TrainPost.SECRETARY] == (0, 1)


def test_coverage_asks_the_same_number_of_questions_of_one_cell_and_of_many():
    committee = members.committee()
    cell_with_officers(parent=committee)
    held(committee)

    def asked():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            coverage_of(committee, 2024)
        return len(queries)

    of_one = asked()
    for number in range(3):
        cell_with_officers(f"Chi bộ {number}", committee)
    assert asked() == of_one


def test_the_contract_has_names_in_a_cell_and_counts_above_it():
    cell = cell_with_officers()
    held(cell.parent, absent=[cell.people["Chi"]])

    posts = [
        {"post": "secretary", "holding": 1, "trained": 1},
        {"post": "deputy", "holding": 1, "trained": 1},
        {"post": "cell_committee_member", "holding": 1, "trained": 0},
    ]
    missing = {"code": cell.code, "post": "cell_committee_member"}
    assert training_json(cell, 2024) == {
        "by_post": posts,
        "missing": [missing | {"member": cell.people["Chi"].full_name}],
    }
    assert training_json(cell.parent, 2024) == {
        "by_post": posts,
        "missing": [missing | {"count": 1}],
    }
    with pytest.raises(Refusal):
        training_json(cell, 2025)


@pytest.fixture
def listed():
    """An is invited to a session; two people are called Nguyễn Thị Hoa."""
    cell = cell_with_officers()
    made = session(cell.parent, posts=[TrainPost.SECRETARY])
    from nennep.accounts.queries import system_person
    from nennep.training.actions import invite_holders

    invite_holders(made, by=system_person())
    made.cell = cell
    members.member(cell, "Nguyễn Thị Hoa", birth_year=1970)
    members.member(cell_with_officers("Chi bộ thôn Đông", cell.parent), "Nguyễn Thị Hoa")
    return made


def test_a_typed_list_finds_people_and_says_what_is_unclear(listed):
    cell = listed.cell
    text = (
        f"nguyen thi an {cell.code.lower()}\n"
        f"{cell.people['Dung'].full_name}; {cell.code}\n"
        "Nguyễn Thị Hoa\nNguyễn Thị Hoa; 1970\nNguyễn Thị Hoa; thôn Đông\nTrần Không Ai\n\n"
    )

    found = judge_names(listed, names_in_text(text))

    assert [(j.verdict, j.member and j.member.unit.name) for j in found] == [
        (Verdict.INVITED, cell.name),
        (Verdict.NOT_INVITED, cell.name),
        (Verdict.SEVERAL, None),
        (Verdict.NOT_INVITED, cell.name),
        (Verdict.NOT_INVITED, "Chi bộ thôn Đông"),
        (Verdict.UNKNOWN, None),
    ]


def test_a_file_is_read_by_its_headings(listed):
    name = listed.cell.people["An"].full_name
    lines = (
        "STT,Họ và tên,Năm sinh,Chi bộ,Có mặt\n"
        f"1,{name},1960,{listed.cell.name},x\n"
        f"2,{listed.cell.people['Bình'].full_name},1960,,\n"
        "3,Nguyễn Thị Hoa,không rõ,,x\n"
    )

    found = judge_names(listed, names_in_file(BytesIO(lines.encode()), "co-mat.csv"))

    assert [(j.named.row, j.verdict) for j in found] == [
        (2, Verdict.INVITED),
        (4, Verdict.UNCLEAR),
    ]


def test_a_file_without_such_headings_is_refused():
    with pytest.raises(Refusal):
        names_in_file(BytesIO(b"a,b\n1,2\n"), "x.csv")
