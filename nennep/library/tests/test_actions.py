"""Records that can be found: kept up with every change, and built anew beside the old."""

import pytest

from nennep.accounts.queries import system_person
from nennep.core.refusal import Refusal
from nennep.library.actions import rebuild, rebuilding
from nennep.library.actions.removing import remove_generation
from nennep.library.models import Collection, Piece, Posting, Term
from nennep.library.queries import sources as registry
from nennep.library.queries.ranking import Reached, Within
from nennep.library.queries.search import search_everything
from nennep.library.tests.factories import VERB, Shelf, shelf_kind
from nennep.organisation.models import Unit
from nennep.organisation.tests.factories import make_cell, make_committee

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(monkeypatch):
    kept = Shelf()
    monkeypatch.setattr(registry, "_kinds", {"shelf": shelf_kind(kept, "shelf")})
    return kept


def at(unit, verb=VERB):
    return Reached("shelf", verb, unit.path, f"{unit.path}~")


def found(text, *reached):
    answer = search_everything(text, Within(reached=[at(unit) for unit in reached]))
    assert answer.total == len(answer.found)
    return [each.piece.source for each in answer.found]


def contents():
    """What the generation in use says, without ids: equal generations are equal here."""
    (collection,) = Collection.objects.filter(is_current=True)
    pieces = Piece.objects.filter(collection=collection)
    postings = Posting.objects.filter(term__collection=collection)
    return (
        collection.pieces,
        sorted(pieces.values_list("source", "number", "text", "folded_title", "unit")),
        sorted(Term.objects.filter(collection=collection, df__gt=0).values_list("term", "df")),
        sorted(postings.values_list("term__term", "piece__source")),
    )


def test_a_record_is_found_from_the_change_that_made_it_to_the_one_that_took_it_away(shelf):
    assert found("chi bộ họp") == []
    shelf.put("a", "Chi bộ họp thường kỳ")
    assert found("chi bo hop") == ["shelf/a"]
    shelf.put("a", "Đảng viên đóng đảng phí")
    assert found("chi bo hop") == []
    assert found("đảng phí") == ["shelf/a"]
    shelf.take_away("a")
    assert found("đảng phí") == []
    assert Posting.objects.count() == Piece.objects.count() == 0


def test_what_was_changed_piece_by_piece_is_what_a_build_from_nothing_makes(shelf):
    cell = make_cell("Chi bộ Một", parent=make_committee("Đảng bộ xã", code="XA"), code="M1")
    for key, text in {"a": "một hai", "b": "hai ba", "c": "ba bốn"}.items():
        shelf.put(key, text)
    shelf.put("d", "bốn năm sáu", unit=cell)
    shelf.put("b", "năm sáu", unit=cell)
    shelf.put("d", "sáu bảy")
    shelf.take_away("a")
    by_steps = contents()

    rebuild(by=system_person())

    assert contents() == by_steps
    assert Collection.objects.count() == 1


def test_a_rebuild_answers_whole_at_every_moment_and_keeps_what_changes_meanwhile(
    shelf, monkeypatch
):
    for number in range(6):
        shelf.put(f"{number}", f"chi bộ họp lần {number}")
    monkeypatch.setattr(rebuilding, "AT_ONCE", 1)
    answers = []

    def look(done, _total):
        answers.append(len(found("chi bộ họp")))
        if done == 2:
            shelf.put("0", "đã viết lại")  # built already
            shelf.put("5", "đã viết lại")  # still to be built
            shelf.put("mới", "chi bộ họp bất thường")
            shelf.take_away("1")
            shelf.take_away("4")

    rebuild(by=system_person(), report=look)

    assert answers == [6, 6, 3, 3, 3, 3]
    assert sorted(found("chi bộ họp")) == ["shelf/2", "shelf/3", "shelf/mới"]
    assert sorted(found("viết lại")) == ["shelf/0", "shelf/5"]
    after = contents()
    rebuild(by=system_person())
    assert contents() == after


def test_a_question_that_meets_the_change_of_generations_is_asked_again(shelf, monkeypatch):
    shelf.put("a", "chi bộ họp")
    old = Collection.objects.get()
    from nennep.library.queries import search as queries

    ranked = queries.ranked
    interrupted = []

    def interrupt(*words):
        if not interrupted:
            interrupted.append(True)
            rebuild(by=system_person())
        return ranked(*words)

    monkeypatch.setattr(queries, "ranked", interrupt)

    assert found("chi bộ họp") == ["shelf/a"]
    assert interrupted
    assert not Collection.objects.filter(pk=old.pk).exists()


def test_a_build_that_was_broken_off_is_cleared_away_by_the_next(shelf, monkeypatch):
    shelf.put("a", "chi bộ họp")

    def break_off(_done, _total):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        rebuild(by=system_person(), report=break_off)
    assert found("chi bộ họp") == ["shelf/a"]
    assert Collection.objects.count() == 2

    rebuild(by=system_person())
    assert Collection.objects.count() == 1


def test_of_two_builds_the_later_goes_on_and_the_earlier_is_told(shelf):
    shelf.put("a", "chi bộ họp")
    begun = []

    def begin_another(_done, _total):
        if not begun:
            begun.append(True)
            rebuild(by=system_person())

    with pytest.raises(Refusal, match="Một lần lập chỉ mục khác"):
        rebuild(by=system_person(), report=begin_another)
    assert found("chi bộ họp") == ["shelf/a"]
    assert Collection.objects.count() == 1


def test_what_belongs_to_a_unit_is_found_by_who_holds_the_verb_there_and_moves_with_the_unit(shelf):
    near, far = make_committee("Đảng bộ Gần", code="GAN"), make_committee("Đảng bộ Xa", code="XA")
    cell = make_cell("Chi bộ Một", parent=near, code="M1")
    shelf.put("a", "chi bộ họp kín", unit=cell)

    assert found("họp kín") == []
    assert found("họp kín", cell) == found("họp kín", near) == ["shelf/a"]
    assert found("họp kín", far) == []
    Unit.objects.filter(pk=cell.pk).update(path=f"{far.path}0099.")
    assert found("họp kín", near) == []
    assert found("họp kín", far) == ["shelf/a"]
    other_verb = Within(reached=[at(far, "another verb")])
    assert search_everything("họp kín", other_verb).total == 0


def test_generations_are_removed_with_all_they_hold(shelf):
    shelf.put("a", "chi bộ họp")

    remove_generation(Collection.objects.get().pk)

    assert not any(model.objects.exists() for model in (Collection, Piece, Term, Posting))
