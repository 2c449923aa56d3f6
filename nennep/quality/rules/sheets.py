"""A score sheet as data: its criteria, their ladders, gates and cut-offs, and how one is read.

A test of a ladder can only ask that a fact is at least as good as something. So a better fact
passes every test a worse one passes, and can never lower the score.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from nennep.quality.choices import CLASSES, Condition, LeftOut, MeetingClass, Waived
from nennep.quality.rules.facts import FACTS, MeetingFacts

MARKS = ("C", "P", "D")
CODE = re.compile(r"[0-9A-Za-z]+(\.[0-9A-Za-z]+)*")
# A demand as people read it: «attendance ≥ 90%», «minutes_short ≤ 15», «spoke > 1/2».
DEMAND = re.compile(r"(?P<fact>[a-z_]+) (?P<sign>≥|>|≤|<) (?P<value>[0-9./]+)(?P<percent>%?)")
AT_LEAST, MORE, AT_MOST, LESS = "≥", ">", "≤", "<"
GOOD_SIDE = {True: (AT_LEAST, MORE), False: (AT_MOST, LESS)}


class BadSheet(ValueError):
    """What is written is no sheet. `code` is the criterion at fault, "" for the whole."""

    def __init__(self, problem: str, code: str = "") -> None:
        super().__init__(f"{code}: {problem}" if code else problem)
        self.problem = problem
        self.code = code


@dataclass(frozen=True, slots=True)
class Demand:
    """A fact is at least as good as this; `is_strict`: better."""

    fact: str
    value: Fraction
    is_strict: bool = False

    def holds(self, facts: MeetingFacts) -> bool | None:
        """None where nobody recorded the fact."""
        found = facts.value(self.fact)
        if found is None:
            return None
        if found == self.value:
            return not self.is_strict
        return (found > self.value) is FACTS[self.fact].more_is_better

    @property
    def sign(self) -> str:
        return GOOD_SIDE[FACTS[self.fact].more_is_better][self.is_strict]

    @classmethod
    def read(cls, text: str) -> "Demand":
        found = DEMAND.fullmatch(" ".join(str(text).split()))
        if found is None or found["fact"] not in FACTS:
            raise BadSheet("test")
        strict = found["sign"] in {MORE, LESS}
        if found["sign"] not in GOOD_SIDE[FACTS[found["fact"]].more_is_better]:
            raise BadSheet("test_side")
        value = Fraction(found["value"]) / (100 if found["percent"] else 1)
        return cls(found["fact"], value, strict)


def all_hold(tests: Iterable[Demand], facts: MeetingFacts) -> bool | None:
    """False as soon as one fails; None while one is unknown; else True."""
    found = [test.holds(facts) for test in tests]
    if False in found:
        return False
    return None if None in found else True


@dataclass(frozen=True, slots=True)
class Option:
    """One rung of a ladder. Without points a person decides; without tests it takes the rest."""

    title: str
    points: Fraction | None
    tests: tuple[Demand, ...] = ()
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of a sheet.

    `options` propose points. `needs` say when the criterion's own words are met; where they are
    all it asks (`is_decided`), the facts settle it, else they can only show that it is not met.
    """

    code: str
    title: str
    max: Fraction | None = None
    options: tuple[Option, ...] = ()
    needs: tuple[Demand, ...] = ()
    is_decided: bool = False
    shows: tuple[str, ...] = ()
    only: str = Condition.ALWAYS
    waived: str = Waived.LEFT_OUT
    is_bonus: bool = False
    is_heading: bool = False
    mark: str = ""
    note: str = ""

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts shown beside it: those it is tested by, then those it merely shows."""
        tested = [t.fact for o in self.options for t in o.tests] + [t.fact for t in self.needs]
        return tuple(dict.fromkeys([*tested, *self.shows]))

    def is_asked(self, facts: MeetingFacts) -> bool:
        """Whether the meeting is one this criterion is for."""
        if self.only == Condition.THEMATIC:
            return facts.has_thematic
        return facts.has_preparers if self.only == Condition.COMMITTEE else True


@dataclass(frozen=True, slots=True)
class CutOff:
    """From so many points on a meeting has this class."""

    klass: str
    least: Fraction
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Gate:
    """A class is reached only with full points on these criteria; else it is the next one down."""

    klass: str
    criteria: tuple[str, ...]
    mark: str = ""


@dataclass(frozen=True)
class Sheet:
    """A whole score sheet. Without points it says of each criterion only: met, or not met."""

    code: str
    title: str
    has_points: bool
    total: Fraction | None
    criteria: tuple[Criterion, ...]
    classes: tuple[CutOff, ...] = ()
    gates: tuple[Gate, ...] = ()
    left_out: str = LeftOut.KEEP
    mark: str = ""
    note: str = ""

    @cached_property
    def lines(self) -> tuple[Criterion, ...]:
        """The criteria that are scored; headings are not."""
        return tuple(c for c in self.criteria if not c.is_heading)

    @cached_property
    def proposes(self) -> bool:
        """Whether facts propose any points at all."""
        return any(criterion.options for criterion in self.lines)

    def max_below(self, heading: Criterion) -> Fraction:
        """What the criteria under a heading come to."""
        return sum(
            (c.max or Fraction(0) for c in self.lines if c.code.startswith(f"{heading.code}.")),
            Fraction(0),
        )


def read_sheet(raw: Mapping[str, Any]) -> Sheet:
    """A stored sheet. Raises `BadSheet` where it is none, naming the criterion at fault."""
    sheet = parse_sheet(raw)
    for problem in problems_of(sheet):
        raise problem
    return sheet


def parse_sheet(raw: Mapping[str, Any]) -> Sheet:
    """What is written, with the holes it may have; `problems_of` finds them."""
    total = _number(raw.get("total"))
    return Sheet(
        code=str(raw.get("code", "")),
        title=str(raw.get("title", "")).strip(),
        has_points=bool(raw.get("has_points", total is not None)),
        total=total,
        criteria=tuple(_criterion(row) for row in raw.get("criteria", ())),
        classes=tuple(
            CutOff(row["class"], _must(row.get("from"), "cut_off"), row.get("mark", ""))
            for row in raw.get("classes", ())
        ),
        gates=tuple(
            Gate(row["class"], tuple(row["criteria"]), row.get("mark", ""))
            for row in raw.get("gates", ())
        ),
        left_out=str(raw.get("left_out", LeftOut.KEEP)),
        mark=str(raw.get("mark", "")),
        note=str(raw.get("note", "")),
    )


def _criterion(row: Mapping[str, Any]) -> Criterion:
    code = str(row.get("code", ""))
    try:
        return Criterion(
            code=code,
            title=str(row.get("title", "")).strip(),
            max=_number(row.get("max")),
            options=tuple(_option(each) for each in row.get("options", ())),
            needs=tuple(Demand.read(text) for text in row.get("needs", ())),
            is_decided=bool(row.get("is_decided", False)),
            shows=tuple(row.get("shows", ())),
            only=str(row.get("only", Condition.ALWAYS)),
            waived=str(row.get("waived", Waived.LEFT_OUT)),
            is_bonus=bool(row.get("is_bonus", False)),
            is_heading=bool(row.get("is_heading", False)),
            mark=str(row.get("mark", "")),
            note=str(row.get("note", "")),
        )
    except BadSheet as bad:
        raise BadSheet(bad.problem, code) from bad


def _option(row: Mapping[str, Any]) -> Option:
    return Option(
        title=str(row.get("title", "")).strip(),
        points=_number(row.get("points")),
        tests=tuple(Demand.read(text) for text in row.get("when", ())),
        mark=str(row.get("mark", "")),
    )


def _number(raw: Any) -> Fraction | None:
    """Whole numbers as they are, others as text ("0.5"), so that they stay exact."""
    if raw is None or raw == "":
        return None
    if isinstance(raw, bool) or not isinstance(raw, int | str):
        raise BadSheet("number")
    try:
        return Fraction(raw)
    except (ValueError, ZeroDivisionError) as error:
        raise BadSheet("number") from error


def _must(raw: Any, problem: str) -> Fraction:
    number = _number(raw)
    if number is None:
        raise BadSheet(problem)
    return number


def problems_of(sheet: Sheet) -> Iterator[BadSheet]:
    """Everything that keeps a sheet from being used."""
    if not sheet.title:
        yield BadSheet("no_title")
    if not sheet.lines:
        yield BadSheet("no_criteria")
    codes = [criterion.code for criterion in sheet.criteria]
    for criterion in sheet.criteria:
        if codes.count(criterion.code) > 1:
            yield BadSheet("code_twice", criterion.code)
        yield from _problems_of_criterion(criterion, has_points=sheet.has_points)
    yield from _problems_of_total(sheet)
    yield from _problems_of_classes(sheet)
    for gate in sheet.gates:
        if gate.klass not in CLASSES[:-1] or not set(gate.criteria) <= set(codes):
            yield BadSheet("gate")


def _problems_of_criterion(criterion: Criterion, *, has_points: bool) -> Iterator[BadSheet]:
    checks = (
        ("code", not CODE.fullmatch(criterion.code)),
        ("no_title", not criterion.title),
        ("condition", criterion.only not in Condition.values),
        ("waived", criterion.waived not in Waived.values),
        ("mark", criterion.mark not in {"", *MARKS}),
        ("fact", not set(criterion.shows) <= set(FACTS)),
    )
    for problem, is_wrong in checks:
        if is_wrong:
            yield BadSheet(problem, criterion.code)
    if has_points and not criterion.is_heading:
        yield from _problems_of_ladder(criterion)


def _problems_of_ladder(criterion: Criterion) -> Iterator[BadSheet]:
    most = criterion.max
    if most is None or most <= 0:
        yield BadSheet("no_max", criterion.code)
        return
    points = [option.points for option in criterion.options if option.points is not None]
    if any(not 0 <= each <= most for each in points):
        yield BadSheet("points_out_of_range", criterion.code)
    if points != sorted(points, reverse=True):
        yield BadSheet("ladder_goes_up", criterion.code)
    if any(not option.tests for option in criterion.options[:-1]):
        yield BadSheet("rest_before_the_end", criterion.code)
    if any(not option.title for option in criterion.options):
        yield BadSheet("option_without_words", criterion.code)


def _problems_of_total(sheet: Sheet) -> Iterator[BadSheet]:
    if not sheet.has_points:
        return
    if sheet.total is None or sheet.total <= 0:
        yield BadSheet("no_total")
        return
    bonus = sum((c.max or Fraction(0) for c in sheet.lines if c.is_bonus), Fraction(0))
    whole = sum((c.max or Fraction(0) for c in sheet.lines), Fraction(0))
    if not whole - bonus <= sheet.total <= whole:
        yield BadSheet("total_differs")
    if sheet.left_out not in LeftOut.values:
        yield BadSheet("left_out")


def _problems_of_classes(sheet: Sheet) -> Iterator[BadSheet]:
    """From the best down, each once, the last from 0 points; none where there are no points."""
    if not sheet.classes:
        return
    order = [cut.klass for cut in sheet.classes]
    least = [cut.least for cut in sheet.classes]
    is_sound = (
        sheet.has_points
        and order == [klass for klass in CLASSES if klass in order]
        and len(set(order)) == len(order)
        and least == sorted(set(least), reverse=True)
        and least[-1] == 0
        and (sheet.total is None or least[0] <= sheet.total)
    )
    if not is_sound or not set(order) <= set(MeetingClass.values):
        yield BadSheet("classes")
