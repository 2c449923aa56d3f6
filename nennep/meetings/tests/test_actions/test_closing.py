from datetime import date

import pytest

from nennep.core import facts
from nennep.core.models import TrailLine
from nennep.core.refusal import Refusal
from nennep.library.models import NumberSeries
from nennep.meetings import actions
from nennep.meetings.models import Meeting, Resolution
from nennep.meetings.tests.factories import at, make_cell, opened, planned, ready, resolve
from nennep.organisation.choices import BodyKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def changed():
    heard = []

    def listen(sender, **told):
        heard.append((told["cell"].code, told["month"], told["kind"]))

    facts.facts_changed.connect(listen)
    yield heard
    facts.facts_changed.disconnect(listen)


def test_closing_numbers_the_resolution_locks_the_minutes_and_says_that_facts_changed(
    cell, changed
):
    meeting = ready(cell)
    resolve(meeting, cell)
    closing = actions.close_minutes(meeting, by=cell.secretary)
    assert [p.symbol for p in closing.issued] == ["01-NQ/CB"]
    assert closing.issued[0].issued_on == date(2024, 6, 3)
    assert closing.meeting.is_closed
    assert [said for said in changed if said[2] == "month"] == [("CB1", date(2024, 6, 1), "month")]
    with pytest.raises(Refusal) as no:
        actions.end_meeting(meeting, ended_at=at(3, 22), by=cell.secretary)
    assert no.value.code == "closed"


def test_closing_says_everything_that_is_missing(cell):
    with pytest.raises(Refusal) as no:
        actions.close_minutes(planned(cell), by=cell.secretary)
    assert no.value.code == "incomplete"
    assert len(actions.missing(Meeting.objects.get())) == 5


@pytest.mark.parametrize(
    ("left_out", "count"),
    [("ended_at", 1), ("minutes_adopted_at", 1), ("declared_free_of_secrets_at", 1)],
)
def test_each_part_of_the_minutes_is_asked_for(cell, left_out, count):
    meeting = ready(cell)
    Meeting.objects.update(**{left_out: None})
    assert len(actions.missing(Meeting.objects.get(pk=meeting.pk))) == count
    with pytest.raises(Refusal):
        actions.close_minutes(meeting, by=cell.secretary)


def test_closing_twice_answers_the_same_and_gives_one_number(cell):
    meeting = ready(cell)
    resolve(meeting, cell)
    first = actions.close_minutes(meeting, by=cell.secretary)
    again = actions.close_minutes(meeting, by=cell.secretary)
    assert [p.pk for p in first.issued] == [p.pk for p in again.issued]
    assert NumberSeries.objects.get().last == 1
    assert TrailLine.objects.filter(verb="minutes closed").count() == 1


def test_numbers_go_on_in_the_term_without_a_gap(cell):
    for month in (1, 2, 3, 4, 5):
        meeting = ready(cell, started_at=at(3, month=month), period=date(2024, month, 1))
        resolve(meeting, cell, in_favour=2 if month == 3 else None)
        actions.close_minutes(meeting, by=cell.secretary)
    symbols = Resolution.objects.order_by("pk").values_list("symbol", flat=True)
    assert list(symbols) == ["01-NQ/CB", "02-NQ/CB", "", "03-NQ/CB", "04-NQ/CB"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"official": 2, "probationary": 2}, "fewer official members"),
        ({"has_term": False}, "no term"),
        ({"body": None}, "no term"),
    ],
)
def test_a_paper_that_the_rules_do_not_allow_has_no_number_and_says_why(given, told, settings):
    settings.LANGUAGE_CODE = "en"
    cell = make_cell("CBX", **given)
    meeting = ready(cell)
    resolve(meeting, cell)
    closing = actions.close_minutes(meeting, by=cell.secretary)
    assert closing.issued == []
    assert told in closing.unissued[0][1]
    again = actions.close_minutes(meeting, by=cell.secretary)
    assert [why for _, why in again.unissued] == [why for _, why in closing.unissued]
    assert NumberSeries.objects.count() == 0


def test_a_resolution_without_a_vote_or_without_text_is_not_issued(cell):
    meeting = ready(cell)
    actions.write_resolution(meeting, summary="x", by=cell.secretary)
    assert actions.close_minutes(meeting, by=cell.secretary).issued == []
    other = make_cell("CB2")
    meeting = ready(other)
    actions.write_resolution(meeting, by=other.secretary)
    assert actions.close_minutes(meeting, by=other.secretary).issued == []


def test_a_cell_without_a_committee_numbers_in_its_secretarys_term():
    cell = make_cell("CB3", official=5, body=BodyKind.CELL_SECRETARIAT)
    meeting = ready(cell)
    resolve(meeting, cell)
    assert actions.close_minutes(meeting, by=cell.secretary).issued[0].symbol == "01-NQ/CB"


def test_conclusions_have_a_series_of_their_own(cell):
    meeting = ready(cell, kind="thematic", topic="Học và làm theo Bác")
    actions.write_resolution(meeting, summary="kết luận chuyên đề", by=cell.secretary)
    assert actions.close_minutes(meeting, by=cell.secretary).issued[0].symbol == "01-KL/CB"


