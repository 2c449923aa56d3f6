from datetime import date, timedelta
from uuid import uuid4

import pytest

from nennep.accounts import actions
from nennep.accounts.choices import Role
from nennep.accounts.models import Grant, User
from nennep.accounts.queries import system_person
from nennep.accounts.tests.factories import (
    PASSWORD,
    give,
    make_administrator,
    make_person,
    make_user,
)
from nennep.core.models import TrailLine
from nennep.core.refusal import Refusal
from nennep.organisation.actions import close_unit
from nennep.organisation.tests.factories import (
    make_cell,
    make_committee,
    make_district,
    make_root,
)

pytestmark = pytest.mark.django_db
TODAY = date(2024, 6, 13)


def refused(code, act):
    with pytest.raises(Refusal) as refusal:
        act()
    assert refusal.value.code == code
    return refusal.value


def line():
    return TrailLine.objects.first()


def create(username="an.nguyen", display_name="Nguyễn An", **more):
    return actions.create_user(username, display_name=display_name, by=system_person(), **more)


def test_an_account_is_made_without_a_right():
    user = create(" An.Nguyen ", password=PASSWORD)

    assert (user.username, user.must_change_password) == ("an.nguyen", True)
    assert user.check_password(PASSWORD)
    assert user.reaches("view unit") == []
    assert line().verb == "account created"


def test_an_account_without_a_password_cannot_sign_in(client):
    user = create()

    assert not user.has_usable_password()
    assert not user.must_change_password
    assert not client.login(username="an.nguyen", password="")


def test_a_demonstration_keeps_the_password_it_prints():
    assert not create(password=PASSWORD, must_change_password=False).must_change_password


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"username": "x"}, "bad_username"),
        ({"username": "nguyễn.an"}, "bad_username"),
        ({"username": "TAKEN"}, "username_taken"),
        ({"display_name": "  "}, "no_display_name"),
        ({"password": "ngan"}, "weak_password"),
        ({"password": "an.nguyen1"}, "weak_password"),
    ],
)
def test_an_account_is_refused(changes, code):
    create("taken")

    refused(code, lambda: create(**changes))


def test_the_first_administrator_holds_the_top_and_is_the_first_only():
    root = make_root()

    user = actions.create_first_administrator(
        "quantri", display_name="Quản trị", password=PASSWORD, unit=root
    )

    assert [reach.path for reach in user.reaches("manage grants")] == [root.path]
    assert not user.must_change_password
    refused(
        "administrator_exists",
        lambda: actions.create_first_administrator(
            "khac", display_name="Khác", password=PASSWORD, unit=root
        ),
    )


def test_a_role_holds_at_its_unit_and_below_from_day_to_day(on_day):
    district = make_district()
    administrator, user = make_administrator(make_root()), make_user()

    grant = actions.grant_role(
        user, Role.VIEWER, district, valid_from=TODAY, valid_to=date(2024, 6, 30), by=administrator
    )

    assert grant.given_by == administrator
    assert [r.path for r in User.objects.get(pk=user.pk).reaches("view unit")] == [district.path]
    assert line().verb == "role granted"
    assert line().unit_path == district.path
    on_day(date(2024, 6, 30))
    assert User.objects.get(pk=user.pk).reaches("view unit")
    on_day(date(2024, 7, 1))
    assert User.objects.get(pk=user.pk).reaches("view unit") == []


def test_content_above_the_cell_is_opened_explicitly():
    district, cell = make_district(), make_cell()

    assert make_person(Role.VIEWER, district).reaches("view meetings") == []
    assert make_person(Role.VIEWER, district, reads_content=True).reaches("view meetings")
    assert make_person(Role.SECRETARY, cell).reaches("view meetings")


def test_roles_that_are_refused():
    district, cell = make_district(), make_cell()
    elsewhere = make_committee()
    local = make_administrator(district)
    user = make_user()
    closed = make_district()
    close_unit(closed, last_day=TODAY, by=system_person())

    def grant(role, unit, *, by=None, to=None, **more):
        return lambda: actions.grant_role(
            to or user, role, unit, **({"valid_from": TODAY, "by": by or system_person()} | more)
        )

    refused("role_misplaced", grant(Role.SECRETARY, district))
    refused("role_misplaced", grant(Role.OFFICER, cell))
    refused("pass_not_here", grant(Role.MINUTE_TAKER, cell))
    refused("beyond_reach", grant(Role.VIEWER, elsewhere, by=local))
    refused("beyond_reach", grant(Role.VIEWER, make_root(), by=local))
    refused("beyond_reach", grant(Role.VIEWER, district, by=make_person(Role.OFFICER, district)))
    refused("to_oneself", grant(Role.VIEWER, district, by=local, to=local))
    refused("account_closed", grant(Role.VIEWER, district, by=local, to=system_person()))
    refused("content_closed", grant(Role.ADMINISTRATOR, district, reads_content=True))
    refused("content_closed", grant(Role.SECRETARY, cell, reads_content=True))
    refused("days_backwards", grant(Role.VIEWER, district, valid_to=TODAY - timedelta(days=1)))
    refused(
        "days_over",
        grant(
            Role.VIEWER, district, valid_from=date(2024, 1, 1), valid_to=TODAY - timedelta(days=1)
        ),
    )
    refused("unit_closed", grant(Role.VIEWER, closed))
    grant(Role.VIEWER, district)()
    refused("granted_already", grant(Role.VIEWER, district))
    assert user.grants.count() == 1


