from datetime import date, timedelta

import pytest

from nennep.accounts import actions, queries, rules
from nennep.accounts.actions import opening
from nennep.accounts.actions.opening import Opening
from nennep.accounts.choices import Gets, Role
from nennep.accounts.models import AccountBatch, Grant, User
from nennep.accounts.queries.usernames import free_usernames
from nennep.accounts.tests.factories import make_person, make_user
from nennep.core import sealed_boxes
from nennep.core.models import TrailLine
from nennep.core.refusal import Refusal
from nennep.organisation.tests.factories import make_cell, make_committee

pytestmark = pytest.mark.django_db
TODAY = date(2024, 6, 13)


@pytest.fixture
def committee():
    return make_committee("Xã")


@pytest.fixture
def cell(committee):
    return make_cell("Chi bộ Một", parent=committee)


@pytest.fixture
def officer(committee):
    return make_person(Role.OFFICER, committee)


def refused(code, act):
    with pytest.raises(Refusal) as refusal:
        act()
    assert refusal.value.code == code


def open_for(*names, cell, by, role=Role.SECRETARY, **more):
    openings = [Opening(name, cell, role, Gets.ACCOUNT) for name in names]
    passwords = opening.first_passwords(len(openings))
    return opening.open_accounts(openings, passwords, by=by, **more)


def test_everybody_gets_an_account_a_role_and_a_password_of_their_own(cell, officer):
    opened = open_for("Nguyễn Văn An", "Trần Thị Bình", cell=cell, by=officer)

    assert [o.user.username for o in opened] == ["nguyen.van.an", "tran.thi.binh"]
    assert len({o.password for o in opened}) == 2
    for each in opened:
        user = User.objects.get(pk=each.user.pk)
        assert user.check_password(each.password)
        assert (user.must_change_password, user.password_given_on) == (True, TODAY)
        grant = user.grants.get()
        assert (grant.role, grant.unit, grant.valid_from, grant.given_by) == (
            "secretary", cell, TODAY, officer,
        )  # fmt: skip
    assert TrailLine.objects.filter(verb="account created").count() == 2 + 1
    assert TrailLine.objects.filter(verb="role granted", unit_path=cell.path).count() == 2


def test_names_that_are_alike_get_numbers_and_none_that_is_taken(cell, officer):
    make_user(username="nguyen.van.an")
    User.objects.filter(pk=make_user(username="nguyen.van.an3").pk).update(is_active=False)

    opened = open_for("Nguyễn Văn An", "Nguyễn Văn Ân", "Nguyễn Vân An", cell=cell, by=officer)

    assert [o.user.username for o in opened] == [
        "nguyen.van.an2", "nguyen.van.an4", "nguyen.van.an5",
    ]  # fmt: skip


def test_free_names_cost_few_queries_for_many(django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        assert len(set(free_usernames([f"Người Thứ {n}" for n in range(500)]))) == 500


def test_who_has_an_account_gets_the_role_and_keeps_the_password(cell, officer):
    user = make_user(password="mot-mat-khau-dai")
    ask = Opening("An", cell, Role.DEPUTY, Gets.ROLE, user)

    (opened,) = opening.open_accounts([ask], [], by=officer, valid_to=date(2025, 12, 31))

    assert opened.password == ""
    assert User.objects.get(pk=user.pk).check_password("mot-mat-khau-dai")
    assert user.grants.get().valid_to == date(2025, 12, 31)


def test_who_never_came_gets_a_new_slip(cell, officer):
    user = make_person(Role.SECRETARY, cell, password="mot-mat-khau-dai")
    ask = Opening("An", cell, Role.SECRETARY, Gets.SLIP, user)

    (opened,) = opening.open_accounts([ask], opening.first_passwords(1), by=officer)

    assert User.objects.get(pk=user.pk).check_password(opened.password)
    assert user.grants.count() == 1


def test_nobody_opens_accounts_beyond_their_reach_nor_above_the_cell(cell, committee, officer):
    beside = make_cell(parent=make_committee())
    above = make_person(Role.VIEWER, committee)

    refused("beyond_reach", lambda: open_for("An", cell=beside, by=officer))
    refused("beyond_reach", lambda: open_for("An", cell=committee, by=officer))
    refused("beyond_reach", lambda: open_for("An", cell=cell, by=officer, role=Role.OFFICER))
    refused("beyond_reach", lambda: open_for("An", cell=cell, by=above))
    slip = Opening("An", cell, Role.SECRETARY, Gets.SLIP, above)
    refused(
        "beyond_reach",
        lambda: opening.open_accounts([slip], opening.first_passwords(1), by=officer),
    )
    assert not User.objects.filter(username="an").exists()


def test_one_that_is_refused_leaves_none(cell, officer):
    beside = make_cell(parent=make_committee())
    openings = [Opening("An", unit, Role.SECRETARY, Gets.ACCOUNT) for unit in (cell, beside)]

    refused(
        "beyond_reach",
        lambda: opening.open_accounts(openings, opening.first_passwords(2), by=officer),
    )

    assert not Grant.objects.filter(role=Role.SECRETARY).exists()


def test_passwords_are_told_as_they_are_made_and_stopped_when_cancelled():
    told = []

    opening.first_passwords(45, lambda done, total: told.append((done, total)) or True)

    assert told == [(20, 45), (40, 45), (45, 45)]
    refused("cancelled", lambda: opening.first_passwords(45, lambda *_: False))


def test_a_password_does_not_show_in_what_is_printed_for_programmers(cell, officer):
    (opened,) = open_for("An Bình", cell=cell, by=officer)

    assert opened.password not in repr(opened)
    assert opened.password not in str(TrailLine.objects.values_list("details"))


def test_slips_are_opened_once_by_who_has_the_key(cell, committee, officer):
    batch, key = actions.begin_batch(committee, Role.SECRETARY, by=officer)
    actions.fill_batch(batch, slips=b"%PDF slips", made=[[officer.pk, cell.pk, "account"]])
    stored = AccountBatch.objects.get()
    assert b"slips" not in bytes(stored.box)
    assert key not in str(AccountBatch.objects.values_list())

    refused(
        "other_browser",
        lambda: actions.take_slips(batch, key=sealed_boxes.new_keys()[0], by=officer),
    )
    assert actions.take_slips(batch, key=key, by=officer) == b"%PDF slips"
    refused("slips_gone", lambda: actions.take_slips(batch, key=key, by=officer))

    assert TrailLine.objects.first().verb == "slips taken"
    (made,) = queries.made_of(AccountBatch.objects.get().made)
    assert (made.user, made.unit, made.gets) == (officer, cell, Gets.ACCOUNT)


def test_slips_that_nobody_takes_are_thrown_away(committee, officer, on_day):
    batch, _key = actions.begin_batch(committee, Role.SECRETARY, by=officer)
    actions.fill_batch(batch, slips=b"%PDF", made=[])
    assert actions.throw_old_slips_away() == 0

    on_day(TODAY + rules.limits().slips_wait + timedelta(days=1))

    assert actions.throw_old_slips_away() == 1
    assert AccountBatch.objects.get().box is None
