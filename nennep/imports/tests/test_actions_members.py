"""A list of members taken in and taken back; what was gone on from stays."""

from datetime import date

import pytest

from nennep.core.models import TrailLine
from nennep.core.refusal import Refusal
from nennep.imports.actions import judge, take_in, undo
from nennep.imports.tests.factories import read
from nennep.indicators.queries.verifying import verify
from nennep.members.actions import correct_member, exempt_member, transfer_member
from nennep.members.models import Exemption, Member, Position, Standing, Stay, WorkingSpell
from nennep.members.tests.factories import officer
from nennep.organisation.choices import UnitKind
from nennep.organisation.models import Body, PartyGroup, Unit
from nennep.organisation.tests.factories import make_unit

pytestmark = pytest.mark.django_db
HEADINGS = [
    "Họ và tên",
    "Giới tính",
    "Ngày sinh",
    "Chính thức",
    "Chi bộ",
    "Tổ đảng",
    "Chức vụ",
    "Đang công tác",
]
LIST = [
    HEADINGS,
    ["Nguyễn Văn An", "Nam", "3-2-1956", "19-5-1981", "DONG-1", "Tổ 1", "Bí thư", "x"],
    ["Trần Thị Bình", "Nữ", "1-5-1960", "3-2-1986", "DONG-1", "Tổ 2", "Chi ủy viên", None],
    ["Lê Minh Châu", "Nam", "1-1-1970", "3-2-1990", "DONG-2", None, None, "x"],
]
TABLES = (Member, Standing, Exemption, Stay, WorkingSpell, Position, Body, PartyGroup)


@pytest.fixture
def ward():
    ward = make_unit("Đảng bộ xã Đông", kind=UnitKind.GRASSROOTS_COMMITTEE, code="DONG")
    for n in (1, 2):
        make_unit(f"Chi bộ thôn Đông {n}", parent=ward, code=f"DONG-{n}")
    return ward


@pytest.fixture
def clerk(ward):
    return officer(ward)


def everything():
    return {model: list(model.objects.order_by("pk").values_list()) for model in TABLES}


def taken(ward, rows, clerk):
    return take_in(read(ward, "members", rows, clerk), by=clerk)


def test_undone_everything_is_as_it_was_before(ward, clerk):
    taken(ward, LIST, clerk)
    before = everything()
    more = [
        HEADINGS,
        ["Nguyễn Văn An", "Nữ", "3-2-1956", "19-5-1980", "DONG-1", "Tổ 3", None, "không"],
        ["Lê Minh Châu", "Nam", 1970, None, "DONG-2", "Tổ 1", "Bí thư", None],
        ["Phạm Thị Dung", "Nữ", "1-1-1980", "1-1-2000", "DONG-2", "Tổ 1", "Phó Bí thư", "x"],
    ]
    second = taken(ward, more, clerk)
    assert everything() != before

    undo(second, by=clerk)
    assert everything() == before
    assert verify().differences == ()


def test_undone_twice_is_undone_once(ward, clerk):
    run = taken(ward, LIST, clerk)
    undo(run, by=clerk)
    undo(run, by=clerk)

    assert Member.objects.count() == 0
    assert TrailLine.objects.filter(verb="import undone").count() == 1


@pytest.mark.parametrize(
    "go_on",
    [
        lambda who, by: transfer_member(who, to=Unit.objects.get(code="DONG-1"), on=date(2024, 6, 13), by=by),
        lambda who, by: exempt_member(who, basis="age_or_health", valid_from=date(2024, 6, 13), by=by),
        lambda who, by: correct_member(who, full_name="Lê Minh Trâu", sex="male", birth_date=date(1970, 1, 1), by=by),
    ],
    ids=["transferred", "exempted", "corrected"],
)  # fmt: skip
def test_what_somebody_went_on_from_is_kept(ward, clerk, go_on):
    run = taken(ward, LIST, clerk)
    go_on(Member.objects.get(full_name="Lê Minh Châu"), clerk)
    before = everything()

    with pytest.raises(Refusal) as refusal:
        undo(run, by=clerk)
    assert refusal.value.code == "built_on"
    assert everything() == before


def test_a_change_that_was_changed_again_is_not_taken_back(ward, clerk):
    taken(ward, LIST, clerk)
    second = taken(ward, [HEADINGS[:5], ["Lê Minh Châu", "Nam", 1970, "3-2-1991", "DONG-2"]], clerk)
    taken(ward, [HEADINGS[:5], ["Lê Minh Châu", "Nam", 1970, "3-2-1992", "DONG-2"]], clerk)

    with pytest.raises(Refusal):
        undo(second, by=clerk)


def test_a_row_said_to_be_somebody_else_is_taken_in(ward, clerk):
    from dataclasses import replace

    from nennep.imports.actions import answer
    from nennep.imports.rules import Answers

    taken(ward, LIST, clerk)
    rows = [HEADINGS[:5], ["Nguyễn Văn An", "Nam", "3-2-1956", "19-5-1981", "DONG-2"]]
    run = read(ward, "members", rows, clerk)
    assert run.counts["duplicate"] == 1

    run = judge(answer(run, answers=replace(Answers(), others=frozenset({2}))), by=clerk)
    take_in(run, by=clerk)
    assert Member.objects.filter(full_name="Nguyễn Văn An").count() == 2


def test_two_posts_of_a_cell_are_in_one_body(ward, clerk):
    taken(ward, LIST, clerk)

    assert Body.objects.count() == 1
    assert Position.objects.count() == 2


def test_a_list_taken_in_equals_the_single_actions(ward, clerk):
    """The rows themselves, but for the ids that follow from the order of writing."""
    from nennep.members.actions import admit_member

    taken(ward, [HEADINGS[:5], ["Lê Minh Châu", "Nam", "1-1-1970", "3-2-1990", "DONG-2"]], clerk)
    admit_member(
        Unit.objects.get(code="DONG-2"), full_name="Lê Minh Châu", sex="male",
        birth_date=date(1970, 1, 1), recognised_on=date(1990, 2, 3), kind="official",
        on=date(2024, 6, 13), by=clerk,
    )  # fmt: skip
    listed, single = (
        [{**row, "id": 0, "public_id": 0, "member_id": 0} for row in model.objects.values()]
        for model in (Member, Standing)
    )
    assert listed[0] == listed[1]
    assert single[0] == single[1]


def test_a_run_whose_changes_were_too_many_to_keep_is_not_undone_by_half(ward, clerk, monkeypatch):
    from nennep.imports.actions import members

    taken(ward, LIST, clerk)
    monkeypatch.setattr(members, "KEPT_FOR_UNDO", 0)
    changed = ["Lê Minh Châu", "Nam", 1970, "3-2-1991", "DONG-2"]
    second = taken(ward, [HEADINGS[:5], changed], clerk)
    before = everything()

    with pytest.raises(Refusal) as refusal:
        undo(second, by=clerk)
    assert refusal.value.code == "too_many_changes"
    assert everything() == before
