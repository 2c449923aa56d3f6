"""The five steps: what each page shows, what each button keeps, and what is never lost."""

from datetime import date

import pytest
from django.urls import reverse

from nennep.meetings import actions
from nennep.meetings.models import AgendaItem, Meeting
from nennep.meetings.tests import factories
from nennep.meetings.tests.factories import at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

JUNE = date(2024, 6, 1)


def page_of(meeting, step):
    return reverse(f"meetings:{step}", args=[meeting.public_id])


def text_of(response):
    return response.content.decode()


def fresh(meeting):
    return Meeting.objects.get(pk=meeting.pk)


def prepared(cell, **more):
    meeting = factories.planned(cell, **more)
    return actions.prepare(meeting, by=cell.secretary)


def opening(**fields):
    return {"held_on": "2024-06-03", "start": "19:30", "do": "save"} | fields


def ending(**fields):
    return {"do": "save", "version": "0"} | fields


# Step 1


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


# Step 2


def test_start_now_opens_and_takes_no_roll_call_yet(signed_in, cell):
    meeting = prepared(cell)

    signed_in.post(page_of(meeting, "roll-call"), opening(start="", do="start_now"))

    assert fresh(meeting).started_at is not None
    assert not hasattr(fresh(meeting), "roll_call")


def test_the_roll_call_is_everybody_except(signed_in, cell):
    meeting = prepared(cell)
    excused, unexcused = cell.ids[3], cell.ids[4]

    answer = signed_in.post(
        page_of(meeting, "roll-call"),
        opening(
            do="next",
            dues_paid="8",
            dues_due="9",
            **{
                f"presence-{excused}": "excused",
                f"reason-{excused}": "đi công tác",
                f"presence-{unexcused}": "unexcused",
                f"late-{cell.ids[2]}": "on",
            },
        ),
    )

    taken = fresh(meeting).roll_call
    assert answer.url == page_of(meeting, "discuss")
    assert (taken.present, taken.excused, taken.unexcused) == (7, 1, 1)
    assert meeting.attendances.get(member_id=excused).reason == "đi công tác"
    assert meeting.attendances.get(member_id=cell.ids[2]).came_late
    assert fresh(meeting).dues_paid == 8


def test_without_a_start_the_page_says_so_and_keeps_who_was_marked(signed_in, cell):
    meeting = prepared(cell)
    name = f"presence-{cell.ids[3]}"

    answer = signed_in.post(page_of(meeting, "roll-call"), opening(start="", **{name: "unexcused"}))

    assert answer.status_code == 422
    assert "Write when the meeting started" in text_of(answer)
    marked = {line.member_id: line.presence for line in answer.context["lines"]}
    assert marked[cell.ids[3]] == "unexcused"
    assert fresh(meeting).started_at is None


def test_chair_and_last_minute_taker_are_filled_in(signed_in, cell):
    may = factories.ready(cell)
    actions.close_minutes(may, by=cell.secretary)
    meeting = prepared(cell, period=date(2024, 7, 1), planned_at=at(3, month=7))

    form = signed_in.get(page_of(meeting, "roll-call")).context["form"]

    assert form["chair"].value() == cell.ids[0]
    assert form["minute_taker"].value() == cell.ids[1]


def test_a_unit_of_figures_is_asked_for_totals_and_shows_no_name(client):
    cell = factories.make_figures_only_cell()
    client.force_login(cell.secretary)
    meeting = prepared(cell)

    shown = text_of(client.get(page_of(meeting, "roll-call")))
    client.post(
        page_of(meeting, "roll-call"),
        opening(official="12", probationary="1", present="12", excused="1"),
    )

    assert "data-roll-row" not in shown
    assert (fresh(meeting).roll_call.present, fresh(meeting).roll_call.required) == (12, 13)


