from datetime import date

import pytest

from nennep.accounts.choices import Gets, Role
from nennep.accounts.models import User
from nennep.accounts.queries import system_person
from nennep.core.models import TrailLine
from nennep.core.refusal import Refusal
from nennep.members.actions.offices import open_office_accounts, slips_of
from nennep.members.choices import OfficeState, PositionTitle
from nennep.members.models import Member, Position
from nennep.members.queries import as_offices, offices_under, tallies, unmatched_grants
from nennep.members.tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2024, 6, 13)


@pytest.fixture
def committee():
    return factories.committee()


def post(cell, name, title=PositionTitle.SECRETARY, since=date(2022, 6, 1)):
    body = cell.bodies.first() or factories.body(cell)
    member = factories.member(cell, name)
    return Position.objects.create(member=member, body=body, title=title, valid_from=since)


@pytest.fixture
def cells(committee):
    made = [factories.cell(f"Chi bộ {n}", committee) for n in ("Một", "Hai", "Ba")]
    for cell, name in zip(made, ("Nguyễn Văn An", "Trần Thị Bình", "Nguyễn Văn An"), strict=True):
        post(cell, name)
    return made


def open_for(unit, role=Role.SECRETARY, by=None, **more):
    return open_office_accounts(unit, role, by=by or system_person(), **more)


def states(unit):
    return [(o.name, o.state) for o in as_offices(offices_under(unit, TODAY))]


def refused(code, act):
    with pytest.raises(Refusal) as refusal:
        act()
    assert refusal.value.code == code


def test_every_secretary_under_a_unit_gets_an_account(committee, cells):
    made = open_for(committee)

    assert [(m.office.unit_name, m.opened.user.username) for m in made] == [
        ("Chi bộ Một", "nguyen.van.an"),
        ("Chi bộ Hai", "tran.thi.binh"),
        ("Chi bộ Ba", "nguyen.van.an2"),
    ]
    for each in made:
        member = Member.objects.get(pk=each.office.member_id)
        assert member.user == each.opened.user
        assert member.user.grants.get().unit_id == each.office.unit_id
    assert len(slips_of(made, address="https://x.vn", call="Văn phòng")) == 3
    assert TrailLine.objects.filter(verb="account of a member").count() == 3


def test_the_second_time_nobody_lacks_anything(committee, cells):
    open_for(committee)

    refused("nobody_lacks", lambda: open_for(committee))
    assert User.objects.filter(username__startswith="nguyen").count() == 2


def test_only_those_who_lack_an_account_get_one(committee, cells):
    open_for(cells[0])

    assert [m.office.unit_name for m in open_for(committee)] == ["Chi bộ Hai", "Chi bộ Ba"]


def test_deputies_and_committee_members_get_theirs_by_their_posts(committee, cells):
    post(cells[0], "Lê Văn Cường", PositionTitle.STANDING_DEPUTY)
    post(cells[0], "Phạm Thị Dung", PositionTitle.DEPUTY)
    post(cells[0], "Vũ Văn Em", PositionTitle.COMMITTEE_MEMBER)

    deputies = open_for(committee, Role.DEPUTY)
    members = open_for(committee, Role.COMMITTEE_MEMBER)

    assert [m.office.name for m in deputies] == ["Lê Văn Cường", "Phạm Thị Dung"]
    assert [m.opened.user.grants.get().role for m in members] == ["committee_member"]


def test_posts_that_ended_or_stand_above_the_cell_count_for_nothing(committee, cells):
    Position.objects.filter(body__unit=cells[0]).update(valid_to=date(2024, 6, 12))
    above = factories.body(committee, kind="committee")
    Position.objects.create(
        member=Member.objects.first(), body=above, title="secretary", valid_from=TODAY
    )

    assert [m.office.unit_name for m in open_for(committee)] == ["Chi bộ Hai", "Chi bộ Ba"]


def test_who_has_an_account_gets_the_role_without_a_slip(committee, cells):
    member = Member.objects.filter(unit=cells[0]).get()
    member.user = factories.UserFactory()
    member.save()

    first, *_rest = made = open_for(committee)

    assert (first.opened.opening.gets, first.opened.user) == (Gets.ROLE, member.user)
    assert len(slips_of(made, address="https://x.vn", call="Văn phòng")) == 2


def test_a_closed_account_is_none(committee, cells):
    member = Member.objects.filter(unit=cells[0]).get()
    member.user = factories.UserFactory(is_active=False)
    member.save()

    first, *_rest = open_for(committee)

    assert first.opened.opening.gets is Gets.ACCOUNT
    assert Member.objects.get(pk=member.pk).user == first.opened.user


def test_somebody_with_the_post_in_two_cells_gets_one_account_with_two_roles(committee, cells):
    member = Member.objects.filter(unit=cells[0]).get()
    Position.objects.filter(body__unit=cells[1]).update(member=member)

    made = open_for(committee)

    assert [m.opened.opening.gets for m in made] == [Gets.ACCOUNT, Gets.ACCOUNT, Gets.ROLE]
    assert User.objects.get(member=member).grants.count() == 2


def test_new_slips_for_those_who_never_came(committee, cells):
    made = open_for(committee)
    came = made[0].opened.user
    User.objects.filter(pk=came.pk).update(last_login="2024-06-13T08:00+07:00")

    again = open_for(committee, renews=True)

    assert [m.office.unit_name for m in again] == ["Chi bộ Hai", "Chi bộ Ba"]
    old, new = made[1].opened.password, again[0].opened.password
    user = User.objects.get(pk=made[1].opened.user.pk)
    assert user.check_password(new)
    assert not user.check_password(old)
    assert user.grants.count() == 1


def test_more_than_a_thousand_at_once_are_refused(committee, cells, monkeypatch):
    from dataclasses import replace

    from nennep.accounts import rules

    told = replace(rules.limits(), batch_at_most=2)
    monkeypatch.setattr(rules, "limits", lambda: told)

    refused("too_many", lambda: open_for(committee))


def test_an_office_makes_them_in_its_own_part_only(committee, cells):
    beside = factories.officer(factories.committee("Đảng bộ xã khác"))

    refused("beyond_reach", lambda: open_for(committee, by=beside))
    assert len(open_for(committee, by=factories.officer(committee))) == 3


def test_how_each_stands_is_told_and_counted(committee, cells):
    open_for(cells[0])
    User.objects.update(last_login="2024-06-13T08:00+07:00")
    open_for(cells[1])
    Member.objects.filter(unit=cells[2]).update(user=factories.UserFactory())

    assert states(committee) == [
        ("Nguyễn Văn An", OfficeState.IN_USE),
        ("Trần Thị Bình", OfficeState.NOT_YET),
        ("Nguyễn Văn An", OfficeState.NO_ROLE),
    ]
    tally = tallies(committee, TODAY)[0]
    assert (tally.total, tally.in_use, tally.not_yet, tally.lacking) == (3, 1, 1, 1)


def test_a_role_without_its_post_is_shown(committee, cells):
    open_for(committee)
    Position.objects.filter(body__unit=cells[0]).update(valid_to=date(2024, 6, 12))

    (grant,) = unmatched_grants(committee, TODAY)

    assert (grant.unit, grant.role) == (cells[0], "secretary")


def test_lists_cost_the_same_with_one_cell_and_with_three(
    committee, cells, django_assert_num_queries
):
    for unit in (cells[0], committee):
        with django_assert_num_queries(3):
            as_offices(offices_under(unit, TODAY))
            tallies(unit, TODAY)
            list(unmatched_grants(unit, TODAY))
