"""What a plain review tells from the registers of documents and of commendations."""

from datetime import date

import pytest

from nennep.accounts.queries import system_person
from nennep.core.periods import Period
from nennep.dialogue import actions as dialogue
from nennep.dialogue.actions import Answer, NewProposal
from nennep.indicators.tests.factories import month
from nennep.library.actions.documents import Entry, register_document
from nennep.library.choices import DocumentKind
from nennep.organisation.rules import committee_name
from nennep.papers.paper import BulletList, Paragraph, words
from nennep.recognition.actions.commending import (
    NewDecision,
    Verdict,
    consider,
    decide_commendations,
)
from nennep.recognition.actions.rounds import Candidate, NewRound, open_round, propose
from nennep.recognition.choices import Honoured
from nennep.recognition.models import Commendation
from nennep.recognition.queries.commendations import nominations_of
from nennep.recognition.tests.factories import commended
from nennep.reports.queries.findings import findings
from nennep.reports.queries.news import news_of
from nennep.reports.queries.recorded_chapters import at_review
from nennep.reports.queries.review import review
from nennep.reports.queries.review_paper import review_paper
from nennep.reports.tests.factories import FIRST, LAST, begun, district

pytestmark = pytest.mark.django_db
HALF = Period(month("2024-01"), month("2024-06"))


@pytest.fixture
def tree(on_day):
    on_day(date(2024, 6, 13))
    return district()


def told(unit):
    lines = []
    for block in review_paper(review(unit, HALF)).blocks:
        if isinstance(block, Paragraph):
            lines.append(words(block.text))
        elif isinstance(block, BulletList):
            lines += [words(each) for each in block.entries]
    return lines


def test_answers_to_requests_from_below_are_told_and_stand_in_the_annex(tree, on_day):
    on_day(date(2024, 5, 6))
    asked = [
        dialogue.ask(tree.n1, proposal=NewProposal(f"Việc {n}", "Đề nghị"), by=system_person())
        for n in range(3)
    ]
    for each in asked[:2]:
        dialogue.answer(each, answer=Answer("Đã rõ"), by=system_person())
    on_day(date(2024, 6, 13))

    found = review(tree.district, HALF)

    assert (
        "Kiến nghị, đề xuất của chi bộ và tổ chức đảng cấp dưới đến hạn được trả lời đúng hạn: 2/3,"
        " đạt 66,7%."
    ) in told(tree.district)
    assert found.figures["PROP"].pair == (2, 3)
    assert [line for line in told(tree.f1) if "cấp dưới đến hạn" in line] == []


def test_documents_by_kind_and_commendations_are_told_as_registered(tree):
    for number, kind in enumerate(
        (DocumentKind.PLAN, DocumentKind.PLAN, DocumentKind.DIRECTIVE), 1
    ):
        entry = Entry(
            kind=kind, subject="về sinh hoạt chi bộ", symbol=f"{number}-KH/HU", body="standing", issued_on=date(2024, 3, 1),
            programme_symbol="11-ĐA/TU",
        )  # fmt: skip
        register_document(tree.district, entry=entry, by=system_person())
    commended(tree.n1, date(2024, 6, 13))
    commended(tree.n1, date(2024, 6, 13), "Nguyễn Văn An")
    commended(tree.n2, date(2023, 6, 13))

    lines = told(tree.district)

    assert "Trong kỳ, 1 tập thể, 1 cá nhân được khen thưởng." in lines
    assert (
        f"Trong kỳ, {tree.district.name} và các tổ chức đảng trực thuộc đã ban hành 3 văn bản triển khai"
        " thực hiện các đề án, chương trình, gồm 2 kế hoạch, 1 chỉ thị."
    ) in lines
    assert not [line for line in lines if "Chưa ghi nhận" in line]


def test_none_is_said_only_where_none_is_registered(tree):
    lines = told(tree.district)

    assert "Trong kỳ chưa có quyết định khen thưởng nào trong sổ khen thưởng." in lines
    assert "Trong kỳ chưa có văn bản triển khai đề án, chương trình nào trong sổ văn bản." in lines


@pytest.fixture
def round_(tree):
    new = NewRound(
        occasion="Sơ kết 6 tháng", basis=tree.programme.basis, first_day=FIRST, last_day=LAST,
        grounds="01-HD/TW", body="standing",
    )  # fmt: skip
    found = open_round(tree.district, new=new, by=tree.clerk)
    committee = tree.n1.parent
    for name, post in (("", ""), ("Nguyễn Văn An", "Bí thư chi bộ"), ("Trần Thị Bình", "")):
        kind = Honoured.PERSON if name else Honoured.COLLECTIVE
        candidate = Candidate(kind=kind, unit=tree.n1, reasons="Nền nếp", name=name, post=post)
        propose(found, committee, candidate=candidate, declares=True, by=tree.clerk)
    return found


def decided(round_, by):
    rows = nominations_of(round_)
    verdicts = {
        each.pk: Verdict("" if each.name == "Trần Thị Bình" else "Giấy khen", 5) for each in rows
    }
    consider(round_, on=LAST, votes_cast=5, verdicts=verdicts, by=by)
    decide_commendations(round_, decision=NewDecision(on=LAST, symbol="21-QĐ/HU"), by=by)


def test_what_waits_for_its_decision_is_counted_and_nobody_is_named(tree, round_):
    lines = [words(each) for each in at_review(findings(begun(tree)))]

    assert lines == ["Đang được đề nghị khen thưởng, chưa có quyết định: 1 tập thể, 2 cá nhân."]


def test_who_was_commended_at_the_review_is_named_with_the_decision(tree, round_):
    decided(round_, tree.clerk)
    found = findings(begun(tree))

    lines = [words(each) for each in at_review(found)]

    cell, committee = tree.n1.name, tree.n1.parent.name
    assert lines == [
        (
            f"{committee_name(tree.district.name)} khen thưởng 1 tập thể, 1 cá nhân theo Quyết định số"
            " 21-QĐ/HU ngày 13-6-2024, nhân dịp sơ kết 6 tháng."
        ),
        f"Tập thể: {cell}, {committee}.",
        f"Cá nhân: Nguyễn Văn An, bí thư chi bộ, {cell}, {committee}.",
    ]
    assert "khen thưởng 1 tập thể, 1 cá nhân có thành tích" in news_of(found).text


def test_commended_on_another_occasion_is_counted_and_not_named(tree, round_):
    row = commended(tree.n1, date(2024, 2, 3), "Lê Văn Cường", decision="3-QĐ/HU")
    Commendation.objects.filter(pk=row.pk).update(awarded_by=tree.district)

    lines = [words(each) for each in at_review(findings(begun(tree)))]

    assert "khen thưởng 1 cá nhân theo Quyết định số 3-QĐ/HU" in lines[0]
    assert not [line for line in lines if "Lê Văn Cường" in line]