def test_guests_are_added_and_taken_out(signed_in, cell):
    meeting = prepared(cell)
    signed_in.post(
        page_of(meeting, "roll-call"), opening(guest_name="Trần Văn Khách", guest_post="Đảng ủy xã")
    )
    guest = meeting.guests.get()

    signed_in.post(page_of(meeting, "roll-call"), opening(do=f"guest-{guest.pk}"))

    assert not meeting.guests.exists()


def test_parts_of_party_groups_are_noted_on_the_same_page(client):
    cell = factories.make_cell(party_groups=("Tổ đảng 1", "Tổ đảng 2"))
    client.force_login(cell.secretary)
    meeting = prepared(cell)
    group = cell.unit.party_groups.get(name="Tổ đảng 1")
    part = {
        f"group-{group.pk}-start": "18:00",
        f"group-{group.pk}-end": "19:00",
        f"group-{group.pk}-place": "Nhà ông Tư",
    }

    client.post(page_of(meeting, "roll-call"), opening(**part))

    kept = meeting.group_parts.get()
    assert (kept.party_group, kept.started_at, kept.place) == (group, at(3, 18, 0), "Nhà ông Tư")


# Step 3


def in_discussion(cell, absences=None):
    meeting = factories.opened(cell)
    actions.prepare(meeting, by=cell.secretary)
    actions.take_roll(meeting, absences=absences or {}, by=cell.secretary)
    return fresh(meeting)


def item_fields(item, **texts):
    return {f"item-{item.pk}-version": str(item.version)} | {
        f"item-{item.pk}-{name}": text for name, text in texts.items()
    }


def test_texts_speakers_and_a_vote_are_kept_by_one_button(signed_in, cell):
    meeting = in_discussion(cell, {cell.ids[3]: actions.Absence("excused")})
    item = actions.add_item(meeting, title="Làm đường", by=cell.secretary)
    vote = signed_in.get(page_of(meeting, "discuss")).context["page"].vote

    signed_in.post(
        page_of(meeting, "discuss"),
        item_fields(item, discussion="Đồng ý cả.", conclusion="Làm trong tháng 7.")
        | {"speakers": "all", "do": "vote"}
        | {vote.add_prefix(name): vote[name].value() or "" for name in vote.fields},
    )

    item.refresh_from_db()
    assert (item.discussion, item.conclusion) == ("Đồng ý cả.", "Làm trong tháng 7.")
    assert fresh(meeting).roll_call.speakers == 8
    recorded = meeting.votes.get()
    assert (recorded.in_favour, recorded.base, recorded.is_passed) == (7, 8, True)


def test_the_same_vote_sent_twice_counts_once(signed_in, cell):
    meeting = in_discussion(cell)
    vote = signed_in.get(page_of(meeting, "discuss")).context["page"].vote
    sent = {vote.add_prefix(name): vote[name].value() or "" for name in vote.fields}

    for _time in range(2):
        signed_in.post(page_of(meeting, "discuss"), sent | {"do": "vote"})

    assert meeting.votes.count() == 1


def test_more_votes_than_the_base_are_refused_beside_the_field(signed_in, cell):
    meeting = in_discussion(cell)

    answer = signed_in.post(
        page_of(meeting, "discuss"),
        {"do": "vote", "vote-subject": "resolution", "vote-method": "card", "vote-in_favour": "99"},
    )

    assert answer.status_code == 422
    assert "99 votes were counted" in text_of(answer)
    assert not meeting.votes.exists()


def test_two_editors_see_both_texts_and_nothing_is_lost(signed_in, cell):
    meeting = in_discussion(cell)
    item = actions.add_item(meeting, title="Làm đường", by=cell.secretary)
    typed = item_fields(item, discussion="Lời của tôi.", conclusion="")
    actions.write_item(
        item, discussion="Lời người khác.", conclusion="", version=item.version, by=cell.secretary
    )

    answer = signed_in.post(page_of(meeting, "discuss"), typed | {"do": "save"})

    assert answer.status_code == 409
    assert "Lời của tôi." in text_of(answer)
    assert "Lời người khác." in text_of(answer)
    assert AgendaItem.objects.get(pk=item.pk).discussion == "Lời người khác."

    again = next(f for f in answer.context["page"].items if f.item.pk == item.pk)
    merged = item_fields(item, discussion="Cả hai lời.", conclusion="") | {
        again.add_prefix("version"): again["version"].value()
    }
    signed_in.post(page_of(meeting, "discuss"), merged | {"do": "save"})
    assert AgendaItem.objects.get(pk=item.pk).discussion == "Cả hai lời."


