"""What deserves a second look: found at closing, told to the cell first, explained, then to choose visits by."""

import json
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nennep.accounts.choices import Role
from nennep.accounts.models import Grant, User
from nennep.core.models import TrailLine
from nennep.core.refusal import Refusal
from nennep.meetings import actions as meetings
from nennep.meetings.models import Meeting
from nennep.meetings.tests.factories import at, committee_user, make_cell, planned, ready
from nennep.organisation.models import Unit
from nennep.quality import actions
from nennep.quality.models import Oddity, Visit
from nennep.quality.queries.looking import look_at, meetings_to_look_at
from nennep.quality.queries.visits import next_month_to_visit
from nennep.quality.tests.factories import put_in_force, scored
from nennep.quality.tests.factories_supervision import follow

pytestmark = pytest.mark.django_db
WORDS = " ".join(f"tiếng{number}" for number in range(80))
TODAY = date(2024, 6, 13)


@pytest.fixture
def cell():
    return make_cell(official=11)


def closed(cell, month=6, day=3, said="", minutes=None, with_score=False, kind="regular"):
    start = at(day, month=month)
    meeting = ready(cell, kind, started_at=start, period=date(2024, month, 1))
    if said:
        meetings.write_closing(meeting, text=said, version=meeting.version, by=cell.secretary)
    if minutes is not None:
        Meeting.objects.filter(pk=meeting.pk).update(ended_at=start + timedelta(minutes=minutes))
    if with_score:
        scored(cell, meeting)
    meetings.close_minutes(meeting, by=cell.secretary)
    return meeting


def kinds(**found):
    return sorted(Oddity.objects.standing().filter(**found).values_list("kind", flat=True))


def words_of(client, user, address):
    client.force_login(user)
    answer = client.get(address, follow=True)
    return " ".join(answer.content.decode().split()) if answer.status_code == 200 else answer.status_code  # fmt: skip


def page(cell_or_code):
    code = getattr(cell_or_code, "unit", None)
    return f"/xem-lai/{code.code if code else cell_or_code}/"


def test_minutes_like_last_months_are_found_when_they_are_closed(cell):
    closed(cell, month=5, said=WORDS)
    june = closed(cell, said=f"{WORDS} thêm một câu")

    oddity = Oddity.objects.get()

    assert (oddity.meeting, oddity.unit, oddity.kind) == (june, cell.unit, "alike")
    assert oddity.found_on == TODAY
    assert oddity.open_above_on == date(2024, 7, 13)


def test_only_the_month_before_of_the_same_cell_is_compared(cell):
    other = make_cell("CB2", "Chi bộ thôn Tây")
    closed(other, month=5, said=WORDS)
    closed(cell, month=4, said=WORDS)
    closed(cell, month=6, said=WORDS)

    assert kinds() == []


def test_words_that_the_agenda_gave_are_not_words_people_wrote(cell):
    may = ready(cell, started_at=at(3, month=5), period=date(2024, 5, 1))
    meetings.add_item(may, title=WORDS[:290], by=cell.secretary)
    meetings.write_closing(may, text=WORDS[:290], version=may.version, by=cell.secretary)
    meetings.close_minutes(may, by=cell.secretary)
    closed(cell, said=WORDS[:290])

    assert kinds() == []


def test_a_meeting_of_two_minutes_is_found_whatever_its_kind(cell):
    closed(cell, minutes=2)
    closed(cell, day=5, minutes=2, kind="thematic")

    assert kinds() == ["short", "short"]


def test_full_attendance_is_told_at_the_sixth_meeting_and_again_at_the_twelfth(cell):
    for month in range(1, 7):
        closed(cell, month=month)
        assert kinds() == (["full"] if month == 6 else [])


def test_equal_points_are_found_at_the_sixth_score(cell):
    put_in_force("rb2")
    for month in range(1, 7):
        closed(cell, month=month, with_score=True)

    assert "equal" in kinds()


