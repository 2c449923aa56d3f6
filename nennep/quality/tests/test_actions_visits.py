"""Who follows a cell, and the visits that come of it."""

from datetime import date

import pytest

from nennep.core.models import TrailLine
from nennep.core.refusal import Refusal
from nennep.meetings.tests.factories import by, make_cell, make_figures_only_cell
from nennep.members.actions.merging import merge_duplicates
from nennep.organisation.models import Unit
from nennep.quality import actions
from nennep.quality.actions import PlannedVisit, Seen
from nennep.quality.models import Following, Visit
from nennep.quality.tests.factories_supervision import (
    JUNE,
    TODAY,
    attended,
    commune,
    follow,
    made,
    seat,
    visits,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cell():
    return make_cell()


def refused(act):
    with pytest.raises(Refusal) as refusal:
        act()
    return refusal.value.code


def name(cell, member, since=TODAY):
    return actions.name_followers(commune(), {cell.unit: member}, since=since, by=by())


def plan(cell, month=JUNE, visitor=None):
    return actions.plan_visits(
        commune(), [PlannedVisit(cell.unit, month, visitor)], by=cell.officer
    )


# Who follows


def test_many_cells_get_their_followers_in_one_act_with_one_line_of_the_trail(cell):
    other = make_cell("CB2", "Chi bộ thôn Đoài")
    first, second = cell.members[3], cell.members[4]
    seat(first)
    seat(second)

    changed = actions.name_followers(
        commune(), {cell.unit: first, other.unit: second}, since=TODAY, by=by()
    )

    assert changed == 2
    rows = Following.objects.order_by("unit__code").values_list("unit__code", "member_id")
    assert list(rows) == [("CB1", first.pk), ("CB2", second.pk)]
    line = TrailLine.objects.get(verb="followers named")
    assert line.details == {"count": 2, "cells": ["CB1", "CB2"]}


def test_whoever_follows_next_ends_the_one_before_and_the_past_stays_told(cell):
    first, second = cell.members[3], cell.members[4]
    follow(cell, first, date(2024, 1, 1))
    seat(second)

    name(cell, second)

    spells = Following.objects.order_by("valid_from").values_list(
        "member_id", "valid_from", "valid_to"
    )
    assert list(spells) == [
        (first.pk, date(2024, 1, 1), date(2024, 6, 12)),
        (second.pk, TODAY, None),
    ]


def test_who_was_named_by_mistake_today_leaves_no_trace_of_following(cell):
    first, second = cell.members[3], cell.members[4]
    seat(first)
    seat(second)
    name(cell, first)

    name(cell, second)

    assert list(Following.objects.values_list("member_id", flat=True)) == [second.pk]


def test_nobody_may_follow_any_more(cell):
    follow(cell, cell.members[3], date(2024, 1, 1))

    assert name(cell, None) == 1
    assert not Following.objects.on(TODAY).exists()
    assert name(cell, None) == 0


def test_only_members_of_the_committee_follow_and_only_cells_below_are_followed(cell):
    stranger = cell.members[3]
    assert refused(lambda: name(cell, stranger)) == "not_of_the_committee"

    seat(stranger)
    district = Unit.objects.get(code="HUYEN")
    assert refused(
        lambda: actions.name_followers(commune(), {district: stranger}, since=TODAY, by=by())
    ) == "not_below"  # fmt: skip

    name(cell, stranger)
    other = cell.members[4]
    seat(other)
    assert refused(lambda: name(cell, other, since=date(2024, 5, 1))) == "begins_later"


def test_two_entries_of_one_person_keep_what_they_followed(cell):
    keep, drop = cell.members[3], cell.members[4]
    keep.birth_year = drop.birth_year = 1970
    keep.save()
    drop.save()
    follow(cell, drop)
    plan(cell, visitor=drop)

    merge_duplicates(keep=keep, drop=drop, by=by())

    assert Following.objects.get().member == keep
    assert Visit.objects.get().visitor == keep


# Planning


def test_a_cell_is_planned_once_a_month_and_whoever_goes_may_change(cell):
    assert plan(cell) == 1
    assert plan(cell) == 0
    assert plan(cell, visitor=cell.members[3]) == 1

    visit = Visit.objects.get()
    assert (visit.state, visit.visitor) == ("planned", cell.members[3])


def test_a_month_that_is_over_is_not_planned(cell):
    assert refused(lambda: plan(cell, date(2024, 5, 1))) == "month_over"


def test_a_plan_moves_to_another_month_that_has_none(cell):
    plan(cell)
    plan(cell, date(2024, 7, 1))
    visit = Visit.objects.get(month=JUNE)

    move = {"visitor": None, "by": cell.officer}
    assert (
        refused(lambda: actions.move_visit(visit, month=date(2024, 7, 1), **move))
        == "planned_already"
    )
    actions.move_visit(visit, month=date(2024, 8, 1), **move)
    assert visits(cell)[0].month == date(2024, 8, 1)


def test_a_plan_is_cancelled_with_a_reason_and_another_one_may_follow(cell):
    plan(cell)
    visit = Visit.objects.get()

    assert (
        refused(lambda: actions.cancel_visit(visit, reason=" ", by=cell.officer))
        == "reason_missing"
    )
    actions.cancel_visit(visit, reason="Trùng lịch họp", by=cell.officer)

    assert refused(lambda: actions.cancel_visit(visit, reason="x", by=cell.officer)) == "cancelled"
    assert plan(cell) == 1
    assert [each.state for each in visits(cell)] == ["cancelled", "planned"]


# The meeting makes the visit


def test_closing_minutes_that_name_a_superior_carries_out_the_plan(cell):
    plan(cell, visitor=cell.members[3])

    meeting = attended(cell, "Nguyễn Thị Phụ Trách")

    visit = Visit.objects.get()
    assert (visit.state, visit.meeting, visit.made_on) == ("made", meeting, date(2024, 6, 3))
    assert visit.visitors == "Nguyễn Thị Phụ Trách"


def test_an_unplanned_visit_is_that_of_the_committee_directly_above(cell):
    attended(cell, "Trần Văn Khách", "Lê Thị Khách")

    visit = Visit.objects.get()
    assert (visit.committee.code, visit.month) == ("XA", JUNE)
    assert visit.visitors == "Trần Văn Khách; Lê Thị Khách"


def test_a_follower_of_a_higher_committee_who_came_is_known_by_name(cell):
    district, someone = Unit.objects.get(code="HUYEN"), cell.members[3]
    seat(someone, unit=district)
    actions.name_followers(district, {cell.unit: someone}, since=date(2024, 1, 1), by=by())

    attended(cell, someone.full_name)

    assert Visit.objects.get().committee == district


def test_of_two_plans_the_one_whose_visitor_came_is_carried_out(cell):
    district, someone = Unit.objects.get(code="HUYEN"), cell.members[3]
    plan(cell)
    actions.plan_visits(district, [PlannedVisit(cell.unit, JUNE, someone)], by=by())

    attended(cell, someone.full_name)

    states = Visit.objects.order_by("committee__code").values_list("committee__code", "made_on")
    assert list(states) == [("HUYEN", date(2024, 6, 3)), ("XA", None)]


def test_minutes_without_a_superior_and_a_meeting_of_the_cell_committee_make_no_visit(cell):
    attended(cell)
    attended(cell, "Trần Văn Khách", kind="cell_committee")

    assert not Visit.objects.exists()


# By hand


def test_a_visit_written_by_hand_carries_out_the_plan_and_is_written_once(cell):
    plan(cell)

    first, again = made(cell), made(cell)

    assert first.pk == again.pk == Visit.objects.get().pk
    assert refused(lambda: made(cell, date(2024, 6, 14))) == "in_future"


def test_a_visit_that_minutes_made_already_is_not_made_again_by_hand(cell):
    attended(cell, "Trần Văn Khách")

    made(cell)

    assert Visit.objects.count() == 1


def test_minutes_closed_after_a_visit_was_written_by_hand_give_it_its_meeting(cell):
    visit = made(cell)

    meeting = attended(cell, "Trần Văn Khách")

    visit.refresh_from_db()
    assert [each.pk for each in visits(cell)] == [visit.pk]
    assert visit.meeting == meeting


def test_a_visit_written_by_hand_is_to_the_meeting_of_its_day(cell):
    meeting = attended(cell)

    assert made(cell).meeting == meeting
    assert made(cell, date(2024, 6, 4)).meeting is None


def test_what_was_seen_names_no_person_of_the_cell_and_no_secret(cell):
    visit = made(cell)

    def describe(**seen):
        return actions.describe_visit(visit, seen=Seen(**seen), by=cell.officer)

    named = f"Đồng chí {cell.members[0].full_name.upper()} nói dài"
    assert refused(lambda: describe(weaknesses=named)) == "names_a_person"
    assert refused(lambda: describe(strengths="TỐI MẬT")) == "secret"
    assert refused(lambda: describe(strengths="a" * 6000)) == "too_long"

    seen = describe(
        strengths="Đúng giờ", weaknesses="Ít ý kiến", missed_steps=["reg.discussion", "lạ"]
    )
    assert (seen.strengths, seen.weaknesses) == ("Đúng giờ", "Ít ý kiến")
    assert seen.missed_steps == ["reg.discussion"]
    assert seen.is_described


def test_a_planned_visit_has_nothing_to_be_seen_yet(cell):
    plan(cell)
    visit = Visit.objects.get()

    assert (
        refused(lambda: actions.describe_visit(visit, seen=Seen("Tốt"), by=cell.officer))
        == "not_made"
    )


def test_of_a_unit_of_figures_only_neither_names_nor_texts_are_kept(cell):
    army = make_figures_only_cell()

    def record(**more):
        return actions.record_visit(
            army.unit, committee=commune(), made_on=TODAY, by=army.officer, **more
        )

    assert refused(lambda: record(visitors="Nguyễn Văn Khách")) == "figures_only"
    assert refused(lambda: record(seen=Seen("Tốt"))) == "figures_only"
    assert record(seen=Seen()).state == "made"


def test_a_committee_is_not_visited_as_a_cell_is(cell):
    district = Unit.objects.get(code="HUYEN")

    assert refused(
        lambda: actions.record_visit(commune(), committee=district, made_on=TODAY, by=by())
    ) == "not_a_cell"  # fmt: skip
