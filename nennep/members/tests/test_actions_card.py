"""The card number: sealed, found by its fingerprint, never in the trail."""

from datetime import date

import pytest

from nennep.accounts.choices import Role
from nennep.core.models import TrailLine
from nennep.core.refusal import Refusal
from nennep.members.actions import merge_duplicates, set_card_number
from nennep.members.models import Member
from nennep.members.queries import card_number_of, members_with_card
from nennep.members.tests.factories import cell, city, committee, member, officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    return cell(code="DOAI")


@pytest.fixture
def by(here):
    return officer(here, Role.SECRETARY)


def refused(act, **given):
    with pytest.raises(Refusal) as no:
        act(**given)
    return no.value.code


def test_the_number_is_kept_sealed_and_opens_for_its_own_member(here, by):
    an, binh = member(here), member(here, "Trần Thị Bình")

    set_card_number(an, "01.234 567-8", by=by)

    an.refresh_from_db()
    assert card_number_of(an) == "012345678"
    assert card_number_of(binh) == ""
    assert "012345678" not in an.sealed_card_number + an.card_mark


def test_the_trail_says_that_it_changed_and_never_what_it_is(here, by):
    an = member(here)

    set_card_number(an, "012345678", by=by)
    set_card_number(an, "", by=by)

    told = TrailLine.objects.filter(actor_id=by.pk).order_by("id")
    assert [(line.verb, line.details) for line in told] == [
        ("card number set", {}),
        ("card number removed", {}),
    ]
    an.refresh_from_db()
    assert (an.sealed_card_number, an.card_mark) == ("", "")


@pytest.mark.parametrize("number", ["12", "không có", "số 12345", "1" * 21, "ABCDEF"])
def test_what_cannot_be_a_number_is_refused(here, by, number):
    assert refused(set_card_number, member=member(here), number=number, by=by) == "bad_card_number"


def test_one_number_belongs_to_one_member_where_the_person_manages(here, by):
    set_card_number(member(here), "012345678", by=by)
    other = member(here, "Trần Thị Bình")

    assert refused(set_card_number, member=other, number="01 2345678", by=by) == "card_number_taken"


def test_nobody_learns_from_a_refusal_that_a_card_is_held_elsewhere(here, by):
    there = cell("Chi bộ thôn Thượng", committee("Đảng bộ xã Tiên Dược"))
    set_card_number(member(there), "012345678", by=officer(city()))

    set_card_number(member(here), "012345678", by=by)

    assert Member.objects.exclude(card_mark="").count() == 2


def test_a_whole_number_finds_its_holder_where_the_person_manages_and_nowhere_else(here, by):
    an = member(here)
    set_card_number(an, "012345678", by=by)
    there = cell("Chi bộ thôn Thượng", committee("Đảng bộ xã Tiên Dược"))

    assert list(members_with_card("01.2345678", by)) == [an]
    assert list(members_with_card("0123456", by)) == []
    assert list(members_with_card("012345678", officer(there, Role.SECRETARY))) == []
    assert list(members_with_card("012345678", officer(city(), Role.VIEWER))) == []


def test_joining_two_entries_seals_the_number_for_the_one_that_goes_on(here, by):
    keep, drop = member(here), member(here, on=date(2021, 1, 1))
    set_card_number(drop, "012345678", by=by)

    merge_duplicates(keep=keep, drop=drop, by=by)

    keep.refresh_from_db()
    drop.refresh_from_db()
    assert card_number_of(keep) == "012345678"
    assert drop.sealed_card_number == ""


def test_two_different_numbers_are_two_people_until_one_is_corrected(here, by):
    keep, drop = member(here), member(here)
    set_card_number(keep, "012345678", by=by)
    set_card_number(drop, "912345678", by=by)

    assert refused(merge_duplicates, keep=keep, drop=drop, by=by) == "card_differs"


def test_a_number_sealed_with_another_key_is_said_to_be_unreadable(here, by, settings):
    an = member(here)
    set_card_number(an, "012345678", by=by)
    an.refresh_from_db()
    settings.SECRET_KEY = "another"

    assert card_number_of(an) is None


def test_nothing_else_about_a_member_can_be_stored():
    """The list at the end of the requirements, and the rows beside it; a new field is a decision."""
    own = {field.name for field in Member._meta.local_fields}
    beside = {
        relation.name for relation in Member._meta.related_objects
        if relation.related_model._meta.app_label == "members"
    }  # fmt: skip

    assert own == {
        "id", "public_id", "unit", "full_name", "sort_key", "folded_name", "sex", "birth_year",
        "birth_date", "admitted_on", "recognised_on", "office_phone", "sealed_card_number",
        "card_mark", "user", "merged_into",
    }  # fmt: skip
    assert beside == {"standings", "exemptions", "stays", "working_spells", "positions", "merged"}
