from datetime import UTC, datetime, timedelta

import pytest

from nennep.accounts import actions, rules
from nennep.accounts.choices import Role
from nennep.accounts.models import SignInTries, User
from nennep.accounts.queries import state_of, system_person
from nennep.accounts.tests.factories import PASSWORD, make_person, make_user
from nennep.core import clock
from nennep.core.models import TrailLine
from nennep.core.refusal import Refusal
from nennep.organisation.tests.factories import make_cell, make_committee

pytestmark = pytest.mark.django_db
HERE, THERE = "203.113.1.1", "203.113.1.2"
NOON = datetime(2024, 6, 13, 5, tzinfo=UTC)
LIMITS = rules.limits()


@pytest.fixture
def at(monkeypatch):
    """`at(minutes)`: so long after noon; the clock stands still in between."""

    def travel(minutes):
        monkeypatch.setattr(clock, "moment", lambda: NOON + timedelta(minutes=minutes))

    travel(0)
    return travel


def enter(name="an.nguyen", password=PASSWORD, network=HERE):
    return actions.check_password(name, password, network=network)


def refused(act):
    with pytest.raises(Refusal) as refusal:
        act()
    return refusal.value.code


def fail(times, name="an.nguyen", network=HERE):
    return [refused(lambda: enter(name, "sai", network)) for _ in range(times)]


@pytest.mark.parametrize("name", ["an.nguyen", "khong.co.ai"])
def test_a_name_rests_after_five_wrong_tries_whether_anybody_has_it_or_not(at, name):
    make_user(username="an.nguyen", password=PASSWORD)

    assert fail(LIMITS.per_account, name) == ["wrong_sign_in"] * LIMITS.per_account
    assert refused(lambda: enter(name)) == "account_rests"
    assert refused(lambda: enter(name, network=THERE)) == "account_rests"


def test_the_words_of_a_resting_name_are_the_same_for_a_name_nobody_has(at):
    make_user(username="an.nguyen", password=PASSWORD)
    words = set()
    for name in ("an.nguyen", "khong.co.ai"):
        fail(LIMITS.per_account, name, network=name)
        at(3)
        with pytest.raises(Refusal) as refusal:
            enter(name, network="elsewhere")
        words.add(refusal.value.message)
        at(0)

    assert len(words) == 1
    assert "12" in words.pop()


def test_no_password_is_hashed_while_a_name_rests(at, monkeypatch):
    from django.contrib.auth.hashers import MD5PasswordHasher

    make_user(username="an.nguyen", password=PASSWORD)
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda *args: hashed.append(1) or encode(*args)
    )
    work = {}
    for name in ("an.nguyen", "khong.co.ai"):
        hashed.clear()
        fail(LIMITS.per_account + 3, name, network=name)
        work[name] = len(hashed)

    assert work == {"an.nguyen": LIMITS.per_account, "khong.co.ai": LIMITS.per_account}


def test_rest_is_over_after_a_while_and_begins_anew(at):
    user = make_user(username="an.nguyen", password=PASSWORD)
    fail(LIMITS.per_account)
    at(15)

    assert fail(1) == ["wrong_sign_in"]
    assert enter() == user


def test_tries_long_ago_do_not_count(at):
    user = make_user(username="an.nguyen", password=PASSWORD)
    fail(LIMITS.per_account - 1)
    at(16)

    fail(LIMITS.per_account - 1)

    assert enter() == user


def test_success_clears_the_name_and_leaves_the_network_its_other_tries(at):
    make_user(username="an.nguyen", password=PASSWORD)
    fail(2, "nguoi.khac")
    fail(LIMITS.per_account - 1)

    enter()

    assert fail(LIMITS.per_account - 1) == ["wrong_sign_in"] * (LIMITS.per_account - 1)
    network = SignInTries.objects.get(key=SignInTries.key_of("network", HERE))
    assert network.count == 2 + 2 * (LIMITS.per_account - 1)


