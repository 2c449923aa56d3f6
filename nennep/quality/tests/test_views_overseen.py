"""Recommendations, inspections, model meetings and the position: what their pages show and take."""

from datetime import date

import pytest
from django.urls import reverse

from nennep.meetings.tests.factories import (
    at,
    by,
    make_cell,
    planned,
)
from nennep.quality import actions
from nennep.quality.actions import InspectionPlan, Watching
from nennep.quality.models import Audience, Inspection, Visit
from nennep.quality.tests.factories import text_of
from nennep.quality.tests.factories_supervision import (
    address,
    attended,
    commune,
    follow,
    made,
    shown,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def cell():
    return make_cell()


# Recommendations


def test_the_secretary_finds_a_recommendation_where_the_next_meeting_is_prepared(secretary, cell):
    asked = actions.recommend(made(cell), what="Gửi tài liệu sớm hơn", by=by())
    meeting = planned(cell, period=date(2024, 7, 1), planned_at=at(3, month=7))
    prepare = reverse("meetings:prepare", args=[meeting.public_id])

    assert "Gửi tài liệu sớm hơn" in text_of(secretary.get(prepare))
    assert "1 recommendations of the superior wait" in text_of(secretary.get("/"))
    secretary.post(address("recommendation", asked), {"do": "answer", "text": "Đã gửi sớm"})
    assert "Gửi tài liệu sớm hơn" not in text_of(secretary.get(prepare))


def test_the_office_finds_what_is_past_its_day(office, cell, on_day):
    asked = actions.recommend(made(cell), what="Gửi tài liệu sớm hơn", by=by())
    assert "Gửi tài liệu sớm hơn" not in shown(office, "recommendations", commune(), loc="qua-han")
    on_day(date(2024, 7, 5))

    assert "Gửi tài liệu sớm hơn" in shown(office, "recommendations", commune(), loc="qua-han")
    assert "Recommendations past their day" in shown(office, "supervision", commune())

    actions.answer(asked, text="Đã làm", by=cell.secretary)
    assert "Gửi tài liệu sớm hơn" not in shown(office, "recommendations", commune())
    assert "Gửi tài liệu sớm hơn" in shown(office, "recommendations", commune(), loc="tat-ca")


def test_the_cell_answers_and_the_office_settles(client, cell):
    asked = actions.recommend(made(cell), what="Gửi tài liệu sớm hơn", by=by())
    url = address("recommendation", asked)
    client.force_login(cell.secretary)
    assert client.post(url, {"do": "settle"}).status_code == 403
    assert client.post(url, {"do": "answer", "text": "Đã gửi sớm"}).status_code == 302

    client.force_login(cell.officer)
    assert "It was carried out" in text_of(client.get(url))
    client.post(url, {"do": "settle", "remark": "Đã xem lại"})

    asked.refresh_from_db()
    assert (asked.state, asked.remark) == ("settled", "Đã xem lại")


def test_somebody_of_another_place_sees_none_of_it(client, cell):
    asked = actions.recommend(made(cell), what="Gửi tài liệu sớm hơn", by=by())
    other = make_cell("CB2", "Chi bộ thôn Đoài")
    client.force_login(other.secretary)

    for url in (
        address("recommendation", asked),
        address("visit", Visit.objects.get()),
        address("supervision", cell.unit),
    ):
        assert client.get(url).status_code == 404


# Inspections


def test_an_inspection_is_planned_made_concluded_and_followed_up(office, cell):
    office.post(
        address("plan-inspection", commune()),
        {
            "unit": "CB1",
            "kind": "supervision",
            "subject": "Chế độ sinh hoạt",
            "planned_from": "2024-05-06",
            "planned_to": "2024-05-10",
        },
    )
    found = Inspection.objects.get()
    assert "Chế độ sinh hoạt" in shown(office, "inspections", commune(), nam="2024")

    url = address("inspection", found)
    office.post(
        url,
        {
            "do": "record",
            "began_on": "2024-05-06",
            "ended_on": "2024-05-10",
            "findings": "Sinh hoạt đều",
            "conclusion_symbol": "12-KL/ĐU",
            "concluded_on": "2024-05-20",
        },
    )
    office.post(url, {"do": "recommend", "what": "Ghi biên bản đủ hơn"})
    office.post(url, {"do": "follow_up", "text": "Đã ghi đủ", "done_on": "2024-06-10"})

    page = shown(office, "inspection", found)
    for words in ("Sinh hoạt đều", "12-KL/ĐU", "Ghi biên bản đủ hơn", "Đã ghi đủ", "Put right"):
        assert words in page


def test_an_inspection_of_what_does_not_stand_below_is_refused_beside_its_field(office, cell):
    response = office.post(
        address("plan-inspection", commune()),
        {
            "unit": "HUYEN",
            "kind": "inspection",
            "subject": "x",
            "planned_from": "2024-05-06",
            "planned_to": "2024-05-10",
        },
    )

    assert response.status_code == 422
    assert not Inspection.objects.exists()


def test_the_cell_reads_its_inspection_and_changes_nothing(secretary, cell):
    plan = InspectionPlan(
        kind="supervision",
        subject="Chế độ sinh hoạt",
        planned_from=date(2024, 5, 6),
        planned_to=date(2024, 5, 10),
    )
    found = actions.plan_inspection(commune(), cell.unit, plan=plan, by=by())

    assert "Write what happened" not in shown(secretary, "inspection", found)
    response = secretary.post(address("inspection", found), {"do": "cancel", "reason": "x"})
    assert response.status_code == 403


# Model meetings


def test_who_came_to_a_model_meeting_is_written_by_the_cell_or_the_office(secretary, cell):
    make_cell("CB2", "Chi bộ thôn Đoài")
    meeting = attended(cell, is_model=True)
    fields = {
        "name_0": "Chi bộ thôn Đoài",
        "people_0": "4",
        "name_1": "Trường THCS",
        "people_1": "2",
        "name_2": "",
        "people_2": "",
        "lessons": "Gửi câu hỏi trước",
    }

    assert secretary.post(address("model", meeting), fields).status_code == 302

    assert Audience.objects.get(people=4).watching.code == "CB2"
    assert "Gửi câu hỏi trước" in shown(secretary, "model", meeting)
    follow_up = reverse("meetings:follow", args=[meeting.public_id])
    assert "2 organisations came to watch" in text_of(secretary.get(follow_up))


def test_an_ordinary_meeting_is_no_model(office, cell):
    meeting = attended(cell)

    assert office.get(address("model", meeting)).status_code == 404


def test_the_list_of_model_meetings_tells_the_audience_and_leaves_the_minutes_shut(office, cell):
    meeting = attended(cell, is_model=True)
    lines = [Watching("Chi bộ bạn", 4)]
    actions.write_audience(meeting, audience=lines, lessons="", by=by())

    page = shown(office, "models", commune())

    assert "1 organisations, 4 people" in page
    assert office.get(reverse("meetings:meeting", args=[meeting.public_id])).status_code == 403


# The position


def test_the_position_counts_cells_followed_and_visited(office, cell):
    make_cell("CB2", "Chi bộ thôn Đoài")
    follow(cell, cell.members[3])
    attended(cell, "Trần Văn Khách")

    page = shown(office, "supervision", commune())

    assert page.count("(1/2)") == 2
    assert "Chi bộ thôn Đoài" in page  # followed by nobody


def test_the_position_costs_the_same_for_one_visit_and_for_three(
    office, cell, django_assert_max_num_queries
):
    url = address("supervision", commune())
    made(cell)
    office.get(url)
    with django_assert_max_num_queries(45) as one:
        office.get(url)
    for number in (2, 3):
        other = make_cell(f"CB{number}", f"Chi bộ {number}")
        actions.recommend(made(other), what="Sửa", by=by())
    with django_assert_max_num_queries(len(one)):
        office.get(url)
