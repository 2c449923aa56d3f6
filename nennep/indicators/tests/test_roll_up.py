"""The counters always equal a recomputation from the facts (promise G10)."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nennep.accounts.queries import system_person
from nennep.core.facts import facts_changed
from nennep.core.periods import Period, add_months
from nennep.indicators import actions
from nennep.indicators.choices import Structure
from nennep.indicators.models import CellMonth, UnitMonth, UnitStock
from nennep.indicators.queries.board import board
from nennep.indicators.queries.extent import Extent
from nennep.indicators.queries.figures import figure_sheet
from nennep.indicators.queries.numbers import numbers
from nennep.indicators.queries.numbers_below import numbers_below
from nennep.indicators.queries.verifying import verify
from nennep.indicators.tests.factories import (
    classed,
    explain,
    give,
    hold,
    keep_ledger_from,
    month,
    people,
    working,
)
from nennep.meetings.choices import LedgerKind, MeetingKind
from nennep.meetings.models import Meeting
from nennep.members.actions import set_working, transfer_member
from nennep.members.queries import roll_on
from nennep.organisation.actions import close_unit, move_unit
from nennep.organisation.tests.factories import make_cell, make_committee, make_district, make_root
from nennep.quality.choices import CLASSES
from nennep.tasks import actions as tasks
from nennep.tasks.queries.coverage import cell_coverage

pytestmark = pytest.mark.django_db

FIRST = month("2023-01")
YEAR = Period(FIRST, month("2023-12"))


@pytest.fixture
def tree(on_day):
    on_day(date(2024, 1, 15))
    keep_ledger_from(FIRST)
    root = make_root()
    district, beside = make_district("Huyện A"), make_district("Huyện B")
    near, far = make_committee("Xã A", parent=district), make_committee("Xã B", parent=beside)
    cells = [
        make_cell("Chi bộ 1", parent=near),
        make_cell("Chi bộ 2", parent=near),
        make_cell("Chi bộ 3", parent=far),
    ]
    for cell in cells:
        people(cell, 4)
        working(cell)
    return root, district, beside, near, far, cells


def test_a_closed_meeting_is_at_the_top_in_the_same_breath(tree):
    root, district, beside, _near, _far, cells = tree

    hold(cells[0], month("2023-05"), "ppeu")

    for unit, expected in [
        (root, (2, 4)),
        (district, (2, 4)),
        (cells[0], (2, 4)),
        (beside, (0, 0)),
    ]:
        attendance = figure_sheet(unit, YEAR)["ATT"]
        assert (attendance.numerator, attendance.denominator) == expected
    assert verify().differences == ()


def test_figures_of_cells_count_each_cell_once_whatever_the_span(tree):
    root, _district, _beside, _near, _far, cells = tree
    for n in range(12):
        hold(cells[0], add_months(FIRST, n), "pppp")
        if n not in (3, 4):
            hold(cells[1], add_months(FIRST, n), "pppp")

    def cells_without_a_gap(first, last):
        figure = figure_sheet(root, Period(month(first), month(last)))["MTG_REG.cells"]
        return figure.numerator, figure.denominator

    assert cells_without_a_gap("2023-01", "2023-12") == (1, 3)
    assert cells_without_a_gap("2023-06", "2023-12") == (2, 3)
    assert cells_without_a_gap("2023-05", "2023-05") == (1, 3)


def test_what_is_not_yet_over_is_pending_and_no_gap(tree, on_day):
    root, *_, cells = tree
    january = Period(month("2024-01"), month("2024-01"))
    hold(cells[0], month("2024-01"), "pppp", day=4)

    sheet = figure_sheet(root, january)
    assert (sheet["MTG_REG"].numerator, sheet["MTG_REG"].denominator) == (1, 1)
    assert sheet["MTG_SILENT"].numerator == 0
    assert sheet["MTG_REG.cells"].numerator == 3

    on_day(date(2024, 2, 1))
    sheet = figure_sheet(root, january)
    assert (sheet["MTG_REG"].numerator, sheet["MTG_REG"].denominator) == (1, 3)
    assert (sheet["MTG_SILENT"].numerator, sheet["MTG_SILENT"].denominator) == (2, 3)
    assert sheet["MTG_REG.cells"].numerator == 1


def test_a_moved_cell_leaves_its_months_where_they_were_and_is_found_where_it_is(tree):
    root, district, beside, _near, far, cells = tree
    hold(cells[0], month("2023-02"), "pppp")
    move_unit(cells[0], far, on=date(2023, 7, 1), by=system_person())
    hold(cells[0], month("2023-08"), "ppee")

    def attended(unit, structure):
        cells[0].refresh_from_db()
        figure = figure_sheet(unit, YEAR, structure)["ATT"]
        return figure.numerator, figure.denominator

    assert attended(district, Structure.THEN) == (4, 4)
    assert attended(beside, Structure.THEN) == (2, 4)
    assert attended(district, Structure.NOW) == (0, 0)
    assert attended(beside, Structure.NOW) == (6, 8)
    assert attended(root, Structure.THEN) == attended(root, Structure.NOW) == (6, 8)
    assert verify().differences == ()


FATES = ("open", "done", "late", "not met", "withdrawn", "more time", "plan")
STEPS = st.one_of(
    st.tuples(st.just("hold"), st.integers(0, 2), st.integers(0, 12), st.text("peu", min_size=4, max_size=4)),
    st.tuples(st.just("thematic"), st.integers(0, 2), st.integers(0, 12), st.text("pe", min_size=4, max_size=4)),
    st.tuples(st.just("explain"), st.integers(0, 2), st.integers(0, 12), st.sampled_from([None, True, False])),
    st.tuples(st.just("task"), st.integers(0, 2), st.integers(0, 12), st.sampled_from(FATES)),
    st.tuples(st.just("working"), st.integers(0, 2), st.integers(0, 12), st.booleans()),
    st.tuples(st.just("score"), st.integers(0, 2), st.integers(0, 12), st.sampled_from(CLASSES)),
    st.tuples(st.just("decide"), st.integers(0, 2), st.integers(0, 12), st.sampled_from(CLASSES)),
    st.tuples(st.just("move"), st.integers(0, 2), st.integers(1, 12), st.booleans()),
    st.tuples(st.just("transfer"), st.integers(0, 2), st.integers(1, 12), st.integers(0, 2)),
)  # fmt: skip


@pytest.mark.slow
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(STEPS, min_size=1, max_size=10))
def test_whatever_happens_in_whatever_order_the_counters_equal_a_recomputation(
    tree, django_db_blocker, steps
):
    from django.db import transaction

    with transaction.atomic():
        savepoint = transaction.savepoint()
        for step in steps:
            _do(tree, *step)
        assert verify().differences == ()
        before = list(UnitMonth.objects.order_by("unit_id", "month", "block").values_list())
        transaction.savepoint_rollback(savepoint)
    assert before is not None


def _do(tree, what, which, offset, how):

    cells = tree[-1]
    cell, when = cells[which], add_months(FIRST, offset)
    cell.refresh_from_db()
    if what in {"hold", "thematic"}:
        kind = MeetingKind.REGULAR if what == "hold" else MeetingKind.THEMATIC
        if not Meeting.objects.filter(unit=cell, period=when, kind=kind).exists():
            everybody = [m for c in cells for m in c.members.all()]
            hold(cell, when, how, kind=kind, members=everybody[:4])
    elif what == "explain":
        explain(cell, when, is_accepted=how)
    elif what == "task":
        _live_through(cell, when, how)
    elif what in {"score", "decide"}:
        _class(cell, when, how, is_official=what == "decide")
    else:
        _change_the_roll(tree, cell, what, when, how)


def _change_the_roll(tree, cell, what, when, how):
    from nennep.core.refusal import Refusal

    _root, _district, _beside, near, far, cells = tree
    by, someone = system_person(), cell.members.order_by("pk").first()
    try:
        if what == "move":
            move_unit(cell, near if how else far, on=when, by=by)
        elif what == "working" and someone:
            set_working(someone, is_working=how, on=when, by=by)
        elif someone:
            transfer_member(someone, to=cells[how], on=when, by=by)
    except Refusal:
        return


def _live_through(cell, when, fate):
    """A task for everybody on the roll that day, and what became of it."""
    by, due = system_person(), when + timedelta(days=40)
    there = {entry.member_id for entry in roll_on(cell, when)}
    members = [m for m in cell.members.order_by("pk") if m.pk in there]
    if not members or when > date(2024, 1, 15):
        return
    one = give(cell, *members, on=when, due=due, source="plan" if fate == "plan" else "resolution")
    if fate in {"done", "late"} and (
        day := due + timedelta(days=5 if fate == "late" else -5)
    ) < date(2024, 1, 15):
        tasks.report_result(one, result="Xong", done_on=day, by=by)
    elif fate == "not met":
        tasks.judge(one, judgement="not_met", on=when, by=by)
    elif fate == "withdrawn":
        tasks.withdraw(one, reason="Không cần", by=by)
    elif fate == "more time":
        tasks.give_time(one, due_on=due + timedelta(days=60), by=by)


def test_who_has_a_task_is_known_from_the_day_the_cell_keeps_its_tasks(tree):
    root, district, beside, _near, _far, cells = tree
    one, two, _three, _idle = cells[0].members.order_by("pk")
    given = give(cells[0], one, on=date(2023, 5, 10), due=date(2023, 6, 20))
    give(cells[0], two, on=date(2023, 6, 5), due=date(2023, 6, 30), source="plan")
    tasks.report_result(given, result="Xong", done_on=date(2023, 6, 19), by=system_person())
    tasks.judge(given, judgement="met", on=date(2023, 7, 3), by=system_person())

    def figure(unit, code, last):
        found = figure_sheet(unit, Period(FIRST, month(last)))[code]
        return found.numerator, found.denominator, found.value

    assert figure(root, "TASK", "2023-04") == (0, 0, None)
    assert [figure(district, "TASK", f"2023-{m:02d}")[:2] for m in (5, 6, 7, 8)] == [
        (1, 3), (1, 3), (0, 3), (0, 3)
    ]  # fmt: skip
    assert [figure(root, "TASK.any", f"2023-{m:02d}")[:2] for m in (5, 6, 9, 10)] == [
        (1, 3), (2, 3), (1, 3), (0, 3)
    ]  # fmt: skip
    assert figure(beside, "TASK", "2023-08") == (0, 0, None)
    assert figure(cells[0], "TASK", "2023-06")[:2] == (1, 3)
    assert verify().differences == ()


@pytest.mark.parametrize(
    "day", [date(2023, 5, 9), date(2023, 5, 31), date(2023, 7, 3), date(2023, 9, 30)]
)
def test_the_members_by_name_are_those_of_the_figure(tree, day):
    """The page of the cell and the counters say the same on every day."""
    *_, cells = tree
    one, two, three, _idle = cells[0].members.order_by("pk")
    given = give(cells[0], one, on=date(2023, 5, 10), due=date(2023, 6, 20))
    give(cells[0], two, on=date(2023, 6, 5), due=date(2023, 6, 30), source="plan")
    tasks.judge(given, judgement="not_met", on=date(2023, 7, 3), by=system_person())
    set_working(three, is_working=False, on=date(2023, 8, 1), by=system_person())

    named = cell_coverage(cells[0], day)
    rows = UnitStock.objects.filter(unit=cells[0], on__lte=day)
    counted = [
        sum(rows.values_list(name, flat=True))
        for name in ("task_members", "task_any", "task_working")
    ]

    is_known = day >= named.since
    assert counted == [named.pair[0], named.any_pair[0], named.pair[1]] if is_known else [0, 0, 0]


def test_the_target_of_the_programme_judges_who_has_a_task(tree):
    root, *_, cells = tree
    everybody = list(cells[0].members.order_by("pk")[:3])
    give(cells[0], *everybody[:2], on=date(2023, 5, 10), due=date(2023, 12, 31))
    sheet = figure_sheet(root, Period(FIRST, month("2023-06")))
    assert (sheet["TASK"].target.source.symbol, sheet["TASK"].is_met) == ("11-ĐA/TU", False)
    give(cells[0], everybody[2], on=date(2023, 5, 11), due=date(2023, 12, 31))
    assert figure_sheet(root, Period(FIRST, month("2023-06")))["TASK"].is_met is True


def test_tasks_count_in_the_month_of_their_day_and_open_ones_of_this_month_wait(tree, on_day):
    root, *_, cells = tree
    one, two, three, four = cells[0].members.order_by("pk")
    by = system_person()
    done = give(cells[0], one, on=date(2023, 11, 1), due=date(2023, 12, 10))
    tasks.report_result(done, result="Xong", done_on=date(2023, 12, 9), by=by)
    late = give(cells[0], two, on=date(2023, 11, 1), due=date(2023, 12, 10))
    tasks.report_result(late, result="Xong", done_on=date(2023, 12, 20), by=by)
    give(cells[0], three, on=date(2023, 11, 1), due=date(2023, 12, 10))
    give(cells[0], four, on=date(2023, 11, 1), due=date(2024, 1, 10))
    early = give(cells[0], one, on=date(2023, 11, 1), due=date(2024, 1, 30))
    tasks.report_result(early, result="Xong", done_on=date(2024, 1, 12), by=by)
    moved = give(cells[0], two, on=date(2023, 11, 1), due=date(2023, 12, 11))
    tasks.give_time(moved, due_on=date(2024, 3, 1), by=by)

    def figure(unit, code, first, last):
        found = figure_sheet(unit, Period(month(first), month(last)))[code]
        return found.numerator, found.denominator

    def everywhere(code, *span):
        units = [figure(unit, code, *span) for unit in (root, cells[0])]
        assert units[0] == units[1]
        return units[0]

    assert everywhere("TASK_DONE", "2023-12", "2023-12") == (1, 3)
    assert everywhere("TASK_DONE.late", "2023-12", "2023-12") == (1, 3)
    assert everywhere("TASK_DONE", "2024-01", "2024-01") == (1, 1)
    on_day(date(2024, 2, 1))
    assert everywhere("TASK_DONE", "2024-01", "2024-01") == (1, 2)
    on_day(date(2024, 4, 1))
    actions.open_months(by=by)
    assert everywhere("TASK_DONE", "2024-03", "2024-03") == (0, 1)
    assert verify().differences == ()


def _class(cell, when, klass, *, is_official):
    for meeting in Meeting.objects.filter(unit=cell, period=when):
        classed(meeting, klass, official=klass if is_official else "")


def test_a_table_of_units_says_the_same_as_each_unit_by_itself(tree, on_day):
    root, district, beside, near, far, cells = tree
    on_day(date(2024, 1, 15))
    for n in range(13):
        hold(cells[0], add_months(FIRST, n), "ppeu")
    hold(cells[2], add_months(FIRST, 5), "pppp", kind=MeetingKind.THEMATIC)
    for day in (date(2023, 12, 20), date(2024, 1, 30)):
        for cell in cells[:2]:
            give(cell, cell.members.first(), on=date(2023, 12, 1), due=day)
    period = Period(FIRST, month("2024-01"))

    assert [_told_together(unit, period) for unit in (root, district, near, far)] == [
        {unit.pk: numbers(unit, period).total() for unit in below}
        for below in ([district, beside], [near], cells[:2], cells[2:])
    ]


def test_what_is_pending_goes_with_a_committee_to_its_new_place(tree, on_day):
    """January's meetings have time until 3-2; the committee moved on 20-1."""
    _root, district, beside, near, far, _cells = tree
    on_day(date(2026, 2, 1))
    actions.rebuild(by=system_person())
    move_unit(near, parent=beside, on=date(2026, 1, 20), by=system_person())
    january = Period(month("2026-01"), month("2026-01"))

    below = _told_together(beside, january)

    assert below == {unit.pk: numbers(unit, january).total() for unit in (near, far)}
    assert below[near.pk]["reg_pending"] == 2
    assert [numbers(u, january).total()["reg_pending"] for u in (district, beside)] == [2, 1]
    rows = board(Extent(beside, january)).rows
    assert [(row.unit_id, row.total.pending, row.total.silent) for row in rows] == [
        (near.pk, 2, 0),
        (far.pk, 1, 0),
    ]


