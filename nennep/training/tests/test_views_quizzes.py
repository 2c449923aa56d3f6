"""Quizzes on paper and on telephones: what is counted, and that nothing else is kept."""

import re
from datetime import date

import pytest
from django.apps import apps
from django.db import connection

from nennep.accounts.choices import Role
from nennep.accounts.queries import system_person
from nennep.core.refusal import Refusal
from nennep.members.tests import factories as members
from nennep.regulations.actions import load_presets
from nennep.training import actions
from nennep.training.actions import NewQuiz
from nennep.training.models import Quiz, QuizCount
from nennep.training.queries.quizzes import meant_by, results_of, token_of
from nennep.training.rules import questions_in, right_answers
from nennep.training.tests.factories import cell_with_officers

TEXT = """
Đề án 11-ĐA/TU ban hành năm nào?
- 2020
* 2021

Sinh hoạt thường kỳ mấy tháng một lần?
* Mỗi tháng
- Mỗi quý
- Mỗi năm
"""


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Câu?\n- a\n- b", 1),
        ("Câu?\n* a\n* b", 1),
        ("Câu?\n* a", 1),
        ("* a\n- b", 1),
        ("Câu?\n* a\n- b\n\nCâu hai?", 2),
        ("Câu?\n*\n- b", 1),
    ],
)
def test_a_question_that_is_not_whole_is_named_by_its_number(text, number):
    with pytest.raises(ValueError, match=str(number)) as no:
        questions_in(text)
    assert no.value.args == (number,)


def test_questions_are_read_as_they_are_typed():
    first, second = questions_in(TEXT)

    assert (first.text, first.options, first.right) == (
        "Đề án 11-ĐA/TU ban hành năm nào?",
        ("2020", "2021"),
        1,
    )
    assert (len(second.options), second.right) == (3, 0)
    assert right_answers([first, second], [1, None]) == [1, 0]


@pytest.fixture
def cell(db):
    load_presets(by=system_person())
    made = cell_with_officers()
    for name in ("Nguyễn Văn Em", "Trần Văn Giang", "Lê Văn Hải"):
        members.member(made, name)
    return made


def make(unit, closes_on=date(2024, 6, 30), text=TEXT):
    quiz = NewQuiz("Đề án 11-ĐA/TU", text, date(2024, 6, 1), closes_on)
    return actions.make_quiz(unit, quiz=quiz, by=system_person())


def refused(act):
    with pytest.raises(Refusal) as no:
        act()
    return no.value.code


def test_a_quiz_that_cannot_be_is_refused(cell):
    assert refused(lambda: make(cell, text="")) == "number_of_questions"
    assert refused(lambda: make(cell, text="Câu?")) == "question_not_whole"
    assert refused(lambda: make(cell, closes_on=date(2024, 5, 1))) == "closes_before_it_opens"
    assert refused(lambda: make(cell, text="MẬT")) == "secret"


def test_sheets_add_up_and_are_shown_only_from_five_up(cell):
    quiz = make(cell.parent)
    for chosen in ([1, 0], [1, 1], [0, None], [1, 0]):
        actions.hand_in(quiz, cell=cell, chosen=chosen)

    few = results_of(quiz, cell.parent)
    assert (few.sheets, few.questions[0].pair, few.cells[0].is_shown) == (4, (0, 0), False)

    actions.count_paper_sheets(quiz, cell=cell, sheets=2, right=[2, 0], by=system_person())
    enough = results_of(quiz, cell.parent)
    assert [each.pair for each in enough.questions] == [(5, 6), (2, 6)]
    assert enough.cells[0].total == (7, 12)


def test_there_are_never_more_sheets_than_members(cell):
    quiz = make(cell)
    for _ in range(7):
        actions.hand_in(quiz, cell=cell, chosen=[1, 0])

    assert refused(lambda: actions.hand_in(quiz, cell=cell, chosen=[1, 0])) == "full"
    paper = lambda sheets, right: actions.count_paper_sheets(  # noqa: E731 -- one line
        quiz, cell=cell, sheets=sheets, right=right, by=system_person()
    )
    assert refused(lambda: paper(1, [1, 1])) == "more_sheets_than_members"
    assert refused(lambda: paper(0, [1, 0])) == "more_right_than_sheets"


def test_a_closed_quiz_takes_no_sheet(cell):
    quiz = make(cell, closes_on=date(2024, 6, 12))
    assert refused(lambda: actions.hand_in(quiz, cell=cell, chosen=[1, 0])) == "closed"


def test_nothing_of_an_answer_is_in_the_database_but_counts(cell, client):
    """Two sheets that differ in what was chosen and by whom leave the very same rows behind."""
    quiz = make(cell)
    client.force_login(members.officer(cell, Role.SECRETARY))
    address = f"/tn/{token_of(quiz, cell)}/"

    def rows():
        """Everything in the database, except the session of who signed in."""
        kept = {}
        for model in apps.get_models():
            table = model._meta.db_table
            if "session" in table:
                continue
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                kept[table] = sorted(map(repr, cursor.fetchall()))
        return kept

    before = rows()
    client.post(address, {"answer_0": "0", "answer_1": "1"})
    first = rows()
    assert {table for table in before if before[table] != first[table]} == {
        QuizCount._meta.db_table
    }
    kept = list(QuizCount.objects.values("source", "sheets", "right"))
    QuizCount.objects.all().delete()
    client.logout()
    client.post(address, {"answer_1": "2"})
    assert list(QuizCount.objects.values("source", "sheets", "right")) == kept
    assert kept == [{"source": "phone", "sheets": 1, "right": [0, 0]}]
    names = {field.name for field in QuizCount._meta.get_fields()}
    assert names == {"id", "quiz", "unit", "source", "sheets", "right"}


