from datetime import date, timedelta

import pytest
from django.forms.models import model_to_dict

from nennep.core.facts import facts_changed
from nennep.core.ids import seeded_ids
from nennep.core.models import TrailLine
from nennep.core.refusal import Refusal
from nennep.members.actions import (
    NewMember,
    admit_member,
    appoint,
    correct_member,
    dismiss,
    end_exemption,
    end_stay,
    enter_strength_figures,
    exempt_member,
    join_party_group,
    lift_suspension,
    load_roll,
    load_strength_figures,
    member_leaves,
    merge_duplicates,
    merging,
    recognise_member,
    send_away,
    set_office_phone,
    set_working,
    suspend_member,
    transfer_member,
    welcome_guest_member,
)
from nennep.members.choices import PositionTitle, StandingKind
from nennep.members.models import (
    Exemption,
    Member,
    Position,
    Standing,
    Stay,
    StrengthFigure,
    WorkingSpell,
)
from nennep.members.tests.factories import (
    UserFactory,
    body,
    cell,
    committee,
    figures_only_cell,
    group,
    member,
)
from nennep.organisation.actions import close_unit
from nennep.organisation.choices import BodyKind

pytestmark = pytest.mark.django_db
TODAY = date(2024, 6, 13)
SINCE = date(2020, 1, 1)


@pytest.fixture
def by():
    return UserFactory()


@pytest.fixture
def told():
    """The cells of which the figures heard that the roll changed."""
    heard = []

    def hear(sender, cell, month, kind, **_):
        assert (month, kind) == (None, "roll")
        heard.append(cell.pk)

    facts_changed.connect(hear)
    yield heard
    facts_changed.disconnect(hear)


def spells(model, of):
    """The dated rows of a member, without their ids."""
    rows = [model_to_dict(row) for row in model.objects.filter(member=of).order_by("valid_from")]
    return [{k: v for k, v in row.items() if k not in {"id", "member"}} for row in rows]


def days(model, of):
    rows = model.objects.filter(member=of).order_by("valid_from")
    return [(row.valid_from, row.valid_to) for row in rows]


def refused(code):
    return pytest.raises(Refusal, check=lambda refusal: refusal.code == code)


def test_a_new_member_comes_onto_the_roll_with_tidy_name_and_one_line_in_the_trail(by, told):
    here = cell()
    first_group = group(here)
    someone = admit_member(
        here,
        full_name="  nguyễn   Văn Đạt ",
        sex="male",
        birth_date=date(1990, 3, 26),
        kind=StandingKind.PROBATIONARY,
        on=date(2024, 3, 26),
        admitted_on=date(2024, 3, 26),
        party_group=first_group,
        is_working=True,
        by=by,
    )
    assert someone.full_name == "nguyễn Văn Đạt"
    assert someone.folded_name == "nguyen van dat"
    assert (someone.birth_year, someone.unit) == (1990, here)
    assert spells(Standing, someone) == [
        {
            "unit": here.pk,
            "party_group": first_group.pk,
            "kind": "probationary",
            "is_suspended": False,
            "valid_from": date(2024, 3, 26),
            "valid_to": None,
        }
    ]
    assert days(WorkingSpell, someone) == [(date(2024, 3, 26), None)]
    line = TrailLine.objects.get()
    assert (line.verb, line.actor, line.unit_path) == ("member admitted", by, here.path)
    assert told == [here.pk]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"full_name": "  "}, "bad_name"),
        ({"full_name": "A" * 101}, "bad_name"),
        ({"sex": "x"}, "no_sex"),
        ({"birth_year": None}, "no_birth"),
        ({"birth_year": 1890}, "bad_birth_year"),
        ({"birth_year": 1961, "birth_date": date(1960, 1, 1)}, "birth_differs"),
        ({"on": TODAY + timedelta(1)}, "future_day"),
        ({"on": date(2009, 12, 31)}, "cell_not_living"),
        ({"admitted_on": date(2024, 1, 2)}, "admitted_later"),
        ({"recognised_on": date(2024, 1, 2)}, "recognised_out_of_order"),
        ({"kind": "probationary", "recognised_on": date(2023, 1, 2)}, "recognised_already"),
    ],
)
def test_what_contradicts_itself_is_not_admitted(by, wrong, code):
    fields = {
        "full_name": "Lê An",
        "sex": "female",
        "birth_year": 1960,
        "kind": "official",
        "on": date(2024, 1, 1),
    }
    with refused(code):
        admit_member(cell(), by=by, **fields | wrong)
    assert not Member.objects.exists()
    assert not TrailLine.objects.exists()


