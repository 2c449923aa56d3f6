"""What a review tells from the registers: documents issued and commendations. None only where none is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from nennep.core.text import vn_date, vn_number
from nennep.papers.paper import BulletList, Heading, Paragraph, Text, noted
from nennep.reports.queries.notes import noted_fill
from nennep.reports.queries.review import Review
from nennep.reports.queries.wording import fill, wording


def documents_issued(review: Review) -> Iterator[Any]:
    """Of any programme, in the period; the review of one programme tells of its own."""
    words = wording("review")
    yield Heading(words["headings"]["carried_out"], 1)
    if not review.documents:
        yield Paragraph(words["carried_out"]["none_in_period"])
        return
    source = fill(words["notes"]["documents"], {}, as_of=vn_date(review.as_of))
    count = noted(vn_number(sum(review.documents.values())), source)
    sentence = words["carried_out"]["by_cell" if review.unit.is_cell else "in_period"]
    yield Paragraph(
        noted_fill(
            sentence, review, unit=review.unit.name, count=count, kinds=kinds_of(review.documents)
        )
    )


def kinds_of(documents: Mapping[str, int]) -> str:
    """“13 kế hoạch, 3 đề án”"""
    return ", ".join(f"{vn_number(count)} {kind.lower()}" for kind, count in documents.items())


def commendations(review: Review, at_review: list[Text] | None = None) -> Iterator[Any]:
    """How many were commended in the period; below it, line by line, those `at_review`."""
    words = wording("review")
    yield Heading(words["headings"]["commended"], 2)
    is_any = review.figures["REWARD.total"].numerator
    told: Text = words["commended"]["none"]
    if is_any:
        told = noted_fill(words["commended"]["counted"], review)
    yield BulletList([told, *(at_review or [])])
