"""What the demonstration is, before any database."""

import os
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from nennep.demo.plan.sizes import SIZES
from nennep.demo.plan.tree import plan_tree
from nennep.demo.plan.whole import Demonstration
from nennep.demo.plan.words import STANDS_ON, dice, full_name

DIGEST = """
import hashlib
from nennep.demo.plan.whole import Demonstration
plan = Demonstration.of("ward", 5)
seen = hashlib.sha256()
for unit in plan.tree.units():
    seen.update(repr(unit).encode())
for history in plan.histories(1):
    seen.update(repr(history).encode())
print(seen.hexdigest())
"""


def _cells_under(tree, district: str):
    return [cell for house in tree.households if house.district == district for cell in house.cells]


@pytest.mark.parametrize("size", ["district", "city"])
def test_soc_son_is_as_its_review_counts_it(size):
    tree = plan_tree(SIZES[size], seed=11)
    cells = _cells_under(tree, "SOCSON")
    kinds = Counter(cell.kind for cell in cells)
    committees = [
        house for house in tree.households
        if house.district == "SOCSON" and house.head.kind == "grassroots_committee"
    ]  # fmt: skip
    assert (len(committees), kinds["grassroots_cell"], kinds["cell"]) == (40, 47, 480)
    assert sum(cell.strength for cell in cells) == 15_420


def test_the_city_has_its_cells_and_members():
    tree = plan_tree(SIZES["city"], seed=11)
    cells = list(tree.cells())
    assert len(cells) == 17_980
    assert sum(cell.strength for cell in cells) == 481_400
    assert len([unit for unit in tree.top if unit.parent_code]) == 50
    codes = [unit.code for unit in tree.units()]
    assert len(codes) == len(set(codes))


def _on_roll(person) -> str | None:
    for standing in person.standings:
        if standing.valid_from <= STANDS_ON <= (standing.valid_to or STANDS_ON):
            return standing.cell
    return None


@pytest.mark.parametrize("size", ["ward", "district"])
def test_the_rolls_add_up_to_the_strength_of_every_cell(size):
    plan = Demonstration.of(size, 3)
    there = Counter(_on_roll(person) for _, people in plan.rolls() for person in people)
    for cell in plan.tree.cells():
        assert there[cell.code] == (0 if cell.is_armed else cell.strength), cell.code


def test_units_of_the_police_and_the_army_have_no_persons():
    plan = Demonstration.of("district", 11)
    armed = {cell.code for cell in plan.tree.cells() if cell.is_armed}
    assert len(armed) == 27
    named = {s.cell for _, people in plan.rolls() for person in people for s in person.standings}
    assert not named & armed


def test_the_cell_of_the_accounts_has_29_members_and_has_met_in_june():
    plan = Demonstration.of("ward", 11)
    assert plan.tree.own_cell.strength == 29
    own = next(iter(plan.histories(1)))
    assert own.cell == plan.tree.own_cell
    assert any(
        m.period == date(2024, 6, 1) and m.kind in {"regular", "combined"} for m in own.meetings
    )


@pytest.mark.parametrize("seed", [1, 11])
def test_phuc_tho_is_in_order_and_soc_son_is_not(seed):
    plan = Demonstration.of("ward", seed)
    orderly = {house.head.code for house in plan.tree.households if house.is_orderly}
    for history in plan.histories(1):
        months = [m for m in history.meetings if m.kind in {"regular", "combined"}]
        if history.cell.parent_code in orderly:
            assert len(months) >= 11
            assert not any(m.skipped_steps for m in months)
            assert not history.explanations
            assert not any(row[2] == "unexcused" for m in months for row in m.rows)


def test_meetings_of_a_cell_come_in_the_order_of_days_and_before_today():
    for history in Demonstration.of("ward", 2).histories(1):
        starts = [meeting.started_at for meeting in history.meetings]
        assert starts == sorted(starts)
        assert all(m.started_at < m.ended_at < m.closed_at for m in history.meetings)
        assert all(m.closed_at.date() < STANDS_ON for m in history.meetings)


def test_nobody_is_in_the_chair_who_did_not_come():
    for history in Demonstration.of("ward", 4).histories(1):
        for meeting in history.meetings:
            came = {row[0] for row in meeting.rows if row[2] == "present"}
            assert meeting.chair is None or meeting.chair.member_id in came
            assert meeting.minute_taker is None or meeting.minute_taker.member_id in came


@pytest.mark.parametrize("hash_seed", ["0", "77"])
def test_the_same_seed_gives_the_same_plan_whatever_python_hashes(hash_seed):
    root = Path(__file__).parents[3]
    answers = {
        subprocess.run(
            [sys.executable, "-c", DIGEST],
            cwd=root,
            env={**os.environ, "PYTHONHASHSEED": value},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for value in ("1", hash_seed)
    }
    assert len(answers) == 1


def test_names_have_three_parts_at_least():
    chance = dice("names")
    assert all(len(full_name("female", chance).split()) >= 3 for _ in range(200))
