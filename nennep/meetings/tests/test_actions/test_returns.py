"""Figures of past meetings from paper: written in one go, once, and taken back."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nennep.core import clock
from nennep.core.models import TrailLine
from nennep.meetings import actions
from nennep.meetings.choices import MeetingKind, Outcome
from nennep.meetings.models import Attendance, Explanation, Meeting, RollCall
from nennep.meetings.queries.facts import month_facts
from nennep.meetings.queries.ledger import ledger
from nennep.meetings.queries.timelines import Calendar
from nennep.meetings.rules.figures import RollFigures
from nennep.meetings.rules.returns import PaperReason, PaperReturn
from nennep.meetings.tests.factories import at, make_cell, make_figures_only_cell, planned
from nennep.organisation.models import Unit
from nennep.organisation.tests.factories import refused

pytestmark = pytest.mark.django_db
MAY, JUNE = date(2024, 5, 1), date(2024, 6, 1)


@pytest.fixture
def cell():
    return make_cell(official=8, probationary=1)


def said(cell, *, period=JUNE, start=None, minutes=95, kind="regular", **more):
    start = start or at(3, month=period.month)
    figures = more.pop("figures", RollFigures(official=8, probationary=1, present=8, excused=1))
    return PaperReturn(
        unit_id=cell.unit.pk, kind=kind, period=period, started_at=start,
        ended_at=start + timedelta(minutes=minutes), figures=figures, note=cell.unit.pk, **more,
    )  # fmt: skip


def enter(cell, *entries):
    office = Unit.objects.get(code="XA")
    return actions.record_returns(entries, under=office, by=cell.officer)


def test_a_return_is_a_closed_meeting_with_figures_and_no_names(cell):
    entered = enter(cell, said(cell, are_steps_done=True))

    assert (entered.written, entered.same, entered.refused) == (1, 0, {})
    meeting = Meeting.objects.get()
    assert (meeting.kind, meeting.period, meeting.is_closed, meeting.is_return) == (
        MeetingKind.REGULAR, JUNE, True, True,
    )  # fmt: skip
    call = RollCall.objects.get()
    assert (call.is_typed, call.required, call.present, call.excused) == (True, 9, 8, 1)
    assert not Attendance.objects.exists()
    (row,) = [r for r in ledger(cell.unit, JUNE).rows if r.kind == "regular"]
    assert row.outcome == Outcome.HELD
    (line,) = TrailLine.objects.filter(verb="returns entered")
    assert line.details["meetings"] == 1


def test_the_counters_of_the_month_are_those_of_the_paper(cell):
    figures = RollFigures(official=8, probationary=1, present=6, excused=2, unexcused=1, speakers=4)
    enter(cell, said(cell, figures=figures, are_steps_done=True, papers_sent_at=at(1, 12)))

    (facts,) = month_facts([cell.unit.pk], JUNE, JUNE, Calendar())
    assert (facts.reg_held, facts.att_required, facts.att_present) == (1, 9, 6)
    assert (facts.att_excused, facts.att_unexcused, facts.speak_spoke) == (2, 1, 4)
    assert (facts.minutes_total, facts.time_met) == (95, 1)


def test_sent_twice_it_counts_once(cell):
    enter(cell, said(cell))
    again = enter(cell, said(cell))

    assert (again.written, again.same) == (0, 1)
    assert (Meeting.objects.count(), RollCall.objects.count()) == (1, 1)


def test_other_figures_for_what_is_recorded_are_refused_in_words(cell):
    enter(cell, said(cell))
    other = said(cell, figures=RollFigures(official=8, probationary=1, present=9))
    (refusal,) = enter(cell, other).refused.values()
    assert refusal.code == "recorded_otherwise"
    assert "3-6-2024" in refusal.message


def test_one_faulty_row_keeps_no_other_from_being_written(cell):
    second = make_cell("CB2", "Chi bộ thôn Đoài", official=8, probationary=1)
    entered = enter(cell, said(cell, minutes=-5), said(second))

    assert entered.written == 1
    assert [r.code for r in entered.refused.values()] == ["end_before_start"]
    assert Meeting.objects.get().unit == second.unit


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"minutes": 0}, "end_before_start"),
        ({"minutes": 24 * 60}, "too_long"),
        ({"start": at(3, month=7)}, "in_future"),
        ({"start": at(3, year=2009)}, "cell_not_living"),
        ({"start": at(3, month=3)}, "period_far_from_day"),
        (
            {"figures": RollFigures(official=8, probationary=1, present=8)},
            "figures_required_differs",
        ),
    ],
)
def test_what_contradicts_itself_is_refused(cell, more, code):
    (refusal,) = enter(cell, said(cell, **more)).refused.values()
    assert refusal.code == code
    assert not Meeting.objects.exists()


def test_a_meeting_the_cell_keeps_itself_is_left_alone(cell):
    planned(cell, planned_at=clock.now() + timedelta(days=1))
    (refusal,) = enter(cell, said(cell)).refused.values()
    assert refusal.code == "recorded_otherwise"


def test_a_committee_that_is_not_there_met_nowhere(cell):
    bare = make_cell("CB3", "Chi bộ nhỏ", body=None, has_term=False)
    (refusal,) = enter(cell, said(bare, kind="cell_committee")).refused.values()
    assert refusal.code == "no_cell_committee"


def test_the_reason_for_a_meeting_not_held_waits_for_an_answer(cell):
    reason = PaperReason(unit_id=cell.unit.pk, kind="regular", period=MAY, reason="Mưa lũ", note=1)
    assert enter(cell, reason).written == 1
    assert enter(cell, reason).same == 1
    known = Explanation.objects.get()
    assert (known.reason, known.is_accepted) == ("Mưa lũ", None)

    other = PaperReason(unit_id=cell.unit.pk, kind="regular", period=MAY, reason="Bận", note=1)
    assert enter(cell, other).refused[1].code == "another_reason"
    enter(cell, said(cell))
    late = PaperReason(unit_id=cell.unit.pk, kind="regular", period=JUNE, reason="Bận", note=2)
    assert enter(cell, late).refused[2].code == "held_after_all"


def test_a_secret_is_refused_and_not_kept(cell):
    (refusal,) = enter(cell, said(cell, topic="TUYỆT MẬT")).refused.values()
    assert "bí mật nhà nước" in refusal.message
    assert not Meeting.objects.exists()


def test_a_unit_that_keeps_figures_only_is_entered_the_same_way(cell):
    army = make_figures_only_cell()
    figures = RollFigures(official=12, probationary=1, present=13)
    assert enter(cell, said(army, figures=figures)).written == 1


def test_taken_back_the_month_is_as_before(cell):
    enter(cell, said(cell))
    actions.take_return_back(Meeting.objects.get(), by=cell.officer)

    assert (Meeting.objects.count(), RollCall.objects.count()) == (0, 0)
    (row,) = [r for r in ledger(cell.unit, JUNE).rows if r.kind == "regular"]
    assert row.outcome != Outcome.HELD
    assert enter(cell, said(cell)).written == 1


def test_what_was_gone_on_from_or_kept_by_the_cell_is_not_taken_back(cell):
    meeting = planned(cell)
    refused("not_a_return", lambda: actions.take_return_back(meeting, by=cell.officer))
    second = make_cell("CB2", "Chi bộ thôn Đoài", official=8, probationary=1)
    enter(second, said(second))
    entered = Meeting.objects.get(unit=second.unit)
    actions.add_addendum(entered, text="Ghi nhầm số vắng.", by=second.secretary)
    refused("built_on", lambda: actions.take_return_back(entered, by=second.officer))


def test_each_cell_more_costs_the_row_of_its_counters_and_nothing_else(cell):
    others = [make_cell(f"CB{n}", f"Chi bộ {n}", official=8, probationary=1) for n in range(2, 6)]
    costs = []
    for cells in ([cell], others):
        with CaptureQueriesContext(connection) as queries:
            enter(cell, *[said(each) for each in cells])
        costs.append(len(queries))
    assert costs[1] - costs[0] <= len(others) - 1
