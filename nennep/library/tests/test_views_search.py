"""The page that finds everything: what it shows, to whom, and at what cost."""

import re
from datetime import date

import pytest
from django.urls import reverse

from nennep.accounts.models import Grant
from nennep.accounts.tests.factories import make_person, make_user
from nennep.core.models import TrailLine
from nennep.library.actions import refresh_sources
from nennep.library.models import LostQuestion
from nennep.library.queries import sources as registry
from nennep.library.queries.lost import lost_questions
from nennep.library.tests.factories import Shelf, shelf_kind
from nennep.organisation.tests.factories import make_cell, make_committee

pytestmark = pytest.mark.django_db
SEARCH, SUGGEST = reverse("library:search"), reverse("library:suggest")


@pytest.fixture
def place():
    return make_committee("Đảng bộ xã Gần", code="GAN")


@pytest.fixture
def cell(place):
    return make_cell("Chi bộ Một", parent=place, code="M1")


@pytest.fixture
def shelf(monkeypatch):
    kept = Shelf()
    kinds = {"shelf": shelf_kind(kept, "shelf"), "box": shelf_kind(Shelf(), "box", "Hộp")}
    monkeypatch.setattr(registry, "_kinds", kinds)
    return kept


@pytest.fixture
def secretary(client, cell):
    person = make_person("secretary", cell)
    client.force_login(person)
    return person


def page(client, address=SEARCH, **query):
    answer = client.get(address, query)
    return re.sub(r"\s+", " ", answer.content.decode()).strip()


def titles(html):
    return [
        re.sub("<[^>]+>", "", found).strip()
        for found in re.findall(r'<h2 class="result__title">(.*?)</h2>', html)
    ]


def test_a_result_shows_kind_title_symbol_day_page_place_and_passage_with_the_words_marked(
    client, shelf, secretary
):
    shelf.put(
        "a", "Điều 5. Lịch\nChi bộ họp thường kỳ mỗi tháng một lần.", title="Quy định họp",
        symbol="05-QĐ/TU", day=date(2024, 1, 2), in_force_from=date(2024, 1, 2), page=3,
    )  # fmt: skip
    html = page(client, q="hop thuong ky")

    assert titles(html) == ["Quy định họp"]
    for shown in ("Kệ", "05-QĐ/TU", "2-1-2024", "Điều 5. Lịch", "trang 3", "đang có hiệu lực"):
        assert shown in html
    assert "Chi bộ <mark>họp</mark> <mark>thường</mark> <mark>kỳ</mark> mỗi tháng" in html
    assert 'href="/ke/a/?trang=3"' in html
    assert "1 kết quả" in html


def test_what_was_replaced_or_has_ended_or_is_to_come_says_so(
    client, shelf, secretary, monkeypatch
):
    monkeypatch.setenv("NENNEP_TODAY", "2024-06-13")
    shelf.put("a", "họp", replaced_by="Quy định 06")
    shelf.put("b", "họp", in_force_to=date(2024, 6, 12))
    shelf.put("c", "họp", in_force_from=date(2024, 6, 14))
    shelf.put("d", "họp")
    html = page(client, q="họp")

    assert html.count('class="badge') == 3
    assert "Bị thay thế bởi Quy định 06" in html
    assert titles(html)[:2] == ["Mục c", "Mục d"]
    assert titles(page(client, q="họp", hieu_luc="on")) == ["Mục d"]


def test_results_are_narrowed_by_kind_and_days(client, shelf, secretary):
    shelf.put("a", "họp", day=date(2024, 5, 1))
    shelf.put("b", "họp", day=date(2024, 6, 1))
    shelf.put("c", "họp")

    assert titles(page(client, q="họp", tu="2024-05-15")) == ["Mục b"]
    assert titles(page(client, q="họp", den="2024-05-31")) == ["Mục a"]
    assert titles(page(client, q="họp", nhom="shelf")) == ["Mục a", "Mục b", "Mục c"]
    assert titles(page(client, q="họp", nhom="box")) == []
    assert "Tìm trong mọi nội dung" in page(client, q="họp", nhom="box")


