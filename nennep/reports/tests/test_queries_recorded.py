"""What a plain review tells from the registers of documents and of commendations."""

from datetime import date

import pytest

from nennep.accounts.queries import system_person
from nennep.core.periods import Period
from nennep.indicators.tests.factories import month
from nennep.library.actions.documents import Entry, register_document
from nennep.library.choices import DocumentKind
from nennep.papers.paper import BulletList, Paragraph, words
from nennep.recognition.tests.factories import commended
from nennep.reports.queries.review import review
from nennep.reports.queries.review_paper import review_paper
from nennep.reports.tests.factories import district

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


def test_documents_by_kind_and_commendations_are_told_as_registered(tree):
    for number, kind in enumerate(
        (DocumentKind.PLAN, DocumentKind.PLAN, DocumentKind.DIRECTIVE), 1
    ):
        entry = Entry(
            kind=kind, subject="về sinh hoạt chi bộ", symbol=f"{number}-KH/HU", issuer="Huyện ủy", issued_on=date(2024, 3, 1),
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