def test_looking_again_finds_the_same_and_says_what_no_longer_holds(cell):
    short, ordinary = closed(cell, month=5, minutes=2), closed(cell)
    Meeting.objects.filter(pk=short.pk).update(ended_at=at(3, 21, 10, month=5))
    Meeting.objects.filter(pk=ordinary.pk).update(ended_at=at(3, 19, 32))
    top = Unit.objects.get(code="HUYEN")

    assert actions.look_again(top, date(2024, 5, 1), by=cell.officer) == 0
    assert actions.look_again(top, date(2024, 6, 1), by=cell.officer) == 1

    assert kinds(meeting=ordinary) == ["short"]
    assert Oddity.objects.get(meeting=short).still_holds is False
    assert TrailLine.objects.filter(verb="oddities looked for").count() == 2


def test_one_meeting_is_looked_at_as_thousands_are_and_costs_as_many_queries(cell):
    two = make_cell("CB2", "Chi bộ thôn Tây")
    closed(cell, minutes=2)
    with CaptureQueriesContext(connection) as one:
        single = list(look_at(meetings_to_look_at(cell.unit, date(2024, 6, 1))))
    closed(two, minutes=3)
    closed(cell, month=5, said=WORDS)
    above = Unit.objects.get(code="XA")
    with CaptureQueriesContext(connection) as many:
        both = list(look_at(meetings_to_look_at(above, date(2024, 6, 1))))

    assert len(one) == len(many)
    assert single[0] in both
    assert [len(each.found) for each in both] == [1, 1]


def test_the_cell_explains_and_may_write_it_anew(cell):
    closed(cell, minutes=2)
    oddity = Oddity.objects.get()

    actions.explain_oddity(oddity, explanation=" Gõ nhầm giờ ", by=cell.secretary)
    oddity.refresh_from_db()
    assert (oddity.explanation, oddity.explained_by) == ("Gõ nhầm giờ", cell.secretary)

    for wrong, code in (
        ("  ", "explanation_missing"),
        ("a" * 501, "too_long"),
        ("TUYỆT MẬT", "secret"),
    ):
        with pytest.raises(Refusal) as refusal:
            actions.explain_oddity(oddity, explanation=wrong, by=cell.secretary)
        assert refusal.value.code == code
    assert TrailLine.objects.filter(verb="oddity explained").count() == 1


def test_the_cell_is_told_on_its_first_page_until_it_has_explained(cell, client):
    closed(cell, minutes=2)

    assert page(cell) in words_of(client, cell.secretary, "/")
    assert "cách nhau 2 phút" in words_of(client, cell.secretary, page(cell))

    oddity = Oddity.objects.get()
    client.post(f"/xem-lai/diem/{oddity.public_id}/", {"explanation": "Gõ nhầm giờ kết thúc"})
    assert "Gõ nhầm giờ kết thúc" in words_of(client, cell.secretary, page(cell))
    assert page(cell) not in words_of(client, cell.secretary, "/")


def test_the_superior_sees_it_only_after_a_month_and_reads_no_text(cell, client, on_day):
    closed(cell, minutes=2)
    oddity = Oddity.objects.get()
    actions.explain_oddity(oddity, explanation="Gõ nhầm giờ", by=cell.secretary)

    assert cell.unit.name not in words_of(client, cell.officer, page("XA"))
    assert "Buổi sinh hoạt rất ngắn" not in words_of(client, cell.officer, page(cell))
    assert client.get(f"/xem-lai/diem/{oddity.public_id}/").status_code == 403

    on_day(date(2024, 7, 13))
    shown = words_of(client, cell.officer, page("XA"))
    assert cell.unit.name in shown
    assert "Gõ nhầm giờ" not in shown + words_of(client, cell.officer, page(cell))
    assert not TrailLine.objects.filter(verb="explanations of cells").exists()


