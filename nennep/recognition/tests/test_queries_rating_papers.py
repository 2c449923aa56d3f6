from datetime import date

import pytest
from django.utils import translation

from nennep.papers.paper import Annex, BulletList, Heading, Table, words
from nennep.papers.render import render
from nennep.recognition import actions
from nennep.recognition.actions import Decision
from nennep.recognition.choices import Level
from nennep.recognition.queries.rating_papers import decision_paper, decisions_of
from nennep.recognition.queries.ratings import round_of
from nennep.recognition.tests.factories import by, cells_of, commune_with_cells

pytestmark = pytest.mark.django_db

DECIDED = Decision("12-QĐ/ĐU", date(2023, 12, 28))


@pytest.fixture
def commune():
    found = commune_with_cells(4)
    for cell in cells_of(found)[:3]:
        actions.rate_self(cell, 2023, rating=actions.SelfRating(Level.EXCELLENT), by=by())
    first = cells_of(found)[0]
    actions.verify([first], 2023, levels={first.pk: Level.GOOD}, by=by())
    return found


def decisions(commune):
    return decisions_of(round_of(commune, 2023))


def listed(paper):
    """Of each level what its table names, as the annex lists it."""
    (annex,) = [block for block in paper.blocks if isinstance(block, Annex)]
    heads = [words(block.text) for block in annex.blocks if isinstance(block, Heading)]
    tables = [block for block in annex.blocks if isinstance(block, Table)]
    return [
        (head, [row[1] for row in table.rows]) for head, table in zip(heads, tables, strict=True)
    ]


def points(paper):
    return [entry for block in paper.blocks if isinstance(block, BulletList)
            for entry in block.entries]  # fmt: skip


def test_a_draft_lists_by_level_what_was_verified_and_else_what_they_said(commune):
    (draft,) = decisions(commune)
    paper = decision_paper(draft)
    first, second, third, _silent = (cell.name for cell in cells_of(commune))

    assert (draft.number, paper.footer) == (0, "Dự thảo, chưa có quyết định")
    assert listed(paper) == [
        ("Hoàn thành xuất sắc nhiệm vụ (2 tổ chức)", [second, third]),
        ("Hoàn thành tốt nhiệm vụ (1 tổ chức)", [first]),
    ]
    assert "124-QĐ/TW" in points(paper)[0]
    assert points(paper)[1:] == [
        "Xét kết quả tự xếp loại của 3/3 tổ chức;",
        "Xét kết quả thẩm định đối với 1/3 tổ chức.",
        "Hoàn thành xuất sắc nhiệm vụ: 2 tổ chức;",
        "Hoàn thành tốt nhiệm vụ: 1 tổ chức.",
    ]


def test_what_is_decided_bears_its_number_and_day_and_no_reasons(commune):
    cells = cells_of(commune)
    actions.decide(
        cells, 2023, levels={cell.pk: Level.GOOD for cell in cells},
        reasons={cell.pk: "Nộp chậm" for cell in cells}, decision=DECIDED, by=by(),
    )  # fmt: skip
    (found,) = decisions(commune)
    paper = decision_paper(found)

    assert (found.number, paper.footer, paper.masthead.symbol) == (1, "", "Số 12-QĐ/ĐU")
    assert paper.masthead.place_and_date.endswith("ngày 28 tháng 12 năm 2023")
    assert listed(paper) == [("Hoàn thành tốt nhiệm vụ (4 tổ chức)", sorted(c.name for c in cells))]
    assert "Nộp chậm" not in render(paper, "html")
    assert paper.signatures.right.authority == "T/M Đảng ủy"


def test_an_older_decision_known_by_name_leaves_room_for_its_number(commune):
    cell = cells_of(commune)[3]
    by_name = Decision("Quyết định xếp loại năm 2023", date(2023, 12, 28))
    actions.enter_past([cell], 2023, levels={cell.pk: Level.GOOD}, decision=by_name, by=by())
    paper = decision_paper(decisions(commune)[-1])

    assert "tự xếp loại" not in render(paper, "html").lower()
    assert paper.masthead.symbol.split() == ["Số", "-QĐ/ĐU"]
    assert "(Kèm theo Quyết định xếp loại năm 2023, ngày 28-12-2023 của" in render(paper, "html")


def test_what_is_open_has_its_draft_beside_what_is_decided(commune):
    first = cells_of(commune)[0]
    actions.decide(
        [first], 2023, levels={first.pk: Level.GOOD}, reasons={first.pk: "Nộp chậm"},
        decision=DECIDED, by=by(),
    )  # fmt: skip

    assert [(each.number, len(each.rows)) for each in decisions(commune)] == [(0, 2), (1, 1)]


def test_a_draft_tells_the_body_how_many_excellent_ones_there_may_be(commune):
    (draft,) = decisions(commune)

    assert "hoàn thành xuất sắc: 2; theo quy định không quá 0." in render(
        decision_paper(draft), "html"
    )


def test_the_paper_is_vietnamese_whatever_language_the_page_has(commune):
    with translation.override("en"):
        assert "Hoàn thành tốt nhiệm vụ" in render(decision_paper(decisions(commune)[0]), "html")


def test_where_nobody_said_anything_there_is_no_draft():
    assert decisions(commune_with_cells(2)) == []
