import json
from datetime import date

import pytest
from django.core.management import call_command

from nennep.meetings import actions
from nennep.meetings.models import Meeting
from nennep.meetings.queries.cards import next_meeting_card, other_open_meetings
from nennep.meetings.queries.page import checklist_of, find
from nennep.meetings.queries.progress import progress
from nennep.meetings.tests.factories import at, make_cell, opened, planned, ready

pytestmark = pytest.mark.django_db


@pytest.fixture
def cell():
    return make_cell(official=9, exempt=1)


def doing(meeting):
    return progress(find(meeting)).next_action.doing


def test_the_next_thing_to_do_follows_what_was_recorded(cell):
    meeting, by = planned(cell), cell.secretary
    told = [doing(meeting)]
    for step in (
        lambda: actions.prepare(meeting, by=by),
        lambda: actions.mark_invited(meeting, at=at(1), by=by),
        lambda: actions.mark_papers_sent(meeting, at=at(2), by=by),
        lambda: actions.open_meeting(meeting, started_at=at(3), by=by),
        lambda: actions.take_roll(meeting, absences={}, by=by),
        lambda: actions.mark_steps(meeting, by=by),
        lambda: actions.end_meeting(meeting, ended_at=at(3, 21), by=by),
        lambda: actions.adopt_minutes(meeting, at=at(3, 21), by=by),
        lambda: actions.declare_free_of_secrets(meeting, by=by),
        lambda: actions.close_minutes(meeting, by=by),
    ):
        step()
        told.append(doing(meeting))
    assert told == [
        "prepare", "invite", "send_papers", "open", "take_roll", "mark_steps", "end", "adopt", "close", "close",
        "follow_up",
    ]  # fmt: skip
    for paper in meeting.resolutions.all():
        for line in paper.items.all():
            actions.record_result(line, result="xong", by=by)
    assert doing(meeting) == "nothing"


def test_finished_papers_are_asked_for_where_a_rule_does(cell, on_day):
    on_day(date(2025, 12, 9))
    meeting = ready(cell, started_at=at(3, month=12, year=2025), period=date(2025, 12, 1))
    actions.close_minutes(meeting, by=cell.secretary)
    assert doing(meeting) == "send_finished"


def test_five_steps_say_what_is_done(cell):
    meeting = opened(cell)
    steps = progress(find(meeting)).steps
    assert [s.is_done for s in steps] == [True, False, False, False, False]
    assert [s.is_current for s in steps] == [False, True, False, False, False]


def test_the_checklist_is_ticked_by_hand_or_by_facts(cell):
    meeting = actions.prepare(planned(cell), by=cell.secretary)
    actions.mark_invited(meeting, at=at(1), by=cell.secretary)
    actions.tick_checklist(meeting.checklist.get(code="draft"), by=cell.secretary)
    told = {e.entry.code: (e.is_done, e.is_proven) for e in checklist_of(find(meeting))}
    assert told["notice"] == (True, True)
    assert told["draft"] == (True, False)
    assert told["papers"] == (False, False)
    committee = ready(cell, "cell_committee", started_at=at(1))
    actions.close_minutes(committee, by=cell.secretary)
    told = {e.entry.code: e.is_proven for e in checklist_of(find(meeting))}
    assert told["committee_meeting"]


def test_the_card_shows_what_is_under_way_then_what_comes(cell):
    card = next_meeting_card(cell.unit)
    assert (card.period, card.meeting, card.next_action) == (date(2024, 6, 1), None, None)
    june = opened(cell)
    planned(cell, period=date(2024, 7, 1), planned_at=at(3, month=7))
    card = next_meeting_card(cell.unit)
    assert (card.meeting, card.next_action.doing) == (june, "take_roll")
    assert len(other_open_meetings(cell.unit, card.meeting)) == 1
    Meeting.objects.filter(pk=june.pk).update(cancelled_at=at(4), cancel_reason="x")
    card = next_meeting_card(cell.unit)
    assert (card.period, card.days_left, card.is_overdue) == (date(2024, 7, 1), 20, False)


def test_the_evenings_own_meeting_comes_before_one_that_was_left_open(cell, on_day):
    committee = opened(cell, "cell_committee", at(1))
    tonight = planned(cell, planned_at=at(3))

    on_day(date(2024, 6, 3))
    assert next_meeting_card(cell.unit).meeting == tonight
    on_day(date(2024, 6, 4))
    assert next_meeting_card(cell.unit).meeting == committee


def test_with_this_months_meeting_held_the_next_one_is_to_be_planned(cell, on_day):
    meeting = ready(cell)
    actions.close_minutes(meeting, by=cell.secretary)
    card = next_meeting_card(cell.unit)
    assert (card.period, card.due_on) == (date(2024, 7, 1), None)
    on_day(date(2026, 1, 5))
    card = next_meeting_card(cell.unit)
    assert (card.due_on, card.is_overdue) == (date(2026, 1, 3), True)


def test_the_ledger_command_prints_json_alone(cell, capsys):
    meeting = ready(cell)
    actions.close_minutes(meeting, by=cell.secretary)
    call_command("ledger", "XA", month="2024-06", json=True)
    told = json.loads(capsys.readouterr().out)
    assert list(told) == [
        "unit", "month", "expected", "held", "late", "excused", "waiting", "silent", "pending", "rows",
    ]  # fmt: skip
    assert (told["unit"], told["month"], told["expected"], told["held"], told["pending"]) == (
        "XA",
        "2024-06",
        3,
        1,
        2,
    )
    regular = next(row for row in told["rows"] if row["meeting_kind"] == "regular")
    assert regular == {
        "cell": "CB1", "meeting_kind": "regular", "outcome": "held", "held_on": "2024-06-03",
        "meeting": str(meeting.public_id),
    }  # fmt: skip
    call_command("ledger", "XA", month="2024-06")
    assert "CB1" in capsys.readouterr().out
