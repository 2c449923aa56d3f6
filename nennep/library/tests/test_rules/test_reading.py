from collections import Counter

import pytest

from nennep.core.documents import TextLine
from nennep.library.queries.words import shipped_words, spelled_words
from nennep.library.rules.abbreviations import introduced, meanings
from nennep.library.rules.cutting import cut
from nennep.library.rules.folding import syllables
from nennep.library.rules.names import longest, name_terms, names_said, words_of_documents
from nennep.library.rules.nearness import PASSAGE, gathering, nearness, sequence
from nennep.library.rules.passages import passage
from nennep.library.rules.question import Synonym, Words, read_question
from nennep.library.rules.spelling import is_near, meant
from nennep.library.rules.symbols import symbol_terms
from nennep.library.rules.weights import SCALE, impacts, pair_rarity, rarity


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Đảng uỷ", "đảng ủy"),
        ("hoà giải", "hòa giải"),
        ("kĩ thuật", "kỹ thuật"),
        ("QUY ĐỊNH", "quy định"),
        ("Hội nghị", "Hội nghị"),
        ("sinh hoạt chi bộ", "sinh hoat chi bo"),
    ],
)
def test_a_word_is_one_however_it_is_written(one, other):
    assert syllables(one) == syllables(other)


def lines(text):
    return [TextLine(line) for line in text.split("\n")]


def test_a_document_is_cut_at_its_points_and_each_knows_what_stands_above_it():
    parts = cut(
        lines("CHƯƠNG I\nĐiều 1. Phạm vi\nQuy định này nói về họp.\nĐiều 2. Đối tượng\nChi bộ.")
    )

    assert [(p.path, p.heading, p.text) for p in parts] == [
        ("", "CHƯƠNG I", ""),
        ("CHƯƠNG I", "Điều 1. Phạm vi", "Quy định này nói về họp."),
        ("CHƯƠNG I", "Điều 2. Đối tượng", "Chi bộ."),
    ]


def test_a_numbered_sentence_stays_in_its_point():
    (part,) = cut(
        lines("Điều 3. Giải thích từ ngữ\n1. Chi bộ là tổ chức đảng;\n2. Họp là gặp nhau.")
    )

    assert part.text == "1. Chi bộ là tổ chức đảng;\n2. Họp là gặp nhau."


def test_a_long_point_is_shown_in_parts_and_no_word_is_lost():
    words = [f"từ{n}" for n in range(601)]

    parts = cut(lines("Điều 1. Dài\n" + " ".join(words)), longest=260)

    assert [len(part.text.split()) for part in parts] == [260, 260, 81]
    assert " ".join(part.text for part in parts).split() == words
    assert {part.heading for part in parts} == {"Điều 1. Dài"}


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Đề án số 11-ĐA/TU", ["11~da", "11~da"]),
        ("theo Quy định 294", ["294~qd"]),
        ("294-QĐ/TW", ["294~qd"]),
        ("11 da tu", []),
        ("đề án 11", ["11~da"]),
        ("điểm 6.3.1", ["§6.3.1"]),
        ("ngày 6-12-2021", []),
    ],
)
def test_a_document_is_known_by_its_symbol_however_it_is_named(text, terms):
    assert list(symbol_terms(text, shipped_words().kinds)) == terms


def test_a_question_is_read_without_the_words_that_ask():
    words = Words(dropped=("dung hay sai",), asking=("la gi",))

    question = read_question("Chi ủy họp mấy lần, đúng hay sai?", words)

    assert question.words == ("chi", "uy", "hop", "may", "lan")
    assert "dung" not in question.terms
    assert question.terms["chi_uy"] == 1.0


def test_who_asks_what_a_thing_is_is_led_to_where_it_is_defined():
    question = read_question("Cư trú là gì?", Words(asking=("la gi",)))

    assert question.terms["tru_la"] == 1.0
    assert question.terms["giai_thich"] == 0.5


def test_an_abbreviation_and_its_words_find_each_other():
    words = Words(short={"shcb": "sinh hoat chi bo"})

    assert read_question("SHCB", words).terms["sinh_hoat"] == 0.5
    assert read_question("sinh hoạt chi bộ", words).terms["shcb"] == 0.5


