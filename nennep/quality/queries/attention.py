"""Which meetings a superior looks at one by one before confirming the rest."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nennep.quality.choices import Origin
from nennep.quality.queries.classes import ClassRow
from nennep.quality.queries.filled import Filled, filled_sheets


@dataclass(frozen=True)
class Doubt:
    """A meeting that waits for its class, and why it deserves a look."""

    row: ClassRow
    sheet_id: int
    reasons: tuple[str, ...]


def doubts(rows: Iterable[ClassRow]) -> list[Doubt]:
    """Of the rows that wait, those with something unusual. Set-based: all facts read together."""
    waiting = {row.sheet_id: row for row in rows if _waits(row)}
    found = []
    for filled in filled_sheets(sorted(pk for pk in waiting if pk is not None)):
        row = waiting[filled.found.meeting_id]
        if reasons := tuple(_reasons(row, filled)):
            found.append(Doubt(row, filled.found.meeting_id, reasons))
    return sorted(found, key=lambda doubt: doubt.row.code)


def _waits(row: ClassRow) -> bool:
    return bool(row.sheet_id is not None and row.own_class and not row.official_class)


def _reasons(row: ClassRow, filled: Filled) -> Iterator[str]:
    if row.vote_class and row.vote_class != row.self_class:
        yield _("the cell voted another class than its committee proposed")
    if not row.vote_class:
        yield _("no vote carried the class")
    if changed := filled.changed:
        codes = ", ".join(old.criterion.code for old, _new in changed)
        yield _("facts changed since: criterion %(codes)s") % {"codes": codes}
    if count := _raised(filled):
        yield ngettext(
            "%(count)s criterion set above what the fact gives",
            "%(count)s criteria set above what the facts give",
            count,
        ) % {"count": count}


def _raised(filled: Filled) -> int:
    """Criteria a person set higher than the facts the score rests on propose."""
    lines = filled.agreed.lines if filled.agreed else ()
    return sum(
        1
        for line in lines
        if line.origin == Origin.PERSON
        and line.points is not None
        and line.proposal.points is not None
        and line.points > line.proposal.points
    )
