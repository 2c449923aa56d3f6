"""One statement that adds whole numbers, with the rights of the person inside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from nennep.core import clock
from nennep.library.models import Piece, Posting
from nennep.library.rules.weights import SCALE
from nennep.organisation.models import Unit

OUT_OF_FORCE = 600  # thousandths of the score of what was replaced or has ended
# Replaced, and nobody knows since when: else its last day says it, and it turns by itself.
REPLACED_UNDATED = "e.replaced_by <> '' AND e.in_force_to IS NULL"
SHARE_OF_SCORE = SCALE * SCALE * SCALE * SCALE  # impact × weight × shift × force, in thousandths


class Reached(NamedTuple):
    """Of a kind, what asks for `verb` in the units from path `low` up to before `high`.

    With `only_open`, of these what is open to those below.
    """

    kind: str
    verb: str
    low: str
    high: str
    only_open: bool = False


@dataclass(frozen=True)
class Within:
    """What is looked through: open pieces, those of `reached` units, and of these what is asked."""

    reached: Sequence[Reached] = ()
    kinds: Sequence[str] = ()
    since: date | None = None
    until: date | None = None
    only_in_force: bool = False
    today: date = field(default_factory=clock.today)


class Ranked(NamedTuple):
    piece: int
    source: str
    score: int
    found: int
    """How many sources were found in all, these among them."""


def ranked(weights: Mapping[int, int], limit: int, within: Within, skip: int = 0) -> list[Ranked]:
    """The best piece of each source, best first; equals by the bytes of the source's name."""
    if not weights:
        return []
    statement = _Statement()
    statement.write(sorted(weights.items()), within, limit, skip)
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.values)
        return [Ranked(row[0], row[1], int(row[2]), int(row[3])) for row in cursor.fetchall()]


class _Statement:
    """Text and values grow together, so that each value stands where its sign does."""

    def __init__(self) -> None:
        self.text = ""
        self.values: list[Any] = []

    def add(self, text: str, *values: Any) -> None:
        self.text += text + "\n"
        self.values += values

    def write(
        self, weights: Sequence[tuple[int, int]], within: Within, limit: int, skip: int
    ) -> None:
        postings, pieces = Posting._meta.db_table, Piece._meta.db_table
        units = Unit._meta.db_table
        signs = ", ".join(["(CAST(%s AS BIGINT), CAST(%s AS BIGINT))"] * len(weights))
        self.add(
            f"WITH asked(term_id, weight) AS (VALUES {signs}),",
            *(number for pair in weights for number in pair),
        )
        added = (
            f"SELECT p.piece_id, SUM(p.impact * a.weight) AS score FROM asked a JOIN {postings} p"  # noqa: S608 -- our own table
        )
        self.add(f"scored AS ({added} ON p.term_id = a.term_id AND p.unit_id IS NULL")
        self.add("GROUP BY p.piece_id")
        if within.reached:
            self.add(f"UNION ALL {added} ON p.term_id = a.term_id AND p.unit_id IN (")
            self.add(f"SELECT u.id FROM {units} u WHERE FALSE")  # noqa: S608 -- likewise
            for low, high in sorted({(each.low, each.high) for each in within.reached}):
                self.add("OR (u.path >= %s AND u.path < %s)", low, high)
            self.add(") GROUP BY p.piece_id")
        self.add("), shifted AS (SELECT s.piece_id, e.source, e.number, s.score * e.shift *")
        self.add("CASE WHEN e.in_force_to < %s OR", within.today)
        self.add(f"({REPLACED_UNDATED}) THEN")
        self.add(f"{OUT_OF_FORCE} ELSE {SCALE} END AS score")
        self.add(f"FROM scored s JOIN {pieces} e ON e.id = s.piece_id")
        self.add(f"LEFT JOIN {units} u ON u.id = e.unit_id WHERE (e.unit_id IS NULL")
        for each in within.reached:
            is_open = "AND e.is_open_below" if each.only_open else ""
            place = "e.kind = %s AND e.verb = %s AND u.path >= %s AND u.path < %s"
            self.add(f"OR ({place} {is_open})", each.kind, each.verb, each.low, each.high)
        self.add(")")
        self._filter(within)
        self.add("), placed AS (SELECT piece_id, source, score, ROW_NUMBER() OVER")
        self.add("(PARTITION BY source ORDER BY score DESC, number) AS place FROM shifted)")
        self.add("SELECT piece_id, source, score, COUNT(*) OVER () FROM placed WHERE place = 1")
        self.add("ORDER BY score DESC, source LIMIT %s OFFSET %s", limit, skip)

    def _filter(self, within: Within) -> None:
        if within.kinds:
            signs = ", ".join(["%s"] * len(within.kinds))
            self.add(f"AND e.kind IN ({signs})", *within.kinds)
        if within.since:
            self.add("AND e.day >= %s", within.since)
        if within.until:
            self.add("AND e.day <= %s", within.until)
        if within.only_in_force:
            self.add(f"AND NOT ({REPLACED_UNDATED})")
            self.add("AND (e.in_force_from IS NULL OR e.in_force_from <= %s)", within.today)
            self.add("AND (e.in_force_to IS NULL OR e.in_force_to >= %s)", within.today)
