from datetime import date

import pytest

from nennep.core.models import TrailLine
from nennep.meetings.tests.factories import make_figures_only_cell
from nennep.organisation.models import Unit
from nennep.regulations.queries import RuleBook
from nennep.tasks import actions
from nennep.tasks.actions import NewTask, Receivers, YearLine
from nennep.tasks.choices import TaskSource, TaskState
from nennep.tasks.models import Task
from nennep.tasks.rules import TaskRules
from nennep.tasks.rules.clarity import shipped_schemes
from nennep.tasks.tests.factories import (
    DUE,
    decide,
    give,
    give_units,
    refused,
    working_cell,
)

pytestmark = pytest.mark.django_db
TODAY = date(2024, 6, 13)


def test_one_task_goes_to_many_and_each_answers_alone(cell):
    first, second, third = cell.members[:3]
    task = give(cell, first, second, third).task
    one, two, _three = task.assignments.order_by("id")

    actions.accept_task(one, by=cell.secretary)
    actions.report_result(two, result="Xong", done_on=TODAY, by=cell.secretary)

    assert [each.state for each in task.assignments.order_by("id")] == [
        TaskState.ACCEPTED,
        TaskState.REPORTED,
        TaskState.GIVEN,
    ]
    assert {each.due_on for each in task.assignments.all()} == {DUE}


def test_a_deadline_in_working_days_passes_over_the_lunar_new_year(cell, on_day):
    on_day(date(2024, 2, 7))
    given = give(cell, due_on=None, working_days=3)
    assert given.due_on == date(2024, 2, 19)


@pytest.mark.parametrize(
    ("task", "who", "code"),
    [
        ({"what": " "}, 0, "what_missing"),
        ({"what": "x" * 501}, 0, "what_too_long"),
        ({"what": "Trồng cây", "due_on": None}, 0, "due_missing"),
        ({"what": "Trồng cây", "due_on": date(2024, 6, 1)}, 0, "due_before_given"),
        ({"what": "Trồng cây", "given_on": date(2024, 7, 1), "due_on": date(2024, 8, 1)}, 0, "in_future"),
        ({"what": "MẬT"}, 0, "secret"),
        ({"what": "Trồng cây"}, None, "nobody"),
    ],
)  # fmt: skip
def test_what_is_no_task_is_refused(cell, task, who, code):
    people = [] if who is None else [cell.members[who]]
    with refused(code):
        actions.give_task(
            cell.unit,
            task=NewTask(source=TaskSource.PLAN, **{"due_on": DUE, **task}),
            to=Receivers(people),
            by=cell.secretary,
        )
    assert not Task.objects.exists()


def test_a_cell_gives_to_its_own_people_only(cell):
    other = working_cell(code="CB2", name="Chi bộ thôn Tây")
    with refused("not_of_this_cell"):
        give(cell, other.members[0])
    with refused("not_of_this_cell"):
        give(cell, cell.members[0], follower=other.members[0])


def test_a_committee_gives_to_units_under_it_only(cell):
    other = working_cell(code="CB2", name="Chi bộ thôn Tây")
    commune = Unit.objects.get(code="XA")
    assert give_units(commune, cell.unit, other.unit).assignments.count() == 2
    with refused("not_below"):
        give_units(cell.unit, other.unit)
    with refused("not_a_cell"):
        actions.give_task(
            commune,
            task=NewTask(what="Việc", source=TaskSource.PLAN, due_on=DUE),
            to=Receivers([cell.members[0]]),
            by=cell.officer,
        )
    with refused("units_and_members"):
        actions.give_task(
            commune,
            task=NewTask(what="Việc", source=TaskSource.PLAN, due_on=DUE),
            to=Receivers([cell.members[0]], [cell.unit]),
            by=cell.officer,
        )


