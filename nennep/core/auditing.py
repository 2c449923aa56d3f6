"""Looks whether the trail is still what was sealed, and says which line is not."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from django.db import connection
from django.db.models import Max

from nennep.core import append_only, sealing
from nennep.core.checkpoints import Checkpoint
from nennep.core.models import TrailLine, TrailSeal

Report = Callable[[int, int], object]
AT_MOST = 1_000  # findings that are kept; a trail that was rewritten has as many as lines


class Kind(StrEnum):
    ALTERED = "altered"
    MOVED = "moved"  # the line says what another one was sealed to say: `other`
    DELETED = "deleted"
    INSERTED = "inserted"
    CUT_OFF = "cut off"  # lines, or seals a checkpoint knows, are gone from the end
    BROKEN_SEAL = "broken seal"
    MISSING_SEAL = "missing seal"
    REWRITTEN = "rewritten"  # the chain is sound and is not the one the checkpoint saw
    UNGUARDED = "unguarded"  # a trigger is missing: its name in `name`


@dataclass(frozen=True)
class Finding:
    """`line` is the number of a line of the trail; `seal` of a seal, where no line can be named."""

    kind: Kind
    line: int = 0
    seal: int = 0
    other: int = 0
    name: str = ""


@dataclass
class Verdict:
    lines: int = 0
    seals: int = 0
    unsealed: int = 0
    findings: list[Finding] = field(default_factory=list)
    is_complete: bool = True

    def add(self, finding: Finding) -> None:
        if len(self.findings) < AT_MOST:
            self.findings.append(finding)
        else:
            self.is_complete = False


@dataclass(frozen=True)
class _Change:
    line: int
    sealed: bytes
    found: bytes


def verify_trail(checkpoint: Checkpoint | None = None, report: Report | None = None) -> Verdict:
    """Recompute every line and every seal from what stands in the tables now."""
    verdict = Verdict()
    for name in append_only.missing():
        verdict.add(Finding(Kind.UNGUARDED, name=name))
    changes = _walk(verdict, report)
    for finding in _told(changes):
        verdict.add(finding)
    verdict.unsealed = sealing.unsealed().count()
    for finding in _gone_from_the_end():
        verdict.add(finding)
    if checkpoint is not None:
        for finding in _against(checkpoint):
            verdict.add(finding)
    return verdict


def _walk(verdict: Verdict, report: Report | None) -> list[_Change]:
    """Seal by seal; what was altered is returned, to be matched over all of them."""
    total = TrailSeal.objects.count()
    changes: list[_Change] = []
    before: TrailSeal | None = None
    for seal in TrailSeal.objects.order_by("number").iterator(chunk_size=10):
        for finding in _links(seal, before):
            verdict.add(finding)
        if len(verdict.findings) + len(changes) < AT_MOST:
            changes += _compare(seal, before, verdict)
        verdict.seals += 1
        verdict.lines += seal.lines
        before = seal
        if report is not None:
            report(verdict.seals, total)
    return changes


def _links(seal: TrailSeal, before: TrailSeal | None) -> Iterator[Finding]:
    """The place of a seal in the chain, and its own digest."""
    number = before.number + 1 if before else 1
    first = before.last_line + 1 if before else 1
    previous = before.digest if before else sealing.BEFORE_THE_FIRST
    for gone in range(number, min(seal.number, number + AT_MOST)):
        yield Finding(Kind.MISSING_SEAL, seal=gone)
    follows = seal.number != number or (seal.previous, seal.first_line) == (previous, first)
    if not follows or seal.digest != sealing.digest_of(seal):
        yield Finding(Kind.BROKEN_SEAL, seal=seal.number)


def _compare(seal: TrailSeal, before: TrailSeal | None, verdict: Verdict) -> list[_Change]:
    sealed = sealing.unpacked(seal)
    lines = TrailLine.objects.filter(id__lte=seal.last_line)
    if before is not None:
        lines = lines.filter(id__gte=seal.first_line)
    found = dict(sealing.marks_of(lines))
    for line in sorted(sealed.keys() - found.keys()):
        verdict.add(Finding(Kind.DELETED, line=line))
    for line in sorted(found.keys() - sealed.keys()):
        verdict.add(Finding(Kind.INSERTED, line=line))
    both = sorted(sealed.keys() & found.keys())
    return [
        _Change(line, sealed[line], found[line]) for line in both if sealed[line] != found[line]
    ]


def _told(changes: list[_Change]) -> Iterator[Finding]:
    """An altered line that now says what another one was sealed to say has changed places."""
    sealed_as = {change.sealed: change.line for change in changes}
    for change in changes:
        other = sealed_as.get(change.found, 0)
        kind = Kind.MOVED if other else Kind.ALTERED
        yield Finding(kind, line=change.line, other=other)


def _gone_from_the_end() -> Iterator[Finding]:
    """SQLite counts on behind the last line, even when that was deleted and was never sealed.

    PostgreSQL uses up numbers for what was rolled back too, so there a gap says nothing.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT seq FROM sqlite_sequence WHERE name = %s", [TrailLine._meta.db_table]
        )
        row = cursor.fetchone()
    last = TrailLine.objects.aggregate(last=Max("id"))["last"] or 0
    last = max(last, sealing.last_sealed_line())
    if row and row[0] > last:
        yield Finding(Kind.CUT_OFF, line=last + 1)


def _against(checkpoint: Checkpoint) -> Iterator[Finding]:
    """A checkpoint kept outside knows how the chain stood then; nobody inside can change that."""
    if checkpoint.seal == 0:
        return
    seal = TrailSeal.objects.filter(number=checkpoint.seal).first()
    if seal is None:
        yield Finding(Kind.CUT_OFF, seal=checkpoint.seal, line=checkpoint.last_line)
    elif seal.digest != checkpoint.digest:
        yield Finding(Kind.REWRITTEN, seal=checkpoint.seal)
