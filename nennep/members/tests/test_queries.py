from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nennep.accounts.choices import Role
from nennep.core.text import name_key
from nennep.members.actions import (
    NewMember,
    admit_member,
    appoint,
    dismiss,
    enter_strength_figures,
    exempt_member,
    load_roll,
    recognise_member,
    send_away,
    set_working,
    suspend_member,
    transfer_member,
    welcome_guest_member,
)
from nennep.members.choices import ExemptionBasis, PositionTitle, RollStatus, StandingKind
from nennep.members.models import Exemption, Standing
from nennep.members.queries import (
    Strength,
    committee_on,
    find_members,
    possible_duplicates,
    roll_on,
    secretaries_on,
    secretary_on,
    strength_changes,
    strength_of_units,
    strength_on,
)
from nennep.members.rules import StrengthChange, StrengthCount
from nennep.members.tests.factories import (
    FOUNDED,
    UserFactory,
    body,
    cell,
    city,
    committee,
    figures_only_cell,
    group,
    member,
    officer,
)
from nennep.organisation.choices import BodyKind

pytestmark = pytest.mark.django_db
DAY = date(2024, 6, 13)
PROBATIONARY = StandingKind.PROBATIONARY


@pytest.fixture
def by():
    return UserFactory()


def test_the_roll_names_everybody_with_their_state_in_the_order_of_given_names(by):
    here, there = cell(), cell("Chi bộ thôn Thượng")
    first_group = group(here)
    a = member(here, "Trần Văn Anh", party_group=first_group, is_working=True)
    b = member(here, "Nguyễn Thị Ân", kind=PROBATIONARY)
    c = member(here, "Lê Đình Cảnh")
    d = member(here, "Phạm Văn Dũng")
    e = member(here, "Vũ Thị Đào")
    member(there, "Ngô Văn Bình")
    guest = member(there, "Bùi Thị Bích")
    exempt_member(c, basis=ExemptionBasis.AGE_OR_HEALTH, valid_from=date(2023, 1, 1), by=by)
    send_away(d, host=there, valid_from=date(2024, 5, 1), valid_to=date(2024, 7, 31), by=by)
    suspend_member(e, on=date(2024, 6, 1), by=by)
    send_away(guest, host=here, valid_from=DAY, valid_to=DAY, by=by)
    appoint(a, body=body(here), title=PositionTitle.SECRETARY, valid_from=date(2022, 6, 1), by=by)
    roll = roll_on(here, DAY)
    assert [(entry.name, entry.status) for entry in roll] == [
        ("Trần Văn Anh", RollStatus.REQUIRED),
        ("Nguyễn Thị Ân", RollStatus.REQUIRED),
        ("Bùi Thị Bích", RollStatus.HERE),
        ("Lê Đình Cảnh", RollStatus.EXEMPT),
        ("Phạm Văn Dũng", RollStatus.AWAY),
        ("Vũ Thị Đào", RollStatus.SUSPENDED),
    ]
    assert [entry.sort_key for entry in roll] == sorted(name_key(entry.name) for entry in roll)
    assert roll[0].position == "secretary"
    assert roll[0].party_group_id == first_group.pk
    assert (roll[0].is_working, roll[1].is_working) == (True, False)
    assert (roll[1].is_probationary, roll[1].may_vote) == (True, False)
    assert (roll[2].is_official, roll[2].is_probationary, roll[2].may_vote) == (False, False, False)
    assert [entry.member_id for entry in roll][1] == b.pk
    assert [entry.name for entry in roll_on(there, DAY)] == [
        "Bùi Thị Bích",
        "Ngô Văn Bình",
        "Phạm Văn Dũng",
    ]


