"""Keeping the counters equal to the facts. Nothing here is typed by a person."""

from nennep.indicators.actions.dirty import (
    forget_units,
    mark_dirty,
    note_dirty,
    refresh_place,
    refresh_roll,
    refresh_rolls,
    refresh_stocks_soon,
)
from nennep.indicators.actions.levels import refresh_level
from nennep.indicators.actions.rebuild import open_months, rebuild, refresh_dirty
from nennep.indicators.actions.refresh import (
    refresh_counted,
    refresh_month,
    refresh_tasks,
    refresh_units,
)

__all__ = [
    "forget_units",
    "mark_dirty",
    "note_dirty",
    "open_months",
    "rebuild",
    "refresh_counted",
    "refresh_dirty",
    "refresh_level",
    "refresh_month",
    "refresh_place",
    "refresh_roll",
    "refresh_rolls",
    "refresh_stocks_soon",
    "refresh_tasks",
    "refresh_units",
]
