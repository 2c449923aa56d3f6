import getpass

import pytest

from nennep.accounts import rules
from nennep.accounts.choices import CELL_ROLES, Role


@pytest.mark.parametrize(
    ("role", "verb", "reads_content", "allowed"),
    [
        ("viewer", "view unit", False, True),
        ("viewer", "view meetings", False, False),
        ("viewer", "view meetings", True, True),
        ("secretary", "close minutes", True, True),
        ("member", "close minutes", True, False),
        ("officer", "view members", False, False),
        ("officer", "manage units", True, False),
        ("administrator", "manage grants", False, True),
        ("administrator", "view meetings", True, False),
        ("administrator", "view members", True, False),
        ("minute_taker", "record meetings", True, True),
        ("minute_taker", "view unit", True, False),
    ],
)
def test_a_role_gives_its_verbs_and_content_only_where_the_grant_says_so(
    role, verb, reads_content, allowed
):
    assert rules.allows(role, verb, reads_content=reads_content) is allowed


@pytest.mark.parametrize("role", Role)
def test_a_role_stands_either_in_a_cell_or_above(role):
    assert rules.fits(role, is_cell=True) is (role in CELL_ROLES)
    assert rules.fits(role, is_cell=False) is (role not in CELL_ROLES)


@pytest.mark.parametrize(
    ("role", "may"),
    [("officer", True), ("viewer", True), ("administrator", False), ("secretary", False)],
)
def test_only_some_roles_above_the_cell_may_be_opened_content(role, may):
    assert rules.may_read_content(role) is may


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("nguyen.van.an", True),
        ("a1-b_c", True),
        ("ab", False),
        ("Nguyen", False),
        ("nguyễn", False),
        ("a b c", False),
        (".abc", False),
        ("a" * 61, False),
    ],
)
def test_a_user_name_can_be_said_on_the_telephone(text, is_one):
    assert rules.is_username(text) is is_one


def test_first_passwords_are_long_and_differ():
    one, two = rules.new_password(), rules.new_password()

    assert len(one) == 19
    assert one != two


def test_a_machine_without_a_user_name_is_no_reason_to_fail(monkeypatch):
    def nobody():
        raise OSError

    monkeypatch.setattr(getpass, "getuser", nobody)

    assert rules.system_user() == "?"