def test_persons_are_kept_in_cells_only_and_never_in_figures_only_ones(by):
    with refused("not_a_cell"):
        member(committee())
    with refused("figures_only"):
        member(figures_only_cell())
    someone = member(cell())
    with refused("figures_only"):
        transfer_member(someone, to=figures_only_cell(), on=TODAY, by=by)
    with refused("figures_only"):
        send_away(someone, host=figures_only_cell(), valid_from=TODAY, valid_to=TODAY, by=by)
    with refused("foreign_group"):
        member(cell(), party_group=group(cell()))


def test_a_probationary_member_is_recognised_from_a_day_on(by, told):
    here = cell()
    someone = member(here, kind="probationary", on=date(2023, 6, 1))
    recognise_member(someone, on=date(2024, 6, 1), by=by)
    assert [(s["kind"], s["valid_from"], s["valid_to"]) for s in spells(Standing, someone)] == [
        ("probationary", date(2023, 6, 1), date(2024, 5, 31)),
        ("official", date(2024, 6, 1), None),
    ]
    someone.refresh_from_db()
    assert someone.recognised_on == date(2024, 6, 1)
    assert told == [here.pk, here.pk]
    with refused("official_already"):
        recognise_member(someone, on=TODAY, by=by)


def test_a_transfer_closes_one_standing_and_opens_the_next_and_ends_posts(by, told):
    here, there = cell(), cell("Chi bộ thôn Thượng")
    someone = member(here, party_group=group(here))
    appoint(
        someone,
        body=body(here),
        title=PositionTitle.SECRETARY,
        valid_from=date(2022, 6, 1),
        office_phone="024 3885 1234",
        by=by,
    )
    send_away(someone, host=there, valid_from=date(2024, 1, 1), valid_to=date(2024, 12, 31), by=by)
    told.clear()
    transfer_member(someone, to=there, on=date(2024, 6, 1), by=by)
    assert [
        (s["unit"], s["party_group"] is None, s["valid_to"]) for s in spells(Standing, someone)
    ] == [
        (here.pk, False, date(2024, 5, 31)),
        (there.pk, True, None),
    ]
    assert days(Position, someone) == [(date(2022, 6, 1), date(2024, 5, 31))]
    assert days(Stay, someone) == [(date(2024, 1, 1), date(2024, 5, 31))]
    someone.refresh_from_db()
    assert (someone.unit, someone.office_phone) == (there, "")
    assert told == [here.pk, there.pk]


def test_a_change_on_the_first_day_of_the_present_one_replaces_it(by):
    here, there = cell(), cell("Chi bộ thôn Thượng")
    someone = member(here, on=date(2024, 6, 1))
    transfer_member(someone, to=there, on=date(2024, 6, 1), by=by)
    assert [(s["unit"], s["valid_from"], s["valid_to"]) for s in spells(Standing, someone)] == [
        (there.pk, date(2024, 6, 1), None)
    ]
    with refused("before_present_spell"):
        transfer_member(someone, to=here, on=date(2024, 5, 31), by=by)
    with refused("there_already"):
        transfer_member(someone, to=there, on=TODAY, by=by)
    with refused("future_day"):
        transfer_member(someone, to=here, on=TODAY + timedelta(1), by=by)


def test_a_transfer_before_a_post_began_says_so(by):
    here, there = cell(), cell("Chi bộ thôn Thượng")
    someone = member(here)
    appoint(someone, body=body(here), title="deputy", valid_from=date(2024, 6, 1), by=by)
    with refused("post_begins_later"):
        transfer_member(someone, to=there, on=date(2024, 5, 1), by=by)
    assert days(Standing, someone) == [(SINCE, None)]


