"""Recommendations and their answers, inspections, the audience of a model meeting."""

from datetime import date

import pytest

from nennep.core.models import TrailLine
from nennep.core.refusal import Refusal
from nennep.meetings.models import Meeting
from nennep.meetings.tests.factories import by, make_cell, make_figures_only_cell, planned
from nennep.organisation.models import Unit
from nennep.quality import actions
from nennep.quality.actions import InspectionPlan, InspectionRecord, PlannedVisit, Watching
from nennep.quality.models import Audience, Inspection, ModelLesson, Recommendation, Visit
from nennep.quality.tests.factories_supervision import TODAY, attended, commune, made, seat
from nennep.regulations.actions import withdraw_value
from nennep.regulations.models import RuleValue

pytestmark = pytest.mark.django_db


@pytest.fixture
def cell():
    return make_cell()


@pytest.fixture
def asked(cell):
    return actions.recommend(made(cell), what="Gửi tài liệu sớm hơn", by=cell.officer)


def refused(act):
    with pytest.raises(Refusal) as refusal:
        act()
    return refusal.value.code


# Recommendations


def test_an_answer_is_due_after_the_working_days_of_the_rule(asked):
    assert asked.given_on == TODAY
    assert asked.due_on == date(2024, 7, 4)  # 15 working days after Thursday 13 June


def test_where_no_rule_says_until_when_a_person_says_it(cell):
    rule = RuleValue.objects.get(key="supervision.answer_working_days")
    withdraw_value(rule, last_day=date(2024, 1, 1), by=by())
    visit = made(cell)

    assert refused(lambda: actions.recommend(visit, what="Sửa", by=cell.officer)) == "due_missing"
    given = actions.recommend(visit, what="Sửa", due_on=date(2024, 6, 30), by=cell.officer)
    assert given.due_on == date(2024, 6, 30)
    assert (
        refused(
            lambda: actions.recommend(visit, what="Sửa", due_on=date(2024, 6, 1), by=cell.officer)
        )
        == "due_before_given"
    )


def test_nothing_is_recommended_before_the_visit_nor_without_words_nor_of_a_person(cell):
    actions.plan_visits(commune(), [PlannedVisit(cell.unit, date(2024, 7, 1))], by=cell.officer)
    plan, visit = Visit.objects.get(), made(cell)

    assert refused(lambda: actions.recommend(plan, what="Sửa", by=cell.officer)) == "not_made"
    assert refused(lambda: actions.recommend(visit, what=" ", by=cell.officer)) == "what_missing"
    named = f"Nhắc {cell.members[2].full_name}"
    assert (
        refused(lambda: actions.recommend(visit, what=named, by=cell.officer)) == "names_a_person"
    )
    assert refused(lambda: actions.recommend(visit, what="a" * 501, by=cell.officer)) == "too_long"


def test_the_first_answer_sets_the_day_and_its_words_may_be_put_right(asked, cell, on_day):
    assert refused(lambda: actions.answer(asked, text=" ", by=cell.secretary)) == "answer_missing"
    actions.answer(asked, text="Sẽ gửi trước hai ngày", by=cell.secretary)
    on_day(date(2024, 7, 20))

    again = actions.answer(asked, text="Đã gửi trước hai ngày", by=cell.secretary)

    assert (again.answered_on, again.answer) == (TODAY, "Đã gửi trước hai ngày")
    assert again.state == "answered"
    assert TrailLine.objects.filter(verb="recommendation answered").count() == 2


def test_what_was_answered_is_settled_once_and_then_stays(asked, cell):
    assert refused(lambda: actions.settle(asked, by=cell.officer)) == "not_answered"
    actions.answer(asked, text="Đã làm", by=cell.secretary)

    assert actions.settle(asked, remark="Đã kiểm tra lại", by=cell.officer).state == "settled"
    assert refused(lambda: actions.answer(asked, text="Khác", by=cell.secretary)) == "settled"


def test_what_is_withdrawn_needs_a_reason_and_no_answer(asked, cell):
    assert refused(lambda: actions.withdraw(asked, reason="", by=cell.officer)) == "reason_missing"
    assert actions.withdraw(asked, reason="Ghi nhầm chi bộ", by=cell.officer).state == "withdrawn"
    assert refused(lambda: actions.answer(asked, text="Đã làm", by=cell.secretary)) == "withdrawn"


def test_an_answered_recommendation_is_not_withdrawn(asked, cell):
    actions.answer(asked, text="Đã làm", by=cell.secretary)

    assert refused(lambda: actions.withdraw(asked, reason="x", by=cell.officer)) == "answered"


# Inspections


def inspection(unit, **changes):
    plan = InspectionPlan(
        **{
            "kind": "supervision",
            "subject": "Thực hiện chế độ sinh hoạt",
            "planned_from": date(2024, 5, 6),
            "planned_to": date(2024, 5, 10),
            "team": "Tổ kiểm tra số 2",
        }
        | changes
    )
    return actions.plan_inspection(commune(), unit, plan=plan, by=by())


def record(found, **days):
    return actions.record_inspection(
        found, record=InspectionRecord(**{"began_on": date(2024, 5, 6)} | days), by=by()
    )


def test_an_inspection_belongs_to_the_year_it_is_planned_in(cell):
    found = inspection(cell.unit)

    assert (found.year, found.committee.code, found.get_kind_display()) == (2024, "XA", "Giám sát")