def _told_together(unit, period):
    return numbers_below(Extent(unit, period))


def test_rebuilding_changes_nothing(tree):
    *_, cells = tree
    for n in range(6):
        hold(cells[n % 3], add_months(FIRST, n), "ppeu")
    before = _tables()

    actions.rebuild(by=system_person())

    assert _tables() == before


def _tables():
    columns = [f.name for f in CellMonth._meta.local_fields if f.name != "id"]
    units = [f.name for f in UnitMonth._meta.local_fields if f.name != "id"]
    return (
        list(CellMonth.objects.order_by("cell_id", "month").values_list(*columns)),
        [
            row
            for row in UnitMonth.objects.order_by("unit_id", "month", "block").values_list(*units)
            if any(row[3:])
        ],
    )


def test_what_is_said_of_a_month_to_come_is_counted_when_that_month_opens(tree, on_day):
    """A thematic meeting of the next quarter is explained ahead: its row sits in the quarter's end."""
    root, *_, cells = tree
    explain(cells[0], month("2024-06"), kind=LedgerKind.THEMATIC, is_accepted=True)

    assert not CellMonth.objects.filter(month__gt=month("2024-02")).exists()
    assert verify().differences == ()
    on_day(date(2024, 5, 20))
    actions.open_months(by=system_person())
    assert CellMonth.objects.filter(month=month("2024-03")).count() == 3
    june = UnitMonth.objects.filter(unit=root, month=month("2024-06")).get()
    assert (june.them_excused, june.them_unmet) == (1, 2)
    assert verify().differences == ()


