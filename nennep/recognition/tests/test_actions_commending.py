from datetime import date

import pytest

from nennep.core.models import TrailLine
from nennep.core.refusal import Refusal
from nennep.library.models import Document
from nennep.library.queries.document_papers import document_paper
from nennep.organisation.choices import BodyKind
from nennep.organisation.models import Body, Term
from nennep.recognition.actions.commending import (
    NewDecision,
    Verdict,
    consider,
    decide_commendations,
)
from nennep.recognition.choices import RoundState
from nennep.recognition.models import Commendation, CommendationRound
from nennep.recognition.queries.commendations import chosen_in, commended_at_review, money_of
from nennep.recognition.queries.decision_text import decision_text
from nennep.recognition.rules.commendations import CommendationRules
from nennep.recognition.tests.factories import (
    FIRST,
    LAST,
    a_round,
    by,
    cells_of,
    commune_with_cells,
    proposed,
)

pytestmark = pytest.mark.django_db
ON_PAPER = NewDecision(on=LAST, symbol="21-QĐ/ĐU", signer="Trần Văn Bách", signer_post="BÍ THƯ")


@pytest.fixture
def commune():
    return commune_with_cells()


@pytest.fixture
def round_(commune):
    return a_round(commune)


@pytest.fixture
def nominated(commune, round_):
    first, second, _third = cells_of(commune)
    return [
        proposed(round_, first), proposed(round_, second, "Nguyễn Văn An", post="Bí thư chi bộ"),
        proposed(round_, second),
    ]  # fmt: skip


def refused(code, act):
    with pytest.raises(Refusal) as said:
        act()
    assert said.value.code == code


def considered(round_, nominated, *awards, votes=9, on=LAST):
    verdicts = {
        each.pk: Verdict(award, votes) for each, award in zip(nominated, awards, strict=True)
    }
    return consider(round_, on=on, votes_cast=9, verdicts=verdicts, by=by())


def test_those_with_an_award_are_chosen_and_stand_in_the_register_after_the_decision(
    commune, round_, nominated
):
    considered(round_, nominated, "Giấy khen", "Giấy khen", "")
    rows = decide_commendations(round_, decision=ON_PAPER, by=by())

    round_.refresh_from_db()
    assert (round_.state, round_.decision) == (RoundState.DECIDED, "21-QĐ/ĐU")
    assert [(row.name, row.award, row.on, row.path) for row in rows] == [
        (nominated[0].unit.name, "Giấy khen", LAST, nominated[0].unit.path),
        ("Nguyễn Văn An", "Giấy khen", LAST, nominated[1].unit.path),
    ]
    document = Document.objects.get()
    assert (round_.document, document.kind, document.issued_on) == (document, "decision", LAST)
    found = commended_at_review(commune, first_day=FIRST, last_day=LAST)
    assert (len(found.decided.collectives), len(found.decided.persons)) == (1, 1)
    assert TrailLine.objects.get(verb="decided commendations").details["count"] == 2


def test_the_text_names_grounds_and_everybody_chosen(round_, nominated):
    considered(round_, nominated, "Giấy khen", "Giấy khen", "")
    round_.refresh_from_db()

    text = decision_text(round_, chosen_in(round_))

    assert "- Căn cứ 01-HD/TW, khen thưởng không theo định kỳ;" in text
    assert "1 tập thể, 1 cá nhân" in text
    assert "| 2 | Nguyễn Văn An, Bí thư chi bộ | Chi bộ 2 | Giấy khen |" in text


@pytest.mark.parametrize(
    ("awards", "more", "code"),
    [
        (("Giấy khen",) * 3, {"votes": 10}, "too_many_votes"),
        (("Bằng khen",) * 3, {}, "not_its_award"),
        (("Giấy khen",) * 3, {"on": date(2024, 6, 14)}, "in_future"),
    ],
)
def test_what_does_not_add_up_is_refused(round_, nominated, awards, more, code):
    refused(code, lambda: considered(round_, nominated, *awards, **more))
    assert CommendationRound.objects.get().state == RoundState.OPEN


def test_every_nomination_is_voted_on(round_, nominated):
    refused("left_out", lambda: considered(round_, nominated[:2], "Giấy khen", ""))


@pytest.mark.parametrize(
    ("rules", "code"),
    [({"most_collectives": 1}, "too_many"), ({"votes": 1}, "too_few_votes")],
)
def test_a_rule_in_force_on_numbers_or_votes_is_kept(round_, nominated, monkeypatch, rules, code):
    class InForce:
        values = CommendationRules(**rules)

    monkeypatch.setattr(
        "nennep.recognition.actions.commending.rules_on", lambda _unit, _on: InForce
    )

    refused(code, lambda: considered(round_, nominated, *["Giấy khen"] * 3, votes=8))


def test_a_decision_comes_after_the_vote_and_once(round_, nominated):
    refused(
        "not_considered", lambda: decide_commendations(
            CommendationRound.objects.get(), decision=ON_PAPER, by=by()
        ),
    )  # fmt: skip


def test_without_anybody_chosen_there_is_no_decision(round_, nominated):
    considered(round_, nominated, "", "", "")

    refused("nobody_chosen", lambda: decide_commendations(round_, decision=ON_PAPER, by=by()))
    assert not Commendation.objects.exists()


def test_what_was_decided_is_neither_considered_nor_decided_again(round_, nominated):
    considered(round_, nominated, "Giấy khen", "", "")
    early = NewDecision(on=date(2024, 6, 12), symbol="21-QĐ/ĐU")
    refused("not_that_day", lambda: decide_commendations(round_, decision=early, by=by()))
    decide_commendations(round_, decision=ON_PAPER, by=by())

    refused("decided_already", lambda: decide_commendations(round_, decision=ON_PAPER, by=by()))
    refused("decided_already", lambda: considered(round_, nominated, "", "", ""))


def test_money_is_not_counted_for_a_day_whose_base_salary_is_not_known(round_, nominated):
    money = money_of(nominated, round_)

    assert (money.amount, money.known, money.unknown) == (None, 0, 3)


def test_without_a_number_on_paper_it_takes_the_next_of_the_series(commune, round_, nominated):
    body = Body.objects.create(unit=commune, kind=BodyKind.COMMITTEE)
    Term.objects.create(body=body, label="2020-2025", starts_on=date(2020, 6, 1))
    considered(round_, nominated, "Giấy khen", "", "")

    rows = decide_commendations(round_, decision=NewDecision(on=LAST), by=by())

    document = Document.objects.get()
    assert document.symbol.startswith("01-QĐ/")
    assert [row.decision for row in rows] == [document.symbol]
    paper = document_paper(document, document.draft)
    assert paper.kind_title == "Quyết định"
    assert paper.summary.startswith("về việc khen thưởng nhân dịp sơ kết 3 năm")
