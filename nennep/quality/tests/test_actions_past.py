"""Supervision of the past, loaded in bulk, is what the single actions would have written."""

from datetime import date

import pytest

from nennep.core.models import TrailLine
from nennep.core.refusal import Refusal
from nennep.meetings.tests.factories import at, by, make_cell
from nennep.quality.actions.past import (
    PastFollowing,
    PastInspection,
    PastModel,
    PastRecommendation,
    PastVisit,
    load_models,
    load_supervision,
)
from nennep.quality.models import Following, Inspection, ModelLesson, Recommendation, Visit
from nennep.quality.tests.factories_supervision import attended, commune, seat

pytestmark = pytest.mark.django_db

MAY = date(2024, 5, 1)


@pytest.fixture
def cell():
    return make_cell()


def visited(cell, **more):
    return PastVisit(
        unit_id=cell.unit.pk,
        committee_id=commune().pk,
        month=MAY,
        made_on=date(2024, 5, 3),
        visitor_id=cell.members[3].pk,
        visitors=cell.members[3].full_name,
        **more,
    )


def test_the_past_stands_as_if_it_had_been_written_day_by_day(cell):
    seat(cell.members[3])
    asked = PastRecommendation(
        what="Gửi tài liệu sớm", given_on=date(2024, 5, 4), due_on=date(2024, 5, 25)
    )
    inspected = PastInspection(
        unit_id=cell.unit.pk,
        committee_id=commune().pk,
        subject="Chế độ sinh hoạt",
        team="Tổ 1",
        began_on=date(2023, 9, 11),
        ended_on=date(2023, 9, 14),
        findings="Đều",
        conclusion_symbol="12-KL/ĐU",
        concluded_on=date(2023, 9, 20),
    )
    following = PastFollowing(cell.unit.pk, commune().pk, cell.members[3].pk, date(2023, 1, 1))

    count = load_supervision(
        [following],
        [visited(cell, strengths="Đúng giờ", seen_at=at(4, month=5), asked=asked)],
        [inspected],
        by=by(),
    )

    visit = Visit.objects.get()
    assert (count, visit.state, visit.is_described) == (1, "made", True)
    assert (Following.objects.get().member, Inspection.objects.get().year) == (
        cell.members[3],
        2023,
    )
    recommendation = Recommendation.objects.get()
    assert (recommendation.visit, recommendation.state) == (visit, "overdue")
    assert TrailLine.objects.filter(verb="past supervision loaded").count() == 1


def test_a_model_meeting_of_the_past_has_its_lessons_and_audience(cell):
    other = make_cell("CB2", "Chi bộ thôn Đoài")
    meeting = attended(cell, kind="thematic")
    past = PastModel(
        meeting_id=meeting.pk,
        lessons="Gửi tài liệu trước ba ngày",
        written_at=at(4),
        audience=[(other.unit.pk, other.unit.name, 3)],
    )

    assert load_models([past], by=by()) == 1

    lesson = ModelLesson.objects.get(meeting__is_model=True)
    assert lesson.lessons == "Gửi tài liệu trước ba ngày"
    assert list(lesson.audience.values_list("watching", "people")) == [(other.unit.pk, 3)]


def test_a_secret_in_the_past_is_refused_as_it_is_today(cell):
    with pytest.raises(Refusal):
        load_supervision([], [visited(cell, weaknesses="MẬT", seen_at=at(4, month=5))], [], by=by())

    assert not Visit.objects.exists()
