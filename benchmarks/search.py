"""The search over 5,000 and 60,000 pieces: time to build, room it takes, time of a question.

The texts are drawn by lot, syllables as often as in a language (the second most frequent half as
often as the first); what is measured is the product's own build and its own question.
"""

import os
from collections.abc import Iterator
from itertools import accumulate
from random import Random

from django.db import connection

from benchmarks.printing import say
from benchmarks.timing import p95, seconds
from nennep.accounts.queries import system_person
from nennep.core.documents import TextLine
from nennep.library.actions import index_collection
from nennep.library.queries.search import current_collection, search
from nennep.library.rules.sources import Source

# Pieces, seconds to build, and milliseconds of a question (p95).
SIZES = ((5_000, 60, 60), (60_000, 900, 200))
FIRST = [
    "b",
    "c",
    "ch",
    "d",
    "đ",
    "g",
    "gi",
    "h",
    "k",
    "kh",
    "l",
    "m",
    "n",
    "ng",
    "nh",
    "ph",
    "qu",
    "r",
    "s",
    "t",
    "th",
    "tr",
    "v",
    "x",
]
LAST = ["a", "an", "anh", "ao", "ăng", "âm", "ân", "âp", "em", "ên", "êu", "i", "iên", "in", "inh", "o", "oan", "oc", "ong", "ô", "ôi", "ôn", "ông", "ơi", "u", "uc", "ung", "ươ", "ương", "ưu"]  # fmt: skip
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
WORDS, HEADING_WORDS, QUESTION_WORDS, QUESTIONS = 200, 8, 9, 60


def measure(database: str) -> None:
    largest = int(os.environ.get("NENNEP_BENCH_PIECES", "60000"))
    for pieces, building, asking in SIZES:
        if pieces <= largest:
            _measure(pieces, building, asking, database)


def _measure(pieces: int, building: int, asking: int, database: str) -> None:
    lot = Random(pieces)  # noqa: S311 -- texts, not secrets
    language = _Language(lot)
    sources = list(language.sources(pieces))
    name = f"bench-{pieces}"
    before = _room()
    taken = seconds(lambda: index_collection(name, sources, by=system_person()))
    say(f"{pieces} pieces indexed", taken, "s", building, database)
    say(f"room of {pieces} pieces", (_room() - before) / 1e6, "MB", pieces / 20, database)
    collection = current_collection(name)
    asked = [language.text(QUESTION_WORDS) for _ in range(QUESTIONS)]
    search(collection, asked[0])
    times = [seconds(lambda text=text: search(collection, text)) * 1000 for text in asked]
    say(f"a question to {pieces} pieces, p95", p95(times), "ms", asking, database)


class _Language:
    """Syllables with marks, frequent and rare ones; texts drawn from them."""

    def __init__(self, lot: Random) -> None:
        self._lot = lot
        self._syllables = [a + b + tone for a in FIRST for b in LAST for tone in TONES]
        lot.shuffle(self._syllables)
        del self._syllables[2_000:]
        self._weights = list(accumulate(1 / place for place in range(1, 2_001)))

    def text(self, words: int) -> str:
        return " ".join(self._lot.choices(self._syllables, cum_weights=self._weights, k=words))

    def sources(self, count: int) -> Iterator[Source]:
        for number in range(count):
            lines = [TextLine(self.text(WORDS))]
            yield Source(f"{number:06}", self.text(HEADING_WORDS), lines)


def _room() -> int:
    """Bytes of the whole database."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
            return int(cursor.fetchone()[0])
        cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        return int(cursor.fetchone()[0])
