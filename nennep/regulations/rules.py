"""How a dated rule is described, read, checked and chosen. Plain values, no database.

A rule without a value on a day judges nothing: its field is None, "không có quy định".
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Any, ClassVar, Generic, Protocol, TypeVar

TARGETS = "targets"
CRITERIA = "criteria"
BOUNDS = ("=", "≥", "≤", ">")
NORM_PARTS = {"share", "bound", "none_unexcused"}


class ValueKind(StrEnum):
    """The shape a rule's value has in the database."""

    WHOLE = "whole"
    SHARE = "share"
    FLAG = "flag"
    WORD = "word"
    ROWS = "rows"
    NORM = "norm"
    SHEET = "sheet"


class Problem(StrEnum):
    """Why a value cannot be the value of its rule."""

    NOT_WHOLE = "not_whole"
    OUT_OF_RANGE = "out_of_range"
    NOT_A_SHARE = "not_a_share"
    NOT_A_FLAG = "not_a_flag"
    NOT_AN_OPTION = "not_an_option"
    NOT_ROWS = "not_rows"
    NOT_A_NORM = "not_a_norm"
    NOT_A_SHEET = "not_a_sheet"


def _(message: str) -> str:
    """Mark a text for translation; it is translated where it is shown."""
    return message


@dataclass(frozen=True, slots=True)
class Norm:
    """A threshold for an indicator: a programme's target or a rule's criterion."""

    share: Fraction
    bound: str
    none_unexcused: bool = False

    def is_met_by(self, value: Fraction) -> bool:
        """Exact fractions are compared; nothing is rounded before."""
        return {
            "=": value == self.share,
            "≥": value >= self.share,
            "≤": value <= self.share,
            ">": value > self.share,
        }[self.bound]


@dataclass(frozen=True, slots=True)
class RuleField:
    """One rule a value can be entered for: its label, shape, unit and range.

    `label` and `measure` ("%(number)s days") are message ids, translated where they are shown.
    """

    label: str
    kind: ValueKind
    measure: str = ""
    least: int = 0
    most: int = 10_000
    options: tuple[str, ...] = ()  # the words of a WORD, the columns of ROWS
    row: Callable[[Mapping[str, Any]], object] | None = None  # reads a line of ROWS, or a SHEET
    page: str = ""  # a SHEET's own page: the name of an address that takes the value's public id
    pages: str = ""  # where the app of a SHEET lists and enters them
    # How codes are said and typed: of a WORD under "", of ROWS by column. A cell of several codes,
    # parted by spaces, is said with commas.
    words: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    titles: Mapping[str, Any] = field(default_factory=dict)  # how the columns of ROWS are headed

    def problem_with(self, raw: object) -> Problem | None:
        """The first thing that is wrong with a stored value, or None."""
        return _CHECKS[self.kind](self, raw)

    def read(self, raw: Any) -> object:
        """The value as the rules compute with it: shares as fractions, rows as tuples."""
        return _READERS[self.kind](self, raw)


def _whole_problem(rule: RuleField, raw: object) -> Problem | None:
    if not isinstance(raw, int) or isinstance(raw, bool):
        return Problem.NOT_WHOLE
    return None if rule.least <= raw <= rule.most else Problem.OUT_OF_RANGE


def _share_problem(rule: RuleField, raw: object) -> Problem | None:
    share = _as_share(raw)
    return None if share is not None and 0 <= share <= 1 else Problem.NOT_A_SHARE


def _flag_problem(rule: RuleField, raw: object) -> Problem | None:
    return None if isinstance(raw, bool) else Problem.NOT_A_FLAG


def _word_problem(rule: RuleField, raw: object) -> Problem | None:
    return None if raw in rule.options else Problem.NOT_AN_OPTION


def _rows_problem(rule: RuleField, raw: object) -> Problem | None:
    if not isinstance(raw, list) or not raw or rule.row is None:
        return Problem.NOT_ROWS
    try:
        for row in raw:
            rule.row(row)
    except (KeyError, TypeError, ValueError):
        return Problem.NOT_ROWS
    return None


def _norm_problem(rule: RuleField, raw: object) -> Problem | None:
    if not isinstance(raw, dict) or not set(raw) <= NORM_PARTS:
        return Problem.NOT_A_NORM
    is_sound = (
        raw.get("bound") in BOUNDS
        and isinstance(raw.get("none_unexcused", False), bool)
        and _share_problem(rule, raw.get("share")) is None
    )
    return None if is_sound else Problem.NOT_A_NORM


