"""How far the review of a programme has come."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nennep.core import clock
from nennep.reports.queries.findings import Findings


@dataclass(frozen=True)
class Step:
    """`state`: done, todo, or attention where something waits."""

    label: str | Promise
    url: str
    state: str


def steps_of(found: Findings) -> list[Step]:
    return [
        Step(_("Programme and period"), "#chon", "done"),
        Step(_("Figures"), "#so-lieu", _figures(found)),
        Step(_("Contributions"), "#y-kien", _asked(found)),
        Step(_("What is reported"), "#chon-y-kien", _chosen(found)),
        Step(_("Files"), "#tep", "done" if found.of.published_id else "todo"),
    ]


def _figures(found: Findings) -> str:
    """Figures that reports state otherwise, or that are being recomputed, want a look."""
    waits = found.review.is_being_recomputed or any(line.differs for line in found.lines)
    return "attention" if waits else "done"


def _asked(found: Findings) -> str:
    if not found.contributors:
        return "todo"
    if not found.not_answered:
        return "done"
    is_over = found.of.due_on is not None and found.of.due_on < clock.today()
    return "attention" if is_over else "todo"


def _chosen(found: Findings) -> str:
    if found.is_something_chosen:
        return "done"
    return "attention" if found.contributions else "todo"
