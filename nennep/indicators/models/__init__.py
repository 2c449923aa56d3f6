from nennep.indicators.models.months import COUNTERS, CellMonth, DirtyCell, UnitMonth
from nennep.indicators.models.recurrences import MemberMonth, UnitRecurrence
from nennep.indicators.models.stocks import STOCKS, CountedPlace, CountedStock, UnitStock

__all__ = [
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
