"""What can be found, as plain values."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from nennep.core.documents import TextLine

FULL = 1000  # thousandths of the score


@dataclass(frozen=True)
class Source:
    """Something that can be found: its name, its lines in order, and who may find it.

    `id` is the record's key within its kind. With a `unit` (its id) it is found by who holds `verb`
    there or above, and if it `is_open_below` also by who holds it below; without a unit by everybody
    who may search. `also` are other words it is looked for by: they stand with its path and are not
    part of what it says. `weight` is what its score is multiplied by, in thousandths.
    """

    id: str
    title: str
    lines: Sequence[TextLine] = field(default_factory=tuple)
    kind: str = ""
    symbol: str = ""
    also: str = ""
    day: date | None = None
    in_force_from: date | None = None
    in_force_to: date | None = None
    replaced_by: str = ""
    verb: str = ""
    unit: int | None = None
    is_open_below: bool = False
    weight: int = FULL

    @property
    def name(self) -> str:
        """How its pieces name it: unique among all kinds."""
        return f"{self.kind}/{self.id}" if self.kind else self.id
