from datetime import date

import pytest

from nennep.organisation import actions
from nennep.organisation.choices import BodyKind
from nennep.organisation.models import Body
from nennep.organisation.tests.factories import (
    FOUNDED,
    SOMEBODY,
    make_cell,
    make_committee,
    refused,
    verbs,
)

pytestmark = pytest.mark.django_db
DAY = date(2023, 5, 10)


def test_a_body_belongs_to_its_kind_of_unit():
    cell, committee = make_cell(), make_committee()

    refused("wrong_body", lambda: actions.establish_body(cell, BodyKind.COMMITTEE, by=SOMEBODY))
    refused(
        "wrong_body",
        lambda: actions.establish_body(committee, BodyKind.CELL_COMMITTEE, by=SOMEBODY),
    )
    actions.establish_body(committee, BodyKind.COMMITTEE, by=SOMEBODY)
    refused(
        "body_exists", lambda: actions.establish_body(committee, BodyKind.COMMITTEE, by=SOMEBODY)
    )


def test_a_new_term_ends_the_one_that_runs(told):
    body = actions.establish_body(make_cell(code="ONE"), BodyKind.CELL_COMMITTEE, by=SOMEBODY)
    old = actions.begin_term(body, "2020–2022", starts_on=FOUNDED, by=SOMEBODY)
    told.clear()

    new = actions.begin_term(body, "2022–2025", starts_on=date(2022, 7, 1), by=SOMEBODY)

    old.refresh_from_db()
    assert (old.ends_on, new.ends_on) == (date(2022, 6, 30), None)
    assert told == [("ONE", "place", None)]
    ended = actions.end_term(new, last_day=DAY, by=SOMEBODY)
    assert ended.ends_on == DAY
    assert Body.objects.get().terms.count() == 2
    assert verbs()[-2:] == ["term begun", "term ended"]


def test_terms_that_are_refused():
    body = actions.establish_body(make_cell(), BodyKind.CELL_COMMITTEE, by=SOMEBODY)
    first = actions.begin_term(
        body, "2020–2022", starts_on=FOUNDED, ends_on=date(2021, 12, 31), by=SOMEBODY
    )

    def begin(label="X", starts_on=DAY, ends_on=None):
        return lambda: actions.begin_term(
            body, label, starts_on=starts_on, ends_on=ends_on, by=SOMEBODY
        )

    refused("no_label", begin(label=" "))
    refused("before_founding", begin(starts_on=date(2019, 1, 1)))
    refused("term_ends_before_it_begins", begin(ends_on=FOUNDED))
    refused("terms_overlap", begin(starts_on=date(2021, 6, 1)))
    refused(
        "term_ends_before_it_begins",
        lambda: actions.end_term(first, last_day=date(2019, 1, 1), by=SOMEBODY),
    )
    begin(starts_on=date(2022, 1, 1))()
    refused("terms_overlap", lambda: actions.end_term(first, last_day=DAY, by=SOMEBODY))


def test_a_party_group_lives_in_its_cell():
    cell = make_cell()

    group = actions.open_party_group(cell, " Tổ  đảng 1", on=DAY, by=SOMEBODY)

    assert group.name == "Tổ đảng 1"
    closed = actions.close_party_group(group, last_day=DAY, by=SOMEBODY)
    assert closed.valid_to == DAY
    assert verbs()[-2:] == ["party group opened", "party group closed"]


def test_party_groups_that_are_refused():
    cell, committee = make_cell(), make_committee()
    group = actions.open_party_group(cell, "Tổ 1", on=DAY, by=SOMEBODY)

    def open_in(unit, name="Tổ 2", on=DAY):
        return lambda: actions.open_party_group(unit, name, on=on, by=SOMEBODY)

    def close(last_day):
        return lambda: actions.close_party_group(group, last_day=last_day, by=SOMEBODY)

    refused("not_a_cell", open_in(committee))
    refused("no_name", open_in(cell, " "))
    refused("before_founding", open_in(cell, on=date(2019, 1, 1)))
    refused("future_day", open_in(cell, on=date(2024, 6, 14)))
    refused("group_exists", open_in(cell, "Tổ 1"))
    refused("group_ends_before_it_begins", close(FOUNDED))
    refused("future_day", close(date(2024, 6, 14)))
    close(DAY)()
    refused("group_closed", close(DAY))
