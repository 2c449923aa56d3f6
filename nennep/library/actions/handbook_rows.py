"""An entry's text as rows: the entry, the content of a revision, and the citations beside it."""

from collections.abc import Iterator, Mapping
from typing import Any

from nennep.core import clock
from nennep.core.person import Person
from nennep.core.secret_guard import refuse_secret
from nennep.library.choices import RevisionState
from nennep.library.models import Branch, Citation, Entry, Revision
from nennep.library.rules.handbook import EntryText
from nennep.regulations.models import Basis

OPEN = (RevisionState.DRAFT, RevisionState.REVIEW)


def content_of(text: EntryText) -> dict[str, Any]:
    """What is kept in the revision itself; the bases are rows of their own."""
    table = text.as_table()
    table.pop("bases")
    return table


def citations_of(
    revision: Revision, text: EntryText, bases: Mapping[str, int]
) -> Iterator[Citation]:
    """A row for each basis, in the order they are named; one that is named twice stands once.

    KeyError for a basis nobody knows.
    """
    cited_once = {cited.basis: cited for cited in reversed(text.bases)}
    for position, cited in enumerate(reversed(cited_once.values())):
        yield Citation(
            revision=revision,
            basis_id=bases[cited.basis],
            clause=cited.clause,
            mark=cited.mark,
            position=position,
        )


def new_row(code: str, branch: Branch) -> Entry:
    """An entry at the end of its branch, which nobody reads yet."""
    position = Entry.objects.filter(branch=branch).count()
    return Entry.objects.create(code=code, branch=branch, position=position)


def keep_draft(entry: Entry, *, text: EntryText, by: Person) -> Revision:
    """The open text of an entry, changed, or a new one. Whoever calls has asked who may."""
    refuse_secret(*text.sentences, *text.words, text.link)
    draft = entry.revisions.filter(state__in=OPEN).first()
    draft = draft or Revision(entry=entry, number=_next_number(entry), state=RevisionState.DRAFT)
    draft.question, draft.content = text.question[:300], content_of(text)
    draft.written_by_id, draft.written_at = by.pk, clock.now()
    draft.save()
    draft.citations.all().delete()
    bases = dict(Basis.objects.values_list("code", "pk"))
    Citation.objects.bulk_create(citations_of(draft, text, bases))
    return draft


def _next_number(entry: Entry) -> int:
    last = entry.revisions.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1
