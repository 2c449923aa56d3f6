from datetime import UTC, datetime, timedelta

import pytest

from nennep.accounts import actions, queries, rules
from nennep.accounts.choices import Role
from nennep.accounts.models import RecoveryCode, SecondFactor
from nennep.accounts.rules import one_time
from nennep.accounts.rules.passkeys import Passkey
from nennep.accounts.tests.factories import make_administrator, make_person, make_user
from nennep.core import clock
from nennep.core.models import Installation, TrailLine
from nennep.core.refusal import Refusal
from nennep.core.sealed_texts import Unreadable
from nennep.organisation.tests.factories import make_cell, make_committee, make_root

pytestmark = pytest.mark.django_db
NOON = datetime(2024, 6, 13, 5, tzinfo=UTC)
SECRET = b"12345678901234567890"
HERE = "203.113.1.1"


@pytest.fixture(autouse=True)
def at(monkeypatch):
    def travel(seconds):
        monkeypatch.setattr(clock, "moment", lambda: NOON + timedelta(seconds=seconds))

    travel(0)
    return travel


def code(seconds=0):
    return one_time.code_at(SECRET, int(NOON.timestamp() + seconds) // one_time.STEP)


def refused(act):
    with pytest.raises(Refusal) as refusal:
        act()
    return refusal.value.code


def with_telephone(user=None):
    user = user or make_user()
    actions.add_telephone(user, secret=SECRET, code=code(), name="Điện thoại")
    return user


def test_a_telephone_is_set_up_with_a_code_that_proves_it():
    user = make_user()

    assert (
        refused(lambda: actions.add_telephone(user, secret=SECRET, code="000000", name=""))
        == "wrong_code"
    )
    assert not queries.has_second_factor(user)
    factor = with_telephone(user).second_factors.get()

    assert (factor.kind, factor.name) == ("totp", "Điện thoại")
    assert TrailLine.objects.first().verb == "second factor added"


def test_the_secret_is_stored_sealed_and_opens_for_its_own_row_only():
    factor = with_telephone().second_factors.get()
    other = SecondFactor(user=factor.user, kind="totp", sealed=factor.sealed)

    assert SECRET.hex() not in factor.sealed
    assert factor.secret == SECRET
    with pytest.raises(Unreadable):
        assert other.secret


def test_a_new_telephone_takes_the_place_of_the_old_one():
    user = with_telephone()
    other = b"09876543210987654321"
    step = int(NOON.timestamp()) // one_time.STEP

    actions.add_telephone(user, secret=other, code=one_time.code_at(other, step), name="Mới")

    assert user.second_factors.get().name == "Mới"


def test_a_code_lets_its_owner_in_once(at):
    user = with_telephone()
    assert refused(lambda: actions.pass_by_code(user, code(), network=HERE)) == "wrong_code"
    at(30)

    actions.pass_by_code(user, f" {code(30)[:3]} {code(30)[3:]} ", network=HERE)

    assert refused(lambda: actions.pass_by_code(user, code(30), network=HERE)) == "wrong_code"


def test_wrong_codes_rest_the_second_step_and_the_password_does_not_clear_them(at):
    user = make_user(username="an.nguyen", password="mot-mat-khau-dai")
    with_telephone(user)
    at(30)
    limit = rules.limits().per_account

    for _ in range(limit):
        assert refused(lambda: actions.pass_by_code(user, "000000", network=HERE)) == "wrong_code"
        actions.check_password("an.nguyen", "mot-mat-khau-dai", network=HERE)

    assert refused(lambda: actions.pass_by_code(user, code(30), network=HERE)) == "account_rests"


def test_a_recovery_code_lets_its_owner_in_once():
    user = with_telephone()
    first, second, *_ = actions.make_recovery_codes(user)

    actions.pass_by_code(user, first.upper(), network=HERE)

    assert refused(lambda: actions.pass_by_code(user, first, network=HERE)) == "wrong_code"
    actions.pass_by_code(user, second.replace("-", " "), network=HERE)
    assert queries.factors_of(user).codes_left == 8
    assert TrailLine.objects.first().verb == "recovery code used"


def test_recovery_codes_are_not_stored_and_new_ones_end_the_old():
    user = with_telephone()
    old = actions.make_recovery_codes(user)
    new = actions.make_recovery_codes(user)

    stored = " ".join(RecoveryCode.objects.values_list("fingerprint", flat=True))
    assert not any(one_time.typed(c) in stored for c in new)
    assert RecoveryCode.objects.count() == 10
    assert refused(lambda: actions.pass_by_code(user, old[0], network=HERE)) == "wrong_code"


def test_a_recovery_code_of_somebody_else_opens_nothing():
    codes = actions.make_recovery_codes(with_telephone())
    other = with_telephone()
    actions.make_recovery_codes(other)

    assert refused(lambda: actions.pass_by_code(other, codes[0], network=HERE)) == "wrong_code"


def test_a_passkey_is_added_once():
    user = make_user()
    passkey = Passkey(id=b"id", credential=b"credential")

    actions.add_passkey(user, passkey=passkey, name="Máy của tôi")

    assert queries.passkeys_of(user) == [b"credential"]
    assert refused(lambda: actions.add_passkey(user, passkey=passkey, name="")) == "passkey_twice"


def test_the_last_factor_stays_where_a_role_asks_for_one():
    officer = make_person(Role.OFFICER, make_committee())
    secretary = make_person(Role.SECRETARY, make_cell())
    for user in (officer, secretary):
        with_telephone(user)
        actions.make_recovery_codes(user)

    assert (
        refused(lambda: actions.remove_second_factor(officer.second_factors.get(), by=officer))
        == "last_factor"
    )
    actions.remove_second_factor(secretary.second_factors.get(), by=secretary)

    assert not secretary.recovery_codes.exists()
    assert TrailLine.objects.first().verb == "second factor removed"


def test_everybody_above_the_cell_must_have_one_and_nobody_in_it():
    cell, committee = make_cell(), make_committee()
    told = {
        role: queries.must_have_second_factor(
            make_person(role, cell if rules.fits(role, is_cell=True) else committee)
        )
        for role in Role.values
        if not rules.names_one_record(role)
    }

    assert {role for role, must in told.items() if must} == {
        "officer", "viewer", "organisation_officer", "administrator",
    }  # fmt: skip


def test_it_is_asked_for_from_its_day_on(on_day):
    officer = make_person(Role.OFFICER, make_committee(), valid_from=rules.second_factor().since)
    on_day(rules.second_factor().since - timedelta(days=1))

    assert not officer.should_have_second_factor


def test_a_demonstration_asks_nobody_unless_told_to(settings):
    officer = make_person(Role.OFFICER, make_committee())
    assert queries.owes_second_factor(officer, {})
    Installation.objects.create(is_demonstration=True)

    assert not queries.owes_second_factor(officer, {})
    settings.DEMO_SECOND_FACTOR = True
    assert queries.owes_second_factor(officer, {})
    assert not queries.owes_second_factor(officer, {"second_factor": True})


def test_the_office_above_resets_what_was_lost(client):
    committee = make_committee()
    secretary = make_person(Role.SECRETARY, make_cell(parent=committee))
    with_telephone(secretary)
    actions.make_recovery_codes(secretary)
    client.force_login(secretary)

    actions.reset_second_factors(secretary, by=make_person(Role.OFFICER, committee))

    assert not queries.has_second_factor(secretary)
    assert not secretary.recovery_codes.exists()
    assert not secretary.open_sessions.exists()
    line = TrailLine.objects.first()
    assert (line.verb, line.details["username"]) == ("second factors reset", secretary.username)


def test_an_officer_is_reset_by_an_administrator_only():
    committee = make_committee()
    officer = with_telephone(make_person(Role.OFFICER, committee))
    beside = make_person(Role.ORGANISATION_OFFICER, committee)

    assert refused(lambda: actions.reset_second_factors(officer, by=beside)) == "beyond_reach"
    actions.reset_second_factors(officer, by=make_administrator(make_root()))

    assert not queries.has_second_factor(officer)


def test_with_another_key_of_the_installation_the_owner_is_told_what_to_do(settings, at):
    user = with_telephone()
    settings.SECRET_KEY = "another key of another machine"
    at(30)

    assert (
        refused(lambda: actions.pass_by_code(user, code(30), network=HERE)) == "factor_unreadable"
    )