def test_an_item_goes_to_the_paper_book_under_a_neutral_title(signed_in, cell):
    meeting = in_discussion(cell)
    item = actions.add_item(meeting, title="Kỷ luật", by=cell.secretary)

    signed_in.post(
        page_of(meeting, "discuss"),
        item_fields(item, discussion="", conclusion="")
        | {"do": f"paper-{item.public_id}", f"neutral-{item.public_id}": "Nội dung nội bộ"},
    )

    item.refresh_from_db()
    assert (item.is_on_paper_only, item.title) == (True, "Nội dung nội bộ")


def test_a_secret_mark_is_refused_and_the_typing_stays_on_the_page(signed_in, cell):
    meeting = in_discussion(cell)
    item = actions.add_item(meeting, title="Làm đường", by=cell.secretary)

    answer = signed_in.post(
        page_of(meeting, "discuss"),
        item_fields(item, discussion="TUYỆT MẬT\nnội dung", conclusion="") | {"do": "save"},
    )

    assert answer.status_code == 422
    assert "state secrecy" in text_of(answer)
    assert AgendaItem.objects.get(pk=item.pk).discussion == ""


# Step 4


def test_lines_end_adoption_declaration_and_closing_in_one_press(signed_in, cell):
    meeting = in_discussion(cell)
    actions.record_vote(meeting, subject="resolution", question="", in_favour=8, by=cell.secretary)

    answer = signed_in.post(
        page_of(meeting, "conclude"),
        ending(
            do="close",
            end="21:05",
            as_programme="on",
            adopted="on",
            declared="on",
            closing_text="Nhất trí.",
            version=str(meeting.version),
            **{
                "new-0-what": "Quét dọn ngõ 3",
                "new-0-who": cell.members[2].full_name,
                "new-0-due_on": "2024-06-30",
            },
        )
        | lines_as_they_are(meeting),
    )

    closed = fresh(meeting)
    assert answer.url == page_of(meeting, "follow")
    assert closed.is_closed
    assert closed.closing_text == "Nhất trí."
    line = closed.resolutions.get().items.get(what="Quét dọn ngõ 3")
    assert (line.who, line.due_on) == (cell.members[2], date(2024, 6, 30))
    assert closed.resolutions.get().symbol == "01-NQ/CB"


def lines_as_they_are(meeting):
    fields = {}
    for paper in meeting.resolutions.all():
        for line in paper.items.all():
            fields[f"line-{line.pk}-what"] = line.what
            fields[f"line-{line.pk}-who"] = line.who_text
            fields[f"line-{line.pk}-due_on"] = line.due_on or ""
    return fields


def test_closing_too_early_keeps_what_was_typed_and_says_what_is_missing(signed_in, cell):
    meeting = in_discussion(cell)

    answer = signed_in.post(
        page_of(meeting, "conclude"),
        ending(do="close", **{"new-0-what": "Quét dọn"}) | lines_as_they_are(meeting),
        follow=True,
    )

    assert not fresh(meeting).is_closed
    assert "cannot be closed yet" in text_of(answer)
    assert answer.redirect_chain[-1][0].endswith("#still-missing")
    page = text_of(answer)
    for place, words in (("#ending", "when it ended"), ("#minutes", "the declaration that")):
        assert f'<a href="{place}">{words}' in page
    assert meeting.resolutions.get().items.filter(what="Quét dọn").count() == 1