def test_a_plan_of_an_inspection_is_refused_in_words(cell):
    unit = cell.unit
    assert refused(lambda: inspection(unit, subject=" ")) == "subject_missing"
    assert refused(lambda: inspection(unit, planned_to=date(2024, 5, 1))) == "ends_before"
    assert refused(lambda: inspection(Unit.objects.get(code="HUYEN"))) == "not_below"
    named = f"Việc của {cell.members[1].full_name}"
    assert refused(lambda: inspection(unit, subject=named)) == "names_a_person"


def test_what_happened_is_written_bit_by_bit_in_the_order_of_days(cell):
    found = inspection(cell.unit)

    record(found)
    assert refused(lambda: record(found, ended_on=date(2024, 5, 1))) == "ends_before"
    assert refused(lambda: record(found, ended_on=date(2024, 6, 14))) == "in_future"
    assert refused(lambda: record(found, concluded_on=date(2024, 5, 20))) == "concluded_before"
    symbol = {"ended_on": date(2024, 5, 10), "conclusion_symbol": "12-KL/ĐU"}
    assert refused(lambda: record(found, **symbol)) == "conclusion_without_day"
    done = record(
        found,
        ended_on=date(2024, 5, 10),
        findings="Sinh hoạt đều",
        conclusion_symbol="12-KL/ĐU",
        concluded_on=date(2024, 5, 20),
    )

    assert (done.ended_on, done.conclusion_symbol) == (date(2024, 5, 10), "12-KL/ĐU")
    assert actions.recommend(done, what="Ghi biên bản đủ hơn", by=by()).inspection == found


def test_findings_are_about_the_organisation(cell):
    found = inspection(cell.unit)
    named = f"{cell.members[0].full_name} chưa gương mẫu"

    assert refused(lambda: record(found, findings=named)) == "names_a_person"


def test_a_committee_is_inspected_as_well_and_its_own_people_are_not_named(cell):
    district = Unit.objects.get(code="HUYEN")
    plan = InspectionPlan(
        kind="inspection",
        subject="Lãnh đạo thực hiện Đề án 11",
        planned_from=date(2024, 5, 6),
        planned_to=date(2024, 5, 10),
    )

    found = actions.plan_inspection(district, commune(), plan=plan, by=by())

    assert (found.unit.code, found.committee.code) == ("XA", "HUYEN")
    seat(cell.members[0])
    named = f"{cell.members[0].full_name} chưa sâu sát"
    assert refused(lambda: record(found, findings=named)) == "names_a_person"


def test_what_has_begun_is_neither_replanned_nor_cancelled(cell):
    found = inspection(cell.unit)
    assert (
        refused(lambda: actions.cancel_inspection(found, reason=" ", by=by())) == "reason_missing"
    )
    assert refused(lambda: actions.follow_up(found, text="Đã sửa", by=by())) == "not_made"
    record(found, ended_on=date(2024, 5, 10))

    assert refused(lambda: actions.cancel_inspection(found, reason="x", by=by())) == "begun"
    done = actions.follow_up(found, text="Đã ghi đủ", done_on=date(2024, 6, 1), by=by())
    assert done.followed_up_on == date(2024, 6, 1)


def test_a_cancelled_inspection_takes_nothing_more(cell):
    found = inspection(cell.unit)
    actions.cancel_inspection(found, reason="Lùi sang năm sau", by=by())

    assert refused(lambda: record(found)) == "cancelled"
    assert Inspection.objects.live().count() == 0


def test_of_a_unit_of_figures_only_an_inspection_keeps_its_days_alone(cell):
    army = make_figures_only_cell()

    found = inspection(army.unit, subject="", team="")
    assert refused(lambda: record(found, findings="Tốt")) == "figures_only"
    assert record(found, ended_on=date(2024, 5, 10)).ended_on == date(2024, 5, 10)


# Model meetings


def test_a_model_meeting_keeps_who_came_and_what_was_learnt(cell):
    other = make_cell("CB2", "Chi bộ thôn Đoài")
    meeting = attended(cell, is_model=True)
    lines = [Watching("Chi bộ thôn Đoài", 4, other.unit), Watching("Trường THCS", 2)]

    for lines_now in ([Watching("Nhầm", 9)], lines):
        actions.write_audience(
            meeting, audience=lines_now, lessons="Gợi ý thảo luận gửi trước", by=cell.officer
        )

    rows = Audience.objects.order_by("pk").values_list("name", "people", "watching__code")
    assert list(rows) == [("Chi bộ thôn Đoài", 4, "CB2"), ("Trường THCS", 2, None)]
    assert ModelLesson.objects.get().lessons == "Gợi ý thảo luận gửi trước"


def test_an_audience_is_refused_of_other_meetings_and_without_its_number(cell):
    def write(meeting, *lines):
        return lambda: actions.write_audience(meeting, audience=lines, lessons="", by=cell.officer)

    ordinary = attended(cell)
    assert refused(write(ordinary, Watching("Chi bộ bạn", 3))) == "not_a_model"
    coming = planned(cell, period=date(2024, 7, 1), is_model=True)
    assert refused(write(coming, Watching("Chi bộ bạn", 3))) == "not_opened"
    Meeting.objects.filter(pk=ordinary.pk).update(is_model=True)
    assert refused(write(ordinary, Watching("Chi bộ bạn", 0))) == "people_missing"
    assert refused(write(ordinary, Watching("", 3))) == "name_missing"
    assert not Recommendation.objects.exists()
