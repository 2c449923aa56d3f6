"""Forms of award, limits on their numbers, and the money that goes with them. No Django.

Source: 01-HD/TW of 2021 and 06-HD/TW of 2025 on the Statute, 56-HD/VPTW with 19780-CV/VPTW on money;
values in presets. A rule without a value judges nothing: no money is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any, ClassVar, Self

from nennep.organisation.choices import CELL_KINDS, GRASSROOTS_KINDS, UnitKind
from nennep.recognition.choices import Honoured, Recipient, Rhythm
from nennep.regulations.rules import flag, rows, share, whole


def _(message: str) -> str:
    """Mark a text for translation; it is translated where it is shown."""
    return message


KINDS = frozenset(UnitKind.values)
TITLES = {
    "award": _("Form of award"),
    "given_by": _("Given by"),
    "to": _("Given to"),
    "rhythm": _("How often"),
    "factor": _("Times the base salary"),
}


@dataclass(frozen=True, slots=True)
class AwardRule:
    """A form of award and the kinds of organisation whose body may give it; none named: any."""

    award: str
    given_by: frozenset[str]

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> Self:
        return cls(_filled(row, "award"), _kinds(row))

    def may_be_given_by(self, unit_kind: str) -> bool:
        return not self.given_by or unit_kind in self.given_by


@dataclass(frozen=True, slots=True)
class FactorRule:
    """How many times the base salary goes with an award."""

    award: str
    to: Recipient
    rhythm: Rhythm
    given_by: frozenset[str]
    factor: Decimal

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> Self:
        try:
            factor = Decimal(str(row["factor"]).replace(",", "."))
        except InvalidOperation as error:
            raise ValueError(row) from error
        if not 0 < factor < 100:
            raise ValueError(row)
        to, rhythm = Recipient(row["to"]), Rhythm(row["rhythm"])
        return cls(_filled(row, "award"), to, rhythm, _kinds(row), factor)


def _filled(row: Mapping[str, Any], name: str) -> str:
    text = str(row[name]).strip()
    if not text:
        raise ValueError(row)
    return text


def _kinds(row: Mapping[str, Any]) -> frozenset[str]:
    kinds = frozenset(str(row.get("given_by", "")).split())
    if not kinds <= KINDS:
        raise ValueError(row)
    return kinds


WORDS = {
    "given_by": dict(UnitKind.choices),
    "to": dict(Recipient.choices),
    "rhythm": dict(Rhythm.choices),
}


@dataclass(frozen=True, slots=True)
class CommendationRules:
    prefix: ClassVar[str] = "commendation"

    non_periodic: bool | None = flag(_("Commendation that is not periodic has its grounds here"))
    awards: tuple[AwardRule, ...] | None = rows(
        _("Forms of award and who gives them"), AwardRule.read, "award", "given_by",
        measure=_("%(number)s forms"), words=WORDS, titles=TITLES,
    )  # fmt: skip
    factors: tuple[FactorRule, ...] | None = rows(
        _("Money that goes with an award"), FactorRule.read,
        "award", "to", "rhythm", "given_by", "factor",
        measure=_("%(number)s lines"), words=WORDS, titles=TITLES,
    )  # fmt: skip
    base_salary: int | None = whole(_("Base salary"), 1, 100_000_000, _("%(number)s đ a month"))
    most_collectives: int | None = whole(
        _("Collectives commended in one round, at most"), 0, 10_000, _("%(number)s collectives")
    )
    most_persons: int | None = whole(
        _("Persons commended in one round, at most"), 0, 10_000, _("%(number)s persons")
    )
    votes: Fraction | None = share(_("Votes that a commendation needs, at least"))  # noqa: RUF009 -- returns field()

    def awards_of(self, unit_kind: str) -> list[str]:
        """The forms that a body of such an organisation may give; empty where no rule is known."""
        return [rule.award for rule in self.awards or () if rule.may_be_given_by(unit_kind)]

    def most(self, kind: str) -> int | None:
        return self.most_collectives if kind == Honoured.COLLECTIVE else self.most_persons


@dataclass(frozen=True, slots=True)
class Given:
    """What money depends on: the award, who got it, how often, and the kind of who gave it."""

    award: str
    to: Recipient | None
    rhythm: str
    by_kind: str


def recipient(kind: str, unit_kind: str) -> Recipient | None:
    """None for a collective that the tables do not name, such as a district."""
    if kind == Honoured.PERSON:
        return Recipient.PERSON
    if unit_kind in GRASSROOTS_KINDS:
        return Recipient.GRASSROOTS
    return Recipient.CELL if unit_kind in CELL_KINDS else None


def factor_of(given: Given, rules: CommendationRules) -> Decimal | None:
    """The line that names the giver before one that names nobody."""
    fitting = [
        rule
        for rule in rules.factors or ()
        if (rule.award, rule.to, rule.rhythm) == (given.award, given.to, given.rhythm)
        and (not rule.given_by or given.by_kind in rule.given_by)
    ]
    return max(fitting, key=lambda rule: bool(rule.given_by)).factor if fitting else None


@dataclass(frozen=True, slots=True)
class Money:
    """What goes with a number of awards, as a sum only; `unknown` of them have no line in the table.

    `amount` is None where no base salary is known for the day.
    """

    factors: Decimal
    known: int
    unknown: int
    base_salary: int | None

    @property
    def amount(self) -> int | None:
        if self.base_salary is None or not self.known:
            return None
        return int(self.factors * self.base_salary)


def money_for(awards: Iterable[Given], rules: CommendationRules) -> Money:
    factors = [factor_of(each, rules) for each in awards]
    known = [factor for factor in factors if factor is not None]
    return Money(sum(known, Decimal(0)), len(known), len(factors) - len(known), rules.base_salary)


def votes_needed(votes_cast: int, rules: CommendationRules) -> Fraction | None:
    return None if rules.votes is None else rules.votes * votes_cast
