"""Documents issued to carry a programme out, counted by kind as reviews count them."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q, QuerySet

from nennep.core.fields import below
from nennep.library.choices import DocumentKind
from nennep.library.models import Document
from nennep.organisation.models import Unit
from nennep.programmes.models import Programme
from nennep.programmes.queries.standing import lower_programmes


def documents_by_kind(programme: Programme, unit: Unit, day: date) -> dict[str, int]:
    """By the name of the kind, the most frequent first: issued by the unit and those below it.

    Of the programme itself, and of the lower ones by which it is carried out.
    """
    return _by_kind(_issued(programme, day).filter(below("unit__path", unit.path)))


def _by_kind(documents: QuerySet[Document]) -> dict[str, int]:
    rows = documents.values_list("kind").annotate(count=Count("pk")).order_by("-count", "kind")
    return {str(DocumentKind(kind).label): count for kind, count in rows}


def implementing_documents(unit: Unit, first: date, last: date) -> dict[str, int]:
    """Of whatever programme, issued by the unit and those below it in these days; as above."""
    issued = Document.objects.issued().filter(is_own=True).exclude(programme_symbol="")
    return _by_kind(issued.filter(below("unit__path", unit.path), issued_on__range=(first, last)))


def issued_by(programme: Programme, unit: Unit, day: date) -> int:
    """How many the unit itself issued; those below it apart."""
    return _issued(programme, day).filter(unit=unit).count()


def _issued(programme: Programme, day: date) -> QuerySet[Document]:
    """What a register holds of others is theirs, and counted where they issued it."""
    symbols = [programme.symbol, *(each.symbol for each in lower_programmes(programme))]
    until = Q(issued_on__isnull=True) | Q(issued_on__lte=day)
    return Document.objects.issued().filter(until, is_own=True, programme_symbol__in=symbols)
