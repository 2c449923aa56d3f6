from datetime import date, timedelta
from uuid import uuid4

import pytest

from nennep.accounts.actions import give_pass
from nennep.accounts.choices import Role
from nennep.accounts.models import Grant, User
from nennep.accounts.queries import system_person
from nennep.core.models import TrailLine
from nennep.core.refusal import Refusal
from nennep.members import actions
from nennep.members.actions.handover import forget_phones_without_post, hand_over, take_back
from nennep.members.actions.offices import open_office_accounts
from nennep.members.choices import PositionTitle, StandingKind
from nennep.members.models import Member, Position
from nennep.members.queries import as_offices, offices_under, planned_handovers
from nennep.members.tests import factories
from nennep.organisation.models import Body

pytestmark = pytest.mark.django_db
TODAY = date(2024, 6, 13)
YESTERDAY = date(2024, 6, 12)
LATER = date(2024, 7, 1)


@pytest.fixture
def cell():
    return factories.cell("Chi bộ Một")


@pytest.fixture
def office(cell):
    return factories.officer(cell.parent, Role.ORGANISATION_OFFICER)


@pytest.fixture
def secretary(cell):
    """An, secretary since 2022, with an account in use."""
    body = factories.body(cell)
    member = factories.member(cell, "Nguyễn Văn An")
    position = Position.objects.create(
        member=member, body=body, title="secretary", valid_from=date(2022, 6, 1)
    )
    open_office_accounts(cell, Role.SECRETARY, by=system_person())
    return position


@pytest.fixture
def binh(cell):
    return factories.member(cell, "Trần Thị Bình")


def can(member, cell, verb="close minutes"):
    user = User.objects.get(pk=Member.objects.get(pk=member.pk).user_id)
    return [r.path for r in user.reaches(verb)] == [cell.path]


def refused(code, act):
    with pytest.raises(Refusal) as refusal:
        act()
    assert refusal.value.code == code
    return refusal.value


def test_from_today_the_new_one_has_everything_and_the_old_one_nothing(
    cell, office, secretary, binh
):
    old = secretary.member

    done = hand_over(secretary, to=binh, on=TODAY, by=office)

    assert can(binh, cell)
    assert not can(old, cell)
    assert not can(old, cell, "view meetings")
    assert User.objects.get(pk=done.user.pk).check_password(done.password)
    assert [(o.name, o.title) for o in as_offices(offices_under(cell, TODAY))] == [
        ("Trần Thị Bình", "secretary")
    ]
    secretary.refresh_from_db()
    assert secretary.valid_to == YESTERDAY
    line = TrailLine.objects.filter(verb="post handed over").get()
    assert (line.unit_path, line.details["title"]) == (cell.path, "secretary")


def test_on_a_day_to_come_everything_changes_by_itself(cell, office, secretary, binh, on_day):
    old = secretary.member

    hand_over(secretary, to=binh, on=LATER, by=office)

    assert can(old, cell)
    assert not can(binh, cell)
    on_day(LATER - timedelta(days=1))
    assert can(old, cell)
    assert not can(binh, cell)
    on_day(LATER)
    assert not can(old, cell)
    assert can(binh, cell)


def test_an_account_that_is_there_goes_on_with_its_password(cell, office, secretary, binh):
    binh.user = factories.UserFactory()
    binh.save()

    done = hand_over(secretary, to=binh, on=TODAY, by=office)

    assert (done.user, done.password) == (binh.user, "")
    assert can(binh, cell)


def test_who_moves_up_leaves_the_role_of_the_post_before(cell, office, secretary, binh):
    body = Body.objects.get()
    Position.objects.create(
        member=binh, body=body, title=PositionTitle.DEPUTY, valid_from=date(2022, 6, 1)
    )
    open_office_accounts(cell, Role.DEPUTY, by=system_person())

    hand_over(secretary, to=binh, on=TODAY, by=office)

    user = Member.objects.get(pk=binh.pk).user
    assert [g.role for g in user.standing_grants] == ["secretary"]
    assert Position.objects.filter(member=binh, valid_to__isnull=True).get().title == "secretary"


def test_the_old_one_may_stay_in_another_post(cell, office, secretary, binh):
    hand_over(secretary, to=binh, on=TODAY, by=office, stays_as=PositionTitle.COMMITTEE_MEMBER)

    old = Member.objects.get(pk=secretary.member_id)
    assert [g.role for g in old.user.standing_grants] == ["committee_member"]
    assert not can(old, cell)
    assert can(old, cell, "record meetings")


def test_a_deputy_is_handed_over_in_the_same_way(cell, office, secretary, binh):
    chi = factories.member(cell, "Lê Thị Chi")
    deputy = Position.objects.create(
        member=binh, body=Body.objects.get(), title="deputy", valid_from=date(2022, 6, 1)
    )
    open_office_accounts(cell, Role.DEPUTY, by=system_person())

    hand_over(deputy, to=chi, on=LATER, by=office)

    assert Position.objects.get(pk=deputy.pk).valid_to == LATER - timedelta(days=1)
    assert Position.objects.get(member=chi).title == "deputy"
    grants = Grant.objects.filter(role=Role.DEPUTY).order_by("valid_from")
    assert [(g.valid_from, g.valid_to) for g in grants] == [
        (TODAY, LATER - timedelta(days=1)),
        (LATER, None),
    ]