def test_a_telephone_shows_the_key_and_how_many_were_right(cell, client):
    quiz = make(cell)

    answer = client.post(f"/tn/{token_of(quiz, cell)}/", {"answer_0": "1", "answer_1": "1"})

    shown = re.sub(r"\s+", " ", answer.content.decode())
    assert "50%" in shown
    assert "Mỗi tháng" in shown


@pytest.mark.parametrize("token", ["khong-co", "1.1~gia-mao", ""])
def test_a_made_up_link_leads_nowhere(cell, client, token):
    make(cell)
    assert meant_by(token) is None
    assert client.get(f"/tn/{token or '~'}/").status_code == 404


def test_a_cell_prints_counts_and_sees_its_own_result(cell, client):
    quiz = make(cell.parent)
    client.force_login(members.officer(cell, Role.SECRETARY))
    address = f"/trac-nghiem/{quiz.public_id}/{cell.code}/"

    assert "Đề án 11-ĐA/TU" in client.get(f"/tap-huan/{cell.code}/").content.decode()
    for file in ("phieu.pdf", "dap-an.docx"):
        assert client.get(f"{address}{file}").status_code == 200
    wrong = {"sheets": "99", "right_0": "1", "right_1": "1"}
    assert client.post(address, wrong).status_code == 422
    assert client.post(address, wrong | {"sheets": "6"}).status_code == 302
    assert QuizCount.objects.get().sheets == 6
    assert client.get(f"/trac-nghiem/{quiz.public_id}/").status_code == 404


def test_a_cell_has_no_quiz_of_another_committee(cell, client):
    far = make(members.committee("Đảng bộ xa"))
    client.force_login(members.officer(cell, Role.SECRETARY))

    assert client.get(f"/trac-nghiem/{far.public_id}/{cell.code}/").status_code == 404


def test_an_office_makes_a_quiz_and_what_was_typed_stays_when_refused(cell, client):
    client.force_login(members.officer(cell.parent, Role.OFFICER))
    address = f"/trac-nghiem/{cell.parent.code}/moi/"
    said = {
        "title": "Đề án 11", "questions": "Câu không đủ?", "opens_on": "2024-06-01",
        "closes_on": "2024-06-30",
    }  # fmt: skip

    wrong = client.post(address, said)
    assert wrong.status_code == 422
    assert "Câu không đủ?" in wrong.content.decode()
    assert client.post(address, said | {"questions": TEXT}).status_code == 302
    made = Quiz.objects.get()
    assert client.get(f"/trac-nghiem/{made.public_id}/").status_code == 200


def counted_cells(committee, count, sheets=6):
    """Cells of a committee's quiz, each with its sheets handed in."""
    quiz = make(committee)
    for number in range(1, count + 1):
        each = members.cell(f"Chi bộ thôn {number}", parent=committee)
        QuizCount.objects.create(
            quiz=quiz, unit=each, source="paper", sheets=sheets, right=[sheets, 1]
        )
    return quiz


def test_a_long_list_of_cells_is_shown_in_pages_found_by_name_and_taken_whole(cell, client):
    quiz = counted_cells(cell.parent, 25)
    client.force_login(members.officer(cell.parent, Role.OFFICER))
    address = f"/trac-nghiem/{quiz.public_id}/"
    rows = lambda query: client.get(f"{address}{query}").content.decode().count('scope="row"') - 2  # noqa: E731 -- two rows are questions

    assert [rows(""), rows("?page=2"), rows("?ten=thon+25")] == [20, 5, 1]
    assert "Không có chi bộ nào tên như vậy" in client.get(f"{address}?ten=xa+la").content.decode()
    file = client.get(f"{address}?tai=csv&bang=theo-tung-chi-bo").content.decode("utf-8-sig")
    assert [f"Chi bộ thôn {n}" in file for n in range(1, 26)] == [True] * 25


def test_sheets_that_are_not_shown_are_told_apart_from_those_that_are(cell, client):
    quiz = counted_cells(cell.parent, 2)
    QuizCount.objects.create(quiz=quiz, unit=cell, source="paper", sheets=3, right=[3, 3])
    client.force_login(members.officer(cell.parent, Role.OFFICER))
    found = results_of(quiz, cell.parent)

    assert (found.sheets, found.counted, found.kept_back) == (15, 12, 3)
    assert found.questions[0].pair == (12, 12)
    shown = re.sub(r"\s+", " ", client.get(f"/trac-nghiem/{quiz.public_id}/").content.decode())
    assert "tính trên 12 phiếu của các chi bộ có từ 5 phiếu trở lên; 3 phiếu còn lại" in shown
