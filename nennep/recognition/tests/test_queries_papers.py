import pytest

from nennep.papers.paper import Heading, Paragraph, Table, words
from nennep.papers.render import render
from nennep.recognition.actions.commending import (
    NewDecision,
    Verdict,
    consider,
    decide_commendations,
)
from nennep.recognition.queries.commendations import chosen_in, money_told, nominations_of
from nennep.recognition.queries.papers import awards_in, citation_paper, list_paper
from nennep.recognition.tests.factories import (
    LAST,
    a_round,
    by,
    cells_of,
    commune_with_cells,
    proposed,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_():
    commune = commune_with_cells()
    found = a_round(commune)
    first, second, third = cells_of(commune)
    proposed(found, first)
    proposed(found, second, "Nguyễn Văn An", post="Bí thư chi bộ")
    proposed(found, third, "Trần Thị Bình")
    verdicts = {
        each.pk: Verdict("" if each.name == "Trần Thị Bình" else "Giấy khen", 5)
        for each in nominations_of(found)
    }
    return consider(found, on=LAST, votes_cast=5, verdicts=verdicts, by=by())


def decided(round_):
    new = NewDecision(on=LAST, symbol="21-QĐ/ĐU", signer="Trần Văn Bách", signer_post="BÍ THƯ")
    decide_commendations(round_, decision=new, by=by())
    round_.refresh_from_db()
    return round_


def lines(paper):
    told = [each for each in paper.blocks if isinstance(each, Paragraph | Heading)]
    return [words(each.text) for each in told]


def test_the_list_names_those_chosen_by_kind_and_its_decision(round_):
    found = decided(round_)
    paper = list_paper(found, chosen_in(found))

    tables = [block for block in paper.blocks if isinstance(block, Table)]
    assert [[row[1] for row in table.rows] for table in tables] == [
        [cells_of(found.unit)[0].name], ["Nguyễn Văn An"],
    ]  # fmt: skip
    assert "(Kèm theo Quyết định số 21-QĐ/ĐU ngày 13-6-2024 của" in lines(paper)[0]
    assert (paper.signatures.right.post, paper.signatures.right.name) == ("BÍ THƯ", "Trần Văn Bách")
    assert paper.footer == ""


def test_before_the_decision_list_and_citations_say_that_they_are_drafts(round_):
    chosen = chosen_in(round_)

    assert list_paper(round_, chosen).footer == "Dự thảo, chưa có quyết định"
    assert "Theo Quyết định số … ngày …" in lines(citation_paper(round_, chosen, "Giấy khen"))


def test_each_form_of_award_has_one_page_for_each_who_gets_it(round_):
    found = decided(round_)
    chosen = chosen_in(found)

    assert awards_in(chosen) == ["Giấy khen"]
    told = lines(citation_paper(found, chosen, "Giấy khen"))
    assert told.count("GIẤY KHEN") == 2
    assert "Đồng chí: Nguyễn Văn An" in told
    assert not [line for line in told if "Trần Thị Bình" in line]
    assert render(citation_paper(found, chosen, "Giấy khen"), "docx")[:2] == b"PK"


def test_the_sum_of_money_says_what_it_lacks(round_):
    told = money_told(round_, chosen_in(round_))

    money = told.money
    assert (money.amount, money.known, money.unknown, told.day) == (None, 1, 1, LAST)
    assert told.unchecked == ["56-HD/VPTW"]
    assert told.base_salary is None
