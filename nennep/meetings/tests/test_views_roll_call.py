"""Step 2: opening, roll call, guests, party groups."""

from datetime import date

import pytest

from nennep.meetings import actions
from nennep.meetings.tests import factories
from nennep.meetings.tests.factories import at
from nennep.meetings.tests.factories_pages import fresh, opening, page_of, prepared, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def test_start_now_opens_and_takes_no_roll_call_yet(signed_in, cell):
    meeting = prepared(cell)

    signed_in.post(page_of(meeting, "roll-call"), opening(start="", do="start_now"))

    assert fresh(meeting).started_at is not None
    assert not hasattr(fresh(meeting), "roll_call")


def test_the_roll_call_is_everybody_except(signed_in, cell):
    meeting = prepared(cell)
    excused, unexcused = cell.ids[3], cell.ids[4]

    answer = signed_in.post(
        page_of(meeting, "roll-call"),
        opening(
            do="next",
            dues_paid="8",
            dues_due="9",
            **{
                f"presence-{excused}": "excused",
                f"reason-{excused}": "đi công tác",
                f"presence-{unexcused}": "unexcused",
                f"late-{cell.ids[2]}": "on",
            },
        ),
    )

    taken = fresh(meeting).roll_call
    assert answer.url == page_of(meeting, "discuss")
    assert (taken.present, taken.excused, taken.unexcused) == (7, 1, 1)
    assert meeting.attendances.get(member_id=excused).reason == "đi công tác"
    assert meeting.attendances.get(member_id=cell.ids[2]).came_late
    assert fresh(meeting).dues_paid == 8


def test_without_a_start_the_page_says_so_and_keeps_who_was_marked(signed_in, cell):
    meeting = prepared(cell)
    name = f"presence-{cell.ids[3]}"

    answer = signed_in.post(page_of(meeting, "roll-call"), opening(start="", **{name: "unexcused"}))

    assert answer.status_code == 422
    assert "Write when the meeting started" in text_of(answer)
    marked = {line.member_id: line.presence for line in answer.context["lines"]}
    assert marked[cell.ids[3]] == "unexcused"
    assert fresh(meeting).started_at is None


def test_chair_and_last_minute_taker_are_filled_in(signed_in, cell):
    may = factories.ready(cell)
    actions.close_minutes(may, by=cell.secretary)
    meeting = prepared(cell, period=date(2024, 7, 1), planned_at=at(3, month=7))

    form = signed_in.get(page_of(meeting, "roll-call")).context["form"]

    assert form["chair"].value() == cell.ids[0]
    assert form["minute_taker"].value() == cell.ids[1]


def test_a_unit_of_figures_is_asked_for_totals_and_shows_no_name(client):
    cell = factories.make_figures_only_cell()
    client.force_login(cell.secretary)
    meeting = prepared(cell)

    shown = text_of(client.get(page_of(meeting, "roll-call")))
    client.post(
        page_of(meeting, "roll-call"),
        opening(official="12", probationary="1", present="12", excused="1"),
    )

    assert "data-roll-row" not in shown
    assert (fresh(meeting).roll_call.present, fresh(meeting).roll_call.required) == (12, 13)


def test_guests_are_added_and_taken_out(signed_in, cell):
    meeting = prepared(cell)
    signed_in.post(
        page_of(meeting, "roll-call"), opening(guest_name="Trần Văn Khách", guest_post="Đảng ủy xã")
    )
    guest = meeting.guests.get()

    signed_in.post(page_of(meeting, "roll-call"), opening(do=f"guest-{guest.pk}"))

    assert not meeting.guests.exists()


def test_parts_of_party_groups_are_noted_on_the_same_page(client):
    cell = factories.make_cell(party_groups=("Tổ đảng 1", "Tổ đảng 2"))
    client.force_login(cell.secretary)
    meeting = prepared(cell)
    group = cell.unit.party_groups.get(name="Tổ đảng 1")
    part = {
        f"group-{group.pk}-start": "18:00",
        f"group-{group.pk}-end": "19:00",
        f"group-{group.pk}-place": "Nhà ông Tư",
    }

    client.post(page_of(meeting, "roll-call"), opening(**part))

    kept = meeting.group_parts.get()
    assert (kept.party_group, kept.started_at, kept.place) == (group, at(3, 18, 0), "Nhà ông Tư")