def test_the_roll_of_an_earlier_day_is_that_of_that_day(by):
    here, there = cell(), cell("Chi bộ thôn Thượng")
    moved = member(here)
    transfer_member(moved, to=there, on=date(2024, 3, 1), by=by)
    assert [entry.member_id for entry in roll_on(here, date(2024, 2, 29))] == [moved.pk]
    assert roll_on(here, date(2024, 3, 1)) == []
    assert roll_on(there, date(2024, 2, 29)) == []
    assert [entry.member_id for entry in roll_on(there, date(2024, 3, 1))] == [moved.pk]


@pytest.mark.parametrize("people", [1, 30])
def test_the_roll_costs_five_queries_whatever_its_size(by, people, django_assert_num_queries):
    here, there = cell(), cell("Chi bộ thôn Thượng")
    for number in range(people):
        someone = member(here, f"Nguyễn Văn {chr(65 + number % 26)}{number}", is_working=True)
        exempt_member(someone, basis="age_or_health", valid_from=DAY, by=by)
        send_away(member(there), host=here, valid_from=DAY, valid_to=DAY, by=by)
    with django_assert_num_queries(5):
        assert len(roll_on(here, DAY)) == 2 * people


def test_the_counts_of_the_roll_are_the_strength(by):
    here, there = cell(), cell("Chi bộ thôn Thượng")
    both = member(here, "Lê Văn Cả")
    exempt_member(both, basis="age_or_health", valid_from=FOUNDED.replace(year=2021), by=by)
    send_away(both, valid_from=date(2024, 6, 1), valid_to=date(2024, 12, 31), by=by)
    exempt_member(member(here), basis="age_or_health", valid_from=date(2024, 1, 1), by=by)
    suspend_member(member(here), on=date(2024, 6, 1), by=by)
    member(here, kind=PROBATIONARY)
    member(here)
    send_away(member(there), host=here, valid_from=DAY, valid_to=DAY, by=by)
    counted = Strength(
        official=4, probationary=1, exempt=2, away=1, suspended=1, here=1, required=3
    )
    assert strength_on([here.pk], DAY) == {here.pk: counted}
    assert StrengthCount.of(roll_on(here, DAY)) == counted


def test_figures_only_cells_have_the_strength_that_was_entered(by):
    army = figures_only_cell()
    empty = cell()
    enter_strength_figures(army, official=12, probationary=1, exempt=2, on=date(2023, 1, 1), by=by)
    enter_strength_figures(army, official=10, probationary=2, exempt=1, on=date(2024, 2, 1), by=by)
    assert strength_on([army.pk, empty.pk], DAY) == {
        army.pk: Strength(official=10, probationary=2, exempt=1, required=11),
        empty.pk: Strength(),
    }
    assert strength_changes([army.pk]) == {
        army.pk: [
            StrengthChange(date(2023, 1, 1), 12, 1, 2),
            StrengthChange(date(2024, 2, 1), -2, 1, -1),
        ]
    }


@pytest.mark.parametrize("cells", [1, 3])
def test_the_strength_of_many_cells_costs_as_many_queries_as_of_one(
    by, cells, django_assert_num_queries
):
    ids = [cell().pk for _ in range(cells)]
    with django_assert_num_queries(5):
        strength_on(ids, DAY)
    with django_assert_num_queries(3):
        strength_changes(ids)


def test_more_cells_than_a_statement_has_parameters_are_one_question(by):
    here = cell()
    member(here)
    many = [here.pk, *range(10_000, 50_000)]
    assert strength_on(many, DAY)[here.pk].total == 1
    assert strength_changes(many)[here.pk] == [StrengthChange(date(2020, 1, 1), 1)]


