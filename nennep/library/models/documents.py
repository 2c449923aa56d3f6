from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nennep.accounts.models import User
from nennep.core.fields import below
from nennep.core.ids import new_public_id
from nennep.core.scoping import NOTHING, ScopedQuerySet
from nennep.core.text import vn_number
from nennep.library.choices import Can, DocumentKind, DocumentState, Issuer, LinkKind
from nennep.library.rules.documents import searched
from nennep.organisation.choices import CELL_KINDS
from nennep.organisation.models import Term, Unit
from nennep.regulations.models import (
    Basis,
    HasForce,
    begun_on,
    ended_by,
    in_force_on,
    paths_over,
)

if TYPE_CHECKING:
    from nennep.core.person import Person
    from nennep.regulations.choices import Force

OF_CELLS = Q(unit__kind__in=sorted(CELL_KINDS))


class DocumentQuerySet(ScopedQuerySet["Document"]):
    """A committee's open documents are seen above and below it; a cell's are content of the cell."""

    to_view = Can.VIEW_DOCUMENTS

    def visible_to(self, person: Person) -> Self:
        """The units first, which are few; of those above only what is open and was issued."""
        inside, above = _units_seen(person)
        seen = self.filter(unit__in=Unit.objects.filter(inside | above).order_by())
        whole = Q(unit__in=Unit.objects.filter(inside).order_by())
        return seen.filter(whole | Q(is_open=True, state=DocumentState.ISSUED))

    def where_may(self, person: Person, can: str) -> Self:
        """To keep a register one has to see it: a cell's is kept by who reads its content."""
        reaches = [r for r in person.reaches(can) if r.only is None]
        inside = reduce(or_, (below("unit__path", r.path) for r in reaches), NOTHING)
        return self.visible_to(person).filter(inside)

    def issued(self) -> Self:
        return self.filter(state=DocumentState.ISSUED)

    def in_force(self, day: date) -> Self:
        """Issued, and in force that day: by the legal basis it is, else by its own dates."""
        own = Q(basis__isnull=True) & in_force_on(day)
        there = Q(basis__isnull=False) & begun_on(day, "basis__") & ~ended_by(day, "basis__")
        return self.issued().filter(own | there)

    def not_yet(self, day: date) -> Self:
        own = Q(basis__isnull=True, in_force_from__gt=day)
        return self.issued().filter(own | (Q(basis__isnull=False) & ~begun_on(day, "basis__")))

    def over(self, day: date) -> Self:
        own = Q(basis__isnull=True, in_force_to__lt=day)
        there = Q(basis__isnull=False) & begun_on(day, "basis__") & ended_by(day, "basis__")
        return self.issued().filter(own | there)

    def saying(self, text: str) -> Self:
        """All the words, with or without accents, in number, subject or issuer."""
        found = self
        for word in searched(text).split():
            found = found.filter(words__contains=word)
        return found


def _units_seen(person: Person) -> tuple[Q, Q]:
    """Units under a grant, and the committees above one: their open documents are meant for it."""
    of_cells = Q(kind__in=sorted(CELL_KINDS))
    committees = [r for r in person.reaches(Can.VIEW_DOCUMENTS) if r.only is None]
    cells = [r for r in person.reaches(Can.VIEW_CELL_DOCUMENTS) if r.only is None]
    below_committees = reduce(or_, (below("path", r.path) for r in committees), NOTHING)
    below_cells = reduce(or_, (below("path", r.path) for r in cells), NOTHING)
    over = {path for r in committees for path in paths_over(r.path)[1:]}
    inside = (~of_cells & below_committees) | (of_cells & below_cells)
    return inside, ~of_cells & Q(path__in=sorted(over))