def test_who_leaves_takes_everything_that_ran_along_and_no_reason_is_kept(by, told):
    here, there = cell(), cell("Chi bộ thôn Thượng")
    someone = member(here, is_working=True)
    appoint(
        someone,
        body=body(here),
        title="deputy",
        valid_from=date(2022, 6, 1),
        office_phone="0912345678",
        by=by,
    )
    exempt_member(someone, basis="age_or_health", valid_from=date(2024, 1, 1), by=by)
    send_away(someone, host=there, valid_from=date(2024, 6, 1), valid_to=date(2024, 12, 31), by=by)
    exempt_future = date(2024, 7, 1)
    told.clear()
    member_leaves(someone, last_day=date(2024, 6, 10), by=by)
    last = date(2024, 6, 10)
    assert days(Standing, someone) == [(SINCE, last)]
    assert days(Position, someone) == [(date(2022, 6, 1), last)]
    assert days(Exemption, someone) == [(date(2024, 1, 1), last)]
    assert days(Stay, someone) == [(date(2024, 6, 1), last)]
    assert days(WorkingSpell, someone) == [(SINCE, last)]
    assert Member.objects.get().office_phone == ""
    assert set(told) == {here.pk, there.pk}
    assert TrailLine.objects.latest("id").details == {"last_day": "2024-06-10"}
    with refused("not_on_the_roll"):
        exempt_member(someone, basis="age_or_health", valid_from=exempt_future, by=by)


def test_who_left_comes_back_on_a_later_day(by):
    here, there = cell(), cell("Chi bộ thôn Thượng")
    someone = member(here)
    member_leaves(someone, last_day=date(2023, 12, 31), by=by)
    with refused("before_present_spell"):
        transfer_member(someone, to=there, on=date(2023, 12, 31), by=by)
    transfer_member(someone, to=there, on=date(2024, 2, 1), by=by)
    assert [(s["unit"], s["kind"], s["valid_from"]) for s in spells(Standing, someone)] == [
        (here.pk, "official", SINCE),
        (there.pk, "official", date(2024, 2, 1)),
    ]


def test_a_guest_from_outside_may_be_transferred_in(by):
    here = cell()
    guest = welcome_guest_member(
        here,
        full_name="Lê Khách",
        sex="male",
        birth_year=1980,
        valid_from=date(2024, 5, 1),
        valid_to=date(2024, 12, 31),
        by=by,
    )
    with refused("no_kind"):
        transfer_member(guest, to=here, on=date(2024, 6, 1), by=by)
    transfer_member(guest, to=here, on=date(2024, 6, 1), kind="official", by=by)
    assert days(Stay, guest) == [(date(2024, 5, 1), date(2024, 5, 31))]
    assert days(Standing, guest) == [(date(2024, 6, 1), None)]


def test_suspension_is_part_of_the_standing_from_day_to_day(by):
    someone = member(cell())
    with refused("suspended_already"):
        lift_suspension(someone, on=TODAY, by=by)
    suspend_member(someone, on=date(2024, 3, 1), by=by)
    with refused("suspended_already"):
        suspend_member(someone, on=TODAY, by=by)
    lift_suspension(someone, on=date(2024, 6, 1), by=by)
    assert [(s["is_suspended"], s["valid_from"]) for s in spells(Standing, someone)] == [
        (False, SINCE),
        (True, date(2024, 3, 1)),
        (False, date(2024, 6, 1)),
    ]


def test_exemptions_have_an_end_where_a_case_asks_for_one_and_never_overlap(by, told):
    here = cell()
    someone = member(here)
    with refused("case_without_end"):
        exempt_member(someone, basis="case", valid_from=TODAY, by=by)
    with refused("ends_before_it_begins"):
        exempt_member(someone, basis="case", valid_from=TODAY, valid_to=SINCE, by=by)
    with refused("before_present_spell"):
        exempt_member(someone, basis="age_or_health", valid_from=date(2019, 1, 1), by=by)
    exemption = exempt_member(someone, basis="age_or_health", valid_from=date(2023, 1, 1), by=by)
    with refused("overlap"):
        exempt_member(someone, basis="case", valid_from=TODAY, valid_to=TODAY, by=by)
    end_exemption(exemption, last_day=date(2024, 1, 31), by=by)
    exempt_member(someone, basis="case", valid_from=date(2024, 2, 1), valid_to=TODAY, by=by)
    with refused("overlap"):
        end_exemption(exemption, last_day=date(2024, 2, 1), by=by)
    assert days(Exemption, someone) == [
        (date(2023, 1, 1), date(2024, 1, 31)),
        (date(2024, 2, 1), TODAY),
    ]
    assert set(told) == {here.pk}


