"""Bring the handbook that ships into the database, and every newer version of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from nennep.core import clock
from nennep.core.person import Person
from nennep.core.trail import record
from nennep.library.actions.handbook_rows import citations_of, content_of
from nennep.library.actions.refreshing import refresh_sources
from nennep.library.choices import RevisionState
from nennep.library.models import Branch, Citation, Entry, EntryPlace, Revision
from nennep.library.queries.handbook_found import CODE
from nennep.library.queries.handbook_shipped import (
    ShippedEntry,
    shipped_branches,
    shipped_entries,
)
from nennep.regulations.models import Basis


@dataclass(frozen=True, slots=True)
class LoadedEntries:
    """`kept`: the office has its own text, so the shipped one stands beside it."""

    added: int
    updated: int
    kept: int


@transaction.atomic
def load_handbook(*, by: Person) -> LoadedEntries:
    """Add the shipped entries that are missing; put a newer text in place of an older shipped one.

    Loading twice changes nothing. Where the office wrote, published, or took an entry out, its
    decision stands: the shipped text is kept as a revision beside it, to be compared. The bases
    must be there (`regulations.actions.load_presets`).
    """
    branches = _load_branches()
    known = {
        entry.code: entry
        for entry in Entry.objects.select_for_update(of=("self",)).select_related("current")
    }
    shipped = shipped_entries()
    missing = [each for each in shipped if each.code not in known]
    changed = [
        each
        for each in shipped
        if each.code in known and known[each.code].shipped_digest != each.digest
    ]
    ours = [each for each in changed if _is_ours(known[each.code])]
    theirs = [each for each in changed if not _is_ours(known[each.code])]
    known |= _add_entries(missing, branches)
    _add_revisions([*missing, *ours], known, RevisionState.PUBLISHED, by)
    _add_revisions(theirs, known, RevisionState.SHIPPED, by)
    if missing or changed:
        refresh_sources(CODE, [each.code for each in (*missing, *ours)])
        record(
            "handbook loaded", None, by=by, added=len(missing), updated=len(ours), kept=len(theirs)
        )
    return LoadedEntries(len(missing), len(ours), len(theirs))


def _is_ours(entry: Entry) -> bool:
    """What is read is what was shipped: nobody of the office has written or taken it out."""
    return entry.current is not None and entry.current.is_shipped


def _load_branches() -> dict[str, Branch]:
    known = {branch.code: branch for branch in Branch.objects.all()}
    for position, row in enumerate(shipped_branches()):
        if row.code not in known:
            known[row.code] = Branch.objects.create(
                code=row.code, title=row.title, parent=known.get(row.parent), position=position
            )
    return known


def _add_entries(rows: Sequence[ShippedEntry], branches: dict[str, Branch]) -> dict[str, Entry]:
    Entry.objects.bulk_create(
        Entry(code=row.code, branch=branches[row.branch], position=row.position) for row in rows
    )
    made = {entry.code: entry for entry in Entry.objects.filter(code__in=[r.code for r in rows])}
    EntryPlace.objects.bulk_create(
        EntryPlace(entry=made[row.code], place=place) for row in rows for place in row.places
    )
    return made


def _add_revisions(
    rows: Sequence[ShippedEntry], entries: dict[str, Entry], state: RevisionState, by: Person
) -> None:
    if not rows:
        return
    last = _last_numbers([entries[row.code].pk for row in rows])
    now = clock.now()
    made = Revision.objects.bulk_create(
        Revision(
            entry=entries[row.code],
            number=last.get(entries[row.code].pk, 0) + 1,
            state=state,
            question=row.text.question,
            content=content_of(row.text),
            is_shipped=True,
            written_by_id=by.pk,
            written_at=now,
            decided_by_id=by.pk if state == RevisionState.PUBLISHED else None,
            decided_at=now if state == RevisionState.PUBLISHED else None,
        )
        for row in rows
    )
    bases = dict(Basis.objects.values_list("code", "pk"))
    Citation.objects.bulk_create(
        citation
        for row, revision in zip(rows, made, strict=True)
        for citation in citations_of(revision, row.text, bases)
    )
    for row, revision in zip(rows, made, strict=True):
        entry = entries[row.code]
        entry.shipped_digest = row.digest
        if state == RevisionState.PUBLISHED:
            entry.current = revision
    Entry.objects.bulk_update([entries[row.code] for row in rows], ["shipped_digest", "current"])


def _last_numbers(entry_ids: Sequence[int]) -> dict[int, int]:
    rows = Revision.objects.filter(entry_id__in=entry_ids).order_by("number")
    return dict(rows.values_list("entry_id", "number"))
