from nennep.indicators.models.months import (
    COUNTERS,
    LEVEL_COUNTERS,
    CellMonth,
    DirtyCell,
    LevelMonth,
    UnitMonth,
)
from nennep.indicators.models.recurrences import MemberMonth, UnitRecurrence
from nennep.indicators.models.stocks import STOCKS, CountedPlace, CountedStock, UnitStock

# Worked out from facts and never typed: whoever deletes a unit has them counted anew first.
COUNTED = (
    CellMonth, UnitMonth, LevelMonth, UnitRecurrence, MemberMonth, UnitStock, CountedPlace,
    DirtyCell,
)  # fmt: skip

__all__ = [
    "COUNTED",
    "COUNTERS",
    "LEVEL_COUNTERS",
    "STOCKS",
    "CellMonth",
    "CountedPlace",
    "CountedStock",
    "DirtyCell",
    "LevelMonth",
    "MemberMonth",
    "UnitMonth",
    "UnitRecurrence",
    "UnitStock",
]