def test_a_withdrawn_role_no_longer_works():
    district = make_district()
    administrator, user = make_administrator(make_root()), make_user()
    grant = give(user, Role.VIEWER, district)

    ended = actions.end_grant(grant, by=administrator)

    assert ended.ended_at is not None
    assert User.objects.get(pk=user.pk).reaches("view unit") == []
    assert line().verb == "role withdrawn"
    refused("grant_ended", lambda: actions.end_grant(grant, by=administrator))
    give(user, Role.VIEWER, district)


def test_nobody_withdraws_beyond_their_reach_nor_the_last_administrator():
    root, district = make_root(), make_district()
    top, local = make_administrator(root), make_administrator(district)
    grant = top.grants.get()

    refused("beyond_reach", lambda: actions.end_grant(grant, by=local))
    refused("last_administrator", lambda: actions.end_grant(grant, by=system_person()))
    make_administrator(root)
    actions.end_grant(grant, by=system_person())


def test_a_pass_opens_one_meeting_only():
    cell, meeting = make_cell(), uuid4()

    grant = actions.give_pass(
        "Trần Thị B", unit=cell, only=meeting, valid_to=TODAY, by=system_person()
    )

    assert not grant.user.has_usable_password()
    (reach,) = grant.user.reaches("record meetings")
    assert (reach.path, reach.only) == (cell.path, meeting)
    actions.end_pass(grant, by=system_person())
    ended = actions.end_pass(grant, by=system_person())
    assert ended.ended_at is not None
    assert TrailLine.objects.filter(verb="role withdrawn").count() == 1
    assert User.objects.get(pk=grant.user.pk).reaches("record meetings") == []


def test_a_lost_password_is_replaced_by_who_reaches_all_roles_of_the_account():
    root, district = make_root(), make_district()
    local = make_administrator(district)
    user = make_person(Role.VIEWER, district, password=PASSWORD)

    actions.set_password(user, "mot-mat-khau-khac", by=local)

    user = User.objects.get(pk=user.pk)
    assert user.check_password("mot-mat-khau-khac")
    assert user.must_change_password
    give(user, Role.VIEWER, root)
    refused("beyond_reach", lambda: actions.set_password(user, PASSWORD, by=local))
    refused("beyond_reach", lambda: actions.set_password(make_user(), PASSWORD, by=local))
    refused("own_account", lambda: actions.set_password(local, PASSWORD, by=local))
    refused("weak_password", lambda: actions.set_password(user, "x", by=system_person()))


def test_a_person_changes_their_own_password():
    user = make_user(password=PASSWORD)

    def change(old=PASSWORD, new="mot-mat-khau-khac"):
        return lambda: actions.change_own_password(user, old=old, new=new)

    assert refused("wrong_password", change(old="sai")).field == "old"
    assert refused("same_password", change(new=PASSWORD)).field == "new"
    assert refused("weak_password", change(new="x")).field == "new"
    changed = change()()
    assert changed.check_password("mot-mat-khau-khac")
    assert not changed.must_change_password
    assert line().verb == "password changed"


def test_a_closed_account_has_no_role_and_no_way_in(client):
    district = make_district()
    make_administrator(make_root())
    user = make_person(Role.VIEWER, district, password=PASSWORD, username="an.nguyen")

    actions.deactivate_user(user, by=system_person())

    assert User.objects.get(pk=user.pk).reaches("view unit") == []
    assert not Grant.objects.filter(user=user, ended_at__isnull=True).exists()
    assert not client.login(username="an.nguyen", password=PASSWORD)


def test_the_last_administrator_stays():
    top = make_administrator(make_root())

    refused("last_administrator", lambda: actions.deactivate_user(top, by=system_person()))
    refused("own_account", lambda: actions.deactivate_user(top, by=top))