def test_a_cell_that_keeps_figures_only_names_nobody():
    cell = make_figures_only_cell()
    with refused("figures_only"):
        actions.give_task(
            cell.unit,
            task=NewTask(what="Việc", source=TaskSource.PLAN, due_on=DUE),
            to=Receivers(who_text="Nguyễn Văn An"),
            by=cell.secretary,
        )


def test_programme_tasks_given_to_units_answer_the_clear_questions_in_force(cell):
    commune = Unit.objects.get(code="XA")
    scheme = next(s for s in shipped_schemes() if s.code == "5-ro-phuc-tho")
    actions.put_scheme_in_force(commune, scheme, since=date(2024, 1, 1), by=cell.officer)
    answers = {
        "quy_trinh": "Theo 13-ĐA/HU",
        "trach_nhiem": "Bí thư",
        "hieu_qua": "100% chi bộ",
    }

    with refused("unclear"):
        give_units(commune, cell.unit, source=TaskSource.PROGRAMME)
    kept = give_units(commune, cell.unit, source=TaskSource.PROGRAMME, answers=answers)
    give_units(commune, cell.unit, source=TaskSource.DIRECTION)
    give(cell, source=TaskSource.PROGRAMME)

    assert kept.answers == answers


def test_a_scheme_holds_for_its_part_of_the_tree_from_its_day(cell):
    commune = Unit.objects.get(code="XA")
    five, six = shipped_schemes()
    actions.put_scheme_in_force(commune, five, since=date(2024, 1, 1), by=cell.officer)
    actions.put_scheme_in_force(commune, six, since=date(2024, 6, 1), by=cell.officer)

    def name(path, day):
        return RuleBook.load().in_force(TaskRules, path, day).values.scheme.name

    assert [
        name(cell.unit.path, date(2023, 12, 31)),
        name(cell.unit.path, date(2024, 5, 31)),
        name(cell.unit.path, date(2024, 6, 1)),
        name(commune.parent.path, date(2024, 6, 1)),
        name(commune.parent.path, date(2025, 12, 11)),
    ] == ["", "5 rõ", "6 rõ", "", "6 rõ"]


def test_a_word_on_the_way_leaves_the_task_open(cell):
    given = give(cell)
    actions.report_result(given, result="Đang vận động", by=cell.secretary)
    given.refresh_from_db()
    assert (given.state, given.done_on, given.is_open) == (TaskState.REPORTED, None, True)
    actions.take_report_back(given, by=cell.secretary)
    given.refresh_from_db()
    assert (given.state, given.result) == (TaskState.GIVEN, "")


def test_what_contradicts_itself_is_refused(cell):
    given = give(cell)
    with refused("result_missing"):
        actions.report_result(given, result=" ", by=cell.secretary)
    with refused("in_future"):
        actions.report_result(given, result="x", done_on=date(2024, 6, 14), by=cell.secretary)
    with refused("not_done"):
        actions.judge(given, judgement="met", by=cell.secretary)
    actions.report_result(given, result="x", done_on=TODAY, by=cell.secretary)
    with refused("judged_early"):
        actions.judge(given, judgement="met", on=date(2024, 6, 12), by=cell.secretary)
    with refused("not_later"):
        actions.give_time(given, due_on=DUE, by=cell.secretary)
    with refused("reason_missing"):
        actions.withdraw(given, reason="", by=cell.secretary)


def test_what_was_judged_or_withdrawn_is_locked_until_that_is_taken_back(cell):
    given = give(cell)
    actions.judge(given, judgement="not_met", by=cell.secretary)
    with refused("judged"):
        actions.report_result(given, result="x", by=cell.secretary)
    actions.take_judgement_back(given, by=cell.secretary)
    actions.withdraw(given, reason="Không còn cần", by=cell.secretary)
    with refused("withdrawn"):
        actions.accept_task(given, by=cell.secretary)


