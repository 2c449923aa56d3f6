"""A year's ratings as the command line has them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nennep.recognition.choices import Level
from nennep.recognition.queries.ratings import NOT_RATED, YearLevels
from nennep.recognition.rules.ratings import Cap


def rating_json(now: YearLevels, cap: Cap, trend: Sequence[YearLevels]) -> dict[str, Any]:
    return {
        "levels": _levels(now),
        "cap": {
            "numerator": cap.numerator,
            "denominator": cap.denominator,
            "limit": cap.limit,
            "within": cap.is_within,
        },
        "trend": [{"year": year.year, **_levels(year)} for year in trend],
    }


def _levels(year: YearLevels) -> dict[str, int]:
    return {name: year.counts.get(name, 0) for name in (*Level.values, NOT_RATED)}
