"""Scales: where a value stands, and which values are written beside the axis."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal

from django.utils.translation import gettext as _

from nennep.core.text import vn_number, vn_percent
from nennep.ui.charts.pen import Value, text_width

Unit = Literal["percent", "count"]
STEPS = (1, 2, 5)
LEAST_SPAN = Fraction(1, 20)  # a change of half a percent is not drawn as a cliff
PERCENT_STEPS = (
    Fraction(1, 100),
    Fraction(1, 50),
    Fraction(1, 20),
    Fraction(1, 10),
    Fraction(1, 5),
)


@dataclass(frozen=True)
class Axis:
    """From `low` to `high`, both of which are ticks."""

    low: Fraction
    high: Fraction
    step: Fraction
    unit: Unit

    @property
    def ticks(self) -> list[Fraction]:
        count = int((self.high - self.low) / self.step)
        return [self.low + self.step * place for place in range(count + 1)]

    @property
    def cut(self) -> str:
        """Says so where the axis does not begin at nought, for a small change then looks large."""
        if not self.low:
            return ""
        return _("vertical axis cut: from %(low)s, not from 0") % {"low": self.written(self.low)}

    def share(self, value: Value) -> float:
        """0 at the low end, 1 at the high end; nothing is drawn outside."""
        return min(max((float(value) - self._floor) / self._span, 0.0), 1.0)

    @cached_property
    def _floor(self) -> float:
        return float(self.low)

    @cached_property
    def _span(self) -> float:
        return float(self.high - self.low)

    def written(self, value: Value) -> str:
        return written(value, self.unit)


def written(value: Value | None, unit: Unit) -> str:
    if value is None:
        return "–"
    return vn_percent(Fraction(value)) if unit == "percent" else vn_number(value)


def axis_for(values: Iterable[Value | None], unit: Unit, *, from_zero: bool = False) -> Axis:
    """Round ends around the values: three to six ticks, never past 100 % without need."""
    known = [Fraction(value) for value in values if value is not None] or [Fraction(0)]
    low, high = min(known), max(known)
    if unit == "percent":
        return _percent_axis(Fraction(0) if from_zero else low, high)
    return _count_axis(high)


def _percent_axis(low: Fraction, high: Fraction) -> Axis:
    top = max(high, Fraction(1)) if high > Fraction(4, 5) else high
    if top - low < LEAST_SPAN:
        low, top = (top - LEAST_SPAN, top) if top >= LEAST_SPAN else (low, low + LEAST_SPAN)
    step = next((s for s in PERCENT_STEPS if (top - low) / s <= 4), Fraction(1, 4))
    return Axis(low // step * step, -(-top // step) * step, step, "percent")


def _count_axis(high: Fraction) -> Axis:
    step, size = Fraction(1), 1
    while high / step > 5:
        place = STEPS.index(int(step / size)) + 1
        if place == len(STEPS):
            place, size = 0, size * 10
        step = Fraction(STEPS[place] * size)
    return Axis(Fraction(0), max(-(-high // step) * step, step), step, "count")


def labelled(labels: list[str], room: float, size: float = 13) -> list[int]:
    """Which labels along the bottom are written: as many as fit, the last one always."""
    if not labels:
        return []
    widest = max(text_width(label, size) for label in labels) + 14
    fitting = max(int(room / widest), 1)
    every = -(-len(labels) // fitting)
    return sorted(range(len(labels) - 1, -1, -every))