def test_the_strength_changes_on_the_first_day_and_the_day_after_the_last(by):
    here, there = cell(), cell("Chi bộ thôn Thượng")
    someone = member(here, kind=PROBATIONARY, on=date(2022, 5, 10))
    recognise_member(someone, on=date(2023, 5, 10), by=by)
    exempt_member(
        someone, basis="case", valid_from=date(2024, 1, 1), valid_to=date(2024, 1, 31), by=by
    )
    exempt_member(
        someone, basis="case", valid_from=date(2024, 2, 20), valid_to=date(2024, 3, 31), by=by
    )
    transfer_member(someone, to=there, on=date(2024, 3, 1), by=by)
    assert strength_changes([here.pk, there.pk]) == {
        here.pk: [
            StrengthChange(date(2022, 5, 10), 0, 1, 0),
            StrengthChange(date(2023, 5, 10), 1, -1, 0),
            StrengthChange(date(2024, 1, 1), 0, 0, 1),
            StrengthChange(date(2024, 2, 1), 0, 0, -1),
            StrengthChange(date(2024, 2, 20), 0, 0, 1),
            StrengthChange(date(2024, 3, 1), -1, 0, -1),
        ],
        there.pk: [
            StrengthChange(date(2024, 3, 1), 1, 0, 1),
            StrengthChange(date(2024, 4, 1), 0, 0, -1),
        ],
    }


DAYS = [date(2024, month, day) for month in (1, 2, 3) for day in (1, 10, 20)]
cuts = st.lists(st.sampled_from(DAYS), min_size=1, max_size=4, unique=True).map(sorted)
spell = st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS)).map(sorted)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_the_sum_of_the_changes_is_the_strength_on_every_day(data):
    Standing.objects.all().delete()
    Exemption.objects.all().delete()
    cells = [cell(), cell()]
    rows = []
    for _ in range(data.draw(st.integers(1, 4))):
        days = [*data.draw(cuts), None]
        standings = tuple(
            (
                data.draw(st.sampled_from(cells)).pk,
                data.draw(st.sampled_from(StandingKind.values)),
                None,
                first,
                None if after is None else date.fromordinal(after.toordinal() - 1),
                False,
            )
            for first, after in pairwise(days)
        )
        exemptions = tuple(
            ("age_or_health", *data.draw(spell)) for _ in range(data.draw(st.integers(0, 2)))
        )
        rows.append(
            NewMember(
                standings[-1][0],
                "Lê Văn An",
                "male",
                1950,
                standings=standings,
                exemptions=exemptions,
            )
        )
    load_roll(rows, by=UserFactory())
    ids = [one.pk for one in cells]
    changes = strength_changes(ids)
    for day in DAYS:
        strength = strength_on(ids, day)
        for pk in ids:
            up_to = [change for change in changes[pk] if change.on <= day]
            assert sum(change.official for change in up_to) == strength[pk].official
            assert sum(change.probationary for change in up_to) == strength[pk].probationary
            assert sum(change.exempt for change in up_to) == strength[pk].exempt
    assert all(
        change.official or change.probationary or change.exempt
        for c in changes.values()
        for change in c
    )


def test_the_tree_shows_each_unit_with_the_strength_of_the_cells_below_it(by):
    commune = committee()
    one, two, army = cell(parent=commune), cell(parent=commune), figures_only_cell(parent=commune)
    elsewhere = committee("Đảng bộ xã Tiên Dược")
    for place in (one, one, two, cell(parent=elsewhere)):
        member(place)
    enter_strength_figures(army, official=7, probationary=0, exempt=0, on=date(2024, 1, 1), by=by)
    assert strength_of_units([city(), commune, one, elsewhere], DAY) == {
        city().pk: 11,
        commune.pk: 10,
        one.pk: 2,
        elsewhere.pk: 1,
    }