def test_a_stay_is_elsewhere_has_an_end_and_tells_both_cells(by, told):
    here, there = cell(), cell("Chi bộ thôn Thượng")
    someone = member(here)
    with refused("own_cell"):
        send_away(someone, host=here, valid_from=TODAY, valid_to=TODAY, by=by)
    told.clear()
    stay = send_away(
        someone, host=there, valid_from=date(2024, 6, 1), valid_to=date(2024, 8, 31), by=by
    )
    assert told == [here.pk, there.pk]
    with refused("overlap"):
        send_away(someone, valid_from=TODAY, valid_to=TODAY, by=by)
    end_stay(stay, last_day=date(2024, 6, 30), by=by)
    assert days(Stay, someone) == [(date(2024, 6, 1), date(2024, 6, 30))]


def test_working_time_goes_on_when_it_was_ended_by_mistake(by):
    someone = member(cell(), is_working=True)
    set_working(someone, is_working=False, on=date(2024, 3, 1), by=by)
    set_working(someone, is_working=True, on=date(2024, 3, 1), by=by)
    assert days(WorkingSpell, someone) == [(SINCE, None)]
    with refused("working_already"):
        set_working(someone, is_working=True, on=TODAY, by=by)
    set_working(someone, is_working=False, on=date(2024, 4, 1), by=by)
    set_working(someone, is_working=True, on=date(2024, 5, 1), by=by)
    set_working(someone, is_working=False, on=date(2024, 5, 1), by=by)
    assert days(WorkingSpell, someone) == [(SINCE, date(2024, 3, 31))]


def test_a_body_has_one_secretary_and_the_former_one_may_hand_over(by):
    here = cell()
    chi_uy = body(here)
    old, new = member(here, "Lê Văn An"), member(here, "Lê Văn Ba")
    appoint(
        old,
        body=chi_uy,
        title="secretary",
        valid_from=date(2022, 6, 1),
        office_phone="0912345678",
        by=by,
    )
    appoint(new, body=chi_uy, title="deputy", valid_from=date(2022, 6, 1), by=by)
    with refused("one_secretary"):
        appoint(new, body=chi_uy, title="secretary", valid_from=date(2024, 6, 1), by=by)
    with refused("before_present_spell"):
        appoint(
            new,
            body=chi_uy,
            title="secretary",
            valid_from=date(2022, 5, 1),
            replaces_holder=True,
            by=by,
        )
    appoint(
        new,
        body=chi_uy,
        title="secretary",
        valid_from=date(2024, 6, 1),
        replaces_holder=True,
        by=by,
    )
    assert days(Position, old) == [(date(2022, 6, 1), date(2024, 5, 31))]
    assert [(p["title"], p["valid_to"]) for p in spells(Position, new)] == [
        ("deputy", date(2024, 5, 31)),
        ("secretary", None),
    ]
    old.refresh_from_db()
    assert old.office_phone == ""
    with refused("held_already"):
        appoint(new, body=chi_uy, title="secretary", valid_from=TODAY, replaces_holder=True, by=by)


def test_posts_are_for_official_members_below_the_body(by):
    commune = committee()
    here = cell(parent=commune)
    outsider = member(cell(parent=committee("Đảng bộ xã Tiên Dược")))
    young = member(here, kind="probationary")
    insider = member(here, "Lê Văn An")
    with refused("outsider"):
        appoint(outsider, body=body(here), title="deputy", valid_from=TODAY, by=by)
    with refused("probationary"):
        appoint(
            young,
            body=body(commune, BodyKind.COMMITTEE),
            title="committee_member",
            valid_from=TODAY,
            by=by,
        )
    with refused("wrong_title"):
        appoint(
            insider,
            body=body(here, BodyKind.CELL_SECRETARIAT),
            title="committee_member",
            valid_from=TODAY,
            by=by,
        )
    assert appoint(
        insider, body=commune.bodies.get(), title="committee_member", valid_from=TODAY, by=by
    ).pk


