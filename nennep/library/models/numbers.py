from __future__ import annotations

from django.db import models

from nennep.organisation.models import Term


class NumberSeries(models.Model):
    """The last number given to a kind of document in a term; locked while the next is taken.

    `kind` is the abbreviation of the kind of document, or the congress, whose papers of all kinds
    count in one series. Meetings' papers and the documents of this app draw from the same series.
    """

    term = models.ForeignKey(Term, models.PROTECT, related_name="number_series")
    kind = models.CharField(max_length=4)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint("term", "kind", name="one_series_per_kind_and_term"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.last}"