def test_a_committee_member_may_write_and_not_close(client, cell):
    meeting = in_discussion(cell)
    writer = factories._user("chi-uy-vien", "committee_member", cell.unit)
    client.force_login(writer)

    page = text_of(client.get(page_of(meeting, "conclude")))
    answer = client.post(page_of(meeting, "conclude"), ending(do="close"))

    assert 'value="close"' not in page
    assert answer.status_code == 403


def test_results_of_last_month_are_written_where_they_are_reported(signed_in, cell):
    may = factories.ready(cell, started_at=at(3, month=5), period=date(2024, 5, 1))
    factories.resolve(may, cell)
    actions.close_minutes(may, by=cell.secretary)
    meeting = in_discussion(cell)
    line = may.resolutions.get().items.get(what="Thu gom rác ngõ 3")

    signed_in.post(
        page_of(meeting, "conclude"),
        ending(**{f"result-{line.pk}-result": "Xong.", f"result-{line.pk}-is_done": "on"})
        | lines_as_they_are(meeting),
    )

    line.refresh_from_db()
    assert (line.result, line.done_on) == ("Xong.", date(2024, 6, 3))


def test_a_conclusion_somebody_else_wrote_stands_beside_ones_own(signed_in, cell):
    meeting = in_discussion(cell)
    seen = meeting.version
    actions.write_closing(meeting, text="Lời người khác.", version=seen, by=cell.secretary)
    typed = ending(closing_text="Lời của tôi.", version=str(seen)) | lines_as_they_are(meeting)

    answer = signed_in.post(page_of(meeting, "conclude"), typed)

    assert answer.status_code == 409
    assert "Lời người khác." in text_of(answer)
    assert "Lời của tôi." in text_of(answer)

    merged = typed | {"version": answer.context["page"].end["version"].value()}
    signed_in.post(page_of(meeting, "conclude"), merged)
    assert fresh(meeting).closing_text == "Lời của tôi."


def test_a_line_added_by_somebody_else_meanwhile_stays_as_it_is(signed_in, cell):
    meeting = in_discussion(cell)
    typed = ending() | lines_as_they_are(meeting)
    paper = meeting.resolutions.get()
    actions.add_line(paper, what="Việc người khác thêm", by=cell.secretary)

    answer = signed_in.post(page_of(meeting, "conclude"), typed)

    assert answer.status_code == 302
    assert paper.items.filter(what="Việc người khác thêm").exists()


def test_lines_are_changed_and_taken_out_and_a_meeting_may_resolve_nothing(signed_in, cell):
    meeting = in_discussion(cell)
    first, second = meeting.resolutions.get().items.all()[:2]
    typed = ending() | lines_as_they_are(meeting)

    signed_in.post(
        page_of(meeting, "conclude"),
        typed | {f"line-{first.pk}-what": "Việc đã sửa", f"line-{second.pk}-remove": "on"},
    )
    assert list(meeting.resolutions.get().items.values_list("what", flat=True)) == ["Việc đã sửa"]

    signed_in.post(page_of(meeting, "conclude"), ending(do="drop"))
    assert not meeting.resolutions.exists()


# Step 5


@pytest.fixture
def closed(cell):
    meeting = factories.ready(cell)
    factories.resolve(meeting, cell)
    actions.close_minutes(meeting, by=cell.secretary)
    return fresh(meeting)


def test_sent_papers_a_correction_and_the_signed_pages(signed_in, closed):
    from django.core.files.uploadedfile import SimpleUploadedFile

    signed_in.post(page_of(closed, "follow"), {"do": "finished_sent"})
    signed_in.post(page_of(closed, "follow"), {"do": "addendum", "text": "Sửa tên người dự."})
    file = SimpleUploadedFile("bien-ban.pdf", b"%PDF-1.4 trang ky")
    signed_in.post(page_of(closed, "follow"), {"do": "copy", "file": file, "is_not_secret": "on"})

    page = text_of(signed_in.get(page_of(closed, "follow")))
    assert fresh(closed).finished_sent_at is not None
    assert "Sửa tên người dự." in page
    copy = closed.signed_copies.get()
    kept = signed_in.get(reverse("meetings:signed-copy", args=[copy.public_id]))
    assert kept.content == b"%PDF-1.4 trang ky"
    assert kept["X-Content-Type-Options"] == "nosniff"