def test_an_office_phone_is_kept_only_while_a_post_is_held(by):
    here = cell()
    someone = member(here)
    with refused("no_post"):
        set_office_phone(someone, phone="024 3885 1234", by=by)
    held = appoint(someone, body=body(here), title="deputy", valid_from=date(2024, 1, 1), by=by)
    with refused("bad_phone"):
        set_office_phone(someone, phone="gọi nhà riêng", by=by)
    assert set_office_phone(someone, phone="024 3885 1234", by=by).office_phone == "024 3885 1234"
    dismiss(held, last_day=TODAY, by=by)
    assert Member.objects.get().office_phone == ""


def test_a_party_group_is_one_of_the_own_cell(by):
    here = cell()
    someone = member(here)
    first, second = group(here), group(here, "Tổ đảng số 2")
    join_party_group(someone, party_group=first, on=date(2023, 1, 1), by=by)
    join_party_group(someone, party_group=second, on=date(2024, 1, 1), by=by)
    assert [s["party_group"] for s in spells(Standing, someone)] == [None, first.pk, second.pk]
    with refused("there_already"):
        join_party_group(someone, party_group=second, on=TODAY, by=by)
    with refused("foreign_group"):
        join_party_group(someone, party_group=group(cell()), on=TODAY, by=by)


def test_a_correction_says_in_the_trail_which_fields_changed_and_not_what_they_were(by):
    someone = member(cell(), "Le Van An")
    correct_member(someone, full_name="Lê Văn An", sex="male", birth_date=date(1961, 2, 3), by=by)
    someone.refresh_from_db()
    assert (someone.full_name, someone.birth_year) == ("Lê Văn An", 1961)
    assert TrailLine.objects.latest("id").details == {
        "fields": ["full_name", "birth_year", "birth_date"]
    }


def test_two_entries_of_one_person_become_one(by, told, monkeypatch):
    followed = []
    monkeypatch.setattr(merging, "_checks", [])
    monkeypatch.setattr(merging, "_followers", [])
    merging.register(
        check=lambda keep, drop: None, follow=lambda keep, drop: followed.append((keep.pk, drop.pk))
    )
    here, there = cell(), cell("Chi bộ thôn Thượng")
    keep = member(there, on=date(2023, 1, 1))
    drop = member(
        here, birth_year=1960, on=date(2018, 1, 1), admitted_on=date(2010, 3, 3), is_working=True
    )
    member_leaves(drop, last_day=date(2022, 12, 31), by=by)
    merge_duplicates(keep=keep, drop=drop, by=by)
    keep.refresh_from_db()
    assert days(Standing, keep) == [
        (date(2018, 1, 1), date(2022, 12, 31)),
        (date(2023, 1, 1), None),
    ]
    assert days(WorkingSpell, keep) == [(date(2018, 1, 1), date(2022, 12, 31))]
    assert (keep.unit, keep.admitted_on) == (there, date(2010, 3, 3))
    assert followed == [(keep.pk, drop.pk)]
    assert not Standing.objects.filter(member=drop).exists()
    with refused("merged"):
        recognise_member(drop, on=TODAY, by=by)


def test_an_entry_twice_on_the_roll_is_counted_once_after_the_merger(by):
    here = cell()
    keep, drop = member(here), member(here, on=date(2021, 1, 1))
    merge_duplicates(keep=keep, drop=drop, by=by)
    assert days(Standing, keep) == [(SINCE, None)]
    assert Standing.objects.count() == 1
    with refused("birth_differs"):
        merge_duplicates(keep=keep, drop=member(here, birth_year=1959), by=by)
    with refused("same_entry"):
        merge_duplicates(keep=keep, drop=keep, by=by)


