"""An entry's text as rows: the content of a revision, and the citations beside it."""

from collections.abc import Iterator, Mapping
from typing import Any

from nennep.library.models import Citation, Revision
from nennep.library.rules.handbook import EntryText


def content_of(text: EntryText) -> dict[str, Any]:
    """What is kept in the revision itself; the bases are rows of their own."""
    table = text.as_table()
    table.pop("bases")
    return table


def citations_of(
    revision: Revision, text: EntryText, bases: Mapping[str, int]
) -> Iterator[Citation]:
    """A row for each basis, in the order they are named. KeyError for a basis nobody knows."""
    for position, cited in enumerate(text.bases):
        yield Citation(
            revision=revision,
            basis_id=bases[cited.basis],
            clause=cited.clause,
            mark=cited.mark,
            position=position,
        )
