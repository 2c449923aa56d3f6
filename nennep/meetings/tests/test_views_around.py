"""Home, plan, ledger, reasons, topics, the past, codes for minute-takers, and what is printed."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nennep.accounts import rules
from nennep.accounts.choices import Role
from nennep.accounts.models import Grant, User
from nennep.meetings import actions
from nennep.meetings.models import CompulsoryTopic, Explanation, Meeting
from nennep.meetings.tests import factories
from nennep.meetings.tests.factories import at
from nennep.organisation.models import Unit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def text_of(response):
    return response.content.decode()


def address(name, *args):
    return reverse(f"meetings:{name}", args=args)


def closed(cell, **more):
    meeting = factories.ready(cell, **more)
    factories.resolve(meeting, cell)
    return actions.close_minutes(meeting, by=cell.secretary).meeting


# Home


def test_home_is_one_card_and_its_button_plans_and_prepares_once(signed_in, cell):
    page = text_of(signed_in.get("/"))
    assert page.count("card--next") == 1
    assert page.count("button--main") == 1
    assert "Regular meeting, 6/2024" in page

    for _press in range(2):
        answer = signed_in.post(address("plan", cell.unit.code), {"do": "next"})

    meeting = Meeting.objects.get()
    assert answer.url == address("prepare", meeting.public_id)
    assert meeting.period == date(2024, 6, 1)
    assert meeting.checklist.exists()


def test_who_belongs_to_several_cells_sees_one_and_goes_to_the_others(signed_in, cell):
    other = factories.make_cell("CB2", "Chi bộ thôn Đoài")
    factories.planned(other, planned_at=at(20))
    join(cell.secretary, other)

    page = text_of(signed_in.get("/"))
    assert page.count("card--next") == 1
    assert "?chi-bo=CB2" in page
    assert "19:30 on 20-6-2024" in page

    page = text_of(signed_in.get("/?chi-bo=CB2"))
    assert (page.count("card--next"), "?chi-bo=CB1" in page) == (1, True)
    assert "?chi-bo=CB2" not in page
    assert "No meeting planned" in page


def join(user, cell):
    Grant.objects.create(
        user=user, role=Role.SECRETARY, unit=cell.unit, valid_from=factories.FOUNDED
    )


def test_home_costs_the_same_for_two_cells_and_for_four(signed_in, cell):
    def count():
        signed_in.get("/")
        with CaptureQueriesContext(connection) as queries:
            signed_in.get("/")
        return len(queries)

    alone = count()
    join(cell.secretary, factories.make_cell("CB2", "Chi bộ thôn Đoài"))
    two = count()
    for number in (3, 4):
        join(cell.secretary, factories.make_cell(f"CB{number}", f"Chi bộ số {number}"))

    assert (two, count()) == (alone + 1, two)


def test_home_says_what_is_missing_and_leads_to_the_step(signed_in, cell):
    meeting = actions.prepare(factories.planned(cell, planned_at=at(20)), by=cell.secretary)

    page = text_of(signed_in.get("/"))

    assert "members not told yet" in page
    assert "in 7 days" in page
    assert address("prepare", meeting.public_id) in page


def test_a_meeting_is_prefilled_with_the_place_and_hour_of_the_last_one(signed_in, cell):
    closed(cell, period=date(2024, 5, 1), started_at=at(5, month=5))
    Meeting.objects.update(place="Nhà văn hóa thôn Đông")

    signed_in.post(address("plan", cell.unit.code), {"do": "next"})

    june = Meeting.objects.get(period=date(2024, 6, 1))
    assert june.place == "Nhà văn hóa thôn Đông"
    assert june.planned_at == at(13)  # the fifth is over: never a day gone by


def test_a_member_sees_the_card_without_a_button_to_plan(client, cell):
    client.force_login(factories._user("dang-vien", Role.MEMBER, cell.unit))

    page = text_of(client.get("/"))

    assert "card--next" in page
    assert 'value="next"' not in page


def test_a_meeting_of_the_committee_is_not_put_before_the_members(client, cell):
    factories.planned(cell, "cell_committee", planned_at=at(14))
    factories.planned(cell, planned_at=at(20))
    client.force_login(factories._user("dang-vien", Role.MEMBER, cell.unit))
    members_page = text_of(client.get("/"))
    client.force_login(cell.secretary)
    secretarys_page = text_of(client.get("/"))

    assert "Regular meeting, 6/2024" in members_page
    assert "Meeting of the cell committee" not in members_page
    assert "Meeting of the cell committee, 6/2024" in secretarys_page
    assert "Regular meeting, 6/2024" in secretarys_page


def test_the_list_is_of_ones_own_cell_and_others_are_led_to_the_ledger(client, cell):
    meeting = closed(cell)
    client.force_login(cell.secretary)
    assert str(meeting.public_id) in text_of(client.get(address("list")))

    reader = factories._user("doc-tren", Role.VIEWER, cell.unit.parent)
    reader.grants.update(reads_content=True)
    client.force_login(reader)
    assert client.get(address("list")).url == address("ledger-home")


def test_an_administrator_gets_links_and_a_minute_taker_the_meeting(client, cell):
    client.force_login(factories._user("quan-tri", Role.ADMINISTRATOR, Unit.objects.get(depth=0)))
    assert "list__row" in text_of(client.get("/"))

    meeting = factories.planned(cell)
    given = actions.give_minute_pass(meeting, by=cell.secretary)
    client.force_login(actions.redeem(given.code))
    assert client.get("/").url == address("meeting", meeting.public_id)


def test_an_officer_is_led_to_the_page_registered_for_officers(client, cell):
    client.force_login(cell.officer)

    assert client.get("/").status_code in {200, 302}


# Plan


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


# Ledger


def test_the_ledger_says_outcomes_in_words_and_whom_to_call(client, cell):
    closed(cell, period=date(2024, 5, 1), started_at=at(5, month=5))
    factories.make_cell("CB2", "Chi bộ thôn Đoài", body=None)
    client.force_login(cell.officer)

    page = text_of(client.get(address("ledger", "XA") + "?thang=2024-05"))

    assert "Chi bộ thôn Đoài" in page
    assert "Not reported" in page
    assert "no secretary on record" in page
    assert "chi bộ thôn Đoài chưa có báo cáo sinh hoạt thường kỳ tháng 5/2024" in page


def test_the_ledger_opens_no_minutes_to_who_may_not_read_them(client, cell):
    meeting = closed(cell, period=date(2024, 5, 1), started_at=at(5, month=5))
    client.force_login(cell.officer)

    page = text_of(client.get(address("ledger", "XA") + "?thang=2024-05"))

    assert str(meeting.public_id) not in page
    assert client.get(address("meeting", meeting.public_id)).status_code in {403, 404}


def test_a_long_ledger_is_read_by_outcome_and_page_by_page(client, cell, monkeypatch):
    closed(cell, period=date(2024, 5, 1), started_at=at(5, month=5))
    factories.make_cell("CB2", "Chi bộ thôn Đoài", body=None)
    client.force_login(cell.officer)
    monkeypatch.setattr("nennep.meetings.views.ledger.ROWS_ON_A_PAGE", 1)

    silent = client.get(address("ledger", "XA") + "?thang=2024-05&ket-qua=silent")
    held = client.get(address("ledger", "XA") + "?thang=2024-05&ket-qua=held")

    assert {line.outcome for line in silent.context["page"].paginator.object_list} == {"silent"}
    assert [line.code for line in held.context["page"].paginator.object_list] == ["CB1"]
    assert len(silent.context["lines"]) == 1


def test_too_many_cells_for_one_ledger_lead_to_the_units_below(client, cell, monkeypatch):
    client.force_login(cell.officer)
    monkeypatch.setattr("nennep.meetings.views.ledger.CELLS_AT_MOST", 0)

    answer = client.get(address("ledger", "XA") + "?thang=2024-05")

    assert [unit.code for unit, _url in answer.context["links"]] == ["CB1"]
    assert address("ledger", "CB1") in answer.content.decode()


def test_a_month_that_is_none_is_refused_in_words(client, cell):
    client.force_login(cell.officer)

    assert client.get(address("ledger", "XA") + "?thang=2024-99").status_code == 409


@pytest.mark.parametrize("page", ["ledger", "home", "plan", "list"])
def test_the_number_of_queries_does_not_grow_with_the_cells_and_months(client, cell, page):
    counts = []
    for number in (1, 2, 3):
        extra = cell if number == 1 else factories.make_cell(f"CX{number}", f"Chi bộ {number}")
        closed(extra, period=date(2024, 5, 1), started_at=at(5, month=5))
        who, url = {
            "ledger": (cell.officer, address("ledger", "XA") + "?thang=2024-04"),
            "home": (cell.secretary, "/"),
            "plan": (cell.secretary, address("plan", cell.unit.code)),
            "list": (cell.secretary, address("list")),
        }[page]
        client.force_login(User.objects.get(pk=who.pk))
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counts.append(len(queries))
    assert counts[1] == counts[2]


# Reasons and topics


def test_a_reason_is_given_answered_and_shown_to_the_cell(signed_in, client, cell):
    signed_in.post(
        address("explain", cell.unit.code),
        {"kind": "regular", "period": "2024-05", "reason": "Lũ, nhà văn hóa ngập"},
    )
    explanation = Explanation.objects.get()
    client.force_login(cell.officer)

    refused = client.post(address("answer", explanation.public_id), {"is_accepted": "0"})
    client.post(address("answer", explanation.public_id), {"is_accepted": "1", "answer": "Đồng ý"})

    assert refused.status_code == 422
    explanation.refresh_from_db()
    assert explanation.is_accepted
    client.force_login(cell.secretary)
    page = text_of(client.get(address("ledger", cell.unit.code) + "?thang=2024-05"))
    assert "Đồng ý" in page


def test_a_reason_nobody_answered_is_withdrawn(signed_in, cell):
    explain = address("explain", cell.unit.code)
    signed_in.post(explain, {"kind": "regular", "period": "2024-05", "reason": "Nhầm tháng"})
    explanation = Explanation.objects.get()

    signed_in.post(explain, {"withdraw": str(explanation.public_id)})

    assert not Explanation.objects.exists()


def test_a_topic_reaches_the_agenda_of_the_cell(client, cell):
    client.force_login(cell.officer)
    typed = {"title": "Luật Đất đai", "first_month": "2024-06", "last_month": "2024-07"}
    client.post(address("topics", "XA"), typed)
    topic = CompulsoryTopic.objects.get()
    meeting = actions.prepare(factories.planned(cell), by=cell.secretary)

    assert meeting.items.filter(title="Luật Đất đai", origin="superior").exists()

    client.post(address("withdraw-topic", topic.public_id))
    topic.refresh_from_db()
    assert topic.withdrawn_at is not None


# The past


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


# Codes for minute-takers


def test_a_code_opens_one_meeting_until_its_minutes_are_closed(signed_in, client, cell):
    meeting = factories.ready(cell)
    other = factories.planned(cell, "thematic", planned_at=at(20))
    page = signed_in.post(address("pass", meeting.public_id), {"do": "give"})
    code = page.context["given"].code
    assert "<svg" in text_of(page)
    assert code not in text_of(signed_in.get(address("pass", meeting.public_id)))

    client.logout()
    assert client.post(address("by-code"), {"code": code}).status_code == 302
    assert client.get(address("roll-call", meeting.public_id)).status_code == 200
    assert client.get(address("roll-call", other.public_id)).status_code == 404
    assert client.post(address("prepare", meeting.public_id), {"do": "save"}).status_code == 403

    actions.close_minutes(meeting, by=cell.secretary)
    assert client.get(address("roll-call", meeting.public_id)).status_code in {302, 403, 404}


def test_wrong_codes_are_counted_and_then_refused_for_a_while(client, cell):
    meeting = factories.planned(cell)
    given = actions.give_minute_pass(meeting, by=cell.secretary)
    for _try in range(rules.limits().per_network):
        assert client.post(address("by-code"), {"code": "AAAAAAAA"}).status_code == 422

    answer = client.post(address("by-code"), {"code": given.code})

    assert "_auth_user_id" not in client.session
    assert "network" in answer.context["form"].errors["code"][0]


def test_a_code_is_taken_back(signed_in, cell):
    meeting = factories.planned(cell)
    given = actions.give_minute_pass(meeting, by=cell.secretary)

    signed_in.post(address("pass", meeting.public_id), {"do": f"end-{given.minute_pass.public_id}"})

    given.minute_pass.refresh_from_db()
    assert given.minute_pass.ended_at is not None
    assert not Grant.objects.valid().filter(only=meeting.public_id).exists()


# What is printed


@pytest.mark.parametrize(
    "paper",
    ["giay-moi", "chuong-trinh", "danh-sach-ky", "bien-ban-trang", "bien-ban", "nghi-quyet"],
)
def test_each_paper_is_a_page_and_two_kinds_of_file(signed_in, cell, paper):
    meeting = closed(cell)

    page = signed_in.get(address("paper", meeting.public_id, paper))
    pdf = signed_in.get(address("paper-file", meeting.public_id, paper, "pdf"))
    docx = signed_in.get(address("paper-file", meeting.public_id, paper, "docx"))

    assert page.status_code == 200
    assert pdf.content.startswith(b"%PDF-")
    assert docx.content.startswith(b"PK")


@pytest.mark.parametrize("book", ["bien-ban", "nghi-quyet", "hop-chi-uy"])
def test_the_books_of_a_year_are_printed_to_be_bound(signed_in, cell, book):
    closed(cell)

    answer = signed_in.get(address("book", book, cell.unit.code, 2024, "pdf"))

    assert answer.content.startswith(b"%PDF-")


def test_what_does_not_exist_is_not_printed(signed_in, cell):
    meeting = closed(cell)

    assert signed_in.get(address("paper", meeting.public_id, "giay-khen")).status_code == 404
    assert (
        signed_in.get(address("paper-file", meeting.public_id, "bien-ban", "exe")).status_code
        == 404
    )
    assert signed_in.get(address("book", "khac", cell.unit.code, 2024, "pdf")).status_code == 404