def _sheet_problem(rule: RuleField, raw: object) -> Problem | None:
    if not isinstance(raw, dict) or rule.row is None:
        return Problem.NOT_A_SHEET
    try:
        rule.row(raw)
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return Problem.NOT_A_SHEET
    return None


def _as_share(raw: object) -> Fraction | None:
    """A share is stored as a string ("0.85", "1/2"), so that it stays exact."""
    if not isinstance(raw, str):
        return None
    try:
        return Fraction(raw)
    except (ValueError, ZeroDivisionError):
        return None


def _read_rows(rule: RuleField, raw: Sequence[Mapping[str, Any]]) -> object:
    return tuple(rule.row(row) for row in raw) if rule.row else tuple(raw)


def _read_sheet(rule: RuleField, raw: Mapping[str, Any]) -> object:
    return rule.row(raw) if rule.row else raw


def _read_norm(rule: RuleField, raw: Mapping[str, Any]) -> object:
    return Norm(Fraction(raw["share"]), raw["bound"], raw.get("none_unexcused", False))


_CHECKS: dict[ValueKind, Callable[[RuleField, object], Problem | None]] = {
    ValueKind.WHOLE: _whole_problem,
    ValueKind.SHARE: _share_problem,
    ValueKind.FLAG: _flag_problem,
    ValueKind.WORD: _word_problem,
    ValueKind.ROWS: _rows_problem,
    ValueKind.NORM: _norm_problem,
    ValueKind.SHEET: _sheet_problem,
}
_READERS: dict[ValueKind, Callable[[RuleField, Any], object]] = {
    ValueKind.WHOLE: lambda rule, raw: raw,
    ValueKind.SHARE: lambda rule, raw: Fraction(raw),
    ValueKind.FLAG: lambda rule, raw: raw,
    ValueKind.WORD: lambda rule, raw: raw,
    ValueKind.ROWS: _read_rows,
    ValueKind.NORM: _read_norm,
    ValueKind.SHEET: _read_sheet,
}


def whole(label: str, least: int, most: int, measure: str = "") -> Any:
    """A field of a rules dataclass that holds a whole number between two bounds."""
    rule = RuleField(label, ValueKind.WHOLE, measure, least, most)
    return field(default=None, metadata={"rule": rule})


def share(label: str) -> Any:
    """A field that holds a share from 0 to 1, as an exact fraction."""
    return field(default=None, metadata={"rule": RuleField(label, ValueKind.SHARE)})


def flag(label: str) -> Any:
    """A field that says whether something is asked."""
    return field(default=None, metadata={"rule": RuleField(label, ValueKind.FLAG)})


def word(label: str, *options: str, words: Mapping[str, Any] | None = None) -> Any:
    """A field that holds one of a few words; `words` says how each is shown."""
    rule = RuleField(label, ValueKind.WORD, options=options, words={"": words or {}})
    return field(default=None, metadata={"rule": rule})


def rows(
    label: str,
    row: Callable[[Mapping[str, Any]], object],
    *columns: str,
    measure: str = "",
    words: Mapping[str, Mapping[str, Any]] | None = None,
    titles: Mapping[str, Any] | None = None,
) -> Any:
    """A field that holds an ordered list; `row` reads one line and raises ValueError."""
    rule = RuleField(
        label, ValueKind.ROWS, measure, options=columns, row=row, words=words or {},
        titles=titles or {},
    )  # fmt: skip
    return field(default=None, metadata={"rule": rule})


def sheet(label: str, read: Callable[[Mapping[str, Any]], object], *, page: str, pages: str) -> Any:
    """A field that holds a whole sheet, which its app reads, shows and lets people enter.

    `read` raises ValueError or KeyError on what is none.
    """
    rule = RuleField(label, ValueKind.SHEET, row=read, page=page, pages=pages)
    return field(default=None, metadata={"rule": rule})


class RuleSet(Protocol):
    """A frozen dataclass of rules: every field optional, keys are `prefix.field`."""

    prefix: ClassVar[str]
    __dataclass_fields__: ClassVar[dict[str, Any]]


Rules = TypeVar("Rules", bound=RuleSet)


@dataclass(frozen=True, slots=True)
class RuleSource:
    """Where a value comes from, and whether somebody has checked it against the original."""

    symbol: str
    title: str
    clause: str
    mark: str
    is_confirmed: bool
    source_url: str
    scope_path: str = ""
    valid_from: date | None = None
    public_id: str = ""

    @property
    def is_setting(self) -> bool:
        """[D]: our own choice where the rules are silent; never shown as a rule."""
        return self.mark == "D"


