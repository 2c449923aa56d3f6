"""What stands beside the five steps: titles and earlier texts of items, tasks, lengths, kinds."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nennep.meetings import actions
from nennep.meetings.models import Meeting
from nennep.meetings.tests import factories
from nennep.meetings.tests.factories import at
from nennep.members.models import Standing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
JULY = date(2024, 7, 1)


def page_of(meeting, step):
    return reverse(f"meetings:{step}", args=[meeting.public_id])


def text_of(response):
    return " ".join(response.content.decode().split())


def planned(**fields):
    return {"day": "2024-06-03", "time": "19:30", "do": "save"} | fields


# Items


def test_an_item_is_renamed_on_its_page_after_what_was_typed_is_kept(signed_in, cell):
    meeting = actions.prepare(factories.planned(cell), by=cell.secretary)
    item = actions.add_item(meeting, title="Rác", by=cell.secretary)

    answer = signed_in.post(
        page_of(meeting, "prepare"), planned(place="Đình làng", do=f"edit-{item.public_id}")
    )
    page = reverse("meetings:item", args=[item.public_id])
    assert answer.url == page
    assert Meeting.objects.get().place == "Đình làng"

    answer = signed_in.post(page, {"title": "Thu gom rác ngõ 3", "step": "reg.criticism"})
    item.refresh_from_db()
    assert (item.title, item.step) == ("Thu gom rác ngõ 3", "reg.criticism")
    assert answer.url == page_of(meeting, "prepare")


def test_an_earlier_text_is_shown_with_its_writer_and_brought_back(signed_in, cell):
    meeting = factories.opened(cell)
    item = actions.add_item(meeting, title="Rác", by=cell.secretary)
    for version, text in enumerate(("Bản một", "Bản hai")):
        actions.write_item(item, discussion=text, conclusion="", version=version, by=cell.secretary)
    page = reverse("meetings:item", args=[item.public_id])
    shown = text_of(signed_in.get(page))
    assert ("Bản một" in shown, cell.secretary.label in shown) == (True, True)

    signed_in.post(page, {"do": "restore-1"})

    item.refresh_from_db()
    assert item.discussion == "Bản một"
    assert list(item.revisions.values_list("discussion", flat=True)) == ["Bản hai", "Bản một"]


def test_a_closed_meetings_item_is_read_and_not_changed(signed_in, cell):
    meeting = factories.ready(cell)
    item = actions.add_item(meeting, title="Rác", by=cell.secretary)
    actions.close_minutes(meeting, by=cell.secretary)
    page = reverse("meetings:item", args=[item.public_id])
    assert "<form" not in text_of(signed_in.get(page)).partition("<main")[2]
    assert signed_in.post(page, {"title": "Khác"}).status_code == 422
    item.refresh_from_db()
    assert item.title == "Rác"


def test_a_vote_belongs_to_an_item_and_on_paper_keeps_its_neutral_words(signed_in, cell):
    meeting = factories.opened(cell)
    actions.take_roll(meeting, absences={}, by=cell.secretary)
    item = actions.add_item(meeting, title="Việc nội bộ", is_on_paper_only=True, by=cell.secretary)

    signed_in.post(
        page_of(meeting, "discuss"),
        {
            "do": "vote",
            "vote-subject": "removal",
            "vote-item": str(item.pk),
            "vote-question": "Xóa tên đồng chí X",
            "vote-method": "secret",
            "vote-in_favour": "7",
        },
    )

    vote = meeting.votes.get()
    assert (vote.item, vote.question, vote.method) == (item, "Việc nội bộ", "secret")


# The opening of the minutes


def test_the_opening_is_written_where_the_meeting_begins(signed_in, cell):
    meeting = factories.planned(cell)
    signed_in.post(
        page_of(meeting, "roll-call"),
        {
            "held_on": "2024-06-03",
            "start": "19:30",
            "opening_text": "Bí thư nêu lý do.",
            "version": "0",
            "do": "save",
        },
    )
    assert Meeting.objects.get().opening_text == "Bí thư nêu lý do."


def test_two_who_write_the_opening_at_once_see_both_texts(signed_in, cell):
    meeting = factories.opened(cell)
    seen = meeting.version
    actions.write_opening(meeting, text="Của thư ký.", version=seen, by=cell.officer)

    answer = signed_in.post(
        page_of(meeting, "roll-call"),
        {
            "held_on": "2024-06-03",
            "start": "19:30",
            "opening_text": "Của bí thư.",
            "version": str(seen),
            "do": "save",
        },
    )

    assert answer.status_code == 409
    assert all(text in text_of(answer) for text in ("Của bí thư.", "Của thư ký."))
    assert Meeting.objects.get().opening_text == "Của thư ký."


def test_a_roll_call_between_is_no_other_text(cell):
    meeting = factories.opened(cell)
    meeting = actions.write_closing(meeting, text="Một", version=meeting.version, by=cell.secretary)
    seen = meeting.version
    actions.take_roll(meeting, absences={}, by=cell.officer)
    written = actions.write_closing(meeting, text="Hai", version=seen, by=cell.secretary)
    assert written.closing_text == "Hai"


# What must be ready


def test_a_task_of_the_cells_own_is_added_and_taken_off(signed_in, cell):
    meeting = actions.prepare(factories.planned(cell), by=cell.secretary)
    signed_in.post(
        page_of(meeting, "prepare"),
        planned(
            do="task",
            **{
                "new-task-title": "Mượn loa",
                "new-task-owner": cell.members[3].full_name,
                "new-task-due_on": "2024-06-02",
            },
        ),
    )
    task = meeting.checklist.get(title="Mượn loa")
    assert (task.owner, task.due_on) == (cell.members[3], date(2024, 6, 2))
    signed_in.post(page_of(meeting, "prepare"), planned(do=f"untask-{task.pk}"))
    assert not meeting.checklist.filter(pk=task.pk).exists()


def test_a_name_nobody_has_is_said_beside_its_field(signed_in, cell):
    meeting = actions.prepare(factories.planned(cell), by=cell.secretary)
    entry = meeting.checklist.first()
    answer = signed_in.post(
        page_of(meeting, "prepare"),
        planned(
            **{
                f"task-{entry.pk}-owner": "Người lạ",
                f"task-{entry.pk}-due_on": "2024-06-01",
            }
        ),
    )
    assert answer.status_code == 422
    assert ("Người lạ" in text_of(answer), "Nobody on the cell" in text_of(answer)) == (True, True)


def test_what_is_known_is_filled_in_on_demand(signed_in, cell):
    meeting = factories.planned(cell)
    assert "Fill in what is known" in text_of(signed_in.get(page_of(meeting, "prepare")))
    signed_in.post(page_of(meeting, "prepare"), planned(do="fill"))
    assert meeting.checklist.count() == 6


# Lengths and kinds


def test_a_combined_session_too_short_is_refused_beside_its_field(signed_in, cell):
    typed = {
        "do": "plan", "kind": "combined", "period": "2024-07", "day": "2024-07-03",
        "time": "19:30", "planned_minutes": "90",
    }  # fmt: skip
    page = reverse("meetings:plan", args=[cell.unit.code])
    answer = signed_in.post(page, typed)
    assert answer.status_code == 422
    assert "at least 120 minutes" in answer.context["form"].errors["planned_minutes"][0]
    signed_in.post(page, typed | {"planned_minutes": ""})
    assert Meeting.objects.get().planned_minutes == 120


def test_a_regular_meeting_too_short_stands_on_the_plan_with_a_warning(signed_in, cell):
    typed = {
        "do": "plan", "kind": "regular", "period": "2024-07", "day": "2024-07-03",
        "time": "19:30", "planned_minutes": "60", "is_model": "on",
    }  # fmt: skip
    answer = signed_in.post(reverse("meetings:plan", args=[cell.unit.code]), typed, follow=True)
    meeting = Meeting.objects.get()
    assert (meeting.planned_minutes, meeting.is_model) == (60, True)
    assert "at least 90 are asked" in text_of(answer)
    page = text_of(signed_in.get(page_of(meeting, "prepare")))
    assert ("at least 90 are asked" in page, "(model meeting)" in page) == (True, True)


def test_a_kind_is_changed_with_the_plan(signed_in, cell):
    meeting = actions.prepare(factories.planned(cell), by=cell.secretary)
    signed_in.post(
        page_of(meeting, "change"),
        {"do": "move", "kind": "extraordinary", "day": "2024-06-09", "time": "08:00",
         "period": "2024-06"},
    )  # fmt: skip
    meeting.refresh_from_db()
    assert (meeting.kind, meeting.planned_at) == ("extraordinary", at(9, 8, 0))


@pytest.mark.parametrize("kind", ["congress", "self_review", "extraordinary", "cell_committee"])
def test_no_order_is_claimed_where_no_rule_sets_one(signed_in, cell, kind):
    meeting = actions.prepare(factories.planned(cell, kind), by=cell.secretary)
    assert "No rule sets the order" in text_of(signed_in.get(page_of(meeting, "prepare")))
    actions.open_meeting(meeting, started_at=at(3), by=cell.secretary)
    assert "as_programme" not in text_of(signed_in.get(page_of(meeting, "conclude")))


def test_what_was_ticked_by_mistake_is_taken_back(signed_in, cell):
    meeting = factories.ready(cell)
    signed_in.post(page_of(meeting, "conclude"), {"do": "save", "version": "9", "end": ""})
    meeting.refresh_from_db()
    told = (
        meeting.ended_at, meeting.steps_marked_at, meeting.minutes_adopted_at,
        meeting.declared_free_of_secrets_at,
    )  # fmt: skip
    assert told == (None, None, None, None)


def test_two_of_one_name_are_told_apart(signed_in, cell):
    first, second = cell.members[3], cell.members[4]
    type(first).objects.filter(pk=second.pk).update(full_name=first.full_name, birth_year=1980)
    meeting = actions.prepare(factories.planned(cell), by=cell.secretary)
    entry = meeting.checklist.first()
    signed_in.post(
        page_of(meeting, "prepare"),
        planned(
            **{
                f"task-{entry.pk}-owner": f"{first.full_name} (1980)",
                f"task-{entry.pk}-due_on": "2024-06-01",
            }
        ),
    )
    entry.refresh_from_db()
    assert entry.owner_id == second.pk


def test_the_papers_of_a_meeting_to_come_are_one_file(signed_in, cell):
    meeting = actions.prepare(factories.planned(cell), by=cell.secretary)
    page = signed_in.get(reverse("meetings:paper", args=[meeting.public_id, "bo-tai-lieu"]))
    assert ("CHƯƠNG TRÌNH" in text_of(page), "NGHỊ QUYẾT" in text_of(page)) == (True, True)
    file = signed_in.get(
        reverse("meetings:paper-file", args=[meeting.public_id, "bo-tai-lieu", "docx"])
    )
    assert file.content.startswith(b"PK")


# Party groups


@pytest.fixture
def grouped():
    """Eight official members and a probationary one: four in each of two groups, one in none."""
    cell = factories.make_cell("CB7", party_groups=("Tổ đảng 1", "Tổ đảng 2"))
    for place, group in enumerate(cell.unit.party_groups.order_by("name")):
        ids = cell.ids[place * 4 : place * 4 + 4]
        Standing.objects.filter(member_id__in=ids).update(party_group=group)
    return cell


def test_the_roll_is_called_group_by_group(client, grouped):
    client.force_login(grouped.secretary)
    meeting = factories.opened(grouped)
    page = text_of(client.get(page_of(meeting, "roll-call")))
    places = [
        page.index(words) for words in ("> Tổ đảng 1 <", "> Tổ đảng 2 <", "> In no party group <")
    ]
    assert places == sorted(places)


def test_the_minutes_tell_each_groups_own_roll_call(client, grouped):
    client.force_login(grouped.secretary)
    meeting, groups = factories.opened(grouped), list(grouped.unit.party_groups.order_by("name"))
    typed = {
        f"group-{group.pk}-{name}": value
        for group in groups
        for name, value in (("start", "19:30"), ("end", "21:00"), ("place", "Nhà văn hóa"))
    }
    client.post(
        page_of(meeting, "roll-call"),
        {"held_on": "2024-06-03", "start": "19:30", "do": "save"}
        | typed
        | {f"presence-{grouped.ids[1]}": "excused"},
    )
    page = text_of(client.get(reverse("meetings:paper", args=[meeting.public_id, "bien-ban"])))
    assert "Tổ đảng 1: từ 19 giờ 30 đến 21 giờ 00, tại Nhà văn hóa; có mặt 3/4 đồng chí." in page
    assert "Tổ đảng 2: từ 19 giờ 30 đến 21 giờ 00, tại Nhà văn hóa; có mặt 4/4 đồng chí." in page
    assert Meeting.objects.get().roll_call.voting_base == 8  # one base, one paper


# What a page costs


@pytest.mark.parametrize("step", ["prepare", "discuss"])
def test_a_page_asks_the_same_of_one_item_and_of_three(signed_in, cell, step):
    def asked(meeting):
        with CaptureQueriesContext(connection) as queries:
            signed_in.get(page_of(meeting, step))
        return len(queries)

    meeting = factories.opened(cell)
    actions.take_roll(meeting, absences={}, by=cell.secretary)
    actions.prepare(meeting, by=cell.secretary)
    for number in range(3):
        item = actions.add_item(meeting, title=f"Việc {number}", by=cell.secretary)
        for version, text in enumerate(("a", "b")):
            actions.write_item(
                item, discussion=text, conclusion="", version=version, by=cell.secretary
            )
        actions.add_task(
            meeting, title=f"Chuẩn bị {number}", owner=cell.members[number], by=cell.secretary
        )
        if number == 0:
            asked(meeting)
            one = asked(meeting)
    assert asked(meeting) == one
