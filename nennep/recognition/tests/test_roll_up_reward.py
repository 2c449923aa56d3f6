"""REWARD: counted from the register, equal to its rows under every unit, in every month."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nennep.accounts.queries import system_person
from nennep.core import clock
from nennep.core.periods import Period
from nennep.indicators.choices import Structure
from nennep.indicators.queries.extent import Extent
from nennep.indicators.queries.figures import figure_sheet
from nennep.indicators.queries.ways_down import below, by_month, over_time
from nennep.indicators.tests.factories import month
from nennep.organisation.actions import move_unit
from nennep.recognition.choices import Honoured
from nennep.recognition.tests.factories import commended, counted_district
from nennep.regulations.queries import RuleBook

pytestmark = pytest.mark.django_db
YEARS = Period(month("2022-01"), month("2024-12"))


@pytest.fixture
def district(on_day):
    on_day(date(2024, 12, 20))
    return counted_district()


def told(unit, period=YEARS, structure=Structure.THEN):
    sheet = figure_sheet(unit, period, structure)
    return tuple(sheet[f"REWARD.{part}"].numerator for part in ("collectives", "persons", "total"))


def test_collectives_and_persons_are_counted_where_they_stood(district):
    first, _second, post = district.cells
    commended(first, date(2023, 5, 19))
    commended(first, date(2023, 5, 19), "Nguyễn Văn An")
    commended(post, date(2024, 6, 13), "Trần Thị Bình")
    commended(district.committee, date(2024, 6, 13))

    assert told(district) == (2, 2, 4)
    assert told(district.committee) == (2, 1, 3)
    assert told(first) == (1, 1, 2)
    assert told(district, Period(month("2023-01"), month("2023-12"))) == (1, 1, 2)


def test_who_moves_leaves_the_commendation_where_it_was_given(district):
    first = district.cells[0]
    commended(first, date(2023, 5, 19))
    move_unit(first, district, on=date(2024, 3, 1), by=system_person())
    commended(first, date(2024, 6, 13))

    assert told(district.committee) == (1, 0, 1)
    assert told(district) == (2, 0, 2)
    assert told(first) == (2, 0, 2)
    assert told(district.committee, structure=Structure.NOW) == (0, 0, 0)
    assert told(district, structure=Structure.NOW) == (2, 0, 2)


def test_nothing_is_counted_of_a_day_to_come(district, on_day):
    commended(district.cells[0], date(2024, 6, 13))
    on_day(date(2024, 6, 12))

    assert told(district) == (0, 0, 0)


def test_the_ways_down_lead_to_the_same_numbers(district):
    first, _second, post = district.cells
    commended(first, date(2024, 5, 19))
    commended(post, date(2024, 6, 13))
    extent, book = Extent(district, YEARS), RuleBook.load()

    rows = below(extent, "REWARD.collectives", book)
    assert {row.unit.name: row.figure.numerator for row in rows} == {
        "Đảng bộ xã Một": 1, "Chi bộ Bưu điện": 1,
    }  # fmt: skip
    months = over_time(extent, "REWARD.collectives", book)
    assert [(m.month, m.figure.numerator) for m in months if m.figure.numerator] == [
        (date(2024, 5, 1), 1), (date(2024, 6, 1), 1),
    ]  # fmt: skip
    own = by_month(post, "REWARD.collectives", YEARS, book, system_person())
    assert [(m.month, m.figure.numerator) for m in own if m.figure.numerator] == [
        (date(2024, 6, 1), 1)
    ]


def test_a_sheet_asks_the_same_however_many_are_commended(district):
    counts = []
    for number in (1, 2, 3):
        commended(district.cells[0], date(2024, 6, number), decision=f"{number}-QĐ/HU")
        with CaptureQueriesContext(connection) as queries:
            figure_sheet(district, YEARS)
        counts.append(len(queries))

    assert len(set(counts)) == 1


DAYS = st.dates(date(2022, 1, 1), date(2024, 12, 31))


@given(rows=st.lists(st.tuples(st.integers(0, 4), DAYS, st.booleans()), max_size=8), of=DAYS)
@settings(
    max_examples=25, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
def test_whatever_stands_in_the_register_the_figures_equal_its_rows(district, rows, of):
    from django.db import transaction

    units = [district, district.committee, *district.cells]
    period = Period(of.replace(day=1), month("2024-12"))
    with transaction.atomic():
        kept = [
            commended(units[place], on, f"Người {number}" if is_person else "", f"{number}-QĐ")
            for number, (place, on, is_person) in enumerate(rows)
        ]
        for unit in units:
            inside = [
                row for row in kept
                if row.path.startswith(unit.path) and period.first <= row.on <= clock.today()
            ]  # fmt: skip
            persons = sum(row.kind == Honoured.PERSON for row in inside)
            assert told(unit, period) == (len(inside) - persons, persons, len(inside))
        transaction.set_rollback(True)