def test_one_tap_in_the_list_plans_a_visit_by_who_follows_the_cell(cell, client, on_day):
    closed(cell, minutes=2)
    on_day(date(2024, 7, 13))
    follow(cell, cell.members[3])
    assert "Lên kế hoạch dự" in words_of(client, cell.officer, page("XA"))

    for _twice in range(2):
        told = client.post("/giam-sat/CB1/hen-du/", {"list": "XA"})
        assert told["Location"] == page("XA")

    visit = Visit.objects.get()
    assert (visit.unit, visit.month, visit.visitor) == (
        cell.unit,
        date(2024, 7, 1),  # July's meeting has not been held
        cell.members[3],
    )
    shown = words_of(client, cell.officer, page("XA"))
    assert f"/giam-sat/buoi-du/{visit.public_id}/" in shown
    assert "/hen-du/" not in shown


def test_a_visit_is_planned_to_the_next_meeting_and_after_this_months_to_the_next_month(cell):
    assert next_month_to_visit(cell.unit) == date(2024, 6, 1)
    closed(cell)
    assert next_month_to_visit(cell.unit) == date(2024, 7, 1)
    planned(cell, period=date(2024, 8, 1), planned_at=at(5, month=8))
    assert next_month_to_visit(cell.unit) == date(2024, 8, 1)


def test_who_only_looks_plans_no_visit_from_the_list(cell, client, on_day):
    closed(cell, minutes=2)
    on_day(date(2024, 7, 13))
    viewer = committee_user("XA", Role.VIEWER)

    assert "/hen-du/" not in words_of(client, viewer, page("XA"))
    assert client.post("/giam-sat/CB1/hen-du/").status_code == 403
    assert not Visit.objects.exists()


def test_who_may_read_content_reads_the_explanation_and_the_look_is_recorded(cell, client, on_day):
    closed(cell, minutes=2)
    actions.explain_oddity(Oddity.objects.get(), explanation="Gõ nhầm giờ", by=cell.secretary)
    reader = committee_user("HUYEN")
    Grant.objects.filter(user=reader).update(reads_content=True)
    on_day(date(2024, 7, 13))

    assert "Gõ nhầm giờ" in words_of(client, reader, page("HUYEN"))
    assert TrailLine.objects.filter(verb="explanations of cells").count() == 1


def test_a_member_and_a_stranger_see_nothing(cell, client):
    closed(cell, minutes=2)
    member = User.objects.create(username="dv", display_name="Đảng viên")
    Grant.objects.create(user=member, role="member", unit=cell.unit, valid_from=date(2020, 1, 1))

    assert words_of(client, member, page(cell)) == 403
    assert words_of(client, make_cell("CB2", "Chi bộ thôn Tây").secretary, page(cell)) == 404


def test_the_list_costs_the_same_for_one_and_for_three(cell, client, on_day):
    on_day(date(2024, 8, 1))
    client.force_login(cell.officer)

    def count():
        with CaptureQueriesContext(connection) as queries:
            client.get(page("XA"))
        return len(queries)

    closed(cell, minutes=2)
    Oddity.objects.update(open_above_on=TODAY)
    count()
    one = count()
    for code in ("CB2", "CB3"):
        closed(make_cell(code, f"Chi bộ {code}"), minutes=2)
    Oddity.objects.update(open_above_on=TODAY)
    assert count() == one


def test_the_command_lists_the_points_of_a_month(cell, capsys):
    closed(cell, minutes=2)
    Oddity.objects.all().delete()

    call_command("oddities", "XA", "--month", "2024-06", "--again", "--json")

    assert json.loads(capsys.readouterr().out) == {
        "unit": "XA",
        "month": "2024-06",
        "oddities": [
            {"cell": "CB1", "kind": "short", "found_on": "2024-06-13",
             "open_above_on": "2024-07-13", "explained": False}
        ],
    }  # fmt: skip
