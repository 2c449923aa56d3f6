"""The editors' table of abbreviations and synonyms."""

import pytest
from django.urls import reverse

from nennep.accounts.queries import system_person
from nennep.accounts.tests.factories import make_person
from nennep.core.models import TrailLine
from nennep.core.refusal import Refusal
from nennep.library.actions import index_collection
from nennep.library.actions.words import add_word, end_word, restore_word
from nennep.library.models import LostQuestion, SearchWord
from nennep.library.queries.search import current_collection, ranked_sources
from nennep.library.tests.factories import source
from nennep.organisation.tests.factories import make_cell, make_committee, make_root

pytestmark = pytest.mark.django_db
PAGE = reverse("library:search-words")


@pytest.fixture
def top():
    return make_root()


@pytest.fixture
def editor(top):
    return make_person("officer", top, username="vanphong")


@pytest.fixture
def texts():
    rows = [
        source("a", "", "Hội nghị toàn thể mỗi quý"),
        source("b", "", "Sinh hoạt chi bộ thường kỳ"),
        source("c", "", "Đóng góp hằng tháng"),
    ]
    index_collection("thử", rows, by=system_person())


def found(text):
    return ranked_sources(current_collection("thử"), text)


def test_what_editors_add_is_found_at_the_next_question_and_no_longer_once_taken_out(texts, editor):
    word = {"kind": "synonym", "said": "Tọa đàm", "written": "hội nghị", "by": editor}
    assert found("toạ đàm") == []
    add_word(**word)
    assert found("toạ đàm") == found("toa dam") == ["a"]
    end_word(**word)
    assert found("tọa đàm") == []


def test_an_abbreviation_counts_both_ways_and_means_what_was_said_last(texts, editor):
    for written in ("sinh hoạt chi bộ", "hội nghị toàn thể"):
        add_word(kind="short", said="HNTT", written=written, by=editor)

    assert found("HNTT") == ["a"]
    ended, standing = SearchWord.objects.order_by("id")
    assert (ended.ended_by, standing.ended_at) == (editor, None)


def test_what_is_shipped_is_taken_out_by_a_row_and_put_back(texts, editor):
    shipped = {"kind": "short", "said": "SHCB", "written": "sinh hoạt chi bộ", "by": editor}
    assert found("shcb") == ["b"]
    end_word(**shipped)
    assert found("shcb") == []
    restore_word(**shipped)
    assert found("shcb") == ["b"]
    assert [
        line.verb
        for line in TrailLine.objects.order_by("id").filter(verb__startswith="search word")
    ] == [
        "search word ended",
        "search word restored",
    ]


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ({"said": "", "written": "x"}, "no_words"),
        ({"said": "x", "written": "..."}, "no_words"),
        ({"said": "x" * 81, "written": "y"}, "no_words"),
        ({"said": "họp", "written": "HOP"}, "same_words"),
        ({"kind": "short", "said": "hai từ", "written": "một cụm từ"}, "not_one_word"),
    ],
)
def test_what_means_nothing_is_refused(editor, word, code):
    with pytest.raises(Refusal) as refusal:
        add_word(**{"kind": "synonym"} | word, by=editor)
    assert refusal.value.code == code


def test_only_the_top_of_the_tree_edits_what_holds_for_everybody(client, top):
    below = make_committee("Đảng ủy xã", code="XA", parent=top)
    clerk = make_person("officer", below, username="danguy")
    with pytest.raises(Refusal, match="đầu cây"):
        add_word(kind="synonym", said="a", written="b", by=clerk)
    client.force_login(clerk)
    assert client.get(PAGE).status_code == 403
    client.force_login(
        make_person("secretary", make_cell("Một", parent=below, code="M1"), username="bithu")
    )
    assert client.get(PAGE).status_code == 403


def test_the_page_shows_the_table_and_what_was_not_answered_and_takes_words(client, editor):
    client.force_login(editor)
    for day in ("2024-06-12", "2024-06-13"):
        LostQuestion.objects.create(text="quỹ khuyến học", day=day, count=2)
    LostQuestion.objects.create(text="hỏi một ngày", day="2024-06-13", count=9)

    html = client.get(PAGE).content.decode()
    assert "SHCB" in html
    assert "quỹ khuyến học" in html
    assert "hỏi một ngày" not in html
    assert 'value="quỹ khuyến học"' in client.get(PAGE, {"said": "quỹ khuyến học"}).content.decode()

    word = {"do": "add", "kind": "synonym", "said": "hội trường", "written": "phòng họp"}
    assert client.post(PAGE, word).status_code == 302
    assert "hội trường" in client.get(PAGE).content.decode()
    assert client.post(PAGE, word | {"said": ""}).status_code == 422
    assert client.post(PAGE, word | {"do": "end"}).status_code == 302
    assert "hội trường" not in client.get(PAGE).content.decode()
