"""The facts a sheet rests on, read in sets: each by itself, and one meeting equal to thousands."""

from datetime import date

import pytest

from nennep.core.periods import add_months
from nennep.meetings import actions
from nennep.meetings.queries.answering import last_lines
from nennep.meetings.queries.facts import month_facts
from nennep.meetings.queries.timelines import Calendar
from nennep.meetings.rules.attendance import Absence
from nennep.meetings.rules.figures import RollFigures
from nennep.meetings.tests.factories import (
    at,
    make_cell,
    make_figures_only_cell,
    opened,
    ready,
    resolve,
)
from nennep.organisation.choices import BodyKind
from nennep.quality.queries.facts import facts_of, facts_of_one
from nennep.quality.queries.filled import scored_among
from nennep.quality.tests.factories import put_in_force, scored

pytestmark = pytest.mark.django_db


@pytest.fixture
def cell():
    return make_cell(official=9)


def facts(meeting):
    found = facts_of_one(meeting)
    return found.facts if found else None


def test_a_meeting_that_was_not_opened_has_no_facts(cell):
    from nennep.meetings.tests.factories import planned

    assert facts(planned(cell)) is None


def test_time_attendance_and_speakers_are_those_recorded(cell):
    absent = cell.members[4]
    meeting = ready(cell, absences={absent.pk: Absence("unexcused")})
    actions.who_spoke(meeting, ids=[m.pk for m in cell.members[:3]], by=cell.secretary)

    found = facts(meeting)

    assert (found.minutes, found.minimum, found.minutes_short) == (100, 90, 0)
    assert (found.present, found.required, found.unexcused) == (9, 10, 1)
    assert found.speakers == 3
    assert found.in_time is None  # no due day is set under the rules of 2024
    assert found.excused_running == 0


def test_papers_and_notices_are_days_and_yes_or_no(cell):
    meeting = opened(cell)
    before = facts(meeting)
    actions.mark_invited(meeting, at=at(1), by=cell.secretary)
    actions.mark_papers_sent(meeting, at=at(1), by=cell.secretary)

    after = facts(meeting)

    assert (before.members_told, before.papers_sent, before.papers_days) == (False, False, -1)
    assert (after.members_told, after.papers_sent, after.papers_days) == (True, True, 2)
    assert after.superior_told is False


def test_finished_papers_count_on_until_they_are_out(cell, on_day):
    on_day(date(2024, 6, 4))
    meeting = ready(cell)
    assert (facts(meeting).finished_days, facts(meeting).is_finished_open) == (1, True)

    actions.close_minutes(meeting, by=cell.secretary)
    on_day(date(2024, 6, 13))
    assert (facts(meeting).finished_days, facts(meeting).is_finished_open) == (10, True)

    actions.mark_finished_sent(meeting, at=at(5, 8), by=cell.secretary)
    assert (facts(meeting).finished_days, facts(meeting).is_finished_open) == (2, False)


def test_steps_are_missing_until_they_are_declared_or_proven(cell):
    meeting = opened(cell)
    actions.take_roll(meeting, absences={}, by=cell.secretary)
    undeclared = facts(meeting).steps_missing
    actions.mark_steps(meeting, skipped=["reg.criticism"], by=cell.secretary)

    assert undeclared > 5
    assert facts(meeting).steps_missing == 1


def test_the_committee_met_when_its_minutes_are_closed_by_the_day_of_the_meeting(cell):
    meeting = opened(cell, started_at=at(5))
    assert (facts(meeting).has_preparers, facts(meeting).committee_met) == (True, False)

    committee = ready(cell, "cell_committee", started_at=at(4, 15))
    assert facts(meeting).committee_met is False

    actions.close_minutes(committee, by=cell.secretary)
    assert facts(meeting).committee_met is True


