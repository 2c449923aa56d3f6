"""The register as people read it: filtered, counted by kind, with what replaces what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import overload

from django.db.models import Count, Max, Min, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nennep.core import clock
from nennep.core.person import Person
from nennep.core.text import vn_number, whole_number
from nennep.library.choices import Can, DocumentKind, DocumentState, LinkKind
from nennep.library.models import Document, DocumentLink
from nennep.library.models.documents import DocumentQuerySet
from nennep.library.queries.issuing import issuing_of
from nennep.library.rules.documents import canonical
from nennep.organisation.choices import CELL_KINDS
from nennep.organisation.models import Unit
from nennep.regulations.choices import Force
from nennep.regulations.models import Basis, paths_over

UNDATED = "none"
CHOICES_AT_MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the list is asked for. `year` is a year or `UNDATED`; an empty value asks nothing."""

    unit: Unit | None = None
    kind: str = ""
    issuer: str = ""
    year: str = ""
    force: str = ""
    programme: str = ""
    text: str = ""
    with_cells: bool = False


@dataclass(frozen=True, slots=True)
class KindCount:
    """So many documents of a kind, in words: “13 kế hoạch”."""

    kind: str
    count: int

    @property
    def words(self) -> str:
        return f"{vn_number(self.count)} {DocumentKind(self.kind).label}"


@dataclass(frozen=True, slots=True)
class Counts:
    """Issued documents by kind, the most frequent first: “29 văn bản: 13 kế hoạch, 3 đề án”.

    `listed` counts drafts and void numbers as well.
    """

    total: int
    kinds: Sequence[KindCount]
    listed: int

    @property
    def words(self) -> str:
        whole = ngettext("%(count)s document", "%(count)s documents", self.total) % {
            "count": vn_number(self.total)
        }
        return f"{whole}: {', '.join(each.words for each in self.kinds)}" if self.kinds else whole


def documents_found(person: Person, asked: Filters) -> DocumentQuerySet:
    """What the person sees of what was asked for, the latest first.

    Those of cells below are content, and many: they are listed where they are asked for.
    """
    found = Document.objects.visible_to(person).select_related("unit", "basis__replaced_by")
    if not asked.with_cells:
        found = found.filter(unit__in=_near_units(person))
    if asked.unit is not None:
        found = found.filter(unit=asked.unit)
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.issuer:
        found = found.filter(issuer=asked.issuer)
    if asked.programme:
        found = found.filter(programme_symbol=canonical(asked.programme))
    return _of_year(_in_state(found.saying(asked.text), asked.force), asked.year)


def _of_year(found: DocumentQuerySet, year: str) -> DocumentQuerySet:
    if year == UNDATED:
        return found.filter(issued_on__isnull=True, state=DocumentState.ISSUED)
    number = whole_number(year)
    return found.filter(issued_on__year=number) if number and number <= date.max.year else found


def _in_state(found: DocumentQuerySet, force: str) -> DocumentQuerySet:
    today = clock.today()
    if force == Force.RUNNING:
        return found.in_force(today)
    if force == Force.COMING:
        return found.not_yet(today)
    if force == Force.OVER:
        return found.over(today)
    return found.filter(state=force) if force in DocumentState.values else found


def counted(documents: QuerySet[Document]) -> Counts:
    """Only what was issued counts: a draft is none yet, a void number none any more."""
    rows = list(documents.order_by().values_list("kind", "state").annotate(count=Count("pk")))
    issued = [
        KindCount(kind, count) for kind, state, count in rows if state == DocumentState.ISSUED
    ]
    listed = sum(count for _kind, _state, count in rows)
    return Counts(sum(each.count for each in issued), sorted(issued, key=_frequent_first), listed)


class Listed(Sequence[Document]):
    """A list whose length is known; a part of it is found by its ids, and only that is read whole."""

    def __init__(self, found: DocumentQuerySet, length: int) -> None:
        self._found, self._length = found, length

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, place: int) -> Document: ...
    @overload
    def __getitem__(self, place: slice) -> list[Document]: ...
    def __getitem__(self, place: int | slice) -> Document | list[Document]:
        if isinstance(place, int):
            return self[place : place + 1][0]
        ids = list(self._found.values_list("pk", flat=True)[place])
        whole = self._found.in_bulk(ids)
        return [whole[pk] for pk in ids]


def _frequent_first(each: KindCount) -> tuple[int, int]:
    return -each.count, DocumentKind.values.index(each.kind)