def test_classes_are_counted_as_the_cell_says_and_as_the_superior_decides(tree):
    root, *_, cells = tree
    for n, (own, official) in enumerate(
        [("good", "good"), ("good", "fair"), ("fair", "good"), ("poor", "")]
    ):
        classed(hold(cells[n % 3], add_months(FIRST, n), "pppp"), own, official=official)

    def figure(code):
        found = figure_sheet(root, YEAR)[code]
        return found.numerator, found.denominator

    assert [figure(f"QUAL.self.{k}") for k in CLASSES] == [(2, 4), (1, 4), (0, 4), (1, 4)]
    assert [figure(f"QUAL.official.{k}") for k in CLASSES] == [(2, 3), (1, 3), (0, 3), (0, 3)]
    assert figure("QUAL.official") == (3, 4)
    assert (figure("QUAL.gap.above"), figure("QUAL.gap.below")) == ((1, 3), (1, 3))
    assert verify().differences == ()


def test_a_class_counts_only_once_the_minutes_are_closed_and_a_lost_vote_not_at_all(tree):
    root, *_, cells = tree
    open_one = hold(cells[0], FIRST, "pppp")
    classed(open_one, "good")
    Meeting.objects.filter(pk=open_one.pk).update(closed_at=None)
    facts_changed.send(sender=Meeting, cell=cells[0], month=FIRST, kind="month")
    carried, lost = (hold(cells[n], add_months(FIRST, n), "pppp") for n in (1, 2))
    classed(carried, "good", voted="fair", is_passed=True)
    classed(lost, "good", voted="fair", is_passed=False)

    counts = numbers(root, YEAR).total()

    assert (counts["self_good"], counts["self_fair"]) == (1, 1)