def test_what_cannot_be_read_in_the_address_is_said_and_nothing_breaks(client, shelf, secretary):
    shelf.put("a", "họp")

    assert client.get(SEARCH, {"q": "họp", "nhom": "khong-co"}).status_code == 422
    assert client.get(SEARCH, {"q": "họp", "tu": "hôm qua"}).status_code == 422
    assert titles(page(client, q="họp", trang="99999999999")) == ["Mục a"]
    assert titles(page(client, q="họp", trang="-1")) == ["Mục a"]
    assert client.get(SEARCH, {"q": "a" * 301}).status_code == 422
    assert client.get(SEARCH, {"q": "%' OR 1=1 --"}).status_code == 200
    assert client.get(SEARCH, {"q": "họp\x00"}).status_code == 404  # no address has a NUL byte


def test_texts_are_shown_as_texts(client, shelf, secretary):
    shelf.put("a", "<script>họp</script> & <b>", title="<img src=x>", symbol="<i>")
    for html in (page(client, q="họp"), page(client, SUGGEST, q="img")):
        assert "<script>họp" not in html
        assert "<img src=x>" not in html
        assert "<i>" not in html
    assert 'value="&quot;&gt;&lt;script&gt;"' in page(client, q='"><script>')


def test_pages_follow_each_other_and_no_result_stands_on_two(client, shelf, secretary):
    for number in range(23):
        shelf.put(f"{number:02}", "họp")
    shown = [title for at in "123" for title in titles(page(client, q="họp", trang=at))]

    assert shown == [f"Mục {number:02}" for number in range(23)]
    assert "23 kết quả" in page(client, q="họp", trang="3")


def test_another_cells_content_is_neither_found_nor_counted_nor_offered(
    client, shelf, secretary, place
):
    other = make_cell("Chi bộ Hai", parent=place, code="M2")
    before = [page(client, q="họp kín"), page(client, SUGGEST, q="mu"), page(client, q="hpo kin")]
    for number in range(12):
        shelf.put(f"x{number}", "họp kín, họp kín về nhân sự", unit=other)

    after = [page(client, q="họp kín"), page(client, SUGGEST, q="mu"), page(client, q="hpo kin")]
    assert [strip(html) for html in before] == [strip(html) for html in after]


def strip(html):
    return re.sub(r"\b[A-Za-z0-9]{64}\b", "token", html)


def test_foreign_pieces_do_not_change_the_order_of_what_one_sees(client, shelf, secretary, cell):
    other = make_cell("Chi bộ Ba", parent=cell.parent, code="M3")
    shelf.put("a", "trồng cây xanh ven đường")
    shelf.put("b", "thu gom rác ven đường")
    shelf.put("c", "trồng cây", unit=cell)
    before = page(client, q="trồng cây ven đường thu gom")
    for number in range(30):
        shelf.put(f"x{number}", "trồng cây ven đường, thu gom tan", unit=other)

    assert strip(page(client, q="trồng cây ven đường thu gom")) == strip(before)


def test_a_look_from_above_the_cell_is_a_line_of_the_trail_once_for_each_cell(
    client, shelf, cell, place
):
    for key in ("a", "b"):
        shelf.put(key, "họp chi bộ", unit=cell)
    reader = make_person("officer", place, reads_content=True, username="doc")
    client.force_login(reader)
    assert titles(page(client, q="họp chi bộ")) == ["Mục a", "Mục b"]
    (look,) = TrailLine.objects.filter(is_look=True)
    assert (look.verb, look.unit_path, look.details) == ("found by search", cell.path, {})

    client.force_login(make_person("secretary", cell, username="bithu1"))
    assert titles(page(client, q="họp chi bộ")) == ["Mục a", "Mục b"]
    assert TrailLine.objects.filter(is_look=True).count() == 1


def test_above_the_cell_titles_of_cells_are_not_offered_while_typing(client, shelf, cell, place):
    shelf.put("a", "họp", unit=cell, title="Họp kín")
    shelf.put("b", "họp", title="Họp mở")
    client.force_login(make_person("officer", place, reads_content=True, username="doc"))
    assert re.findall(r"Họp \w+", page(client, SUGGEST, q="hop")) == ["Họp mở"]

    client.force_login(make_person("secretary", cell, username="bithu1"))
    assert set(re.findall(r"Họp \w+", page(client, SUGGEST, q="hop"))) == {"Họp kín", "Họp mở"}


