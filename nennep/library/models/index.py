from __future__ import annotations

from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nennep.core.fields import ByteOrderedField
from nennep.library.rules.sources import FULL
from nennep.organisation.models import Unit
from nennep.regulations.models import HasForce


class CollectionQuerySet(models.QuerySet["Collection"]):
    def current(self, name: str) -> Self:
        return self.filter(name=name, is_current=True)

    def living(self, name: str) -> Self:
        """The generation in use and the one that is being built beside it."""
        return self.filter(Q(is_current=True) | Q(is_building=True), name=name)


class Collection(models.Model):
    """One generation of a searchable collection. The one in use is `is_current`.

    `averages` are the average lengths of the fields, in syllables, at the time of the build: pieces
    added later are weighed by them, so that a piece's weight never depends on the order of changes.
    `pieces` counts those that everybody may find, and so do the terms: nothing that only some may
    read changes how anything is ranked. `spellings` has for each syllable the way the texts write it
    most often. `token` names the generation to what remembers its words. `changes` counts the changes to these numbers.
    """

    token = models.UUIDField(default=uuid4, editable=False)
    name = models.CharField(_("collection"), max_length=60)
    is_current = models.BooleanField(default=False)
    is_building = models.BooleanField(default=False)
    pieces = models.PositiveIntegerField(default=0)
    changes = models.PositiveIntegerField(default=0)
    averages = models.JSONField(default=dict)
    abbreviations = models.JSONField(default=dict)
    spellings = models.JSONField(default=dict)
    built_at = models.DateTimeField()

    objects = CollectionQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                "name", name="one_current_build_per_collection", condition=Q(is_current=True)
            ),
            models.UniqueConstraint(
                "name", name="one_build_at_a_time_per_collection", condition=Q(is_building=True)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Piece(HasForce):
    """A numbered point of something that can be found, as it stands there, word for word.

    `source` names the whole it is of: the line of a file, or kind and key of a record. With a `unit`
    it is found by who holds `verb` there or above, and if it `is_open_below` by who holds it below;
    without one, by everybody who may search. `shift` is what its score is multiplied by (thousandths). `folded_title` stands on the
    first piece only: what is offered while somebody types.
    """

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="+", db_index=False)
    source = ByteOrderedField(max_length=300)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=400, blank=True)
    symbol = models.CharField(max_length=60, blank=True)
    folded_title = ByteOrderedField(max_length=500, blank=True)
    path = models.CharField(max_length=1000, blank=True)
    heading = models.CharField(max_length=400, blank=True)
    text = models.TextField(blank=True)
    page = models.PositiveIntegerField(null=True)
    day = models.DateField(null=True)
    replaced_by = models.CharField(max_length=400, blank=True)
    verb = models.CharField(max_length=40, blank=True)
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, related_name="+")
    is_open_below = models.BooleanField(default=False)
    shift = models.PositiveSmallIntegerField(default=FULL)

    class Meta:
        ordering = ["source", "number"]
        indexes = [
            # The titles: one row for each source, the person's own units beside what is open.
            models.Index(
                fields=["collection", "unit"], name="first_piece_by_unit", condition=Q(number=0)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                "collection", "source", "number", name="a_point_stands_once_in_its_source"
            ),
            # By which what was not read is known to stay behind.
            models.CheckConstraint(
                name="no_score_is_raised_by_its_piece", condition=Q(shift__lte=FULL)
            ),
            models.CheckConstraint(
                name="what_belongs_to_a_unit_asks_for_a_verb",
                condition=Q(unit__isnull=True, verb="") | (Q(unit__isnull=False) & ~Q(verb="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}#{self.number}"


class Term(models.Model):
    """A folded syllable, a pair of neighbours or a symbol; `df` of the pieces open to all hold it."""

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
    """How much a term says of a piece, in thousandths; `unit` is the piece's.

    With the unit, a cell's people are answered from the few rows of their cell, and a unit that
    moves in the tree takes its pieces along. Written and taken out with its piece by `Build` alone,
    and read only together with it: the database is not asked to look its three keys up, which for
    millions of rows takes longer than to write them.
    """

    term = models.ForeignKey(
        Term, models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    piece = models.ForeignKey(Piece, models.CASCADE, related_name="+", db_constraint=False)
    unit = models.ForeignKey(
        Unit, models.CASCADE, null=True, related_name="+", db_index=False, db_constraint=False
    )
    impact = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [
            # With what is summed, so that a question is answered from the index alone.
            models.Index(fields=["term", "unit", "piece", "impact"], name="posting_by_term"),
        ]

    def __str__(self) -> str:
        return f"{self.term_id} {self.piece_id}"
