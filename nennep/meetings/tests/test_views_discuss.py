"""Step 3: texts, speakers, votes, and two who write at once."""

import pytest

from nennep.meetings import actions
from nennep.meetings.models import AgendaItem
from nennep.meetings.tests.factories_pages import (
    fresh,
    in_discussion,
    item_fields,
    page_of,
    text_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


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
