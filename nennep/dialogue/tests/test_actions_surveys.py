"""Surveys among secretaries: rules, acts, and that no row links an answer to a person."""

from datetime import date

import pytest
from django.db import connection, transaction

from nennep.accounts.choices import Role
from nennep.accounts.tests.factories import make_person
from nennep.core.models import TrailLine
from nennep.core.refusal import Refusal
from nennep.dialogue import actions
from nennep.dialogue.actions import NewSurvey
from nennep.dialogue.models import Survey, SurveyInvitation
from nennep.dialogue.queries.surveys import asking, results_of
from nennep.dialogue.rules.surveys import Question, empty, questions_in, with_sheet
from nennep.dialogue.tests.factories import TODAY, levels
from nennep.meetings.tests.factories import make_cell
from nennep.organisation.choices import UnitKind
from nennep.organisation.tests.factories import make_unit

pytestmark = pytest.mark.django_db

QUESTIONS = """Tài liệu đến kịp không?
- Kịp
- Chậm

Cần giúp gì thêm?"""
CLOSES = date(2024, 6, 20)


@pytest.fixture
def here():
    return levels()


def opened(here, closes_on=CLOSES, questions=QUESTIONS, title="Tài liệu sinh hoạt"):
    new = NewSurvey(title, questions, TODAY, closes_on)
    return actions.open_survey(here.commune, survey=new, by=here.offices["XA"])


def secretaries(here, count):
    """Of CB1 and of as many other cells as are needed."""
    others = [make_cell(f"CB{n}", f"Chi bộ {n}").secretary for n in range(2, count + 1)]
    return [here.cell.secretary, *others]


def refused(code, act):
    with pytest.raises(Refusal) as said:
        act()
    assert said.value.code == code


def hand_in(survey, person, *sheet):
    actions.hand_in_sheet(survey, sheet=sheet, by=person)


