"""Step 1: what the page of preparing keeps."""

from datetime import date

import pytest

from nennep.meetings import actions
from nennep.meetings.tests.factories import at
from nennep.meetings.tests.factories_pages import fresh, page_of, prepared, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def test_preparing_keeps_place_and_new_items_whichever_button_is_pressed(signed_in, cell):
    meeting = prepared(cell)
    typed = {
        "day": "2024-06-05",
        "time": "20:00",
        "place": "Nhà văn hóa",
        "new_item": "Bàn làm đường",
    }

    answer = signed_in.post(page_of(meeting, "prepare"), typed | {"do": "next"})

    assert answer.url == page_of(meeting, "roll-call")
    assert fresh(meeting).place == "Nhà văn hóa"
    assert fresh(meeting).planned_at == at(5, 20, 0)
    assert meeting.items.filter(title="Bàn làm đường").exists()


def test_what_has_gone_out_is_one_tick_and_can_be_taken_back(signed_in, cell):
    meeting = prepared(cell)
    typed = {"day": "2024-06-03", "time": "19:30"}

    signed_in.post(page_of(meeting, "prepare"), typed | {"invited": "1", "do": "save"})
    assert fresh(meeting).invited_at is not None

    signed_in.post(page_of(meeting, "prepare"), typed | {"do": "unmark-invited"})
    assert fresh(meeting).invited_at is None


def test_items_move_and_leave_the_agenda(signed_in, cell):
    meeting = prepared(cell)
    first, second = (
        actions.add_item(meeting, title=title, by=cell.secretary) for title in ("Một", "Hai")
    )
    typed = {"day": "2024-06-03", "time": "19:30"}

    signed_in.post(page_of(meeting, "prepare"), typed | {"do": f"up-{second.public_id}"})
    assert list(meeting.items.values_list("title", flat=True)) == ["Hai", "Một"]

    signed_in.post(page_of(meeting, "prepare"), typed | {"do": f"remove-{first.public_id}"})
    assert list(meeting.items.values_list("title", flat=True)) == ["Hai"]


def test_a_wrong_day_stands_beside_its_field_and_the_rest_is_kept_on_the_page(signed_in, cell):
    meeting = prepared(cell)

    answer = signed_in.post(
        page_of(meeting, "prepare"),
        {"day": "", "time": "19:30", "place": "Đình làng", "do": "next"},
    )

    assert answer.status_code == 422
    assert "Đình làng" in text_of(answer)
    assert fresh(meeting).place == ""


def test_who_sees_to_a_task_is_typed_by_name(signed_in, cell):
    meeting = prepared(cell)
    entry = meeting.checklist.first()

    signed_in.post(
        page_of(meeting, "prepare"),
        {
            "day": "2024-06-03",
            "time": "19:30",
            "do": "save",
            f"task-{entry.pk}-owner": cell.members[4].full_name,
            f"task-{entry.pk}-due_on": "2024-06-02",
            f"task-{entry.pk}-is_done": "on",
        },
    )

    entry.refresh_from_db()
    assert (entry.owner, entry.due_on) == (cell.members[4], date(2024, 6, 2))
    assert entry.done_at is not None
