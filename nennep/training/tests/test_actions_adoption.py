from datetime import date
from io import BytesIO

import pytest

from nennep.accounts.queries import system_person
from nennep.core.refusal import Refusal
from nennep.members.models import Exemption
from nennep.members.tests import factories as members
from nennep.regulations.actions import load_presets
from nennep.training import actions
from nennep.training.actions import CellCount
from nennep.training.choices import HandbookApp
from nennep.training.models import EHandbookAdoption
from nennep.training.queries.adoption import adoption_json, adoption_of
from nennep.training.queries.export_files import counts_in_file
from nennep.training.tests.factories import cell_with_officers

pytestmark = pytest.mark.django_db
DAY = date(2024, 6, 10)


@pytest.fixture
def cell():
    """Four members, one of them exempt."""
    load_presets(by=system_person())
    made = cell_with_officers()
    Exemption.objects.create(
        member=made.people["Dung"], basis="age_or_health", valid_from=date(2023, 1, 1)
    )
    return made


def count(cell, on=DAY, unit=None, **numbers):
    counts = [CellCount(cell, **numbers)]
    return actions.count_adoption(unit or cell.parent, counts=counts, on=on, by=system_person())


@pytest.mark.parametrize(
    ("numbers", "code"),
    [
        ({"installed": 5}, "installed_contradicts"),
        ({"installed": 2, "signed_in": 3}, "signed_in_contradicts"),
        ({"installed": 4}, "installed_exempt_contradicts"),
        ({"installed": 3, "installed_exempt": 2}, "installed_exempt_contradicts"),
        ({"installed": 3, "reasons": {"data": 2}}, "reasons_contradicts"),
    ],
)
def test_numbers_that_contradict_the_roll_are_refused(cell, numbers, code):
    with pytest.raises(Refusal) as no:
        count(cell, **numbers)
    assert no.value.code == code
    assert not EHandbookAdoption.objects.exists()


def test_both_figures_stand_beside_each_other_with_what_they_are_made_of(cell):
    count(cell, installed=3, signed_in=2, installed_exempt=1, reasons={"no_phone": 1, "data": 0})

    total = adoption_of(cell.parent, DAY).total
    assert (total.of_all, total.of_liable, total.signing_in) == ((3, 4), (2, 3), (2, 4))
    assert total.counted == (1, 1)
    assert adoption_json(cell.parent, DAY) == {
        "unit": cell.parent.code,
        "on": "2024-06-10",
        "app": "hanoi",
        "cells": {"all": 1, "counted": 1},
        "members": {
            "all": 4, "not_exempt": 3, "installed": 3, "installed_not_exempt": 2, "signed_in": 2
        },
        "reasons": {
            "no_phone": 1, "age_or_health": 0, "data": 0, "network": 0, "away": 0, "other": 0
        },
    }  # fmt: skip


def test_the_same_day_counted_again_says_it_anew_and_a_later_day_holds_from_then_on(cell):
    count(cell, installed=1)
    count(cell, installed=2)
    count(cell, on=date(2024, 6, 12), installed=3, installed_exempt=0)

    assert EHandbookAdoption.objects.count() == 2
    assert adoption_of(cell, DAY).total.installed == 2
    assert adoption_of(cell, date(2024, 6, 12)).total.installed == 3
    assert adoption_of(cell, date(2024, 6, 9)).total.counted == (0, 1)


def test_each_app_has_its_time_and_its_own_counts(cell, on_day):
    count(cell, installed=3)
    on_day(date(2025, 9, 1))

    assert adoption_of(cell, date(2025, 6, 30)).total.installed == 3
    assert adoption_of(cell, date(2025, 7, 5)).app is None
    later = adoption_of(cell, date(2025, 8, 1))
    assert (later.app, later.total.counted) == (HandbookApp.NATIONAL, (0, 1))
    count(cell, on=date(2025, 8, 20), installed=1)
    assert adoption_of(cell, date(2025, 9, 1)).total.of_all == (1, 4)


@pytest.mark.parametrize(
    ("on", "code"), [(date(2024, 6, 14), "in_future"), (date(2022, 6, 1), "no_app")]
)
def test_a_day_on_which_nothing_can_be_counted_is_refused(cell, on, code):
    with pytest.raises(Refusal) as no:
        count(cell, on=on, installed=1)
    assert no.value.code == code


def test_cells_of_others_are_not_counted_here(cell):
    with pytest.raises(Refusal) as no:
        count(cell, unit=members.committee("Đảng bộ xa"), installed=1)
    assert no.value.code == "not_below"


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ("Tên đơn vị,Đã cài đặt,Đăng nhập được\n{name},3,2\n", (3, 2)),
        ("Chi bộ,Cài đặt\n{code},x\n{code},x\n{code},\n", (2, 0)),
    ],
)
def test_a_file_has_a_line_for_each_cell_or_for_each_member(cell, lines, found):
    text = lines.format(name=cell.name, code=cell.code)

    read = counts_in_file(BytesIO(text.encode()), "so-tay.csv", [cell])

    assert (read.by_cell[cell.pk]["installed"], read.by_cell[cell.pk]["signed_in"]) == found
    assert read.troubles == []


def test_lines_of_a_file_that_cannot_be_taken_are_named(cell):
    text = f"Chi bộ,Đã cài\nChi bộ Không Có,3\n{cell.name},nhiều\n"

    read = counts_in_file(BytesIO(text.encode()), "so-tay.csv", [cell])

    assert len(read.troubles) == 2
    assert "Chi bộ Không Có" in read.troubles[0]