def test_a_committee_that_met_afterwards_did_not_prepare_the_meeting(cell):
    meeting = opened(cell, started_at=at(3))
    committee = ready(cell, "cell_committee", started_at=at(4, 15))
    actions.close_minutes(committee, by=cell.secretary)

    assert facts(meeting).committee_met is False


def test_a_cell_with_a_secretary_alone_has_nobody_to_prepare_with():
    alone = make_cell(body=None)
    meeting = opened(alone)

    assert (facts(meeting).has_preparers, facts(meeting).committee_met) == (False, None)


def test_a_deputy_beside_the_secretary_prepares_too():
    pair = make_cell(body=BodyKind.CELL_SECRETARIAT)

    assert facts(opened(pair)).has_preparers is True


def test_a_thematic_meeting_of_the_month_makes_it_a_thematic_month(cell):
    meeting = ready(cell)
    assert facts(meeting).has_thematic is False

    opened(cell, "thematic", started_at=at(10))
    assert facts(meeting).has_thematic is True


def test_the_last_resolution_is_answered_for_by_its_lines_that_were_due(cell, on_day):
    on_day(date(2024, 7, 20))
    june = ready(cell)
    resolve(june, cell, lines=("Một", "Hai", "Ba"))
    actions.close_minutes(june, by=cell.secretary)
    one, two, three = june.resolutions.get().items.order_by("position")
    actions.record_result(one, result="xong", done_on=date(2024, 7, 1), by=cell.secretary)
    actions.record_result(two, result="sau họp", done_on=date(2024, 7, 9), by=cell.secretary)

    july = opened(cell, started_at=at(3, month=7), period=date(2024, 7, 1))

    assert three.result == ""
    assert (facts(july).done, facts(july).due) == (1, 3)
    assert (facts(june).done, facts(june).due) == (None, None)


def test_an_older_line_that_was_carried_is_answered_for_as_well(cell, on_day):
    on_day(date(2024, 8, 20))
    for month, what in ((6, "Hiến đất"), (7, "Dọn mương")):
        meeting = ready(cell, started_at=at(3, month=month), period=date(2024, month, 1))
        resolve(meeting, cell, lines=(what,))
        actions.close_minutes(meeting, by=cell.secretary)
    august = opened(cell, started_at=at(6, month=8), period=date(2024, 8, 1))
    before = (facts(august).done, facts(august).due)
    actions.prepare(august, by=cell.secretary)

    assert before == (0, 1)
    assert (facts(august).done, facts(august).due) == (0, 2)


def test_a_line_that_fell_due_between_two_meetings_is_answered_for_at_the_second(cell, on_day):
    """Most lines are due in the month after their meeting, when that of the next month is over."""
    on_day(date(2024, 8, 20))
    june = ready(cell, started_at=at(3), period=date(2024, 6, 1))
    paper = resolve(june, cell, lines=())
    for what, due_on in (
        ("Trồng cây", date(2024, 7, 25)),
        ("Hiến đất", date(2024, 7, 2)),
        ("Xây kè", date(2024, 9, 9)),
    ):
        actions.add_line(paper, what=what, due_on=due_on, by=cell.secretary)
    actions.close_minutes(june, by=cell.secretary)
    july = ready(cell, started_at=at(3, month=7), period=date(2024, 7, 1))
    resolve(july, cell, lines=("Dọn mương",))
    actions.close_minutes(july, by=cell.secretary)
    done = june.resolutions.get().items.get(what="Trồng cây")
    actions.record_result(done, result="xong", done_on=date(2024, 7, 24), by=cell.secretary)

    august = opened(cell, started_at=at(6, month=8), period=date(2024, 8, 1))

    assert (facts(july).done, facts(july).due) == (0, 1)
    assert (facts(august).done, facts(august).due) == (1, 2)
    assert [line.what for line in last_lines(august)] == ["Trồng cây", "Dọn mương"]


