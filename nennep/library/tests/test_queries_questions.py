"""What secretaries type on a telephone leads to the entry that answers it, nearly always at once."""

import tomllib
from pathlib import Path

import pytest

from nennep.accounts.queries import system_person
from nennep.library.actions import index_collection, load_handbook
from nennep.library.queries.handbook_found import handbook_sources
from nennep.library.queries.handbook_shipped import shipped_entries
from nennep.library.queries.search import ranked_sources
from nennep.regulations.actions import load_presets

pytestmark = pytest.mark.django_db

QUESTIONS = tomllib.loads(
    (Path(__file__).parent / "questions_of_the_field.toml").read_text(encoding="utf-8")
)


@pytest.fixture
def handbook():
    person = system_person()
    load_presets(by=person)
    load_handbook(by=person)
    kind = handbook_sources()
    return index_collection("cẩm nang", kind.sources(list(kind.keys())), by=person)


@pytest.mark.parametrize(
    ("asked", "first", "among_five"),
    [("tried", 92, 98), ("tried_next", 80, 96), ("unseen", 75, 94)],
)
def test_a_question_of_the_field_finds_its_entry(handbook, asked, first, among_five):
    places = [
        _place(ranked_sources(handbook, question, limit=5), entries.split("|"))
        for question, entries in QUESTIONS[asked].items()
    ]

    assert len(places) >= 30
    assert 100 * places.count(0) / len(places) >= first
    assert 100 * sum(place is not None for place in places) / len(places) >= among_five


def test_every_question_has_an_entry_that_ships():
    named = {
        code for part in QUESTIONS.values() for each in part.values() for code in each.split("|")
    }

    assert named <= {entry.code for entry in shipped_entries()}


def _place(ranked, right):
    return next((place for place, name in enumerate(ranked) if name.split("/")[-1] in right), None)