class Document(HasForce):
    """A registered document (văn bản): one by which a programme is carried out, or the unit's own.

    `unit` keeps the register; `is_own`: its own body issued it, else `issuer` says who did. A
    number belongs to a term and a series. A document that is a legal basis has its force there.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="documents", db_index=False)
    kind = models.CharField(_("kind"), max_length=16, choices=DocumentKind.choices)
    state = models.CharField(
        max_length=8, choices=DocumentState.choices, default=DocumentState.ISSUED
    )
    symbol = models.CharField(_("number and symbol"), max_length=60, blank=True)
    is_own = models.BooleanField(default=False)
    body = models.CharField(_("body"), max_length=10, choices=Issuer.choices, blank=True)
    issuer = models.CharField(_("issued by"), max_length=200)
    drafted_by = models.CharField(_("drafting body"), max_length=200, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    subject = models.CharField(_("summary"), max_length=500)
    signer = models.CharField(_("signed by"), max_length=120, blank=True)
    signer_post = models.CharField(_("post of the signer"), max_length=120, blank=True)
    programme_symbol = models.CharField(_("carries out the programme"), max_length=60, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    is_open = models.BooleanField(_("seen by the organisations below"), default=True)
    basis = models.OneToOneField(
        Basis, models.SET_NULL, null=True, blank=True, related_name="document"
    )
    term = models.ForeignKey(
        Term, models.PROTECT, null=True, blank=True, related_name="documents", db_index=False
    )
    series = models.CharField(max_length=4, blank=True)
    number = models.PositiveIntegerField(null=True, blank=True)
    voided_on = models.DateField(null=True, blank=True)
    void_reason = models.CharField(_("why the number is void"), max_length=300, blank=True)
    words = models.CharField(max_length=900, editable=False)
    registered_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    registered_at = models.DateTimeField()

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = [F("issued_on").desc(nulls_first=True), "-id"]
        verbose_name = _("document")
        indexes = [
            # With what the list counts and offers as filters, so that these read the index alone.
            models.Index(
                fields=[
                    "unit", "issued_on", "state", "is_open", "kind", "programme_symbol", "issuer",
                ],
                name="documents_of_a_unit_by_day",
            )
        ]  # fmt: skip
        constraints = [
            models.UniqueConstraint(
                "term",
                "series",
                "number",
                name="a_document_has_a_number_of_its_own",
                condition=Q(number__isnull=False),
            ),
            models.UniqueConstraint(
                "unit",
                "kind",
                "symbol",
                "issued_on",
                name="a_document_stands_once_in_a_register",
                condition=~Q(symbol="") & ~Q(state="void"),
            ),
            models.CheckConstraint(
                name="a_number_belongs_to_a_series_of_a_term",
                condition=Q(number__isnull=True) | (Q(term__isnull=False) & ~Q(series="")),
            ),
            models.CheckConstraint(
                name="a_void_number_has_day_and_reason",
                condition=~Q(state="void") | (Q(voided_on__isnull=False) & ~Q(void_reason="")),
            ),
            models.CheckConstraint(
                name="a_document_ends_after_it_begins",
                condition=Q(in_force_to__isnull=True)
                | Q(in_force_from__isnull=True)
                | Q(in_force_to__gte=F("in_force_from")),
            ),
            models.CheckConstraint(
                name="the_force_of_a_legal_basis_is_kept_there",
                condition=Q(basis__isnull=True)
                | Q(in_force_from__isnull=True, in_force_to__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.symbol or self.subject

    def save(self, **kwargs: object) -> None:
        self.words = words_of(self)
        super().save(**kwargs)  # type: ignore[arg-type]  # Django's own arguments

    @property
    def is_of_cell(self) -> bool:
        return self.unit.is_cell

    @property
    def is_draft(self) -> bool:
        return self.state == DocumentState.DRAFT

    @property
    def is_issued(self) -> bool:
        return self.state == DocumentState.ISSUED

    def force_on(self, day: date) -> Force:
        return self.basis.force_on(day) if self.basis else super().force_on(day)


def words_of(document: Document) -> str:
    """What the register is searched by."""
    return searched(document.symbol, document.subject, document.issuer, document.drafted_by)[:900]


class DocumentLink(models.Model):
    """From a day on, `later` takes the place of `earlier`, or changes a part of it."""

    later = models.ForeignKey(Document, models.CASCADE, related_name="links_back")
    earlier = models.ForeignKey(Document, models.CASCADE, related_name="links_on")
    kind = models.CharField(max_length=8, choices=LinkKind.choices)
    since = models.DateField(_("from"))
    # What the earlier document's last day was before; taken back, it returns.
    former_last_day = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(
                "later", "earlier", "kind", name="two_documents_are_linked_once"
            ),
            models.UniqueConstraint(
                "earlier",
                name="a_document_is_replaced_once",
                condition=Q(kind="replaces"),
            ),
            models.CheckConstraint(
                name="a_document_is_not_linked_to_itself", condition=~Q(later=F("earlier"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.later} {self.kind} {self.earlier}"


class Draft(models.Model):
    """What a document drafted here says, block by block, and who receives it, as text."""

    document = models.OneToOneField(
        Document, models.CASCADE, primary_key=True, related_name="draft"
    )
    place = models.CharField(_("place"), max_length=80, blank=True)
    addressee = models.CharField(_("addressed to"), max_length=500, blank=True)
    body = models.TextField(_("text"))
    authority = models.CharField(_("signed for"), max_length=120, blank=True)
    recipients = models.TextField(_("copies to"), blank=True)
    urgency = models.CharField(_("urgency"), max_length=20, blank=True)

    def __str__(self) -> str:
        return str(self.document)


class DocumentFileQuerySet(ScopedQuerySet["DocumentFile"]):
    """Files of the documents that are seen."""

    to_view = Can.VIEW_DOCUMENTS
    path_lookup = "document__unit__path"

    def visible_to(self, person: Person) -> Self:
        return self.filter(document__in=Document.objects.visible_to(person))

    def where_may(self, person: Person, can: str) -> Self:
        return self.filter(document__in=Document.objects.where_may(person, can))


class DocumentFile(models.Model):
    """A file of a document, kept under the hash of its content; `pages` where it has pages."""

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    document = models.ForeignKey(Document, models.CASCADE, related_name="files")
    sha256 = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    pages = models.PositiveIntegerField(null=True, blank=True)
    has_text = models.BooleanField(default=False)
    kept_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    kept_at = models.DateTimeField()

    objects = DocumentFileQuerySet.as_manager()

    class Meta:
        ordering = ["document", "id"]
        constraints = [
            models.UniqueConstraint("document", "sha256", name="a_document_keeps_a_file_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def unit(self) -> Unit:
        return self.document.unit

    @property
    def size_words(self) -> str:
        """“812 KB”, “1,4 MB”."""
        kilobytes = -(-self.size // 1024)
        if kilobytes < 1024:
            return f"{kilobytes} KB"
        return f"{vn_number(Fraction(kilobytes, 1024), 1)} MB"


class FilePage(models.Model):
    """The text of one page of a file, for the search; `number` 1 where the file has no pages."""

    file = models.ForeignKey(DocumentFile, models.CASCADE, related_name="texts")
    number = models.PositiveIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["file", "number"]
        constraints = [
            models.UniqueConstraint("file", "number", name="a_page_of_a_file_is_kept_once"),
        ]

    def __str__(self) -> str:
        return f"{self.file} {self.number}"