def months_excused(cell, member, months, on_day):
    on_day(date(2024, 9, 20))
    meeting = None
    for month in months:
        meeting = ready(
            cell,
            started_at=at(3, month=month),
            period=date(2024, month, 1),
            absences={member.pk: Absence("excused")} if month in months else {},
        )
        if month != months[-1]:
            actions.close_minutes(meeting, by=cell.secretary)
    return meeting


@pytest.mark.parametrize(("months", "count"), [((5, 6, 7), 0), ((5, 6, 7, 8), 1)])
def test_the_fourth_excuse_running_counts_while_its_minutes_are_still_open(
    cell, on_day, months, count
):
    meeting = months_excused(cell, cell.members[4], months, on_day)

    assert facts(meeting).excused_running == count


def test_a_presence_in_between_ends_the_streak(cell, on_day):
    member = cell.members[4]
    on_day(date(2024, 9, 20))
    for month in (3, 4, 5, 6, 7):
        meeting = ready(
            cell,
            started_at=at(3, month=month),
            period=date(2024, month, 1),
            absences={} if month == 5 else {member.pk: Absence("excused")},
        )
        actions.close_minutes(meeting, by=cell.secretary)

    assert facts(meeting).excused_running == 0


def test_a_cell_of_figures_only_has_its_totals_and_no_streaks():
    army = make_figures_only_cell()
    meeting = opened(army)
    figures = RollFigures(official=12, probationary=1, present=11, excused=1, unexcused=1)
    actions.take_roll_figures(meeting, figures=figures, by=army.secretary)

    found = facts(meeting)

    assert (found.present, found.required, found.unexcused) == (11, 13, 1)
    assert (found.speakers, found.excused_running) == (None, None)


def test_many_meetings_at_once_say_the_same_as_each_by_itself(cell, on_day):
    """Set-based and single are one code; this holds them to one answer, open and closed."""
    on_day(date(2024, 9, 20))
    other = make_cell("CB2", "Chi bộ thôn Tây", official=6, body=None)
    meetings = []
    for n, month in enumerate((4, 5, 6, 7)):
        for each in (cell, other):
            start = at(3 + n, month=month)
            meeting = ready(
                each,
                started_at=start,
                period=add_months(date(2024, 4, 1), n),
                absences={each.members[3].pk: Absence("excused")},
            )
            resolve(meeting, each, lines=("Việc",))
            if month < 7:
                actions.close_minutes(meeting, by=each.secretary)
            meetings.append(meeting)

    together = {found.meeting_id: found for found in facts_of(m.pk for m in meetings)}

    assert together == {meeting.pk: facts_of_one(meeting) for meeting in meetings}
    assert {f.facts.excused_running for f in together.values()} == {0, 1}


def test_the_number_of_queries_does_not_follow_the_number_of_meetings(
    cell, django_assert_num_queries
):
    first = ready(cell)
    others = [ready(make_cell(f"C{n}", f"Chi bộ {n}"), absences={}) for n in range(3)]
    list(facts_of([first.pk]))  # the rule book is loaded

    with django_assert_num_queries(16):
        list(facts_of([first.pk]))
    with django_assert_num_queries(16):
        list(facts_of([m.pk for m in others]))


def test_the_step_of_scoring_is_proven_by_a_kept_score(cell, on_day):
    on_day(date(2026, 6, 13))
    put_in_force("rb2", since=date(2026, 1, 1))
    meeting = ready(cell, started_at=at(3, year=2026), period=date(2026, 6, 1))
    resolve(meeting, cell)

    def counted():
        actions_of = month_facts([cell.unit.pk], date(2026, 6, 1), date(2026, 6, 1), Calendar())
        return next(iter(actions_of)).steps_proven

    actions.close_minutes(meeting, by=cell.secretary)
    before, missing = counted(), facts(meeting).steps_missing
    scored(cell, meeting)

    assert counted() == before + 1
    assert facts(meeting).steps_missing == missing
    assert scored_among([meeting.pk, 0]) == {meeting.pk}