def test_codes_that_the_old_one_gave_to_minute_takers_end(cell, office, secretary, binh):
    old = secretary.member.user or Member.objects.get(pk=secretary.member_id).user
    taker = give_pass("Thư ký", unit=cell, only=uuid4(), valid_to=None, by=old)
    other = give_pass("Thư ký", unit=cell, only=uuid4(), valid_to=None, by=office)

    hand_over(secretary, to=binh, on=TODAY, by=office)

    assert User.objects.get(pk=taker.user_id).reaches("record meetings") == []
    assert User.objects.get(pk=other.user_id).reaches("record meetings")


def test_what_is_refused(cell, office, secretary, binh):
    probationary = factories.member(cell, "Vũ Thử", kind=StandingKind.PROBATIONARY)
    stranger = factories.member(factories.cell("Chi bộ Khác"), "Lý Lạ")
    beside = factories.officer(factories.committee("Đảng bộ khác"))
    begun_today = Position.objects.create(
        member=stranger, body=factories.body(stranger.unit), title="secretary", valid_from=TODAY
    )

    def act(**changes):
        given = {"to": binh, "on": TODAY, "by": office} | changes
        return lambda: hand_over(changes.pop("post", secretary), **given)

    assert refused("day_over", act(on=YESTERDAY)).field == "on"
    refused("held_already", act(to=secretary.member))
    refused("probationary", act(to=probationary))
    refused("outsider", act(to=stranger))
    refused("beyond_reach", act(by=beside))
    refused("before_present_spell", lambda: hand_over(begun_today, to=binh, on=TODAY, by=beside))
    assert Position.objects.filter(body__unit=cell).count() == 1
    hand_over(secretary, to=binh, on=LATER, by=office)
    refused("ends_already", act(on=LATER))


def test_a_handover_whose_day_has_not_come_is_taken_back(cell, office, secretary, binh, on_day):
    old = secretary.member
    before = Grant.objects.get(role="secretary")
    done = hand_over(
        secretary, to=binh, on=LATER, by=office, stays_as=PositionTitle.COMMITTEE_MEMBER
    )
    assert [h.pk for h in planned_handovers(cell, TODAY)] == [done.handover.pk]

    take_back(done.handover, by=office)

    on_day(LATER)
    assert can(old, cell)
    assert not can(binh, cell)
    assert Position.objects.get().valid_to is None
    after = Grant.objects.get(pk=before.pk)
    assert (after.valid_from, after.valid_to, after.ended_at) == (before.valid_from, None, None)
    assert planned_handovers(cell, TODAY) == []
    refused("handover_over", lambda: take_back(done.handover, by=office))
    assert TrailLine.objects.filter(verb="handover taken back").count() == 1


def test_a_handover_that_happened_is_not_taken_back(cell, office, secretary, binh):
    done = hand_over(secretary, to=binh, on=TODAY, by=office)

    refused("handover_over", lambda: take_back(done.handover, by=office))


def test_the_phone_of_a_post_is_kept_to_its_last_day(cell, office, secretary, binh, on_day):
    actions.set_office_phone(secretary.member, phone="024 3884 1234", by=office)
    hand_over(secretary, to=binh, on=LATER, by=office)
    assert forget_phones_without_post() == 0

    on_day(LATER)

    assert forget_phones_without_post() == 1
    assert Member.objects.get(pk=secretary.member_id).office_phone == ""


# Whatever ends a post ends what came with it.


def test_a_dismissal_ends_the_role(cell, office, secretary):
    actions.dismiss(secretary, last_day=TODAY, by=office)

    grant = Grant.objects.get(role="secretary")
    assert grant.valid_to == TODAY


def test_an_appointment_ends_the_role_of_the_former_holder_and_gives_none(
    cell, office, secretary, binh
):
    actions.appoint(
        binh, body=secretary.body, title="secretary", valid_from=TODAY, replaces_holder=True,
        by=office,
    )  # fmt: skip

    assert not can(secretary.member, cell)
    assert Member.objects.get(pk=binh.pk).user is None


def test_leaving_the_roll_ends_the_role(cell, office, secretary):
    actions.member_leaves(secretary.member, last_day=TODAY, by=office)

    assert Grant.objects.get(role="secretary").valid_to == TODAY


def test_a_transfer_ends_the_role(cell, office, secretary, binh):
    other = factories.cell("Chi bộ Hai", cell.parent)
    member = secretary.member

    actions.transfer_member(member, to=other, on=TODAY, by=office)

    assert not can(member, cell)
    assert Grant.objects.get(role="secretary").ended_at is not None


def test_a_post_in_another_cell_is_left_alone(cell, office, secretary):
    other = factories.cell("Chi bộ Hai", cell.parent)
    member = Member.objects.get(pk=secretary.member_id)
    Position.objects.create(
        member=member, body=factories.body(other), title="secretary", valid_from=date(2022, 6, 1)
    )
    open_office_accounts(other, Role.SECRETARY, by=system_person())

    actions.dismiss(secretary, last_day=YESTERDAY, by=office)

    assert [g.unit for g in member.user.standing_grants] == [other]