def choices_of(person: Person) -> tuple[list[str], list[int], list[str]]:
    """Issuers, years and programmes to choose from, in three questions."""
    near = _near(person)
    issuers = sorted(near.values_list("issuer", flat=True).distinct()[:CHOICES_AT_MOST])
    ends = near.aggregate(first=Min("issued_on"), last=Max("issued_on"))
    years = range(ends["first"].year, ends["last"].year + 1) if ends["first"] else ()
    programmes = near.exclude(programme_symbol="").values_list("programme_symbol", flat=True)
    return issuers, sorted(years, reverse=True), sorted(programmes.distinct()[:CHOICES_AT_MOST])


def registers_of(person: Person) -> QuerySet[Unit]:
    """The units in whose register there is something near the person."""
    seen = _near(person).values("unit")
    return Unit.objects.filter(pk__in=seen).order_by("depth", "sort_key")


def _near(person: Person) -> DocumentQuerySet:
    """Of what is seen, that of committees and of the own unit: of cells below there are too many."""
    return Document.objects.visible_to(person).order_by().filter(unit__in=_near_units(person))


def _near_units(person: Person) -> QuerySet[Unit]:
    own = {r.path for r in person.reaches(Can.VIEW_DOCUMENTS) if r.only is None}
    near = Unit.objects.exclude(kind__in=sorted(CELL_KINDS)) | Unit.objects.filter(path__in=own)
    return near.order_by()


def reads_cells_below(person: Person) -> bool:
    """Whether there are cells, other than the own one, whose documents the person may read."""
    paths = {r.path for r in person.reaches(Can.VIEW_CELL_DOCUMENTS) if r.only is None}
    return Unit.objects.filter(path__in=paths).exclude(kind__in=sorted(CELL_KINDS)).exists()


def kept_by(person: Person) -> list[Unit]:
    """The registers the person has a place at and keeps: where a document is entered from the list."""
    paths = {r.path for r in person.reaches(Can.KEEP_DOCUMENTS) if r.only is None}
    return list(Unit.objects.filter(path__in=paths).living().order_by("depth", "sort_key"))


def may_keep(person: Person, unit: Unit) -> bool:
    """A cell's register is kept by those who read its content."""
    asked = [Can.KEEP_DOCUMENTS, *([Can.VIEW_CELL_DOCUMENTS] if unit.is_cell else [])]
    return all(
        any(r.only is None and unit.path.startswith(r.path) for r in person.reaches(can))
        for can in asked
    )


def is_of_own_unit(person: Person, document: Document) -> bool:
    """Whether the person has a place in the very unit whose register it stands in."""
    return any(r.path == document.unit.path for r in person.reaches(Can.VIEW_DOCUMENTS))


def links_of(document: Document, person: Person) -> tuple[list[DocumentLink], list[DocumentLink]]:
    """What it replaces and amends, and what replaces and amends it; only what the person sees."""
    seen = Document.objects.visible_to(person)
    back = document.links_back.filter(earlier__in=seen).select_related(
        "earlier__basis__replaced_by"
    )
    on = document.links_on.filter(later__in=seen).select_related("later__basis__replaced_by")
    return list(back), list(on)


def replaceable(document: Document, person: Person) -> QuerySet[Document]:
    """What this document may replace or amend: issued, in registers the person keeps."""
    kept = Document.objects.where_may(person, Can.KEEP_DOCUMENTS).issued()
    return kept.exclude(pk=document.pk).filter(unit=document.unit)


def against_the_rules(document: Document) -> str:
    """Why its body was not to issue this kind that day, in words; empty where nothing says so."""
    if not document.is_own or document.issued_on is None:
        return ""
    issuing = issuing_of(document.unit, document.kind, document.body, document.issued_on)
    if issuing.may_issue is not False or issuing.source is None:
        return ""
    return _("Not in keeping with the rules: this body issues no such kind (%(rule)s).") % {
        "rule": f"{issuing.source.symbol}, {issuing.source.clause}"
    }


def page_of_basis(person: Person, basis: Basis) -> str:
    """The entry of a legal basis in the register, for who sees it."""
    seen = Document.objects.visible_to(person).filter(basis=basis)
    found = seen.values_list("public_id", flat=True).first()
    return reverse("library:document", args=[found]) if found else ""


def is_replaced_on(links: Iterable[DocumentLink], day: date) -> DocumentLink | None:
    """The link by which something else has taken its place by that day."""
    return next((x for x in links if x.kind == LinkKind.REPLACES and x.since <= day), None)


def sees_register(person: Person, unit: Unit) -> bool:
    """A committee's, from above and below; a cell's, by who reads its content."""
    if unit.kind in CELL_KINDS:
        return any(unit.path.startswith(r.path) for r in person.reaches(Can.VIEW_CELL_DOCUMENTS))
    return any(
        unit.path.startswith(r.path) or unit.path in paths_over(r.path)
        for r in person.reaches(Can.VIEW_DOCUMENTS)
    )
