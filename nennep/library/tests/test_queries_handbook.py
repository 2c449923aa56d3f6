"""What ships is true to its facts: each entry has a basis, a mark, and no number of its own."""

import pytest

from nennep.library.queries.handbook_shipped import shipped_branches, shipped_entries
from nennep.library.rules.handbook import flaws, stray_numbers
from nennep.regulations.queries import preset_bases

BASES = {row["code"]: row for row in preset_bases()}
ENTRIES = shipped_entries()


def by_code(entry):
    return entry.code


def test_at_least_sixty_entries_ship_and_every_branch_is_filled_or_divided():
    branches = {branch.code: branch for branch in shipped_branches()}
    divided = {branch.parent for branch in branches.values()}

    assert len(ENTRIES) >= 60
    assert len({entry.code for entry in ENTRIES}) == len(ENTRIES)
    assert divided - {""} <= set(branches)
    assert {entry.branch for entry in ENTRIES} == set(branches) - divided


@pytest.mark.parametrize("entry", ENTRIES, ids=by_code)
def test_an_entry_rests_on_bases_that_ship_each_with_its_mark(entry):
    cited = [*entry.text.bases, *entry.text.facts]

    assert list(flaws(entry.text)) == []
    assert {each.basis for each in cited} <= set(BASES)
    assert {each.mark for each in cited} <= {"C", "P", "D", "N"}
    # What rests on a document that was seen only in a digest is no surer than the digest.
    digests = {code for code, row in BASES.items() if row["mark"] == "P"}
    assert [each.basis for each in cited if each.basis in digests and each.mark == "C"] == []


@pytest.mark.parametrize("entry", ENTRIES, ids=by_code)
def test_an_entry_says_no_number_that_none_of_its_facts_states(entry):
    symbols = [BASES[cited.basis]["symbol"] for cited in entry.text.bases]

    assert stray_numbers(entry.text, symbols) == []


@pytest.mark.parametrize("entry", ENTRIES, ids=by_code)
def test_a_related_entry_exists_and_is_another_one(entry):
    codes = {each.code for each in ENTRIES}

    assert set(entry.text.related) <= codes - {entry.code}


def test_a_number_without_a_fact_is_found_however_it_is_written():
    entry = next(each for each in ENTRIES if each.code == "thoi-luong-sinh-hoat")
    told = entry.text.answer.replace("90", "95") + " Theo 42-HD/BTCTW, điểm 2/3."

    wrong = type(entry.text)(**{**_fields(entry.text), "answer": told})

    assert stray_numbers(wrong, ["42-HD/BTCTW"]) == ["95", "2/3"]


def _fields(text):
    return {name: getattr(text, name) for name in text.__slots__}
