"""The pages of supervision: what they show, to whom, and what they take."""

from datetime import date

import pytest
from django.urls import reverse

from nennep.meetings.tests.factories import (
    by,
    make_cell,
    make_figures_only_cell,
)
from nennep.quality import actions
from nennep.quality.actions import PlannedVisit
from nennep.quality.models import Recommendation, Visit
from nennep.quality.tests.factories import text_of
from nennep.quality.tests.factories_supervision import (
    JUNE,
    address,
    attended,
    commune,
    follow,
    made,
    seat,
    shown,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def cell():
    return make_cell()


def test_the_plan_of_a_quarter_is_ticked_and_unticked(office, cell):
    follow(cell, cell.members[3])
    url = address("visit-plan", commune())

    office.post(f"{url}?quy=2024-3", {"on": [f"{cell.unit.pk}:2024-07", f"{cell.unit.pk}:2024-09"]})
    months = Visit.objects.planned().order_by("month").values_list("month", "visitor_id")
    pk = cell.members[3].pk
    assert list(months) == [(date(2024, 7, 1), pk), (date(2024, 9, 1), pk)]

    office.post(f"{url}?quy=2024-3", {"on": [f"{cell.unit.pk}:2024-09"]})
    assert list(Visit.objects.planned().values_list("month", flat=True)) == [date(2024, 9, 1)]


def test_a_quarter_shows_what_was_made_and_offers_no_month_that_is_over(office, cell):
    attended(cell, "Trần Văn Khách")

    page = shown(office, "visit-plan", commune(), quy="2024-2")

    assert "Made" in page
    assert f'value="{cell.unit.pk}:2024-05"' not in page
    assert f'value="{cell.unit.pk}:2024-06"' not in page  # it was made already


def test_who_does_not_arrange_reads_the_plan_and_changes_nothing(follower, cell):
    url = address("visit-plan", commune())

    assert "Save the plan" not in shown(follower, "visit-plan", commune())
    assert follower.post(url, {"on": [f"{cell.unit.pk}:2024-06"]}).status_code == 403


def test_the_plan_of_a_quarter_costs_the_same_for_one_cell_and_for_three(
    office, cell, django_assert_max_num_queries
):
    url = address("visit-plan", commune())
    office.get(url)
    with django_assert_max_num_queries(40) as one:
        office.get(url)
    for number in (2, 3):
        other = make_cell(f"CB{number}", f"Chi bộ {number}")
        actions.plan_visits(commune(), [PlannedVisit(other.unit, JUNE)], by=by())
    with django_assert_max_num_queries(len(one)):
        office.get(url)


def test_an_office_takes_the_plan_and_the_recommendations_as_papers(office, cell):
    actions.plan_visits(commune(), [PlannedVisit(cell.unit, JUNE)], by=by())
    actions.recommend(made(cell), what="Gửi tài liệu sớm hơn", by=by())

    for name in ("visit-plan-file", "recommendations-file"):
        for form, mark in (("docx", b"PK"), ("pdf", b"%PDF")):
            response = office.get(reverse(f"quality:{name}", args=["XA", form]))
            assert response.status_code == 200
            assert response.content.startswith(mark)
        assert office.get(reverse(f"quality:{name}", args=["XA", "exe"])).status_code == 404


def test_a_follower_writes_what_was_seen_and_recommends(follower, cell):
    attended(cell, cell.members[3].full_name)
    visit = Visit.objects.get()
    url = address("visit", visit)

    follower.post(
        url,
        {
            "do": "seen",
            "strengths": "Đúng giờ",
            "weaknesses": "Ít ý kiến",
            "missed_steps": ["reg.criticism"],
        },
    )
    follower.post(url, {"do": "recommend", "what": "Gợi ý trước nội dung thảo luận"})

    page = shown(follower, "visit", visit)
    assert "Tự phê bình và phê bình" in page
    assert "Gợi ý trước nội dung thảo luận" in page
    assert Recommendation.objects.get().committee == commune()


def test_a_name_in_what_was_seen_comes_back_beside_its_field_with_nothing_lost(follower, cell):
    attended(cell, cell.members[3].full_name)
    text = f"Đồng chí {cell.members[0].full_name} nói dài"

    response = follower.post(
        address("visit", Visit.objects.get()), {"do": "seen", "weaknesses": text}
    )

    assert response.status_code == 422
    assert "Write about the organisation" in text_of(response)
    assert text in text_of(response)


def test_the_cell_reads_the_visit_and_writes_nothing_in_it(secretary, cell):
    visit = made(cell)

    assert "Write what was seen" not in shown(secretary, "visit", visit)
    assert secretary.post(address("visit", visit), {"do": "seen"}).status_code == 403


def test_a_planned_visit_is_moved_and_cancelled_on_its_page(office, cell):
    seat(cell.members[4])
    actions.plan_visits(commune(), [PlannedVisit(cell.unit, JUNE)], by=by())
    visit = Visit.objects.get()

    office.post(
        address("visit", visit),
        {"do": "move", "month": "2024-07", "visitor": cell.members[4].pk},
    )
    visit.refresh_from_db()
    assert (visit.month, visit.visitor) == (date(2024, 7, 1), cell.members[4])

    office.post(address("visit", visit), {"do": "cancel", "reason": "Bận họp"})
    visit.refresh_from_db()
    assert visit.state == "cancelled"


def test_a_visit_is_written_by_hand_by_who_follows_and_by_the_office_only(follower, cell, client):
    url = address("record-visit", cell.unit)

    response = follower.post(url, {"made_on": "2024-06-04", "visitors": "Ban Thường vụ"})
    visit = Visit.objects.get()
    assert visit.committee == commune()
    assert response.url == address("visit", visit)

    client.force_login(cell.secretary)
    assert "Visits are recorded by the superior" in text_of(client.get(url))
    assert client.post(url, {"made_on": "2024-06-04"}).status_code == 403


def test_a_visit_is_offered_for_the_day_of_the_last_meeting_and_names_who_came(office, cell):
    attended(cell)
    url = address("record-visit", cell.unit)

    assert 'value="2024-06-03"' in shown(office, "record-visit", cell.unit)

    response = office.post(url, {"made_on": "2024-06-03", "visitors": ""})
    assert response.status_code == 422
    assert not Visit.objects.exists()


def test_a_plan_whose_month_has_come_offers_first_to_record_the_visit(office, cell):
    follow(cell, cell.members[3])
    plans = [PlannedVisit(cell.unit, month, None) for month in (JUNE, date(2024, 8, 1))]
    actions.plan_visits(commune(), plans, by=cell.officer)
    this_month, later = Visit.objects.order_by("month")

    assert "It was made: record it" in shown(office, "visit", this_month)
    assert "It was made: record it" not in shown(office, "visit", later)


def test_of_a_unit_of_figures_only_nothing_is_asked_that_is_not_kept(office, cell):
    army = make_figures_only_cell()

    page = shown(office, "record-visit", army.unit)

    assert 'name="strengths"' not in page
    assert 'name="visitors"' not in page
    office.post(address("record-visit", army.unit), {"made_on": "2024-06-04"})
    assert Visit.objects.get().unit == army.unit
    assert shown(office, "visit", Visit.objects.get())
