"""Step 4: results, lines, the end, and closing."""

from datetime import date

import pytest

from nennep.meetings import actions
from nennep.meetings.tests import factories
from nennep.meetings.tests.factories import at
from nennep.meetings.tests.factories_pages import (
    ending,
    fresh,
    in_discussion,
    lines_as_they_are,
    page_of,
    text_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


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
