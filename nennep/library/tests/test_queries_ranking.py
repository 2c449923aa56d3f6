"""Only the best by the bare sum are read whole; what is answered is what all of them would give."""

from datetime import date
from hashlib import sha256
from random import Random

import pytest

from nennep.accounts.queries import system_person
from nennep.library.actions import index_collection
from nennep.library.models import Piece
from nennep.library.queries import ranking
from nennep.library.queries.asking import ask
from nennep.library.queries.ranking import Within, ranked
from nennep.library.queries.search import ranked_sources
from nennep.library.tests.factories import source

pytestmark = pytest.mark.django_db

TEXT = "chi bộ họp thường kỳ đảng viên vắng báo cáo bí thư mỗi tháng một lần nghị quyết"
WORDS = TEXT.split()
EVERYTHING = 1_000_000
SAME_IDS = "a73c5e4260b42b73"
FIRST = ("b", "c", "ch", "d", "đ", "g", "h", "k", "l", "m", "n", "t")
LAST = ("a", "ă", "â", "ô", "ươ", "inh")
HOLD_A_WORD = 85  # of the 90 sources, one of “chi bộ họp”


@pytest.fixture
def collection():
    lot = Random(5)
    rows = [
        source(f"{number:03}", "", "\n".join(_points(lot)), weight=lot.choice((1000, 500)))
        for number in range(90)
    ]
    made = index_collection("thử", rows, by=system_person())
    ended = Piece.objects.filter(source__in=[f"{number:03}" for number in range(0, 90, 7)])
    ended.update(in_force_to=date(2020, 1, 1))
    return made


def _points(lot):
    for point in range(1, lot.randrange(2, 6)):
        yield f"Điều {point}. {lot.choice(WORDS)}"
        yield " ".join(lot.choices(WORDS, k=12))


@pytest.mark.parametrize("question", ["chi bộ họp", "đảng viên vắng báo cáo", "bí thư", "nghị"])
@pytest.mark.parametrize(("limit", "skip"), [(1, 0), (5, 0), (10, 20), (10, 85)])
@pytest.mark.parametrize("narrowed", [{}, {"only_in_force": True}])
def test_the_order_does_not_depend_on_how_many_are_read_first(
    collection, monkeypatch, question, limit, skip, narrowed
):
    within = Within(**narrowed)
    weights = ask(collection, question).weights
    monkeypatch.setattr(ranking, "MOST", 3)
    monkeypatch.setattr(ranking, "READ_FIRST", EVERYTHING)
    whole = ranked(weights, limit, within, skip)
    assert whole or skip > 80

    for first in (1, 4, 20, 60):
        monkeypatch.setattr(ranking, "READ_FIRST", first)
        assert ranked(weights, limit, within, skip) == whole


def test_where_few_are_read_the_rest_is_not(collection, monkeypatch):
    read = []
    whole = ranking._read
    monkeypatch.setattr(ranking, "_read", lambda *given: read.append(given[4:]) or whole(*given))
    monkeypatch.setattr(ranking, "MOST", 3)
    monkeypatch.setattr(ranking, "READ_FIRST", 60)
    found = ranked(ask(collection, "chi bộ họp").weights, 3, Within())

    assert [each.found for each in found] == [4, 4, 4]
    assert read == [(60,)]


def test_sources_are_counted_to_the_last_one_up_to_a_bound(collection, monkeypatch):
    weights = ask(collection, "chi bộ họp").weights
    assert {each.found for each in ranked(weights, 5, Within())} == {HOLD_A_WORD}
    monkeypatch.setattr(ranking, "MOST", HOLD_A_WORD)
    assert {each.found for each in ranked(weights, 5, Within())} == {HOLD_A_WORD}
    monkeypatch.setattr(ranking, "MOST", HOLD_A_WORD - 1)
    assert {each.found for each in ranked(weights, 5, Within())} == {HOLD_A_WORD}
    monkeypatch.setattr(ranking, "MOST", 40)
    assert {each.found for each in ranked(weights, 5, Within())} == {41}


def test_both_databases_give_the_same_ids_in_the_same_order():
    """The suite runs on both; what either gives is compared with one figure."""
    lot = Random(11)
    syllables = [a + b for a in FIRST for b in LAST]
    frequent = [1 / place for place in range(1, len(syllables) + 1)]

    def text(words):
        return " ".join(lot.choices(syllables, frequent, k=words))

    rows = [
        source(f"{number:03}", text(5), f"{text(40)}\nĐiều 2. {text(3)}\n{text(60)}")
        for number in range(200)
    ]
    collection = index_collection("hai cơ sở dữ liệu", rows, by=system_person())
    answers = [ranked_sources(collection, text(6)) for _ in range(40)]

    assert {len(answer) for answer in answers} == {20}
    assert sha256("\n".join(map(" ".join, answers)).encode()).hexdigest()[:16] == SAME_IDS
