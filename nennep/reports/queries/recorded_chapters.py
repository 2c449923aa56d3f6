"""What a review tells from the registers: documents issued and commendations. None only where none is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from nennep.core.text import vn_date, vn_number
from nennep.organisation.rules import committee_name
from nennep.papers.paper import BulletList, Heading, Paragraph, Text, noted
from nennep.recognition.models import Commendation
from nennep.recognition.queries.commendations import Commended
from nennep.reports.queries.findings import Findings
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


def commendations(review: Review, at_review: list[Text]) -> Iterator[Any]:
    """How many were commended in the period; below it, line by line, those `at_review`."""
    words = wording("review")
    yield Heading(words["headings"]["commended"], 2)
    is_any = review.figures["REWARD.total"].numerator
    told: Text = words["commended"]["none"]
    if is_any:
        told = noted_fill(words["commended"]["counted"], review)
    yield BulletList([told, *at_review])


def at_review(found: Findings) -> list[Text]:
    """Each decision of the unit's own body; who was commended at this review by name, others counted."""
    words = wording("review")["commended"]
    committee, named = committee_name(found.of.unit.name), set(found.commended.of_rounds.rows)
    lines: list[Text] = []
    for decision in found.commended.decided.by_decision:
        row = decision.first
        count = noted(_count(len(decision.collectives), len(decision.persons)), source_of_row(row))
        told = {"decision": row.decision, "day": vn_date(row.on), "occasion": _lower(row.occasion)}
        lines.append(
            noted_fill(words["decided"], found.review, committee=committee, count=count, **told)
        )
        if row in named:
            lines += _named(decision)
    if waiting := found.commended.waiting:
        persons = sum(bool(each.name) for each in waiting)
        lines.append(fill(words["waiting"], {}, count=_count(len(waiting) - persons, persons)))
    return lines


def source_of_row(row: Commendation) -> str:
    note = wording("review")["notes"]["commended"]
    return fill(note, {}, decision=row.decision, day=vn_date(row.on))


def _named(decision: Commended) -> Iterator[Text]:
    words = wording("review")["commended"]
    if decision.collectives:
        names = "; ".join(_who(row) for row in decision.collectives)
        yield fill(words["collectives"], {}, names=names)
    if decision.persons:
        names = "; ".join(_who(row) for row in decision.persons)
        yield fill(words["persons"], {}, names=names)


def _who(row: Commendation) -> str:
    return ", ".join(filter(None, [row.name, _lower(row.post), row.belongs_to]))


def _count(collectives: int, persons: int) -> str:
    words = wording("review")["commended"]
    counts = {"of_collectives": collectives, "of_persons": persons}
    told = [
        fill(words[name], {}, count=vn_number(count)) for name, count in counts.items() if count
    ]
    return ", ".join(told)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
