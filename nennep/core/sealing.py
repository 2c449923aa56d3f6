"""Seals the trail in batches, each seal holding the one before it: a chain of hashes.

Never inside a request: the nightly job and the worker call `seal_lines`. How it is computed and
what it proves: docs/algorithms/trail-chain.md.
"""

import hashlib
import struct
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC

from django.db import connection, transaction
from django.db.models import Max, QuerySet, TextField
from django.db.models.functions import Cast

from nennep.core import clock
from nennep.core.canonical import canonical, canonical_text
from nennep.core.models import TrailLine, TrailSeal

LINES_A_SEAL = 5_000
WAITS_FOR_WRITERS = 10.0  # seconds
BEFORE_THE_FIRST = "0" * 64
MARK = struct.Struct(">Q32s")  # the number of a line, and the SHA-256 of what it says
SEALERS_LOCK = 0x6E656E6E  # one sealer at a time, on PostgreSQL


@dataclass(frozen=True)
class Sealing:
    """What one call sealed. `waiting` lines stay for the next one: somebody is still writing."""

    lines: int
    seals: int
    waiting: int


def seal_lines(*, waits: float = WAITS_FOR_WRITERS) -> Sealing:
    """Seal every line that no open transaction can still come before."""
    last = _settled_line(waits)
    lines = seals = 0
    while sealed := _seal_next(last):
        lines += sealed
        seals += 1
    return Sealing(lines, seals, waiting=unsealed().count())


def unsealed() -> QuerySet[TrailLine]:
    return TrailLine.objects.filter(id__gt=last_sealed_line())


def last_sealed_line() -> int:
    return TrailSeal.objects.aggregate(last=Max("last_line"))["last"] or 0


@transaction.atomic
def _seal_next(last: int) -> int:
    """One seal more; how many lines it holds."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEALERS_LOCK])
    before = TrailSeal.objects.order_by("-number").first()
    first = before.last_line + 1 if before else 1
    lines = TrailLine.objects.filter(id__gte=first, id__lte=last)
    marks = list(marks_of(lines, at_most=LINES_A_SEAL))
    if not marks:
        return 0
    seal = TrailSeal(
        number=before.number + 1 if before else 1,
        first_line=first,
        last_line=marks[-1][0],
        lines=len(marks),
        marks=packed(marks),
        previous=before.digest if before else BEFORE_THE_FIRST,
        sealed_at=clock.now(),
    )
    seal.digest = digest_of(seal)
    seal.save(force_insert=True)
    return len(marks)


def marks_of(lines: QuerySet[TrailLine], at_most: int | None = None) -> Iterator[tuple[int, bytes]]:
    """The number of each line, and the hash of everything else that it says."""
    rows = (
        lines.order_by("id")
        .annotate(details_text=Cast("details", TextField()))
        .values_list(
            "id", "actor_id", "actor_label", "verb", "is_look", "target_type", "target_id",
            "unit_path", "happened_at", "details_text",
        )[:at_most]
    )  # fmt: skip
    for number, *said, happened_at, details in rows.iterator(chunk_size=LINES_A_SEAL):
        moment = happened_at.astimezone(UTC).isoformat(timespec="microseconds")
        text = canonical([*said, moment]) + canonical_text(details)
        yield number, hashlib.sha256(text.encode()).digest()


def packed(marks: Iterable[tuple[int, bytes]]) -> bytes:
    return b"".join(MARK.pack(number, mark) for number, mark in marks)


def unpacked(seal: TrailSeal) -> dict[int, bytes]:
    """The marks a seal holds, by the number of the line."""
    return dict(MARK.iter_unpack(bytes(seal.marks)))


def digest_of(seal: TrailSeal) -> str:
    """The hash of the seal before, of this one's place in the chain, and of its marks."""
    moment = seal.sealed_at.astimezone(UTC).isoformat(timespec="microseconds")
    head = canonical(
        [seal.previous, seal.number, seal.first_line, seal.last_line, seal.lines, moment]
    )
    return hashlib.sha256(head.encode() + bytes(seal.marks)).hexdigest()


def _settled_line(waits: float) -> int:
    """The last line before which no other can appear any more.

    SQLite has one writer, so lines come in the order of their numbers. On PostgreSQL a number is
    taken before its line is seen: whoever was writing when the last line was read is waited for,
    without holding anybody up. If they take too long, nothing is sealed this time.
    """
    last: int = TrailLine.objects.aggregate(last=Max("id"))["last"] or 0
    if connection.vendor != "postgresql":
        return last
    writing = _writers()
    until = time.monotonic() + waits
    while writing:
        if time.monotonic() > until:
            return 0
        time.sleep(0.05)
        writing &= _writers()
    return last


def _writers() -> set[str]:
    """The transactions of others that have written to the trail and are still open."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT virtualtransaction FROM pg_locks"
            " WHERE locktype = 'relation' AND relation = %s::regclass AND granted"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            " AND mode = 'RowExclusiveLock' AND pid <> pg_backend_pid()",
            [TrailLine._meta.db_table],
        )
        return {name for (name,) in cursor.fetchall()}
