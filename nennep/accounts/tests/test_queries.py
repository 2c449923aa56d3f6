import ast
from pathlib import Path

import pytest
from django.core.checks import run_checks

from nennep.accounts import checks, queries, rules
from nennep.accounts.choices import TRAIL, Role
from nennep.accounts.rules import RoleRights
from nennep.accounts.tests.factories import make_administrator, make_person
from nennep.core import trail
from nennep.organisation.choices import TRAIL as ORGANISATION_TRAIL
from nennep.organisation.tests.factories import make_cell, make_committee, make_district, make_root

pytestmark = pytest.mark.django_db
APP = Path(checks.__file__).parent


def test_the_machine_has_one_account_and_signs_with_its_user(monkeypatch):
    monkeypatch.setattr(rules, "system_user", lambda: "lan")

    person = queries.system_person()

    assert person == queries.system_person()
    assert (person.username, person.label) == ("command-line", "Dòng lệnh (lan)")
    assert person.is_machine
    assert not person.has_usable_password()


def test_grants_are_listed_under_a_unit_for_who_may_see_them(django_assert_num_queries):
    district = make_district()
    committee = make_committee(parent=district)
    administrator = make_administrator(district)
    inside = make_person(Role.VIEWER, committee).grants.get()
    make_person(Role.VIEWER, make_committee())
    viewer = make_person(Role.VIEWER, district)

    assert list(queries.grants_under(committee, administrator)) == [inside]
    assert list(queries.grants_under(district, viewer)) == []
    assert len(queries.grants_under(district, administrator)) == 3
    with django_assert_num_queries(1):
        [str(g.user) + str(g.unit) for g in queries.grants_under(district, administrator)]


def test_grants_are_found_by_person_organisation_and_role():
    district = make_district("Huyện Sóc Sơn", code="SOCSON")
    administrator = make_administrator(make_root())
    viewer = make_person(Role.VIEWER, district, display_name="Trần Bình").grants.get()
    seen = queries.grants_under(make_root(), administrator)

    def found(**asked):
        return set(queries.grants_found(seen, **asked))

    assert found(q="soc son") == {viewer}
    assert found(q="Trần socson") == {viewer}
    assert found(q="zzz") == set()
    assert found(role="viewer") == {viewer}
    assert found() == set(seen)


def test_the_trail_is_read_as_far_as_the_right_to_read_it_goes():
    root, cell, other = make_root(), make_cell(), make_cell()
    top, secretary = make_administrator(root), make_person(Role.SECRETARY, cell)
    trail.record("rules loaded", None, by=top)
    trail.record_look("minutes read", cell, by=top)
    trail.record("unit renamed", other, by=top)

    own = {(line.verb, line.unit_path) for line in queries.trail_for(secretary)}

    assert {path for _, path in own} == {cell.path}
    assert ("minutes read", cell.path) in own
    assert "rules loaded" in {line.verb for line in queries.trail_for(top)}
    local = make_administrator(make_district())
    assert "rules loaded" not in {line.verb for line in queries.trail_for(local)}
    assert {line.unit_path for line in queries.trail_for(top, other)} == {other.path}


def test_the_trail_is_told_in_words(settings):
    settings.LANGUAGE_CODE = "en"
    root = make_root("Đảng bộ")
    top = make_administrator(root)
    trail.record(
        "unit kind changed", root, by=top, after="city", on="2023-05-10", unusual=True, empty=""
    )

    (told,) = queries.told(list(queries.lines_found(queries.trail_for(top))[:1]))

    assert told.where == "Đảng bộ"
    assert str(told.what) == "Kind of organisation changed"
    assert [(str(label), value) for label, value in told.details] == [
        ("after", "City or province"),
        ("from", "10-5-2023"),
        ("unusual place", "yes"),
    ]


def verbs_in(path):
    """The texts given first to `trail.record` and to what calls it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        called = getattr(node, "func", None)
        name = getattr(called, "attr", getattr(called, "id", ""))
        if (
            name in {"record", "record_look", "told"}
            and node.args
            and isinstance(node.args[0], ast.Constant)
        ):
            yield node.args[0].value


def test_every_verb_that_is_recorded_has_words():
    sources = [*APP.glob("*/*.py"), *(APP.parent / "organisation").glob("actions/*.py")]

    recorded = {verb for path in sources if path.parent.name != "tests" for verb in verbs_in(path)}

    assert recorded == set(TRAIL) | set(ORGANISATION_TRAIL)


def test_the_table_of_roles_names_what_there_is():
    assert [e for e in run_checks() if e.id in {"nennep.E020", "nennep.E021", "nennep.E022"}] == []


def test_a_table_that_names_something_else_stops_the_start(monkeypatch):
    table = {
        "viewer": RoleRights(frozenset({"fly"}), frozenset()),
        "pilot": RoleRights(frozenset(), frozenset()),
    }
    monkeypatch.setattr(checks, "rights", lambda: table)

    found = {error.id for error in checks.the_table_of_roles_is_complete()}

    assert found == {"nennep.E020", "nennep.E021", "nennep.E022"}


def test_the_place_of_a_person_stands_in_the_head_of_the_page(rf):
    cell = make_cell("Chi bộ Một")
    request = rf.get("/")
    request.user = make_person(Role.SECRETARY, cell)

    assert queries.place_of(request) == "Chi bộ Một"