def test_a_file_without_the_declaration_is_not_kept(signed_in, closed):
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("bien-ban.pdf", b"%PDF-1.4")
    answer = signed_in.post(page_of(closed, "follow"), {"do": "copy", "file": file})

    assert answer.status_code == 422
    assert not closed.signed_copies.exists()


def test_closed_minutes_are_shown_and_their_forms_are_switched_off(signed_in, closed):
    for step in ("prepare", "roll-call", "discuss", "conclude"):
        page = text_of(signed_in.get(page_of(closed, step)))
        assert '<fieldset class="whole" disabled>' in page, step
        assert 'value="next"' not in page, step
        assert 'value="close"' not in page, step


def test_a_meeting_too_short_is_recorded_and_marked_with_the_clause(signed_in, cell):
    meeting = in_discussion(cell)
    actions.end_meeting(meeting, ended_at=at(3, 20, 0), by=cell.secretary)

    page = text_of(signed_in.get(page_of(meeting, "conclude")))

    assert "The meeting lasted 30 minutes; at least 90 are asked." in page


# The record opens where the work stands


def test_the_meeting_opens_at_the_step_where_the_work_stands(signed_in, cell):
    meeting = prepared(cell)
    assert signed_in.get(page_of(meeting, "meeting")).url == page_of(meeting, "prepare")

    actions.open_meeting(meeting, started_at=at(3), by=cell.secretary)
    assert signed_in.get(page_of(meeting, "meeting")).url == page_of(meeting, "roll-call")


def test_a_member_reads_and_changes_nothing(client, cell):
    meeting = prepared(cell)
    client.force_login(factories._user("dang-vien", "member", cell.unit))

    page = client.get(page_of(meeting, "prepare"))

    assert page.status_code == 200
    assert '<fieldset class="whole" disabled>' in text_of(page)
    assert client.post(page_of(meeting, "prepare"), {"do": "save"}).status_code == 403


def test_a_look_from_above_is_a_line_in_the_trail_and_ones_own_is_none(client, cell, closed):
    from nennep.core.models import TrailLine

    client.force_login(cell.secretary)
    client.get(page_of(closed, "follow"))
    assert not TrailLine.objects.filter(is_look=True).exists()

    reader = factories._user("doc-tren", "viewer", cell.unit.parent)
    reader.grants.update(reads_content=True)
    client.force_login(reader)
    client.get(page_of(closed, "follow"))
    client.get(reverse("meetings:paper-file", args=[closed.public_id, "bien-ban", "docx"]))
    looks = TrailLine.objects.filter(is_look=True, actor_id=reader.pk)
    assert sorted(looks.values_list("verb", flat=True)) == ["meeting looked at", "paper taken"]


@pytest.mark.parametrize("step", ["prepare", "roll-call", "discuss", "conclude", "follow"])
def test_the_number_of_queries_does_not_grow_with_the_cell(
    client, step, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for code, official, items in (("A1", 5, 1), ("A2", 27, 3)):
        cell = factories.make_cell(code, f"Chi bộ {code}", official=official)
        meeting = in_discussion(cell)
        for number in range(items):
            actions.add_item(meeting, title=f"Việc {number}", by=cell.secretary)
            actions.record_vote(
                meeting, subject="other", question=f"Việc {number}", in_favour=3, by=cell.secretary
            )
        client.force_login(cell.secretary)
        client.get(page_of(meeting, step))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = client.get(page_of(meeting, step))
        counts.append(len(queries))
        assert len(response.content) < 60_000
    assert counts[0] == counts[1]
