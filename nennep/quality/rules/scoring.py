"""The score of one meeting: what the facts propose, what people set, the total and its class."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from nennep.quality.choices import CLASSES, LeftOut, Origin, Waived
from nennep.quality.rules.facts import MeetingFacts
from nennep.quality.rules.sheets import Criterion, Demand, Option, Sheet, all_hold

NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class Given:
    """What a person set for a criterion: points, or met and not met where there are none."""

    points: Fraction | None = None
    is_met: bool | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the facts say of a criterion. `is_presumed`: a fact is still open and taken as good."""

    points: Fraction | None = None
    is_met: bool | None = None
    option: Option | None = None
    is_presumed: bool = False

    @property
    def is_made(self) -> bool:
        return self.points is not None or self.is_met is not None


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion of a scored sheet; both `points` and `is_met` None: nobody has set it yet."""

    criterion: Criterion
    is_asked: bool
    proposal: Proposal
    points: Fraction | None = None
    is_met: bool | None = None
    origin: str = ""
    reason: str = ""

    @property
    def max(self) -> Fraction:
        return self.criterion.max or NOTHING

    @property
    def is_set(self) -> bool:
        return not self.is_asked or self.points is not None or self.is_met is not None

    @property
    def is_full(self) -> bool:
        return self.points is not None and self.points == self.criterion.max

    @property
    def lost(self) -> Fraction:
        """Points this line keeps from being full; all of them while nobody set it."""
        if not self.is_asked or self.criterion.is_bonus:
            return NOTHING
        return self.max - (self.points or NOTHING)


@dataclass(frozen=True, slots=True)
class Score:
    """A sheet filled in. `total` and `klass` are None while a line is open, or without points."""

    lines: tuple[Line, ...]
    total: Fraction | None
    klass: str | None
    failed_gates: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if not line.is_set)

    @property
    def is_complete(self) -> bool:
        return not self.missing


def propose(criterion: Criterion, facts: MeetingFacts) -> Proposal:
    """What the facts decide. Where one that matters was not recorded, they decide nothing."""
    if criterion.needs:
        return _met(criterion, facts)
    for option in criterion.options:
        holds = all_hold(option.tests, facts)
        if holds is None:
            return Proposal()
        if holds:
            is_presumed = any(_is_presumed(test, facts) for test in option.tests)
            return Proposal(option.points, None, option, is_presumed)
    return Proposal()


def _met(criterion: Criterion, facts: MeetingFacts) -> Proposal:
    """A failed need settles it; needs that hold do so only where they are all that is asked."""
    holds = all_hold(criterion.needs, facts)
    is_presumed = bool(holds) and any(_is_presumed(test, facts) for test in criterion.needs)
    if holds and not criterion.is_decided:
        holds = None
    return Proposal(None, holds, None, is_presumed)


def _is_presumed(test: Demand, facts: MeetingFacts) -> bool:
    return facts.is_open(test.fact)


def score(sheet: Sheet, facts: MeetingFacts, given: Mapping[str, Given] | None = None) -> Score:
    """The sheet with what the facts propose, over it what people set."""
    given = given or {}
    lines = tuple(_line(sheet, c, facts, given.get(c.code)) for c in sheet.lines)
    if not sheet.has_points or any(not line.is_set for line in lines):
        return Score(lines, None, None)
    total = total_of(sheet, lines)
    klass, failed = class_of(sheet, total, lines)
    return Score(lines, total, klass, failed)


def _line(sheet: Sheet, criterion: Criterion, facts: MeetingFacts, given: Given | None) -> Line:
    if not criterion.is_asked(facts):
        return _not_asked(sheet, criterion)
    proposal = propose(criterion, facts)
    proposed = _value(sheet, proposal)
    if given is None or (given.points, given.is_met) == (None, None):
        return _filled(criterion, proposal, proposed, Origin.FACT)
    points = None if given.points is None else _within(given.points, criterion)
    is_changed = (points, given.is_met) != proposed
    origin = Origin.PERSON if is_changed else Origin.FACT
    reason = given.reason if is_changed else ""
    return _filled(criterion, proposal, (points, given.is_met), origin, reason)


def _filled(
    criterion: Criterion,
    proposal: Proposal,
    value: tuple[Fraction | None, bool | None],
    origin: str,
    reason: str = "",
) -> Line:
    points, is_met = value
    is_set = points is not None or is_met is not None
    return Line(
        criterion,
        is_asked=True,
        proposal=proposal,
        points=points,
        is_met=is_met,
        origin=origin if is_set else "",
        reason=reason,
    )


def _not_asked(sheet: Sheet, criterion: Criterion) -> Line:
    """Left out, or full where the sheet waives it so (a cell with a secretary alone)."""
    if criterion.waived == Waived.FULL and sheet.has_points:
        full = Proposal(criterion.max)
        return _filled(criterion, full, (criterion.max, None), Origin.FACT)
    return Line(criterion, is_asked=False, proposal=Proposal())


def _value(sheet: Sheet, proposal: Proposal) -> tuple[Fraction | None, bool | None]:
    """On a sheet with points only points count; what is met stands beside them as a fact."""
    return (proposal.points, None) if sheet.has_points else (None, proposal.is_met)


def _within(points: Fraction, criterion: Criterion) -> Fraction:
    return min(max(points, NOTHING), criterion.max or NOTHING)


def total_of(sheet: Sheet, lines: tuple[Line, ...]) -> Fraction:
    """The sum, never above the sheet's total; rescaled where the sheet says so."""
    most = sheet.total or NOTHING
    points = sum((line.points or NOTHING for line in lines if line.is_asked), NOTHING)
    left_out = sum((line.max for line in lines if not line.is_asked), NOTHING)
    if sheet.left_out == LeftOut.RESCALE and left_out and most > left_out:
        points = points * most / (most - left_out)
    return min(points, most)


def class_of(
    sheet: Sheet, total: Fraction, lines: tuple[Line, ...]
) -> tuple[str | None, tuple[str, ...]]:
    """The class of a total, and the criteria whose gate kept it from a better one."""
    klass = next((cut.klass for cut in sheet.classes if total >= cut.least), None)
    failed: list[str] = []
    while klass is not None and (codes := _failing(sheet, klass, lines)):
        failed += codes
        klass = _next_down(sheet, klass)
    return klass, tuple(dict.fromkeys(failed))


def _failing(sheet: Sheet, klass: str, lines: tuple[Line, ...]) -> list[str]:
    gates = [gate for gate in sheet.gates if gate.klass == klass]
    wanted = {code for gate in gates for code in gate.criteria}
    return [
        line.criterion.code
        for line in lines
        if line.is_asked and line.criterion.code in wanted and not line.is_full
    ]


def _next_down(sheet: Sheet, klass: str) -> str | None:
    order = [cut.klass for cut in sheet.classes]
    place = order.index(klass) + 1
    return order[place] if place < len(order) else None


def gap(self_class: str, official: str) -> int:
    """How many classes the cell judged itself better than its superior did; negative: worse."""
    return CLASSES.index(official) - CLASSES.index(self_class)
