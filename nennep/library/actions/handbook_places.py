"""Where in a meeting an entry is offered, and who writes which branch."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import clock
from nennep.core.person import Person
from nennep.core.refusal import Refusal
from nennep.core.trail import record
from nennep.library.choices import Can
from nennep.library.models import Branch, BranchEditor, Entry, EntryPlace
from nennep.library.queries.handbook_desk import may_handle


@transaction.atomic
def place_entry(entry: Entry, *, places: Collection[str], by: Person) -> Entry:
    """From now on it is offered at these steps of a meeting and nowhere else."""
    entry = Entry.objects.select_for_update().get(pk=entry.pk)
    wanted = set(places)
    entry.places.exclude(place__in=wanted).delete()
    there = set(entry.places.values_list("place", flat=True))
    EntryPlace.objects.bulk_create(
        EntryPlace(entry=entry, place=place) for place in sorted(wanted - there)
    )
    record("entry placed", entry, by=by, code=entry.code, count=len(wanted))
    return entry


@transaction.atomic
def name_editor(branch: Branch, *, user: User, by: Person) -> BranchEditor:
    """From now on the person writes here, and nowhere they are not named. A grant must let them write."""
    if not may_handle(user, Can.EDIT_HANDBOOK):
        raise Refusal(
            _("%(name)s has no right to write the handbook. Give them a grant first.")
            % {"name": user.label},
            code="no_right",
            field="user",
        )
    editor, is_new = BranchEditor.objects.get_or_create(
        branch=branch, user=user, defaults={"given_by_id": by.pk, "given_at": clock.now()}
    )
    if not is_new:
        raise Refusal(
            _("%(name)s writes here already.") % {"name": user.label},
            code="editor_known",
            field="user",
        )
    record("editor named", editor, by=by, user=user.username, title=branch.title)
    return editor


@transaction.atomic
def release_editor(editor: BranchEditor, *, by: Person) -> None:
    """The last one released leaves the person without limits again."""
    record("editor released", editor, by=by, user=editor.user.username, title=editor.branch.title)
    editor.delete()