def test_more_time_moves_the_day_of_one_receiver_alone(cell):
    task = give(cell, *cell.members[:2]).task
    one, two = task.assignments.order_by("id")
    actions.give_time(one, due_on=date(2024, 7, 15), reason="Mưa", by=cell.secretary)
    assert [a.due_on for a in task.assignments.order_by("id")] == [date(2024, 7, 15), DUE]
    assert Task.objects.get(pk=task.pk).due_on == DUE
    assert two.due_on == DUE


def test_every_change_is_a_line_of_the_trail(cell):
    given = give(cell)
    actions.accept_task(given, by=cell.secretary)
    actions.accept_task(given, by=cell.secretary)
    actions.name_follower(given, follower=cell.members[1], by=cell.secretary)
    actions.report_result(given, result="Xong", done_on=TODAY, by=cell.secretary)
    actions.judge(given, judgement="above", by=cell.secretary)
    verbs = TrailLine.objects.filter(target_type__startswith="tasks.").order_by("id")
    assert list(verbs.values_list("verb", flat=True)) == [
        "task given",
        "task accepted",
        "follower named",
        "task reported",
        "task judged",
    ]


def test_the_sheet_of_the_year_follows_a_decision_of_the_cell(cell):
    meeting = decide(cell, ("Trồng cây", cell.members[0], DUE))
    paper = meeting.resolutions.get()
    one, two, three = cell.members[:3]
    follower = cell.members[1]
    sheet = actions.set_years_tasks(
        cell.unit,
        2024,
        lines=[YearLine(one, "Phụ trách thu đảng phí", follower), YearLine(two, "Vận động hội viên"), YearLine(three, "")],
        resolution=paper,
        by=cell.secretary,
    )  # fmt: skip

    assert (sheet.source, sheet.is_of_cell, sheet.due_on) == (
        "resolution",
        True,
        date(2024, 12, 31),
    )
    assert sheet.given_on == date(2024, 6, 3)
    assert [(a.member, a.words, a.follower) for a in sheet.assignments.order_by("id")] == [
        (one, "Phụ trách thu đảng phí", follower),
        (two, "Vận động hội viên", None),
    ]

    again = actions.set_years_tasks(
        cell.unit,
        2024,
        lines=[YearLine(one, "Phụ trách đảng phí, sổ sách", follower), YearLine(two, "")],
        by=cell.secretary,
    )
    assert again.pk == sheet.pk
    assert [(a.words, a.state) for a in sheet.assignments.order_by("id")] == [
        ("Phụ trách đảng phí, sổ sách", TaskState.GIVEN),
        ("Vận động hội viên", TaskState.WITHDRAWN),
    ]


def test_a_sheet_without_a_paper_carries_out_no_decision(cell):
    sheet = actions.set_years_tasks(
        cell.unit, 2024, lines=[YearLine(cell.members[0], "Việc")], by=cell.secretary
    )
    assert (sheet.source, sheet.is_of_cell) == ("plan", False)


def test_a_sheet_refuses_strangers_and_papers_of_others(cell):
    other = working_cell(code="CB2", name="Chi bộ thôn Tây")
    meeting = decide(other, ("Trồng cây", other.members[0], DUE))
    with refused("not_of_this_cell"):
        actions.set_years_tasks(
            cell.unit, 2024, lines=[YearLine(other.members[0], "Việc")], by=cell.secretary
        )
    with refused("paper_of_another"):
        actions.set_years_tasks(
            cell.unit, 2024, lines=[], resolution=meeting.resolutions.get(), by=cell.secretary
        )


def test_tasks_follow_a_person_whose_two_entries_are_joined(cell):
    from nennep.members.actions import merge_duplicates

    keep, drop = cell.members[5], cell.members[6]
    drop.birth_year = keep.birth_year
    drop.save()
    both = give(cell, keep, drop, what="Cả hai").task
    alone = give(cell, drop, what="Một").task

    merge_duplicates(keep=keep, drop=drop, by=cell.secretary)

    assert [a.member for a in both.assignments.all()] == [keep]
    assert [a.member for a in alone.assignments.all()] == [keep]