def test_other_words_make_pairs_with_their_neighbours():
    words = Words(short={"dv": "dang vien"}, synonyms=(Synonym("hop", "sinh hoat", 0.4),))

    terms = read_question("dv họp muộn", words).terms

    assert terms["vien_hop"] == terms["dang_vien"] == 0.5
    assert terms["dv_sinh"] == terms["sinh_hoat"] == terms["hoat_muon"] == 0.4


@pytest.mark.parametrize(
    ("typed", "is_heard"),
    [
        ("nghi de bao lau", True),
        ("nghỉ đẻ bao lâu", True),
        ("nghi de bao lâu", True),
        ("nghị để bao lâu", False),
    ],
)
def test_a_synonym_is_heard_in_its_own_accents_where_there_are_any(typed, is_heard):
    said = "nghỉ đẻ"
    words = Words(synonyms=(Synonym("nghi de", "thai san", 0.5, spelled_words(said)),))

    assert ("thai_san" in read_question(typed, words).terms) is is_heard


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("họp dc ko?", "hop duoc khong"),
        ("Họp ĐC KO", "hop duoc khong"),
        ("ký K/T, 2 k.", "ki k t 2 khong"),
        ("kok dck kô", "kok dck ko"),
    ],
)
def test_what_is_typed_in_haste_is_read_in_full_where_it_stands_alone(typed, read):
    words = Words(hasty={"ko": "không", "k": "không", "dc": "được", "đc": "được"})

    assert read_question(typed, words).words == tuple(read.split())


def test_a_document_introduces_its_own_abbreviations():
    text = "Chương trình chất lượng cao (CLC) và ban giám hiệu (BGH); số (12)"

    assert list(introduced(text)) == [("clc", "chat luong cao"), ("bgh", "ban giam hieu")]


def test_an_abbreviation_means_what_it_most_often_stands_for():
    said = [("cb", "can bo"), ("cb", "chi bo"), ("cb", "chi bo"), ("ct", "chi thi"), ("ct", "a b")]

    assert meanings(Counter(said)) == {"cb": "chi bo", "ct": "a b"}


@pytest.mark.parametrize(
    ("typed", "meant_word", "near"),
    [
        ("snih", "sinh", True),
        ("sunh", "sinh", True),
        ("sih", "sinh", True),
        ("siinh", "sinh", True),
        ("sinh", "sinh", False),
        ("sanhh", "sinh", False),
    ],
)
def test_one_slip_a_word_is_understood_and_no_more(typed, meant_word, near):
    assert is_near(typed, meant_word) is near


def test_the_word_meant_is_the_one_that_fits_its_neighbours():
    known = {"sinh": 9, "xinh": 1, "sinh_hoat": 9, "hoat": 9}

    assert meant(["sunh", "hoat"], 0, ["sinh", "xinh"], known) == {"sinh": 1.0, "sinh_hoat": 1.0}


def test_a_term_says_more_in_a_heading_and_more_in_a_short_text():
    average = {"heading": 3.0, "body": 10.0}

    in_heading = impacts({"heading": ["hop"], "body": ["chi", "bo"]}, average)["hop"]
    in_body = impacts({"heading": [], "body": ["hop", "chi", "bo"]}, average)["hop"]
    in_long_body = impacts({"heading": [], "body": ["hop", *["x"] * 40]}, average)["hop"]

    assert in_heading > in_body > in_long_body > 0
    assert all(isinstance(n, int) and n <= 2.2 * SCALE for n in (in_heading, in_body, in_long_body))


def test_what_everybody_says_tells_little():
    assert rarity(100, 1) > rarity(100, 50) > rarity(100, 100) > 0
    assert rarity(100, 0) == rarity(100, 1)


def test_the_passage_is_the_text_word_for_word_where_most_of_the_question_stands():
    text = " ".join(["khác"] * 80 + ["điểm danh", "đảng viên"] + ["khác"] * 80)

    shown = passage(text, {"diem": 2.0, "danh": 2.0, "dang": 1.0, "vien": 1.0}, window=10)

    assert shown.text in text
    assert [shown.text[a:b] for a, b in shown.hits] == ["điểm", "danh", "đảng", "viên"]
    assert shown.is_begun
    assert shown.is_cut


