"""The page on which an office types the figures of many cells from their papers."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from nennep.meetings.models import Explanation, Meeting, RollCall
from nennep.meetings.tests.factories import by, make_cell, opened, planned
from nennep.meetings.views import returns as page
from nennep.members.actions.load import load_strength_figures

pytestmark = pytest.mark.django_db


@pytest.fixture
def cells():
    return [
        make_cell(f"CB{n}", f"Chi bộ thôn {n}", official=8, probationary=1, exempt=1)
        for n in (1, 2, 3)
    ]


@pytest.fixture
def officer(cells):
    client = Client()
    client.force_login(cells[0].officer)
    return client


def address(kind="regular", month="2024-06"):
    return f"{reverse('meetings:returns', args=['XA'])}?thang={month}&loai={kind}"


def typed(*rows, **usual):
    """`rows`: a cell and what is typed beside it."""
    data = {f"all_{name}".replace("_", "-"): value for name, value in usual.items()}
    for cell, fields in rows:
        data |= {f"{name}-{cell.unit.pk}": value for name, value in fields.items()}
    return data


def words(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


ROW = {
    "day": "3",
    "start": "19:30",
    "end": "21h00",
    "present": "6",
    "excused": "1",
    "unexcused": "1",
}
USUAL = {"day": "3", "start": "1930", "end": "21"}


def test_the_roll_of_the_day_is_filled_in(officer, cells):
    shown = words(officer.get(address()))
    assert shown.count("đảng số 9, phải dự 8") == 3


def test_figures_of_many_cells_are_entered_in_one_go(officer, cells):
    data = typed((cells[0], ROW), (cells[1], {"held": "on", "theme": "on", "steps": "on"}), **USUAL)
    answer = officer.post(address(), data)

    assert answer.status_code == 302
    first, second = (Meeting.objects.get(unit=cell.unit) for cell in cells[:2])
    assert (first.kind, str(first.held_on), first.minutes_long) == ("regular", "2024-06-03", 90)
    assert (second.kind, second.steps_marked_at is not None) == ("combined", True)
    counts = {c.meeting.unit.code: (c.required, c.present, c.excused, c.unexcused)
              for c in RollCall.objects.select_related("meeting__unit")}  # fmt: skip
    assert counts == {"CB1": (8, 6, 1, 1), "CB2": (8, 8, 0, 0)}
    assert not Meeting.objects.filter(unit=cells[2].unit).exists()
    assert words(officer.get(address())).count("Đã nhập") >= 2


def test_who_is_absent_is_not_present(officer, cells):
    officer.post(address(), typed((cells[0], {"excused": "2"}), **USUAL))
    call = RollCall.objects.get()
    assert (call.present, call.excused) == (6, 2)


def test_a_faulty_row_stays_typed_with_its_sentence_and_the_others_are_entered(officer, cells):
    faulty = {**ROW, "end": "18:00"}
    answer = officer.post(address(), typed((cells[0], faulty), (cells[1], ROW)))

    assert answer.status_code == 422
    assert [m.unit.code for m in Meeting.objects.all()] == ["CB2"]
    assert "không thể kết thúc trước khi bắt đầu" in words(answer)
    content = answer.content.decode()
    assert 'value="18:00"' in content
    assert f'id="end-{cells[0].unit.pk}-error"' in content


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({**ROW, "day": "31"}, "day"),
        ({**ROW, "day": "ba"}, "day"),
        ({**ROW, "start": "25:00"}, "start"),
        ({**ROW, "present": "sáu"}, "present"),
        ({**ROW, "present": "9"}, "present"),
        ({**ROW, "reason": "Mưa"}, "reason"),
        ({"held": "on"}, "day"),
        ({**ROW, "day": "3-6-2031"}, "day"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(officer, cells, fields, where):
    answer = officer.post(address(), typed((cells[0], fields)))
    assert answer.status_code == 422
    assert f'id="{where}-{cells[0].unit.pk}-error"' in answer.content.decode()
    assert not Meeting.objects.exists()


def test_a_paper_that_knows_another_strength_is_taken_as_it_is(officer, cells):
    row = {**ROW, "official": "9", "present": "7"}
    officer.post(address(), typed((cells[0], row)))
    call = RollCall.objects.get()
    assert (call.official, call.required, call.present) == (9, 9, 7)


def test_a_double_press_counts_once(officer, cells):
    data = typed((cells[0], ROW))
    officer.post(address(), data)
    again = officer.post(address(), data)
    assert (again.status_code, Meeting.objects.count()) == (302, 1)


def test_not_held_is_a_reason_that_waits(officer, cells):
    officer.post(address(), typed((cells[0], {"reason": "Mưa lũ"})))
    assert Explanation.objects.get().reason == "Mưa lũ"
    assert "Mưa lũ" in words(officer.get(address()))


def test_a_meeting_the_cell_keeps_itself_has_no_fields(officer, cells):
    planned(cells[0])
    shown = officer.get(address())
    assert "Chi bộ tự ghi Buổi họp đã lên lịch trong phần mềm, chưa ghi nội dung nào." in words(
        shown
    )
    assert f'name="day-{cells[0].unit.pk}"' not in shown.content.decode()

    opened(cells[1])
    begun = words(officer.get(address()))
    assert "Chi bộ tự ghi Buổi họp đang ghi trong phần mềm, biên bản chưa chốt." in begun


def test_thematic_and_committee_meetings_have_pages_of_their_own(officer, cells):
    officer.post(address("thematic"), typed((cells[0], ROW)))
    officer.post(address("cell_committee"), typed((cells[0], {**ROW, "official": "3", "probationary": "0",
                                                              "exempt": "0", "present": "3", "excused": "0",
                                                              "unexcused": "0"})))  # fmt: skip
    assert sorted(Meeting.objects.values_list("kind", flat=True)) == ["cell_committee", "thematic"]
    bare = make_cell("CB9", "Chi bộ không chi ủy", body=None, has_term=False)
    shown = officer.get(address("cell_committee")).content.decode()
    assert f'name="day-{bare.unit.pk}"' not in shown


def test_what_was_entered_is_taken_back_after_one_more_question(officer, cells):
    officer.post(address(), typed((cells[0], ROW)))
    back = reverse("meetings:return-back", args=[Meeting.objects.get().public_id])
    assert "có mặt 6/8" in words(officer.get(back))
    answer = officer.post(back)
    assert (answer.status_code, Meeting.objects.count()) == (302, 0)


def test_its_own_pages_show_figures_and_nobody_present(officer, cells):
    officer.post(address(), typed((cells[0], ROW)))
    client = Client()
    client.force_login(cells[0].secretary)
    where = reverse("meetings:roll-call", args=[Meeting.objects.get().public_id])
    shown = client.get(where)
    assert "Nhập theo báo cáo giấy của chi bộ" in words(shown)
    assert cells[0].members[4].full_name not in shown.content.decode()


def test_who_does_not_take_returns_enters_none(cells):
    for user in (cells[0].secretary,):
        client = Client()
        client.force_login(user)
        assert client.get(address()).status_code in {403, 404}


def test_too_many_cells_are_entered_committee_by_committee(officer, cells, monkeypatch):
    monkeypatch.setattr(page, "CELLS_AT_MOST", 2)
    assert "Quá nhiều chi bộ" in words(officer.get(address()))


@pytest.mark.parametrize("count", [0, 3])
def test_the_page_asks_as_much_however_many_cells_there_are(
    officer, cells, count, django_assert_num_queries
):
    for n in range(count):
        extra = make_cell(f"CC{n}", f"Chi bộ thêm {n}")
        load_strength_figures([(extra.unit.pk, 1, 0, 0, date(2024, 1, 1), None)], by=by())
    officer.get(address())
    with django_assert_num_queries(20):
        officer.get(address())


def test_every_page_and_paper_of_an_entered_meeting_can_be_opened(officer, cells):
    officer.post(address(), typed((cells[0], ROW)))
    client = Client()
    client.force_login(cells[0].secretary)
    meeting = Meeting.objects.get()
    for name in ("meeting", "prepare", "roll-call", "discuss", "conclude", "follow"):
        answer = client.get(reverse(f"meetings:{name}", args=[meeting.public_id]), follow=True)
        assert answer.status_code == 200, name
    paper = reverse("meetings:paper", args=[meeting.public_id, "bien-ban"])
    assert "6/8" in words(client.get(paper))
