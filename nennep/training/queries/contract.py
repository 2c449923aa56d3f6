"""Training as the command line's contract has it: names in a cell, counts above it."""

from typing import Any

from django.utils.translation import gettext as _

from nennep.core import clock
from nennep.core.refusal import Refusal
from nennep.organisation.models import Unit
from nennep.training.queries.coverage import Coverage, coverage_of


def training_json(unit: Unit, year: int) -> dict[str, Any]:
    """Refuses a year that has not begun: nobody knows who will hold a post then."""
    if year > clock.today().year:
        raise Refusal(
            _("The year %(year)s has not begun. Ask for this year or an earlier one.")
            % {"year": year},
            code="year_to_come",
        )
    coverage = coverage_of(unit, year)
    return {
        "by_post": [
            {"post": count.post.value, "holding": count.holding, "trained": count.trained}
            for count in coverage.by_post
        ],
        "missing": _names(coverage) if unit.is_cell else _counts(coverage),
    }


def _names(coverage: Coverage) -> list[dict[str, Any]]:
    return [
        {"code": coverage.unit.code, "post": h.post.value, "member": h.name or None}
        for h in coverage.missing
    ]


def _counts(coverage: Coverage) -> list[dict[str, Any]]:
    codes = dict(
        Unit.objects.filter(pk__in=list(coverage.missing_by_unit)).values_list("pk", "code")
    )
    return [
        {"code": codes[unit_id], "post": post.value, "count": count}
        for unit_id, counts in coverage.missing_by_unit.items()
        for post, count in counts.items()
    ]
