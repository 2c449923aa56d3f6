"""The vocabulary that questions are read with: what is shipped, and what the editors changed."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from nennep.core.person import Person
from nennep.library.choices import Can, WordKind
from nennep.library.models import Collection, SearchWord
from nennep.library.rules.folding import WORD, spelled, syllables
from nennep.library.rules.question import SYNONYM, Synonym, Words
from nennep.library.rules.weights import SCALE

PRESET = Path(__file__).parents[1] / "presets" / "question.toml"


@dataclass(frozen=True)
class Entry:
    """An abbreviation or a synonym in force; `row` is None where it is shipped and untouched."""

    kind: WordKind
    said: str
    written: str
    share: float = SYNONYM
    row: SearchWord | None = None
    is_off: bool = False

    @property
    def key(self) -> str:
        return key_of(self.kind, self.said, self.written)


def key_of(kind: str, said: str, written: str) -> str:
    """What makes two entries the same one: an abbreviation means one thing, a synonym many."""
    return (
        folded_words(said)
        if kind == WordKind.SHORT
        else (f"{folded_words(said)} > {folded_words(written)}")
    )


def words_for(collection: Collection) -> Words:
    """With the abbreviations that the collection's own texts introduce; the editors' word is last."""
    shipped = shipped_words()
    short, synonyms = dict(collection.abbreviations), list[Synonym]()
    for entry in entries():
        if entry.is_off:
            short.pop(folded_words(entry.said), None)
        elif entry.kind == WordKind.SHORT:
            short[folded_words(entry.said)] = folded_words(entry.written)
        else:
            said, written = folded_words(entry.said), folded_words(entry.written)
            synonyms.append(Synonym(said, written, entry.share, spelled_words(entry.said)))
    return replace(shipped, short=short, synonyms=tuple(synonyms))


def entries() -> list[Entry]:
    """What holds now, in the order of the words: the editors' rows stand in for what is shipped."""
    found = {(entry.kind, entry.key): entry for entry in shipped_entries()}
    for row in SearchWord.objects.filter(ended_at__isnull=True).select_related("added_by"):
        kind = WordKind(row.kind)
        found[kind, row.folded] = Entry(
            kind, row.said, row.written, row.share / SCALE, row, is_off=row.is_off
        )
    return sorted(found.values(), key=lambda each: (each.kind, folded_words(each.said), each.key))


@cache
def shipped_entries() -> tuple[Entry, ...]:
    table = _preset()
    short = (Entry(WordKind.SHORT, said, written) for said, written in table["short"].items())
    synonyms = (
        Entry(WordKind.SYNONYM, row["said"], row["written"], float(row.get("share", SYNONYM)))
        for row in table["synonyms"]
    )
    return (*short, *synonyms)


@cache
def shipped_words() -> Words:
    """What the editors do not change: phrases of questions, and kinds of document."""
    table = _preset()
    return Words(
        hasty=table["hasty"],
        dropped=tuple(map(folded_words, table["dropped"])),
        asking=tuple(map(folded_words, table["asking"])),
        kinds={folded_words(name): folded_words(short) for name, short in table["kinds"].items()},
    )


def may_edit_words(person: Person) -> bool:
    """They hold for everybody, so they are edited from the top of the tree only."""
    return any(
        reach.only is None and reach.path.count(".") == 1
        for reach in person.reaches(Can.EDIT_SEARCH_WORDS)
    )


@lru_cache(maxsize=4_096)
def folded_words(text: str) -> str:
    return " ".join(syllables(text))


@lru_cache(maxsize=4_096)
def spelled_words(text: str) -> str:
    return " ".join(map(spelled, WORD.findall(text)))


@cache
def _preset() -> Mapping[str, Any]:
    return tomllib.loads(PRESET.read_text(encoding="utf-8"))
