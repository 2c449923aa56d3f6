"""The vocabulary that questions are read with."""

import tomllib
from functools import cache
from pathlib import Path

from nennep.library.models import Collection
from nennep.library.rules.folding import syllables
from nennep.library.rules.question import SYNONYM, Words

PRESET = Path(__file__).parents[1] / "presets" / "question.toml"


def words_for(collection: Collection) -> Words:
    """The shipped words, with the abbreviations that the collection's own texts introduce."""
    shipped = shipped_words()
    short = {**collection.abbreviations, **shipped.short}
    return Words(shipped.dropped, shipped.asking, shipped.kinds, short, shipped.synonyms)


@cache
def shipped_words() -> Words:
    table = tomllib.loads(PRESET.read_text(encoding="utf-8"))
    return Words(
        dropped=tuple(map(_folded, table["dropped"])),
        asking=tuple(map(_folded, table["asking"])),
        kinds={_folded(name): _folded(short) for name, short in table["kinds"].items()},
        short={_folded(short): _folded(long) for short, long in table["short"].items()},
        synonyms=tuple(
            (_folded(row["said"]), _folded(row["written"]), float(row.get("share", SYNONYM)))
            for row in table["synonyms"]
        ),
    )


def _folded(text: str) -> str:
    return " ".join(syllables(text))