def test_apps_above_may_keep_two_entries_apart(by, monkeypatch):
    def two_people(keep, drop):
        raise Refusal("Hai người.", code="both_at_one_meeting")

    monkeypatch.setattr(merging, "_checks", [two_people])
    here = cell()
    with refused("both_at_one_meeting"):
        merge_duplicates(keep=member(here), drop=member(here), by=by)


def test_strength_of_figures_only_cells_is_entered_as_numbers_from_a_day_on(by, told):
    army = figures_only_cell()
    enter_strength_figures(army, official=10, probationary=1, exempt=0, on=date(2024, 1, 1), by=by)
    enter_strength_figures(army, official=11, probationary=1, exempt=0, on=date(2024, 1, 1), by=by)
    enter_strength_figures(army, official=12, probationary=0, exempt=2, on=date(2024, 6, 1), by=by)
    figures = StrengthFigure.objects.values_list("official", "valid_from", "valid_to")
    assert list(figures) == [
        (11, date(2024, 1, 1), date(2024, 5, 31)),
        (12, date(2024, 6, 1), None),
    ]
    assert told == [army.pk] * 3
    with refused("bad_numbers"):
        enter_strength_figures(army, official=1, probationary=0, exempt=2, on=TODAY, by=by)
    with refused("before_present_spell"):
        enter_strength_figures(
            army, official=1, probationary=0, exempt=0, on=date(2024, 5, 1), by=by
        )
    with refused("keeps_a_roll"):
        enter_strength_figures(cell(), official=1, probationary=0, exempt=0, on=TODAY, by=by)


def test_a_cell_with_people_on_its_roll_does_not_close(by):
    here, there = cell(), cell("Chi bộ thôn Thượng")
    someone = member(here)
    with refused("members_on_roll"):
        close_unit(here, last_day=date(2024, 5, 31), by=by)
    transfer_member(someone, to=there, on=date(2024, 6, 1), by=by)
    visitor = send_away(someone, host=here, valid_from=TODAY, valid_to=date(2024, 12, 31), by=by)
    with refused("guests_on_roll"):
        close_unit(here, last_day=TODAY, by=by)
    end_stay(visitor, last_day=TODAY, by=by)
    assert close_unit(here, last_day=TODAY, by=by).ended_on == TODAY


def everything():
    """All rows of the roll in the order they were written."""
    models = (Member, Standing, Exemption, Stay, WorkingSpell, Position)
    return [list(model.objects.order_by("id").values()) for model in models]


def test_a_roll_loaded_in_bulk_equals_one_made_action_by_action(by):
    here, there = cell(), cell("Chi bộ thôn Thượng")
    first_group, chi_uy = group(here), body(here)
    with seeded_ids("roll"):
        a = member(
            here,
            "Trần  Văn Anh",
            by=by,
            on=date(2015, 1, 1),
            admitted_on=date(2010, 2, 3),
            recognised_on=date(2011, 2, 3),
            party_group=first_group,
            is_working=True,
        )
        b = member(
            here,
            "Nguyễn Thị Đào",
            by=by,
            kind="probationary",
            on=date(2022, 5, 19),
            sex="female",
            birth_year=None,
            birth_date=date(1999, 9, 2),
            admitted_on=date(2022, 5, 19),
        )
        c = member(here, "Lê Cả", by=by, on=date(2016, 1, 1))
    recognise_member(b, on=date(2023, 5, 19), by=by)
    transfer_member(b, to=there, on=date(2024, 2, 1), by=by)
    exempt_member(c, basis="case", valid_from=date(2021, 1, 1), valid_to=date(2021, 6, 30), by=by)
    send_away(c, host=there, valid_from=date(2022, 1, 1), valid_to=date(2022, 6, 30), by=by)
    appoint(
        a,
        body=chi_uy,
        title="secretary",
        valid_from=date(2022, 6, 1),
        office_phone="0912 345 678",
        by=by,
    )
    one_by_one = everything()
    first_id = Member.objects.order_by("id").first().pk
    Member.objects.all().delete()

    rows = [
        NewMember(
            here.pk,
            "Trần  Văn Anh",
            "male",
            1960,
            None,
            date(2010, 2, 3),
            date(2011, 2, 3),
            standings=((here.pk, "official", first_group.pk, date(2015, 1, 1), None, False),),
            working=((date(2015, 1, 1), None),),
            positions=((chi_uy.pk, "secretary", date(2022, 6, 1), None),),
            office_phone="0912 345 678",
        ),
        NewMember(
            there.pk,
            "Nguyễn Thị Đào",
            "female",
            1999,
            date(1999, 9, 2),
            date(2022, 5, 19),
            date(2023, 5, 19),
            standings=(
                (here.pk, "probationary", None, date(2022, 5, 19), date(2023, 5, 18), False),
                (here.pk, "official", None, date(2023, 5, 19), date(2024, 1, 31), False),
                (there.pk, "official", None, date(2024, 2, 1), None, False),
            ),
        ),
        NewMember(
            here.pk,
            "Lê Cả",
            "male",
            1960,
            standings=((here.pk, "official", None, date(2016, 1, 1), None, False),),
            exemptions=(("case", date(2021, 1, 1), date(2021, 6, 30)),),
            stays=((there.pk, date(2022, 1, 1), date(2022, 6, 30)),),
        ),
    ]
    before = TrailLine.objects.count()
    with seeded_ids("roll"):
        loaded = load_roll(iter(rows), by=by)
    assert loaded.count == 3
    assert TrailLine.objects.count() == before + 1
    assert without_row_numbers(everything(), loaded.first_id) == without_row_numbers(
        one_by_one, first_id
    )


