"""What of the handbook can be found by searching: the published entries, open to everybody."""

from collections.abc import Iterable, Iterator, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nennep.core.documents import TextLine
from nennep.library.models import Entry, Revision
from nennep.library.queries.handbook import fact_words
from nennep.library.queries.sources import SourceKind
from nennep.library.rules.sources import Source

CODE = "cam-nang"


def handbook_sources() -> SourceKind:
    return SourceKind(
        code=CODE,
        label=_("Handbook"),
        icon="book",
        keys=_keys,
        read=_read,
        address=lambda key, _page: reverse("library:entry", args=[key]),
        order=10,
    )


def _keys() -> Iterable[str]:
    return Entry.objects.published().values_list("code", flat=True)


def _read(keys: Sequence[str]) -> Iterator[Source]:
    found = Revision.objects.filter(current_of__code__in=keys).select_related("entry")
    for revision in found.prefetch_related("citations__basis"):
        text = revision.text
        symbols = [citation.basis.symbol for citation in revision.citations.all()]
        lines = [text.answer, *text.steps, *text.notes]
        lines += [f"{fact.says}: {fact_words(fact)}" for fact in text.facts]
        yield Source(
            revision.entry.code,
            revision.question,
            [TextLine(line) for line in lines if line],
            also=", ".join([*text.words, *symbols]),
        )