def test_a_part_says_on_which_page_it_begins_and_a_new_file_is_a_new_part():
    told = [
        TextLine("Tên văn bản"),
        TextLine("một " * 8, 1),
        TextLine("hai " * 8, 2),
        TextLine("Phụ lục", 1),
    ]
    parts = cut(told, longest=10)

    assert [(part.text.split()[0], part.page) for part in parts] == [
        ("Tên", None),
        ("một", 1),
        ("hai", 2),
        ("Phụ", 1),
    ]


@pytest.mark.parametrize(
    ("document", "points", "terms"),
    [
        ("Luật Cư trú", ["Điều 2. Giải thích từ ngữ"], {"@luat_cu_tru", "=giai_thich_tu_ngu"}),
        ("", ["6.3.1. Chuyển sinh hoạt"], {"=chuyen_sinh_hoat"}),
        ("", ["Điều 9: Xét tốt nghiệp", "II- Tổ chức"], {"=xet_tot_nghiep", "=to_chuc"}),
        ("", ["CHƯƠNG II", "Điều 3", "Chương IV. Họp"], set()),
        ("", [" ".join(["từ"] * 13)], set()),
    ],
)
def test_a_piece_has_a_term_for_the_name_of_its_document_and_of_its_point(document, points, terms):
    assert name_terms(document, points) == terms


def test_a_question_says_every_run_of_its_words_that_may_be_a_name():
    said = set(names_said(["luat", "cu", "tru"]))

    assert said == {
        f"{mark}{words}" for mark in "@=" for words in ("luat_cu", "cu_tru", "luat_cu_tru")
    }


def test_of_names_within_one_another_the_longest_is_meant_and_its_words_are_only_a_name():
    assert longest(["@cu_tru", "@luat_cu_tru", "=cu_tru"]) == {"@luat_cu_tru", "=cu_tru"}
    assert words_of_documents(["@luat_cu_tru", "=ho_khau"]) == {
        "luat", "cu", "tru", "luat_cu", "cu_tru",
    }  # fmt: skip


def test_a_pair_tells_only_what_its_syllables_do_not():
    apart = pair_rarity(1000, 5, [400, 20])

    assert 0 < apart < rarity(1000, 5)
    assert pair_rarity(1000, 5, [400, 20]) > pair_rarity(1000, 5, [6, 6])
    assert pair_rarity(1000, 900, [1, 1]) == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("chi bo hop", 1200),
        ("hop o chi bo", 1200),
        ("chi a bo", 1100),
        ("chi bo " + "a " * 9 + "hop", 1100),
        ("hop", 1000),
    ],
)
def test_words_asked_for_side_by_side_count_more_where_they_stand_so(text, expected):
    weights = {"chi": 500, "bo": 500, "hop": 500}

    assert nearness(text.split(), ["chi", "bo", "hop"], weights) == expected


def test_a_question_of_one_word_has_no_neighbours():
    assert nearness(["hop"], ["hop"], {"hop": 500}) == SCALE


APART = ["xa"] * (PASSAGE - 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (["chi", "bo", "hop"], 1200),
        (["hop", "bo", "bo", "chi"], 1200),
        (["hop", *APART, "chi"], 1100),  # the second stands one syllable too far
        (["hop", *APART[1:], "chi"], 1150),
        (["hop", *APART, "chi", "bo"], 1100),
        (["xa"], 1000),
        ([], 1000),
    ],
)
def test_a_text_counts_by_what_its_densest_passage_holds_of_the_question(text, expected):
    weights = {"hop": 500, "chi": 250, "bo": 250, "la": 0}

    assert gathering(text, weights) == expected
    assert gathering(text, {}) == SCALE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("chi bo hop thuong ky", 1200),
        ("hop thuong ky", 1066),
        ("ky thuong hop bo chi", 1000),
        ("chi bo xa hop thuong", 1000),
    ],
)
def test_words_of_the_question_in_a_row_count_by_threes(text, expected):
    assert sequence(text.split(), ["chi", "bo", "hop", "thuong", "ky"]) == expected
    assert sequence(text.split(), ["chi", "bo"]) == SCALE
