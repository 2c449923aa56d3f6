"""Pictures of figures, drawn on the server: they print, work offline, and need no script.

Each page puts the table of the same figures below its picture.
"""

from nennep.ui.charts.bars import Bar, bars
from nennep.ui.charts.heat import Column, HeatCell, HeatRow, heat_map
from nennep.ui.charts.lines import Point, Series, Target, trend
from nennep.ui.charts.multiples import small_multiples

__all__ = [
    "Bar",
    "Column",
    "HeatCell",
    "HeatRow",
    "Point",
    "Series",
    "Target",
    "bars",
    "heat_map",
    "small_multiples",
    "trend",
]
