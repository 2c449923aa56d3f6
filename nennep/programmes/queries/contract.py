"""A programme as the command line has it: shares as parts of one, days as ISO."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nennep.indicators.queries.contract import figure_number
from nennep.programmes.queries.standing import Carried, Heir, Standing


def programme_json(carried: Carried, documents: Mapping[str, int]) -> dict[str, Any]:
    programme, period = carried.programme, carried.period
    basis = programme.basis
    return {
        "symbol": basis.symbol,
        "title": basis.title,
        "kind": programme.kind,
        "issuer": basis.issuer,
        "issued_on": basis.issued_on and basis.issued_on.isoformat(),
        "carries_out": [each.symbol for each in carried.above],
        "running": carried.is_running,
        "issued_by": {
            "unit": programme.unit.code,
            "ended_on": programme.unit.ended_on and programme.unit.ended_on.isoformat(),
            "successors": [_heir(heir) for heir in carried.heirs],
        },
        "unit": carried.unit.code,
        "on": carried.day.isoformat(),
        "from": f"{period.first:%Y-%m}" if period else None,
        "to": f"{period.last:%Y-%m}" if period else None,
        "targets": [_target(standing) for standing in carried.standings],
        "position": {"met": carried.met, "targets": len(carried.standings)},
        "adoption": {
            "adopted": [
                {
                    "unit": each.unit.code,
                    "document": each.document,
                    "since": each.since and each.since.isoformat(),
                }
                for each in carried.adopted
            ],
            "not_adopted": [each.unit.code for each in carried.not_adopted],
        },
        "documents": {"by_kind": dict(documents), "total": sum(documents.values())},
    }


def _heir(heir: Heir) -> dict[str, Any]:
    return {
        "unit": heir.unit.code,
        "on": heir.on.isoformat(),
        "document": heir.document or None,
        "since": heir.since and heir.since.isoformat(),
    }


def _target(standing: Standing) -> dict[str, Any]:
    asked, figure = standing.asked, standing.figure
    return {
        "indicator": asked.indicator,
        "bound": asked.aim.bound,
        "threshold": figure_number(asked.aim.share),
        "due_on": asked.due_on and asked.due_on.isoformat(),
        "of": asked.symbol,
        "wording": asked.wording,
        "confirmed": asked.is_confirmed,
        "numerator": figure.numerator if figure else None,
        "denominator": figure.denominator if figure else None,
        "value": figure_number(standing.value),
        "position": standing.position.value,
    }
