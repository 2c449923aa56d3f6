from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nennep.core.fields import ByteOrderedField, PathField


class CollectionQuerySet(models.QuerySet["Collection"]):
    def current(self, name: str) -> Self:
        return self.filter(name=name, is_current=True)


class Collection(models.Model):
    """One build of a searchable collection. The build in use is `is_current`; the next is made beside.

    `averages` are the average lengths of the fields, in syllables, at the time of the build: pieces
    added later are weighed by them, so that a piece's weight never depends on the order of changes.
    """

    name = models.CharField(_("collection"), max_length=60)
    is_current = models.BooleanField(default=False)
    pieces = models.PositiveIntegerField(default=0)
    averages = models.JSONField(default=dict)
    abbreviations = models.JSONField(default=dict)
    built_at = models.DateTimeField()

    objects = CollectionQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                "name", name="one_current_build_per_collection", condition=Q(is_current=True)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Piece(models.Model):
    """A numbered point of something that can be found, as it stands there, word for word.

    `source` names the whole it is of: the line of a file, a document, an entry. Who may find it is
    told by `verb` and `unit_path`: nobody without the verb at that place; without a verb, everybody
    who may search. `shift` makes what is replaced rank below what is in force (thousandths).
    """

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="+", db_index=False)
    source = ByteOrderedField(max_length=300)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=400, blank=True)
    path = models.CharField(max_length=1000, blank=True)
    heading = models.CharField(max_length=400, blank=True)
    text = models.TextField(blank=True)
    page = models.PositiveIntegerField(null=True)
    day = models.DateField(null=True)
    verb = models.CharField(max_length=40, blank=True)
    unit_path = PathField(max_length=80, blank=True)
    shift = models.PositiveSmallIntegerField(default=1000)

    class Meta:
        ordering = ["source", "number"]
        constraints = [
            models.UniqueConstraint(
                "collection", "source", "number", name="a_point_stands_once_in_its_source"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}#{self.number}"


class Term(models.Model):
    """A folded syllable, a pair of neighbours or a symbol, and how many pieces hold it."""

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="+", db_index=False)
    term = ByteOrderedField(max_length=100)
    df = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint("collection", "term", name="one_row_per_term"),
        ]

    def __str__(self) -> str:
        return self.term


class Posting(models.Model):
    """How much a term says of a piece, in thousandths."""

    term = models.ForeignKey(Term, models.CASCADE, related_name="+", db_index=False)
    piece = models.ForeignKey(Piece, models.CASCADE, related_name="+")
    impact = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [
            # With what is summed, so that a question is answered from the index alone.
            models.Index(fields=["term", "piece", "impact"], name="posting_by_term"),
        ]

    def __str__(self) -> str:
        return f"{self.term_id} {self.piece_id}"
