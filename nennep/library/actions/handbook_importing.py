"""Take entries of a file into the handbook: as texts that wait for publication, never past review."""

from collections.abc import Collection

from django.db import transaction

from nennep.core.person import Person
from nennep.core.trail import record
from nennep.library.actions.handbook_rows import keep_draft, new_row
from nennep.library.choices import RevisionState
from nennep.library.models import Branch, Entry
from nennep.library.queries.handbook_import import Preview, preview


@transaction.atomic
def import_entries(
    name: str, content: bytes, *, within: Collection[str] | None = None, by: Person
) -> Preview:
    """New and changed entries go on the desk, waiting for publication; wrong ones are left out.

    A text of an entry that waits already is replaced. Returns what was done.
    """
    found = preview(name, content, within=within)
    branches = {branch.code: branch for branch in Branch.objects.all()}
    known = {e.code: e for e in Entry.objects.filter(code__in=[c.code for c in found.changed])}
    for each in found.new:
        known[each.code] = new_row(each.code, branches[each.branch])
    for each in (*found.new, *found.changed):
        draft = keep_draft(known[each.code], text=each.text, by=by)
        draft.state = RevisionState.REVIEW
        draft.save(update_fields=["state"])
    if found.new or found.changed:
        record(
            "handbook imported",
            None,
            by=by,
            name=name,
            added=len(found.new),
            updated=len(found.changed),
        )
    return found
