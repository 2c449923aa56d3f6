"""How large a demonstration may be."""

from dataclasses import dataclass
from datetime import date

from nennep.core.periods import months_between
from nennep.demo.plan.words import STANDS_ON


@dataclass(frozen=True)
class Size:
    """`writes_from`: the first month whose meetings have texts in every district, not only in
    Sóc Sơn and Phúc Thọ.
    """

    name: str
    first_month: date
    writes_from: date
    has_rest_of_city: bool = False

    @property
    def months(self) -> list[date]:
        return months_between(self.first_month, STANDS_ON.replace(day=1))


SIZES = {
    size.name: size
    for size in (
        Size("ward", date(2023, 7, 1), date(2023, 7, 1)),
        Size("district", date(2021, 12, 1), date(2021, 12, 1)),
        Size("city", date(2021, 7, 1), date(2024, 4, 1), has_rest_of_city=True),
    )
}