def test_titles_and_symbols_are_offered_from_the_second_letter_on(client, shelf, secretary):
    shelf.put("a", "", title="Đề án nâng cao chất lượng sinh hoạt", symbol="11-ĐA/TU")
    shelf.put("b", "", title="Hướng dẫn sinh hoạt chuyên đề")

    assert page(client, SUGGEST, q="s") == ""
    assert page(client, SUGGEST, q="sinh hoat").count("<li>") == 2
    assert page(client, SUGGEST, q="11 da").count("<li>") == 1
    assert page(client, SUGGEST, q="chuyen").count("<li>") == 1
    assert page(client, SUGGEST, q="%").count("<li>") == 0


def test_a_slip_is_put_right_in_words(client, shelf, secretary):
    shelf.put("a", "Chi bộ sinh hoạt chuyên đề mỗi quý")
    from nennep.accounts.queries import system_person
    from nennep.library.actions import rebuild

    rebuild(by=system_person())
    html = page(client, q="sinh hoạt chuyn đề")
    assert titles(html) == ["Mục a"]
    assert "<b>sinh hoạt chuyên đề</b>" in html
    assert "<b>chuyên đề</b>" in page(client, q="chuyeenn đề")


def test_a_question_that_nothing_answers_is_kept_without_who_asked_and_read_after_two_days(
    client, shelf, secretary, monkeypatch
):
    shelf.put("a", "Chi bộ họp thường kỳ")
    for day in ("2024-06-12", "2024-06-13", "2024-06-13"):
        monkeypatch.setenv("NENNEP_TODAY", day)
        html = page(client, q="Phụ cấp cấp ủy bao nhiêu")
    assert "Câu hỏi được giữ lại" in html
    page(client, q="quỹ khuyến học lấy ở đâu")

    assert [(each.text, each.count) for each in lost_questions()] == [
        ("phụ cấp cấp ủy bao nhiêu", 3)
    ]
    assert {field.name for field in LostQuestion._meta.get_fields()} == {
        "id", "text", "day", "count",
    }  # fmt: skip


def test_what_was_answered_is_not_kept(client, shelf, secretary):
    shelf.put("a", "Chi bộ họp thường kỳ")
    page(client, q="chi bộ họp")

    assert not LostQuestion.objects.exists()


@pytest.mark.parametrize("rows", [1, 9])
def test_a_page_costs_the_same_few_questions_whatever_it_shows(
    client, shelf, secretary, cell, rows, django_assert_max_num_queries
):
    for number in range(rows):
        shelf.put(f"{number}", "họp chi bộ", unit=cell if number % 2 else None)
    client.get(SEARCH, {"q": "họp"})
    with django_assert_max_num_queries(14):
        client.get(SEARCH, {"q": "họp chi bộ"})
    with django_assert_max_num_queries(9):
        client.get(SUGGEST, {"q": "muc"})


def pass_holder(cell):
    holder = make_user(username="thuky")
    Grant.objects.create(user=holder, role="minute_taker", unit=cell, valid_from=date(2024, 1, 1))
    return holder


def test_the_box_stands_in_the_head_of_who_may_search_and_of_nobody_else(client, cell, secretary):
    assert f'action="{SEARCH}"' in page(client, "/")
    client.logout()
    assert f'action="{SEARCH}"' not in page(client, reverse("accounts:sign-in"))
    assert client.get(SEARCH).status_code == 302
    client.force_login(pass_holder(cell))
    assert client.get(SEARCH).status_code == 403
    assert client.get(SUGGEST, {"q": "họp"}).status_code == 403


def test_nothing_typed_says_what_is_looked_through(client, shelf, secretary):
    assert "kệ, hộp" in page(client)
    assert titles(page(client, q="   ")) == []


def test_a_kind_open_below_is_found_below_its_unit_and_no_further(client, shelf, cell, place):
    far = make_cell("Chi bộ Xa", parent=make_committee("Đảng bộ Xa", code="XA"), code="X1")
    shelf.put("a", "họp toàn đảng bộ", unit=place, is_open_below=True)
    shelf.put("b", "họp cấp ủy", unit=place)
    refresh_sources("shelf", ["a", "b"])

    client.force_login(make_person("secretary", cell, username="bithu1"))
    assert titles(page(client, q="họp")) == ["Mục a"]
    client.force_login(make_person("secretary", far, username="bithu2"))
    assert titles(page(client, q="họp")) == []
    client.force_login(make_person("officer", place, username="vanphong", reads_content=True))
    assert titles(page(client, q="họp")) == ["Mục b", "Mục a"]
