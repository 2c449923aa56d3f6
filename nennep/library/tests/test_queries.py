from datetime import date

import pytest

from nennep.accounts.queries import system_person
from nennep.core.refusal import Refusal
from nennep.library.actions import index_collection
from nennep.library.models import Collection, Piece, Posting, Term
from nennep.library.queries.search import current_collection, ranked_sources, search
from nennep.library.tests.factories import source, sources

pytestmark = pytest.mark.django_db


@pytest.fixture
def collection():
    return index_collection("thử", sources(), by=system_person())


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("họp thường kỳ", "a"),
        ("hop thuong ky", "a"),
        ("họp thừong kì", "a"),
        ("điểm danh đảng viên vắng", "b"),
        ("diem dnah", "b"),
        ("chi ủy là gì?", "c"),
        ("Quy định 294", "d"),
        ("294-qd/tw", "d"),
        ("SHCB", "a"),
    ],
)
def test_the_point_is_found_with_or_without_accents_with_a_slip_and_by_symbol(
    collection, asked, first
):
    assert ranked_sources(collection, asked)[0] == first


def test_accents_that_were_typed_count_and_tones_may_stand_on_either_vowel():
    rows = [
        source("a", "", "hợp tác trong thôn, hoá đơn"),
        source("b", "", "họp tại thôn, hóa đơn"),
        source("c", "", "hop o thon, hoa don"),
    ]
    collection = index_collection("thử", rows, by=system_person())

    assert ranked_sources(collection, "họp thôn")[0] == "b"
    assert ranked_sources(collection, "hợp thôn")[0] == "a"
    assert ranked_sources(collection, "hóa đơn")[:2] == ranked_sources(collection, "hoá đơn")[:2]
    assert set(ranked_sources(collection, "họp thôn")) == {"a", "b", "c"}


def test_a_document_that_is_named_whole_is_meant_and_its_name_is_not_looked_for_elsewhere():
    rows = [
        source("a", "Luật Cư trú – Điều 1. Tạm trú", "Người tạm trú khai báo trong ba ngày."),
        source("b", "Luật Giáo dục – Điều 1. Tạm trú", "Luật cư trú, luật cư trú: khai báo."),
        source("c", "Luật Giáo dục – Điều 2. Khác", "Điều khác."),
    ]
    collection = index_collection("thử", rows, by=system_person())

    assert ranked_sources(collection, "theo luật cư trú khai báo")[0] == "a"


def test_a_point_whose_name_is_said_whole_stands_before_others_of_the_same_words():
    rows = [
        source("a", "Điều 1. Định giá tài sản bảo đảm", "Tài sản bảo đảm được định giá."),
        source("b", "Điều 2. Tài sản bảo đảm", "Tài sản bảo đảm được mô tả."),
        *(source(f"c{n}", f"Điều {n}. Khác", "Việc khác.") for n in range(3, 9)),
    ]
    collection = index_collection("thử", rows, by=system_person())

    assert ranked_sources(collection, "tài sản bảo đảm là những gì")[0] == "b"


def test_what_is_shown_stands_in_the_text_word_for_word(collection):
    (best, *_rest) = search(collection, "vắng phải báo cáo").found

    assert best.piece.source == "b"
    assert best.passage.text in best.piece.text
    assert {best.passage.text[a:b] for a, b in best.passage.hits} >= {"vắng", "báo", "cáo"}


def test_equals_stand_in_the_order_of_their_names_byte_by_byte():
    same = [source(key, "", "chi bộ họp") for key in ("Đ", "b", "B", "a", "ă")]
    collection = index_collection("thử", same, by=system_person())

    assert ranked_sources(collection, "chi bộ họp") == ["B", "a", "b", "ă", "Đ"]


def test_what_was_replaced_stands_below_what_is_in_force():
    old = source("a", "", "chi bộ họp mỗi tháng", replaced_by="Điều 2")
    new = source("b", "", "chi bộ họp mỗi tháng")
    collection = index_collection("thử", [old, new], by=system_person())

    assert ranked_sources(collection, "chi bộ họp") == ["b", "a"]


def test_what_has_ended_stands_below_from_the_next_day_on(monkeypatch):
    ends = source("a", "", "chi bộ họp mỗi tháng", in_force_to=date(2024, 6, 13))
    stays = source("b", "", "chi bộ họp mỗi tháng")
    collection = index_collection("thử", [ends, stays], by=system_person())

    monkeypatch.setenv("NENNEP_TODAY", "2024-06-13")
    assert ranked_sources(collection, "chi bộ họp") == ["a", "b"]
    monkeypatch.setenv("NENNEP_TODAY", "2024-06-14")
    assert ranked_sources(collection, "chi bộ họp") == ["b", "a"]


def test_a_source_is_found_once_by_its_best_point():
    text = "Điều 1. Họp\nChi bộ họp.\nĐiều 2. Họp chi bộ\nChi bộ họp, chi bộ họp."
    collection = index_collection("thử", [source("a", "", text)], by=system_person())

    assert ranked_sources(collection, "họp chi bộ") == ["a"]
    assert search(collection, "họp chi bộ").found[0].piece.heading == "Điều 2. Họp chi bộ"


def test_a_question_about_nothing_known_finds_nothing(collection):
    assert search(collection, "zzzz qqqq").found == []


def test_a_collection_built_anew_takes_the_place_of_the_old_one_and_leaves_no_row_of_it(collection):
    index_collection("thử", sources()[:1], by=system_person())

    fresh = current_collection("thử")
    assert ranked_sources(fresh, "chi bộ") == ["a"]
    assert Collection.objects.count() == 1
    assert set(Piece.objects.values_list("collection", flat=True)) == {fresh.pk}
    assert set(Term.objects.values_list("collection", flat=True)) == {fresh.pk}
    assert Posting.objects.exclude(term__collection=fresh).count() == 0


def test_every_term_counts_the_pieces_that_hold_it(collection):
    for term in Term.objects.filter(collection=collection):
        assert term.df == Posting.objects.filter(term=term).values("piece").distinct().count()


def test_an_unknown_collection_is_said_in_words():
    with pytest.raises(Refusal, match="Chưa có bộ tài liệu “khác”"):
        current_collection("khác")


def test_a_question_costs_the_same_few_statements_whatever_it_finds(
    collection, django_assert_num_queries
):
    search(collection, "chi bộ")
    with django_assert_num_queries(5):
        search(collection, "chi bộ", limit=1)
    with django_assert_num_queries(5):
        search(collection, "chi bộ họp thường kỳ đảng viên", limit=10)


@pytest.mark.parametrize("asked", ["11-ĐA/TU", "11 da tu", "đề án 11", "de an so 11", "11-đa/tu"])
def test_a_document_is_found_by_its_symbol_however_it_is_typed(asked):
    titles = [
        "11-ĐA/TU Nâng cao chất lượng sinh hoạt",
        "11-KH/TU Kế hoạch năm",
        "12-ĐA/TU Đề án khác",
    ]
    titles += [f"{number:02}-KH/HU Kế hoạch {number}" for number in range(20, 40)]
    rows = [
        source(title.split()[0], title, "Các cấp ủy thực hiện.", symbol=title.split()[0])
        for title in titles
    ]
    collection = index_collection("thử", rows, by=system_person())

    assert ranked_sources(collection, asked)[0] == "11-ĐA/TU"