def test_the_secretary_of_a_day_is_called_by_the_office_phone(by):
    here, lone = cell(), cell("Chi bộ trường mầm non")
    chi_uy = body(here)
    first, second, third = (member(here, name) for name in ("Lê Văn An", "Lê Văn Ba", "Lê Văn Cả"))
    appoint(
        first,
        body=chi_uy,
        title=PositionTitle.SECRETARY,
        valid_from=date(2022, 6, 1),
        office_phone="024 3885 1234",
        by=by,
    )
    appoint(
        third, body=chi_uy, title=PositionTitle.COMMITTEE_MEMBER, valid_from=date(2022, 6, 1), by=by
    )
    appoint(second, body=chi_uy, title=PositionTitle.DEPUTY, valid_from=date(2022, 6, 1), by=by)
    single = member(lone, "Lê Thị Dung")
    appoint(
        single,
        body=body(lone, BodyKind.CELL_SECRETARIAT),
        title=PositionTitle.SECRETARY,
        valid_from=date(2023, 1, 1),
        by=by,
    )
    assert [(h.name, h.title) for h in committee_on(here, DAY)] == [
        ("Lê Văn An", "secretary"),
        ("Lê Văn Ba", "deputy"),
        ("Lê Văn Cả", "committee_member"),
    ]
    assert [h.name for h in committee_on(lone, DAY)] == ["Lê Thị Dung"]
    assert secretary_on(here, date(2022, 5, 31)) is None
    found = secretaries_on([here.pk, lone.pk], DAY)
    assert {pk: (h.name, h.office_phone) for pk, h in found.items()} == {
        here.pk: ("Lê Văn An", "024 3885 1234"),
        lone.pk: ("Lê Thị Dung", ""),
    }
    dismiss(first.positions.get(), last_day=date(2024, 5, 31), by=by)
    assert secretary_on(here, DAY) is None
    assert secretary_on(here, date(2024, 5, 31)).name == "Lê Văn An"


def test_a_member_is_found_by_the_beginnings_of_words_with_or_without_accents():
    here = cell()
    member(here, "Đặng Thị Hồng Hạnh")
    member(here, "Đặng Văn Hà")
    clerk = officer(city())
    assert [m.full_name for m in find_members("dang ha", clerk)] == [
        "Đặng Văn Hà",
        "Đặng Thị Hồng Hạnh",
    ]
    assert [m.full_name for m in find_members("Hồng", clerk)] == ["Đặng Thị Hồng Hạnh"]
    assert list(find_members("anh", clerk)) == []
    assert list(find_members("  ", clerk)) == []


def test_nobody_is_found_or_suspected_outside_ones_own_part_of_the_tree():
    mine, other = cell(), cell("Chi bộ thôn Thượng", committee("Đảng bộ xã Tiên Dược"))
    born = date(1960, 2, 3)
    here = member(mine, "Lê Văn An", birth_date=born, birth_year=None)
    member(other, "Lê Văn An", birth_date=born, birth_year=None)
    secretary = officer(mine, Role.SECRETARY)
    assert list(find_members("an", secretary)) == [here]
    assert possible_duplicates("LÊ VĂN ÁN", born, secretary) == [here]
    assert possible_duplicates("Lê Văn An", None, secretary) == []
    assert possible_duplicates("Lê Văn An", date(1960, 2, 4), secretary) == []


def test_a_guest_from_outside_is_on_the_roll_call_and_in_no_strength(by):
    here = cell()
    welcome_guest_member(
        here,
        full_name="Hoàng Văn Khách",
        sex="male",
        birth_year=1980,
        valid_from=date(2024, 6, 1),
        valid_to=date(2024, 8, 31),
        by=by,
    )
    assert [(e.name, e.status) for e in roll_on(here, DAY)] == [
        ("Hoàng Văn Khách", RollStatus.HERE)
    ]
    assert strength_on([here.pk], DAY)[here.pk] == Strength(here=1, required=1)


def test_working_time_is_known_by_day(by):
    here = cell()
    someone = admit_member(
        here,
        full_name="Lê An",
        sex="female",
        birth_year=1990,
        kind="official",
        on=date(2020, 1, 1),
        is_working=True,
        by=by,
    )
    set_working(someone, is_working=False, on=date(2024, 2, 1), by=by)
    assert [roll_on(here, d)[0].is_working for d in (date(2024, 1, 31), date(2024, 2, 1))] == [
        True,
        False,
    ]