def test_an_addendum_is_for_closed_minutes_only(cell):
    meeting = ready(cell)
    with pytest.raises(Refusal) as no:
        actions.add_addendum(meeting, text="Sửa giờ", by=cell.secretary)
    assert no.value.code == "not_closed"
    actions.close_minutes(meeting, by=cell.secretary)
    with pytest.raises(Refusal) as no:
        actions.add_addendum(meeting, text="  ", by=cell.secretary)
    assert no.value.code == "text_missing"
    with pytest.raises(Refusal) as no:
        actions.add_addendum(meeting, text="TUYỆT MẬT\nSửa", by=cell.secretary)
    assert no.value.code == "secret"
    assert actions.add_addendum(meeting, text="Họp xong lúc 21 giờ 15.", by=cell.secretary).text


def test_the_minute_pass_ends_when_the_minutes_are_closed(cell):
    meeting = opened(cell)
    given = actions.give_minute_pass(meeting, member=cell.members[1], by=cell.secretary)
    assert len(given.code) == 8
    user = actions.redeem(given.spoken.lower())
    assert [r.only for r in user.reaches("record meetings")] == [meeting.public_id]
    assert user.reaches("close minutes") == []
    actions.take_roll(meeting, absences={}, by=user)
    actions.end_meeting(meeting, ended_at=at(3, 21), by=user)
    actions.adopt_minutes(meeting, at=at(3, 21), by=user)
    actions.declare_free_of_secrets(meeting, by=user)
    actions.close_minutes(meeting, by=cell.secretary)
    with pytest.raises(Refusal) as no:
        actions.redeem(given.code)
    assert no.value.code == "no_such_pass"
    user = type(user).objects.get(pk=user.pk)
    assert user.reaches("record meetings") == []


def test_a_pass_can_be_ended_before(cell):
    given = actions.give_minute_pass(opened(cell), by=cell.secretary)
    actions.end_pass(given.minute_pass, by=cell.secretary)
    actions.end_pass(given.minute_pass, by=cell.secretary)
    with pytest.raises(Refusal):
        actions.redeem(given.code)


def test_a_signed_copy_is_kept_by_its_content(cell, settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        }
    }
    meeting = ready(cell)
    content = b"%PDF-1.7 signed"
    with pytest.raises(Refusal) as no:
        actions.keep_signed_copy(meeting, name="bb.pdf", content=content, by=cell.secretary)
    assert no.value.code == "not_closed"
    actions.close_minutes(meeting, by=cell.secretary)
    copy = actions.keep_signed_copy(meeting, name="bb.pdf", content=content, by=cell.secretary)
    again = actions.keep_signed_copy(meeting, name="bb2.pdf", content=content, by=cell.secretary)
    assert (copy.pk, copy.content_type, copy.size) == (again.pk, "application/pdf", len(content))
    assert actions.read_signed_copy(copy) == content
    for name, given, code in [
        ("TUYỆT MẬT.pdf", content, "secret"),
        ("a.exe", b"MZ...", "file_kind"),
        ("b.pdf", b"%PDF-" + b"0" * 20 * 1024 * 1024, "file_too_large"),
    ]:
        with pytest.raises(Refusal) as no:
            actions.keep_signed_copy(meeting, name=name, content=given, by=cell.secretary)
        assert no.value.code == code


def test_the_trail_names_what_was_done_and_never_what_was_said(cell):
    """Who keeps the system reads the trail, and sees no content."""
    meeting = ready(cell)
    resolve(meeting, cell, lines=("Lời kín một",))
    item = actions.add_item(meeting, title="Lời kín hai", by=cell.secretary)
    actions.edit_item(item, title="Lời kín ba", by=cell.secretary)
    actions.write_item(
        item, discussion="Lời kín", conclusion="Lời kín", version=0, by=cell.secretary
    )
    actions.mark_on_paper(item, title="Việc nội bộ", by=cell.secretary)
    actions.move_item(item, to=1, by=cell.secretary)
    actions.remove_item(item, by=cell.secretary)
    guest = actions.add_guest(meeting, full_name="Lời kín", by=cell.secretary)
    actions.remove_guest(guest, by=cell.secretary)
    vote = actions.record_vote(
        meeting, subject="other", question="Lời kín", in_favour=1, by=cell.secretary
    )
    actions.remove_vote(vote, by=cell.secretary)
    actions.close_minutes(meeting, by=cell.secretary)
    actions.add_addendum(meeting, text="Lời kín", by=cell.secretary)
    assert [line for line in TrailLine.objects.all() if "kín" in str(line.details)] == []


def test_cancelling_ends_the_minute_passes(cell):
    meeting = opened(cell)
    given = actions.give_minute_pass(meeting, by=cell.secretary)
    actions.cancel_meeting(meeting, reason="mở nhầm", by=cell.secretary)
    with pytest.raises(Refusal):
        actions.redeem(given.code)
