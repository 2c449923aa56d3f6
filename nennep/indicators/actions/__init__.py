"""Keeping the counters equal to the facts. Nothing here is typed by a person."""

from nennep.indicators.actions.dirty import mark_dirty, refresh_place, refresh_roll
from nennep.indicators.actions.rebuild import open_months, rebuild, refresh_dirty
from nennep.indicators.actions.refresh import refresh_month, refresh_units

__all__ = [
    "mark_dirty",
    "open_months",
    "rebuild",
    "refresh_dirty",
    "refresh_month",
    "refresh_place",
    "refresh_roll",
    "refresh_units",
]
