from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from nennep.core.ids import seeded_ids
from nennep.core.models import TrailLine
from nennep.core.refusal import Refusal
from nennep.organisation import actions
from nennep.organisation.actions import NewBody, NewUnit, load_units
from nennep.organisation.choices import Block, BodyKind, UnitKind
from nennep.organisation.models import Body, PartyGroup, Placement, Term, Unit
from nennep.organisation.tests.factories import FOUNDED, SOMEBODY, make_committee

pytestmark = pytest.mark.django_db
TABLES = (Unit, Placement, Body, Term, PartyGroup)
FIRST, SECOND = date(2020, 6, 1), date(2022, 7, 1)
ROWS = [
    NewUnit("CITY", "Đảng bộ Thành phố", UnitKind.CITY, "", FOUNDED),
    NewUnit(
        "COM",
        "Đảng bộ xã  Bình An",
        UnitKind.GRASSROOTS_COMMITTEE,
        "CITY",
        FOUNDED,
        national_code="38.168.053.000.000",
        bodies=(NewBody(BodyKind.COMMITTEE, (("2020–2025", FIRST, date(2025, 6, 30)),)),),
    ),
    NewUnit(
        "ONE",
        "Chi bộ thôn Đông",
        UnitKind.CELL,
        "COM",
        FIRST,
        block=Block.RESIDENTIAL,
        bodies=(
            NewBody(
                BodyKind.CELL_COMMITTEE, (("2020–2022", FIRST, None), ("2022–2025", SECOND, None))
            ),
        ),
        party_groups=("Tổ đảng 1", "Tổ đảng 2"),
    ),
    NewUnit(
        "ARMY", "Đảng bộ Quân sự", UnitKind.GRASSROOTS_COMMITTEE, "CITY", FOUNDED, block=Block.ARMY
    ),
    NewUnit("A1", "Chi bộ 1", UnitKind.CELL, "ARMY", FIRST, block=Block.ARMY),
]


def one_by_one(rows):
    for row in rows:
        given = {"code": row.code, "founded_on": row.founded_on, "national_code": row.national_code}
        if row.parent_code:
            parent = Unit.objects.get(code=row.parent_code)
            unit = actions.create_unit(
                row.name, kind=row.kind, block=row.block, parent=parent, by=SOMEBODY, **given
            )
        else:
            unit = actions.create_root(row.name, by=SOMEBODY, **given)
        for new in row.bodies:
            body = actions.establish_body(unit, new.kind, by=SOMEBODY)
            for label, starts_on, ends_on in new.terms:
                actions.begin_term(body, label, starts_on=starts_on, ends_on=ends_on, by=SOMEBODY)
        for group in row.party_groups:
            actions.open_party_group(unit, group, on=row.founded_on, by=SOMEBODY)


def everything():
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in TABLES}


def count_from_one():
    """As in an empty database, whatever tests ran before this one."""
    with connection.cursor() as cursor:
        for model in TABLES:
            if connection.vendor == "postgresql":
                cursor.execute(f"ALTER SEQUENCE {model._meta.db_table}_id_seq RESTART")
            else:
                cursor.execute(
                    "DELETE FROM sqlite_sequence WHERE name = %s", [model._meta.db_table]
                )


def test_many_at_once_are_the_same_rows_as_one_by_one():
    with transaction.atomic(), seeded_ids("one tree"):
        ids = load_units(ROWS, by=SOMEBODY)
        loaded = everything()
        line = TrailLine.objects.first()
        transaction.set_rollback(True)
    count_from_one()

    with seeded_ids("one tree"):
        one_by_one(ROWS)

    assert loaded == everything()
    assert ids == {row["code"]: row["id"] for row in loaded["Unit"]}
    assert (line.verb, line.details) == ("units loaded", {"count": 5})


def test_loading_goes_on_behind_what_is_there_and_the_ids_go_on_behind_it():
    committee = make_committee(code="COM")

    load_units([NewUnit("ONE", "Chi bộ", UnitKind.CELL, "COM", FIRST)], by=SOMEBODY)
    later = make_committee(code="LATER")

    one = Unit.objects.get(code="ONE")
    assert one.path.startswith(committee.path)
    assert later.pk > one.pk


@pytest.mark.parametrize(
    "row",
    [
        NewUnit("CITY", "B", UnitKind.GRASSROOTS_CELL, "CITY", FOUNDED),
        NewUnit("b", "B", UnitKind.GRASSROOTS_CELL, "CITY", FOUNDED),
        NewUnit("B", "B", "moon", "CITY", FOUNDED),
        NewUnit("B", "B", UnitKind.GRASSROOTS_CELL, "NOWHERE", FOUNDED),
        NewUnit("B", "B", UnitKind.CITY, "", FOUNDED),
        NewUnit("B", "B", UnitKind.CITY, "CITY", FOUNDED),
        NewUnit("B", "B", UnitKind.CELL, "CITY", FOUNDED, national_code="1"),
    ],
)
def test_a_wrong_row_keeps_all_out(row):
    with pytest.raises(Refusal) as refusal:
        load_units([ROWS[0], row], by=SOMEBODY)

    assert refusal.value.code == "row_refused"
    assert not Unit.objects.exists()


def test_loading_costs_the_same_number_of_statements_for_one_and_for_three():
    load_units(ROWS[:1], by=SOMEBODY)
    cells = [
        NewUnit(f"C{n}", f"Chi bộ {n}", UnitKind.GRASSROOTS_CELL, "CITY", FIRST) for n in range(4)
    ]
    with CaptureQueriesContext(connection) as for_one:
        load_units(cells[:1], by=SOMEBODY)
    with CaptureQueriesContext(connection) as for_three:
        load_units(cells[1:], by=SOMEBODY)

    assert len(for_three) == len(for_one)