def test_an_office_behind_one_address_does_not_lock_itself_out(at):
    """A hundred people mistyping once or twice each evening are no attack on one account."""
    user = make_user(username="an.nguyen", password=PASSWORD)
    for number in range(LIMITS.per_network - 1):
        fail(1, f"nguoi-{number}")

    assert enter() == user


def test_a_network_rests_after_many_wrong_tries_for_any_names(at):
    make_user(username="an.nguyen", password=PASSWORD)
    for number in range(LIMITS.per_network):
        fail(1, f"nguoi-{number}")

    assert refused(enter) == "network_rests"
    assert enter(network=THERE).username == "an.nguyen"
    assert actions.forget_networks(by=system_person()) == 1
    assert enter().username == "an.nguyen"


def test_neither_names_nor_addresses_are_stored(at):
    fail(1)

    stored = " ".join(map(str, SignInTries.objects.values_list()))
    assert "an.nguyen" not in stored
    assert HERE not in stored


def test_the_office_above_opens_a_resting_name():
    committee = make_committee()
    secretary = make_person(
        Role.SECRETARY, make_cell(parent=committee), username="an.nguyen", password=PASSWORD
    )
    officer = make_person(Role.OFFICER, committee)
    fail(LIMITS.per_account)
    assert state_of(secretary).rests_until is not None

    actions.unlock(secretary, by=officer)

    assert state_of(secretary).rests_until is None
    assert enter() == secretary
    assert TrailLine.objects.first().verb == "tries forgotten"


def test_an_office_beside_or_without_the_reach_opens_nothing():
    committee = make_committee()
    cell = make_cell(parent=committee)
    secretary, deputy = make_person(Role.SECRETARY, cell), make_person(Role.DEPUTY, cell)
    beside = make_person(Role.ORGANISATION_OFFICER, make_committee())
    officer, other = make_person(Role.OFFICER, committee), make_person(Role.OFFICER, committee)

    for by in (deputy, beside):
        assert refused(lambda by=by: actions.unlock(secretary, by=by)) == "beyond_reach"
    assert refused(lambda: actions.unlock(other, by=officer)) == "beyond_reach"
    assert refused(lambda: actions.unlock(officer, by=officer)) == "own_account"


def test_a_slip_that_lay_too_long_opens_nothing(on_day):
    user = make_user(username="an.nguyen", password=PASSWORD)
    on_day(user.password_given_on + LIMITS.first_password)
    assert enter() == user

    on_day(user.password_given_on + LIMITS.first_password + timedelta(days=1))

    assert refused(enter) == "old_slip"


def test_a_new_password_opens_the_name_and_signs_every_device_out(client):
    committee = make_committee()
    cell = make_cell(parent=committee)
    secretary = make_person(Role.SECRETARY, cell, username="an.nguyen", password=PASSWORD)
    client.force_login(secretary)
    fail(LIMITS.per_account)

    actions.set_password(
        secretary, "mot-mat-khau-moi", by=make_person(Role.ORGANISATION_OFFICER, committee)
    )

    assert enter(password="mot-mat-khau-moi") == secretary
    assert not secretary.open_sessions.exists()
    assert User.objects.get(pk=secretary.pk).must_change_password


def test_who_knows_the_password_of_an_open_session_is_asked_a_few_times_only(at):
    user = make_user(username="an.nguyen", password=PASSWORD)

    def change(old):
        return refused(lambda: actions.change_own_password(user, old=old, new="mot-mat-khau-khac"))

    assert [change("sai") for _ in range(LIMITS.per_account)] == ["wrong_password"] * 5
    assert change(PASSWORD) == "account_rests"
    assert enter() == user


def test_the_night_forgets_what_no_longer_counts(at):
    fail(1)
    at(14)
    assert actions.forget_old_tries() == 0
    at(16)

    assert actions.forget_old_tries() == 2
    assert not SignInTries.objects.exists()
