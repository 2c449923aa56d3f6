"""Terms and postings made again from nothing but the pieces: what a restore does."""

import pytest

from nennep.accounts.queries import system_person
from nennep.core import derived
from nennep.library.actions import index_collection, rebuilding
from nennep.library.actions.posting import post_again
from nennep.library.models import Collection, Piece, Posting, Term
from nennep.library.queries import sources as registry
from nennep.library.queries.search import current_collection, search
from nennep.library.tests.factories import Shelf, shelf_kind, source, sources
from nennep.organisation.tests.factories import make_cell, make_committee

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(monkeypatch):
    kept = Shelf()
    monkeypatch.setattr(registry, "_kinds", {"shelf": shelf_kind(kept, "shelf")})
    return kept


def terms():
    """What asks nothing of the ids; a term that no open piece holds weighs what an unknown one does."""
    return sorted(Term.objects.filter(df__gt=0).values_list("collection", "term", "df"))


def postings():
    return sorted(
        Posting.objects.values_list("term__collection", "term__term", "piece", "impact"),
    ), sorted(Posting.objects.values_list("piece", "unit", "impact"), key=str)


def forget():
    Posting.objects.all().delete()
    Term.objects.all().delete()


def test_they_are_to_the_last_thousandth_what_changes_one_by_one_had_made_them(shelf):
    cell = make_cell("Chi bộ Một", parent=make_committee("Đảng bộ xã", code="XA"), code="M1")
    long = f"Luật {'rất dài ' * 60}– Điều 7. Họp"
    for key, text in {
        "a": "Điều 1. Họp\nTheo Quy định 294-QĐ/TW",
        "b": "hai ba",
        "c": "ba",
    }.items():
        shelf.put(key, text)
    shelf.put("d", "bốn năm sáu", unit=cell)
    shelf.put(
        "e", "1.2. Điểm danh\nĐảng viên vắng", title=long, symbol="11-ĐA/TU" * 9, also="hòa uỷ"
    )
    shelf.put("b", "sáu bảy", unit=cell)
    shelf.take_away("c")
    index_collection("luat", sources(), by=system_person())
    before = terms(), postings()
    forget()

    told = []
    post_again(lambda done, total: told.append((done, total)))

    assert (terms(), postings()) == before
    assert told[-1] == (Piece.objects.count(), Piece.objects.count())


def test_a_collection_of_files_answers_as_before_and_takes_more(shelf):
    index_collection("luat", sources(), by=system_person())
    question = "chi bộ họp mỗi tháng"
    ranked = [each.piece.source for each in search(current_collection("luat"), question).found]
    forget()
    post_again(lambda *_: None)

    assert [x.piece.source for x in search(current_collection("luat"), question).found] == ranked
    shelf.put("z", "chưa từng có")  # ids of terms go on behind those that were given
    index_collection("khac", [source("x", "Khác", "lời khác")], by=system_person())
    assert Posting.objects.filter(term__term="chua_tung").count() == 1


def test_what_was_being_built_when_the_backup_was_made_is_taken_out(shelf):
    shelf.put("a", "chi bộ họp")
    rebuilding._begin()
    assert Collection.objects.count() == 2
    forget()
    post_again(lambda *_: None)

    assert [each.is_current for each in Collection.objects.all()] == [True]
    assert Posting.objects.exists()


def test_the_app_declares_what_follows_from_its_pieces():
    (index,) = derived.derived_among([Posting._meta.db_table])
    assert index.table_names == ["library_posting", "library_term"]
    assert index.make_again is post_again
