"""A meeting is planned, moved, called off; typed in from the book afterwards."""

import pytest

from nennep.meetings.models import Meeting
from nennep.meetings.tests import factories
from nennep.meetings.tests.factories import at
from nennep.meetings.tests.factories_pages import address, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def test_a_meeting_is_planned_moved_called_off_and_back(signed_in, cell):
    typed = {
        "do": "plan",
        "kind": "thematic",
        "period": "2024-06",
        "day": "2024-06-20",
        "time": "19:30",
        "topic": "Học tập và làm theo Bác",
    }
    signed_in.post(address("plan", cell.unit.code), typed)
    meeting = Meeting.objects.get()
    assert (meeting.kind, meeting.topic) == ("thematic", "Học tập và làm theo Bác")

    change = address("change", meeting.public_id)
    moved = {
        "do": "move",
        "kind": "thematic",
        "day": "2024-06-21",
        "time": "20:00",
        "period": "2024-06",
        "place": "Đình",
    }
    signed_in.post(change, moved)
    meeting.refresh_from_db()
    assert (meeting.planned_at, meeting.place) == (at(21, 20, 0), "Đình")

    signed_in.post(change, {"do": "cancel", "reason": "Bão"})
    meeting.refresh_from_db()
    assert meeting.cancelled_at is not None
    assert "Called off" in text_of(signed_in.get(address("plan", cell.unit.code)))

    signed_in.post(change, {"do": "undo_cancel"})
    meeting.refresh_from_db()
    assert meeting.cancelled_at is None


def test_an_opening_by_mistake_is_taken_back(signed_in, cell):
    meeting = factories.opened(cell)

    signed_in.post(address("change", meeting.public_id), {"do": "undo_open"})

    meeting.refresh_from_db()
    assert meeting.started_at is None


def test_a_second_regular_meeting_is_refused_on_the_page(signed_in, cell):
    factories.planned(cell)

    answer = signed_in.post(
        address("plan", cell.unit.code),
        {
            "do": "plan",
            "kind": "regular",
            "period": "2024-06",
            "day": "2024-06-25",
            "time": "19:30",
        },
    )

    assert answer.status_code == 422
    assert "already" in text_of(answer)


def test_a_meeting_from_the_book_is_typed_in_on_one_page(signed_in, cell):
    past = address("past", cell.unit.code)
    page = text_of(signed_in.get(past + "?kind=regular&day=2024-05-03"))
    assert page.count("data-roll-row") == len(cell.members)

    answer = signed_in.post(
        past + "?kind=regular&day=2024-05-03",
        {
            "period": "2024-05",
            "start": "19:30",
            "end": "21:10",
            "chair": str(cell.ids[0]),
            f"presence-{cell.ids[4]}": "unexcused",
            "everybody_spoke": "on",
            "items": "Làm đường – Nhất trí làm\nThu gom rác",
            "conclusion": "Nhất trí.",
            "summary": "nhiệm vụ tháng 6",
            "lines": "Quét dọn ngõ 3",
            "in_favour": "7",
            "is_adopted": "on",
            "is_not_secret": "on",
        },
    )

    meeting = Meeting.objects.get()
    assert answer.status_code == 302
    assert meeting.is_closed
    assert (meeting.roll_call.present, meeting.roll_call.unexcused) == (8, 1)
    assert list(meeting.items.values_list("title", "conclusion")) == [
        ("Làm đường", "Nhất trí làm"),
        ("Thu gom rác", ""),
    ]
    assert meeting.resolutions.get().symbol == "01-NQ/CB"


def test_a_past_meeting_without_the_declaration_is_not_recorded(signed_in, cell):
    answer = signed_in.post(
        address("past", cell.unit.code) + "?kind=regular&day=2024-05-03",
        {
            "period": "2024-05",
            "start": "19:30",
            "end": "21:10",
            "is_adopted": "on",
            "items": "Đường",
        },
    )

    assert answer.status_code == 422
    assert "Đường" in text_of(answer)
    assert not Meeting.objects.exists()