def everything():
    """Every row of every table, in its order, as the database gives them."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
            found[table] = cursor.fetchall()
    return found


def test_questions_are_read_with_their_options_or_for_free_words():
    assert questions_in(QUESTIONS) == [
        Question("Tài liệu đến kịp không?", ("Kịp", "Chậm")),
        Question("Cần giúp gì thêm?"),
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [("Một?\n- Chỉ một", 1), ("- Không có câu\n- Hỏi", 1), ("Một?\n\nHai?\n- Có\n-", 2)],
)
def test_a_question_that_is_not_whole_is_named(text, number):
    with pytest.raises(ValueError, match=str(number)):
        questions_in(text)


def test_a_survey_that_is_over_is_entered_as_sums_and_leaves_no_invitation(here):
    new = NewSurvey("Tài liệu", QUESTIONS, date(2024, 5, 6), date(2024, 5, 20))
    sheets = [(0, "Máy chiếu"), (0, None), (1, "Đèn"), (0, None), (None, "Bàn ghế")]

    made = actions.load_survey(
        here.commune, survey=new, invited=7, sheets=sheets, by=here.offices["XA"]
    )

    shown = results_of(made)
    assert [result.counts for result in shown.questions] == [[("Kịp", 3), ("Chậm", 1)], []]
    assert not SurveyInvitation.objects.exists()


def test_a_survey_that_still_runs_is_not_entered_as_one_that_is_over(here):
    new = NewSurvey("Tài liệu", QUESTIONS, TODAY, CLOSES)
    refused(
        "not_over",
        lambda: actions.load_survey(
            here.commune, survey=new, invited=7, sheets=[], by=here.offices["XA"]
        ),
    )


def test_a_sheet_adds_one_to_what_was_chosen_and_its_words_in_alphabetical_order():
    tally = empty(questions_in(QUESTIONS))
    for sheet in ((0, "Máy chiếu"), (None, ""), (1, "Đèn"), (0, "bàn ghế")):
        tally = with_sheet(tally, sheet)

    assert tally.sheets == 4
    assert tally.chosen == ((2, 1), ())
    assert tally.words == ((), ("bàn ghế", "Đèn", "Máy chiếu"))


def test_the_secretaries_of_the_cells_below_are_asked_each_once(here):
    other = make_cell("CB2", "Chi bộ thôn Tây")
    make_person(Role.DEPUTY, here.cell.unit)
    gone = make_person(Role.SECRETARY, other.unit)
    gone.grants.update(valid_to=date(2024, 6, 12))

    survey = opened(here)

    asked = set(SurveyInvitation.objects.values_list("user_id", flat=True))
    assert asked == {here.cell.secretary.pk, other.secretary.pk}
    assert survey.invited == 2
    assert (asking(here.cell.secretary), asking(gone)) == ([survey], [])
    assert TrailLine.objects.get(verb="survey opened").details["count"] == 2


def test_what_cannot_be_asked_is_refused(here):
    refused("title_missing", lambda: opened(here, title=" "))
    refused("closes_before_it_opens", lambda: opened(here, closes_on=date(2024, 6, 12)))
    refused("question_not_whole", lambda: opened(here, questions="Một?\n- Chỉ một"))
    refused("number_of_questions", lambda: opened(here, questions=""))
    refused("secret", lambda: opened(here, title="MẬT"))
    over = NewSurvey("Một", QUESTIONS, date(2024, 6, 1), date(2024, 6, 12))
    refused(
        "over_already",
        lambda: actions.open_survey(here.commune, survey=over, by=here.offices["XA"]),
    )
    new = NewSurvey("Một", QUESTIONS, TODAY, CLOSES)
    SurveyInvitation.objects.all().delete()
    here.cell.secretary.grants.update(ended_at="2024-06-01T00:00:00Z")
    refused(
        "nobody_to_ask",
        lambda: actions.open_survey(here.commune, survey=new, by=here.offices["XA"]),
    )
    assert not Survey.objects.exists()


def test_everybody_answers_once_and_only_who_is_asked_while_it_is_open(here, on_day):
    survey = opened(here)
    person = here.cell.secretary

    refused("not_asked", lambda: hand_in(survey, here.offices["XA"], 0, ""))
    refused("empty_sheet", lambda: hand_in(survey, person, None, " "))
    refused("secret", lambda: hand_in(survey, person, 0, "MẬT"))
    refused("too_long", lambda: hand_in(survey, person, 0, "a" * 301))
    hand_in(survey, person, 0, "")
    refused("not_asked", lambda: hand_in(survey, person, 1, ""))
    survey.refresh_from_db()
    assert (survey.sheets, survey.chosen) == (1, [[1, 0], []])

    on_day(date(2024, 6, 21))
    refused("not_open", lambda: hand_in(survey, person, 0, ""))


def test_results_are_shown_from_five_answers_up_and_after_the_last_day(here, on_day):
    people = secretaries(here, 5)
    survey = opened(here)
    for person in people[:4]:
        hand_in(survey, person, 0, "Máy chiếu")
    after = date(2024, 6, 21)

    def shown(day):
        on_day(day)
        survey.refresh_from_db()
        found = results_of(survey)
        return found.sheets, [each.counts for each in found.questions]

    assert shown(after) == (4, [])
    on_day(TODAY)
    hand_in(survey, people[4], 1, "Bàn ghế")

    assert shown(CLOSES) == (5, [])
    assert shown(after) == (5, [[("Kịp", 4), ("Chậm", 1)], []])
    assert results_of(survey).questions[1].words == ("Bàn ghế", *["Máy chiếu"] * 4)


def test_the_database_is_the_same_whoever_of_those_who_answered_said_what_and_in_which_order(here):
    """Anonymity by construction: the answers swapped, or given the other way round, leave no trace."""
    one, other, _silent = secretaries(here, 3)
    survey = opened(here)
    yes, no = (0, "Máy chiếu"), (1, "Bàn ghế")
    stories = [
        [(one, yes), (other, no)],
        [(one, no), (other, yes)],
        [(other, yes), (one, no)],
        [(other, no), (one, yes)],
    ]

    found = []
    for story in stories:
        mark = transaction.savepoint()
        for person, sheet in story:
            hand_in(survey, person, *sheet)
        found.append(everything())
        transaction.savepoint_rollback(mark)

    assert found[0][Survey._meta.db_table] != everything()[Survey._meta.db_table]
    assert [each == found[0] for each in found] == [True] * len(stories)


def test_a_sheet_changes_the_sums_takes_away_the_invitation_and_writes_nothing_else(here, client):
    survey = opened(here)
    client.force_login(here.cell.secretary)
    address = f"/khao-sat/{survey.public_id}/tra-loi/"
    client.get(address)
    before = everything()

    answer = client.post(address, {"question_0": "0", "question_1": "Máy chiếu"})

    assert answer.status_code == 302
    after = everything()
    changed = {table for table in after if after[table] != before[table]}
    assert changed == {Survey._meta.db_table, SurveyInvitation._meta.db_table}
    assert not SurveyInvitation.objects.exists()


def words(client, person, address):
    client.force_login(person)
    return " ".join(client.get(address).content.decode().split())


def test_an_office_opens_a_survey_and_a_secretary_finds_it_on_the_first_page(here, client):
    client.force_login(here.offices["XA"])
    client.post(
        "/khao-sat/moi/XA/",
        {
            "title": "Tài liệu sinh hoạt", "questions": QUESTIONS,
            "opens_on": "13/6/2024", "closes_on": "20/6/2024",
        },
    )  # fmt: skip
    survey = Survey.objects.get()
    sheet = f"/khao-sat/{survey.public_id}/tra-loi/"

    assert "Tài liệu sinh hoạt" in words(client, here.cell.secretary, "/")
    assert "Cần giúp gì thêm?" in words(client, here.cell.secretary, sheet)
    assert client.post(sheet, {}).status_code == 422
    client.post(sheet, {"question_0": "1"})
    assert "Đồng chí đã trả lời" in words(client, here.cell.secretary, sheet)
    assert "Tài liệu sinh hoạt" not in words(client, here.cell.secretary, "/kien-nghi/")

    shown = words(client, here.offices["XA"], f"/khao-sat/{survey.public_id}/")
    assert "Kết quả chỉ hiện sau ngày cuối" in shown
    assert "Tài liệu sinh hoạt" in words(client, here.offices["XA"], "/khao-sat/")


def test_results_are_read_on_the_page_once_it_is_over(here, client, on_day):
    people = secretaries(here, 5)
    survey = opened(here)
    for person in people:
        hand_in(survey, person, 0, "Máy chiếu")
    on_day(date(2024, 6, 21))

    shown = words(client, here.offices["XA"], f"/khao-sat/{survey.public_id}/")

    assert "Máy chiếu" in shown
    assert '<th scope="row">Kịp</th> <td class="num">5</td>' in shown


def test_a_secretary_elsewhere_does_not_find_the_survey(here, client):
    survey = opened(here)
    cell = make_unit("Chi bộ Trường học", kind=UnitKind.GRASSROOTS_CELL, parent=here.district)
    elsewhere = make_person(Role.SECRETARY, cell)
    client.force_login(elsewhere)

    assert client.get(f"/khao-sat/{survey.public_id}/tra-loi/").status_code == 404