def without_row_numbers(tables, first_id):
    """Rows by what they say: their own ids left out, members by their place in the list."""
    plain = []
    for rows in tables:
        said = []
        for row in rows:
            row = {name: value for name, value in row.items() if name != "id"}
            if "member_id" in row:
                row["member_id"] -= first_id
            said.append(row)
        plain.append(
            sorted(said, key=lambda row: (row.get("member_id", 0), str(row.get("valid_from"))))
            if "member_id" in said[0]
            else said
        )
    return plain


def test_members_added_after_a_load_get_ids_of_their_own(by):
    here = cell()
    row = NewMember(
        here.pk, "Lê An", "male", 1960, standings=((here.pk, "official", None, SINCE, None, False),)
    )
    loaded = load_roll([row, row], by=by)
    assert member(here).pk == loaded.first_id + 2
    assert load_roll([], by=by).count == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"unit": "army"},
        {"birth_date": date(1961, 1, 1)},
        {"standings": "overlapping"},
        {"standings": "elsewhere"},
    ],
)
def test_a_roll_with_a_wrong_row_is_not_loaded_at_all(by, wrong):
    here, there, army = cell(), cell(), figures_only_cell()
    standings = {
        "overlapping": (
            (here.pk, "official", None, SINCE, date(2021, 1, 1), False),
            (here.pk, "official", None, date(2021, 1, 1), None, False),
        ),
        "elsewhere": ((there.pk, "official", None, SINCE, None, False),),
    }.get(wrong.get("standings"), ((here.pk, "official", None, SINCE, None, False),))
    unit = army.pk if "unit" in wrong else here.pk
    bad = NewMember(unit, "Lê An", "male", 1960, wrong.get("birth_date"), standings=standings)
    good = NewMember(
        here.pk, "Lê Ba", "male", 1960, standings=((here.pk, "official", None, SINCE, None, False),)
    )
    with refused("row_refused"):
        load_roll([good, bad], by=by)
    assert not Member.objects.exists()


def test_strength_figures_are_loaded_in_bulk(by):
    army = figures_only_cell()
    rows = [
        (army.pk, 10, 1, 0, date(2020, 1, 1), date(2023, 12, 31)),
        (army.pk, 11, 0, 1, date(2024, 1, 1), None),
    ]
    assert load_strength_figures(rows, by=by) == 2
    enter_strength_figures(army, official=9, probationary=0, exempt=0, on=TODAY, by=by)
    assert list(StrengthFigure.objects.values_list("official", "valid_to")) == [
        (10, date(2023, 12, 31)),
        (11, TODAY - timedelta(1)),
        (9, None),
    ]
