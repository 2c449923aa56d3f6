"""Days that were typed wrong, and entries that never were."""

from datetime import date

import pytest

from nennep.accounts.choices import Role
from nennep.core.models import TrailLine
from nennep.core.refusal import Refusal
from nennep.members.actions import (
    appoint,
    correct_first_day,
    correct_member,
    exempt_member,
    send_away,
    set_working,
    strike_spell,
    transfer_member,
    welcome_guest_member,
)
from nennep.members.models import Exemption, Standing, Stay, WorkingSpell
from nennep.members.queries import strength_on
from nennep.members.tests.factories import body, cell, committee, member, officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    return cell(code="DOAI", founded_on=date(2015, 1, 1))


@pytest.fixture
def there():
    return cell("Chi bộ thôn Thượng", committee("Đảng bộ xã Tiên Dược"), code="THUONG")


@pytest.fixture
def by(here):
    return officer(here, Role.SECRETARY)


def refused(act, *words, **given):
    with pytest.raises(Refusal) as no:
        act(*words, **given)
    return no.value.code, no.value.field


def official_on(unit, day):
    return strength_on([unit.pk], day)[unit.pk].official


def test_the_first_day_on_a_roll_is_put_right_and_the_strength_with_it(here, by):
    an = member(here, on=date(2024, 6, 1))

    correct_first_day(an.standings.get(), on=date(2020, 1, 1), by=by)

    assert an.standings.get().valid_from == date(2020, 1, 1)
    assert (official_on(here, date(2019, 12, 31)), official_on(here, date(2020, 1, 1))) == (0, 1)
    line = TrailLine.objects.latest("id")
    assert (line.verb, line.details) == (
        "first day corrected",
        {"before": "2024-06-01", "after": "2020-01-01"},
    )


@pytest.mark.parametrize("right_day", [date(2023, 12, 1), date(2024, 3, 1)])
def test_the_day_of_a_transfer_moves_in_both_cells(here, there, by, right_day):
    an = member(here, on=date(2020, 1, 1))
    transfer_member(an, to=there, on=date(2024, 2, 1), by=by)

    correct_first_day(an.standings.get(unit=there), on=right_day, by=by)

    day_before = date.fromordinal(right_day.toordinal() - 1)
    assert (official_on(here, day_before), official_on(there, day_before)) == (1, 0)
    assert (official_on(here, right_day), official_on(there, right_day)) == (0, 1)


def test_what_would_contradict_the_rest_is_refused(here, there, by):
    an = member(here, on=date(2020, 1, 1))
    transfer_member(an, to=there, on=date(2024, 2, 1), by=by)
    first, second = an.standings.order_by("valid_from")
    appoint(an, body=body(there), title="deputy", valid_from=date(2024, 3, 1), by=by)

    def correct(spell, on):
        return refused(correct_first_day, spell, on=on, by=by)

    assert correct(second, date(2020, 1, 1)) == ("overlap", "on")
    assert correct(second, date(2024, 3, 2)) == ("post_begins_earlier", "on")
    assert correct(second, date(2024, 6, 14)) == ("future_day", "on")
    assert correct(first, date(2024, 2, 1)) == ("ends_before_it_begins", "on")
    assert correct(first, date(2014, 12, 31)) == ("cell_not_living", "on")
    assert [s.valid_from for s in an.standings.order_by("valid_from")] == [
        date(2020, 1, 1),
        date(2024, 2, 1),
    ]


def test_a_gap_between_two_rolls_stays_a_gap(here, there, by):
    an = member(here, on=date(2020, 1, 1))
    Standing.objects.filter(member=an).update(valid_to=date(2022, 12, 31))
    transfer_member(an, to=there, on=date(2024, 2, 1), by=by)
    second = an.standings.get(unit=there)

    assert refused(correct_first_day, second, on=date(2022, 12, 31), by=by)[0] == "overlap"
    correct_first_day(second, on=date(2023, 5, 1), by=by)

    assert an.standings.get(unit=here).valid_to == date(2022, 12, 31)


def test_the_first_day_of_what_holds_beside_is_put_right_without_overlap(here, by):
    an = member(here, on=date(2020, 1, 1))
    old = exempt_member(
        an, basis="case", valid_from=date(2022, 1, 1), valid_to=date(2022, 6, 30), by=by
    )
    new = exempt_member(an, basis="age_or_health", valid_from=date(2024, 1, 1), by=by)

    assert refused(correct_first_day, new, on=date(2022, 6, 30), by=by)[0] == "overlap"
    assert refused(correct_first_day, old, on=date(2022, 7, 1), by=by)[0] == "ends_before_it_begins"
    correct_first_day(new, on=date(2023, 9, 1), by=by)

    assert Exemption.objects.get(pk=new.pk).valid_from == date(2023, 9, 1)


def test_an_entry_that_never_was_is_taken_away_and_the_trail_keeps_what_it_said(here, by):
    an = member(here, on=date(2020, 1, 1))
    exemption = exempt_member(an, basis="age_or_health", valid_from=date(2024, 1, 1), by=by)
    stay = send_away(an, valid_from=date(2024, 2, 1), valid_to=date(2024, 12, 31), by=by)
    set_working(an, is_working=True, on=date(2024, 3, 1), by=by)

    for spell in (exemption, stay, WorkingSpell.objects.get(member=an)):
        strike_spell(spell, by=by)

    assert not Exemption.objects.exists()
    assert not Stay.objects.exists()
    assert not WorkingSpell.objects.exists()
    told = TrailLine.objects.filter(verb="entry struck").order_by("id")
    assert [line.details["kind"] for line in told] == ["exemption", "stay", "workingspell"]
    assert told[1].details["valid_to"] == "2024-12-31"
    assert refused(strike_spell, stay, by=by)[0] == "entry_gone"


def test_the_only_entry_of_a_guest_stays(here, by):
    guest = welcome_guest_member(
        here, full_name="Lê Khách", sex="male", birth_year=1970, valid_from=date(2024, 1, 1),
        valid_to=date(2024, 12, 31), by=by,
    )  # fmt: skip

    assert refused(strike_spell, guest.stays.get(), by=by)[0] == "last_of_a_guest"


def test_the_days_of_admission_and_recognition_are_put_right(here, by):
    an = member(here, on=date(2020, 1, 1), admitted_on=date(1999, 1, 1))

    def correct(**days):
        return correct_member(
            an, full_name="Nguyễn Văn An", sex="male", birth_year=1960, by=by, **days
        )

    correct(admitted_on=date(1998, 5, 19), recognised_on=date(1999, 5, 19))
    an.refresh_from_db()
    assert (an.admitted_on, an.recognised_on) == (date(1998, 5, 19), date(1999, 5, 19))
    correct()
    an.refresh_from_db()
    assert an.admitted_on == date(1998, 5, 19)

    assert refused(correct, admitted_on=date(2020, 1, 2)) == ("admitted_later", "admitted_on")
    assert refused(correct, recognised_on=date(1998, 5, 18)) == (
        "recognised_out_of_order",
        "recognised_on",
    )
    assert refused(correct, recognised_on=date(2030, 1, 1)) == ("future_day", "recognised_on")


def test_a_probationary_member_is_recognised_by_the_change_itself(here, by):
    an = member(here, kind="probationary")

    with pytest.raises(Refusal) as no:
        correct_member(
            an, full_name="Nguyễn Văn An", sex="male", birth_year=1960,
            recognised_on=date(2024, 1, 1), by=by,
        )  # fmt: skip
    assert no.value.code == "recognised_already"