def test_a_wrong_counter_is_found_and_named(tree):
    *_, cells = tree
    hold(cells[0], month("2023-05"), "pppp")
    CellMonth.objects.filter(cell=cells[0], month=month("2023-05")).update(att_present=99)

    verdict = verify()

    assert len(verdict.differences) == 1
    assert str(cells[0].pk) in verdict.differences[0]


def test_three_unexcused_months_of_a_year_make_one_member(tree):
    root, *_, cells = tree
    for n in range(4):
        hold(cells[0], add_months(FIRST, n), "uppp")

    sheet = figure_sheet(root, YEAR)

    assert sheet["ATT_UNEX.absences"].numerator == 4
    assert sheet["ATT_UNEX.members"].numerator == 1
    assert figure_sheet(root, Period(FIRST, month("2023-02")))["ATT_UNEX.members"].numerator == 0
    assert figure_sheet(cells[0], YEAR)["ATT_UNEX.members"].numerator == 1


def test_a_closed_cell_stops_being_expected_and_its_heir_answers_for_it_now(tree):
    root, district, beside, _near, _far, cells = tree
    hold(cells[1], month("2023-03"), "pppp")
    for someone in list(cells[1].members.all()):
        transfer_member(someone, to=cells[2], on=date(2023, 4, 1), by=system_person())
    close_unit(cells[1], last_day=date(2023, 4, 30), successor=cells[2], by=system_person())

    assert figure_sheet(cells[1], YEAR)["MTG_REG"].denominator == 4
    assert figure_sheet(beside, YEAR, Structure.NOW)["ATT"].denominator == 4
    assert figure_sheet(district, YEAR, Structure.NOW)["ATT"].denominator == 0
    assert verify().differences == ()
    assert root is not None
