from nennep.indicators.models.months import COUNTERS, CellMonth, DirtyCell, UnitMonth
from nennep.indicators.models.recurrences import MemberMonth, UnitRecurrence
from nennep.indicators.models.stocks import STOCKS, CountedPlace, CountedStock, UnitStock

# Worked out from facts and never typed: whoever deletes a unit has them counted anew first.
COUNTED = (CellMonth, UnitMonth, UnitRecurrence, MemberMonth, UnitStock, CountedPlace, DirtyCell)

__all__ = [
    "COUNTED",
    "COUNTERS",
    "STOCKS",
    "CellMonth",
    "CountedPlace",
    "CountedStock",
    "DirtyCell",
    "MemberMonth",
    "UnitMonth",
    "UnitRecurrence",
    "UnitStock",
]