@dataclass(frozen=True, slots=True)
class Entry:
    """A value of one rule, for a part of the tree, for a time."""

    scope_path: str
    key: str
    value: Any
    valid_from: date
    valid_to: date | None
    source: RuleSource

    def is_valid_on(self, day: date) -> bool:
        """Both ends of its time belong to it."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class InForce(Generic[Rules]):
    """The rules that hold at a place on a day, each with its source."""

    values: Rules
    sources: Mapping[str, RuleSource]

    def source_of(self, name: str) -> RuleSource | None:
        """None where there is no rule."""
        return self.sources.get(name)


@dataclass(frozen=True, slots=True)
class NormInForce:
    """A target or a criterion that holds at a place on a day, with its source."""

    norm: Norm
    source: RuleSource

    @property
    def share(self) -> Fraction:
        return self.norm.share

    @property
    def bound(self) -> str:
        return self.norm.bound

    @property
    def none_unexcused(self) -> bool:
        return self.norm.none_unexcused

    def is_met_by(self, value: Fraction) -> bool:
        return self.norm.is_met_by(value)


def as_lines(rule: RuleField, raw: Iterable[Mapping[str, Any]]) -> str:
    """A list as people edit it: one line each, the columns parted by bars."""
    return "\n".join(" | ".join(str(row.get(column, "")) for column in rule.options) for row in raw)


def from_lines(rule: RuleField, text: str) -> list[dict[str, str]]:
    """The list that was typed; a missing last column is empty, one too many stays in the last."""
    lines = [line.split("|", len(rule.options) - 1) for line in text.splitlines() if line.strip()]
    return [
        dict(zip(rule.options, (part.strip() for part in line), strict=False)) for line in lines
    ]


def nearest(entries: Iterable[Entry], scopes: Sequence[str], day: date) -> Entry | None:
    """The entry in force on the day whose scope is the longest of those that apply."""
    valid = [e for e in entries if e.scope_path in scopes and e.is_valid_on(day)]
    return max(valid, key=lambda e: (len(e.scope_path), e.valid_from), default=None)


def overlaps(
    first_from: date, first_to: date | None, second_from: date, second_to: date | None
) -> bool:
    """Whether two spans share a day; an end of None is open."""
    return (first_to is None or second_from <= first_to) and (
        second_to is None or first_from <= second_to
    )


def is_in_force(first: date | None, last: date | None, day: date) -> bool:
    """Unknown ends count as open: a date nobody found never takes a document out of force."""
    return (first is None or first <= day) and (last is None or day <= last)


def count_working_days(day: date, number: int, is_working: Callable[[date], bool]) -> date:
    """The `number`-th working day after (or, negative, before) a day, which itself does not count."""
    step = timedelta(days=1 if number >= 0 else -1)
    left = abs(number)
    while left:
        day += step
        left -= is_working(day)
    return day


_known: dict[str, RuleField] = {}


def rule_fields(rules_type: type[RuleSet]) -> dict[str, RuleField]:
    """The rules a dataclass asks for, by field name."""
    return {f.name: f.metadata["rule"] for f in fields(rules_type)}


def register_rules(rules_type: type[RuleSet]) -> None:
    """Make the keys of a rules dataclass known, so that values can be entered for them."""
    for name, rule in rule_fields(rules_type).items():
        _known[f"{rules_type.prefix}.{name}"] = rule


def register_norms(labels: Mapping[str, str]) -> None:
    """Make indicators known that may have a target and a criterion."""
    for code, label in labels.items():
        for prefix in (TARGETS, CRITERIA):
            _known[f"{prefix}.{code}"] = RuleField(label, ValueKind.NORM)


def known_rules() -> Mapping[str, RuleField]:
    """Every rule a value can be entered for, by key."""
    return _known


register_norms(
    {
        "ATT": _("Average attendance at regular meetings"),
        "MTG_REG.cells": _("Cells that held the regular meeting every month"),
        "MTG_THEM.cells": _("Cells that held the thematic meeting every quarter"),
        "MTG_STEP.cells": _("Cells with full content and right steps at every meeting"),
        "TASK": _("Working members with a concrete task"),
        "TRAIN": _("Secretaries, deputies and cell-committee members trained"),
    }
)
