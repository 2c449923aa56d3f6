"""One statement that adds whole numbers, with the rights of the person inside it.

What is added is quick; what is dear is to read of every piece that holds a word whose it is and
whether it still holds. So the best by the bare sum are read first: what no further piece can
overtake stands, and only where that is not settled are more of them read. The answer is the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from nennep.core import clock
from nennep.library.models import Piece, Posting
from nennep.library.rules.sources import FULL
from nennep.library.rules.weights import SCALE
from nennep.organisation.models import Unit

OUT_OF_FORCE = 600  # thousandths of the score of what was replaced or has ended
# Replaced, and nobody knows since when: else its last day says it, and it turns by itself.
REPLACED_UNDATED = "e.replaced_by <> '' AND e.in_force_to IS NULL"
READ_FIRST = 1_000  # pieces
READ_NEXT = 8  # times as many
MOST = 200  # sources that are counted, and can be paged to
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
    """How many sources were found, these among them; `MOST` + 1 where there are more than that."""


def ranked(weights: Mapping[int, int], limit: int, within: Within, skip: int = 0) -> list[Ranked]:
    """The best piece of each source, best first; equals by the bytes of the source's name."""
    read: int | None = READ_FIRST if weights else None
    while read is not None:
        rows = _read(weights, within, limit, skip, read)
        if _is_settled(rows, read, limit):
            return [_ranked(row) for row in rows]
        read = read * READ_NEXT if read < READ_FIRST * READ_NEXT else None
    return [_ranked(row) for row in _read(weights, within, limit, skip)] if weights else []


def _read(
    weights: Mapping[int, int], within: Within, limit: int, skip: int, at_most: int | None = None
) -> list[Any]:
    statement = _Statement()
    statement.write(sorted(weights.items()), within, at_most)
    statement.place(limit, skip)
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.values)
        return list(cursor.fetchall())


def _is_settled(rows: Sequence[Any], read: int, limit: int) -> bool:
    """Whether no piece that was not read can stand among these, nor change their count."""
    if not rows:
        return False
    _piece, _source, score, found, held, least = rows[-1]
    if held < read:
        return True
    return len(rows) == limit and found > MOST and score > least * FULL * SCALE


def _ranked(row: Sequence[Any]) -> Ranked:
    return Ranked(row[0], row[1], int(row[2]), min(int(row[3]), MOST + 1))


class _Statement:
    """Text and values grow together, so that each value stands where its sign does."""

    def __init__(self) -> None:
        self.text = ""
        self.values: list[Any] = []

    def add(self, text: str, *values: Any) -> None:
        self.text += text + "\n"
        self.values += values

    def write(
        self, weights: Sequence[tuple[int, int]], within: Within, at_most: int | None
    ) -> None:
        """The scores of what the person may find, of the `at_most` best by the bare sum."""
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
        self.add("), best AS (SELECT piece_id, score FROM scored")
        if at_most:
            self.add("ORDER BY score DESC, piece_id LIMIT %s", at_most)
        self.add("), shifted AS (SELECT s.piece_id, e.source, e.number, s.score * e.shift *")
        self.add("CASE WHEN e.in_force_to < %s OR", within.today)
        self.add(f"({REPLACED_UNDATED}) THEN")
        self.add(f"{OUT_OF_FORCE} ELSE {SCALE} END AS score")
        self.add(f"FROM best s JOIN {pieces} e ON e.id = s.piece_id")
        self.add(f"LEFT JOIN {units} u ON u.id = e.unit_id WHERE (e.unit_id IS NULL")
        for each in within.reached:
            is_open = "AND e.is_open_below" if each.only_open else ""
            place = "e.kind = %s AND e.verb = %s AND u.path >= %s AND u.path < %s"
            self.add(f"OR ({place} {is_open})", each.kind, each.verb, each.low, each.high)
        self.add(")")
        self._filter(within)
        self.add(")")

    def place(self, limit: int, skip: int) -> None:
        """With each row, how many sources there are, how many pieces were read and the least sum."""
        self.add(", placed AS (SELECT piece_id, source, score, ROW_NUMBER() OVER")
        self.add("(PARTITION BY source ORDER BY score DESC, number) AS place FROM shifted)")
        self.add("SELECT piece_id, source, score, COUNT(*) OVER (),")
        self.add("(SELECT COUNT(*) FROM best), (SELECT MIN(score) FROM best)")
        self.add("FROM placed WHERE place = 1")
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
