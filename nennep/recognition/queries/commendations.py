"""Rounds of commendation, what is proposed in them, and the register of what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from nennep.core.fields import below
from nennep.core.person import Person
from nennep.organisation.models import Unit
from nennep.recognition.choices import Honoured
from nennep.recognition.models import Commendation, CommendationRound, Nomination
from nennep.recognition.rules.commendations import (
    CommendationRules,
    Given,
    Money,
    money_for,
    recipient,
)
from nennep.regulations.choices import BasisKind
from nennep.regulations.models import Basis
from nennep.regulations.queries import RuleBook
from nennep.regulations.rules import InForce, RuleSource

ROUNDS_AT_MOST = 20


@dataclass(frozen=True)
class Commended:
    """Who was commended, as a list that names them."""

    rows: Sequence[Commendation]

    @property
    def collectives(self) -> list[Commendation]:
        return [row for row in self.rows if row.kind == Honoured.COLLECTIVE]

    @property
    def persons(self) -> list[Commendation]:
        return [row for row in self.rows if row.kind == Honoured.PERSON]

    @property
    def by_decision(self) -> list[Commended]:
        """One after another, the newest first."""
        found: dict[tuple[str, date], list[Commendation]] = {}
        for row in self.rows:
            found.setdefault((row.decision, row.on), []).append(row)
        return [Commended(rows) for rows in found.values()]

    @property
    def first(self) -> Commendation:
        """Its decision, day and occasion are those of all in one decision."""
        return self.rows[0]


@dataclass(frozen=True)
class CommendedAtReview:
    """The commendation of one review: its rounds, what is still proposed, what was decided."""

    rounds: Sequence[CommendationRound]
    proposals: Sequence[Nomination]
    decided: Commended

    @property
    def is_empty(self) -> bool:
        return not (self.rounds or self.decided.rows)

    @property
    def of_rounds(self) -> Commended:
        """Decided in the rounds of the programme, not on another occasion of the period."""
        own = {round_.pk for round_ in self.rounds if round_.basis_id is not None}
        return Commended([row for row in self.decided.rows if row.round_id in own])

    @property
    def waiting(self) -> list[Nomination]:
        """Proposed in a round that has no decision yet."""
        decided = {round_.pk for round_ in self.rounds if round_.decided_on is not None}
        return [each for each in self.proposals if each.round_id not in decided]


def commended_at_review(
    unit: Unit, *, first_day: date, last_day: date, bases: Iterable[Basis] = ()
) -> CommendedAtReview:
    """For the page and the papers of a review: what the unit's own body commends for the period.

    Rounds of the unit that look at any part of the period (of those with a basis, only `bases`,
    where some are given); their standing proposals; and all that the unit decided in the period or
    by one of these rounds, also what was entered from a past decision. Three queries. Names are in
    it: ask `Can.VIEW_COMMENDATIONS` at the unit, and `Can.PROPOSE_COMMENDATIONS` for the proposals.
    """
    rounds = CommendationRound.objects.filter(
        unit=unit, first_day__lte=last_day, last_day__gte=first_day
    ).select_related("basis", "document")
    if wanted := [basis.pk for basis in bases]:
        rounds = rounds.filter(Q(basis__isnull=True) | Q(basis__in=wanted))
    found = list(rounds)
    proposals = Nomination.objects.standing().filter(round__in=found)
    decided = Commendation.objects.filter(
        Q(awarded_by=unit, on__range=(first_day, last_day)) | Q(round__in=found)
    )
    return CommendedAtReview(
        found,
        list(proposals.select_related("unit__parent", "round")),
        Commended(list(decided.select_related("unit__parent"))),
    )


@dataclass(frozen=True)
class Counts:
    """Of REWARD: collectives and persons commended."""

    collectives: int
    persons: int

    @property
    def total(self) -> int:
        return self.collectives + self.persons


def rules_on(unit: Unit, day: date) -> InForce[CommendationRules]:
    return RuleBook.load().in_force(CommendationRules, unit.path, day)


def nominations_of(round_: CommendationRound) -> list[Nomination]:
    """Standing ones, collectives first, by the organisation."""
    rows = Nomination.objects.standing().filter(round=round_)
    return list(rows.select_related("unit__parent", "round", "proposer", "declared_by"))


def chosen_in(round_: CommendationRound) -> list[Nomination]:
    rows = Nomination.objects.standing().filter(round=round_, is_chosen=True)
    return list(rows.select_related("unit__parent", "round"))


def proposals_seen(round_: CommendationRound, person: Person) -> list[Nomination]:
    """Those of the part of the tree where the person may propose."""
    rows = Nomination.objects.visible_to(person).standing().filter(round=round_)
    return list(rows.select_related("unit__parent", "round", "proposer", "declared_by"))


def grounds_on(unit: Unit, day: date) -> str:
    """The clause on commendation that is not periodic; empty where no rule is known that day."""
    source = rules_on(unit, day).source_of("non_periodic")
    return f"{source.symbol}, {source.clause}" if source else ""


def bases_reviewed() -> QuerySet[Basis]:
    """Schemes, plans and directives, the newest first: what a round may be the review of."""
    kinds = (BasisKind.SCHEME, BasisKind.PLAN, BasisKind.DIRECTIVE, BasisKind.RESOLUTION)
    return Basis.objects.filter(kind__in=kinds).order_by(F("issued_on").desc(nulls_last=True))


def candidates_of(proposer: Unit) -> list[Unit]:
    """What a unit may propose: itself and the organisations directly below it."""
    return [proposer, *proposer.children.living().order_by("sort_key")]


def rounds_seen(unit: Unit) -> list[CommendationRound]:
    """The unit's own rounds, and those above it in which it may still be proposed; the newest first."""
    above = Q(unit_id__in=unit.ancestor_ids, considered_at__isnull=True)
    rows = CommendationRound.objects.filter(Q(unit=unit) | above)
    return list(rows.select_related("unit", "document")[:ROUNDS_AT_MOST])


def money_of(chosen: Sequence[Commendation | Nomination], round_: CommendationRound) -> Money:
    """For those chosen in a round, by the table and the base salary of the decision's day."""
    day = round_.decided_on or round_.considered_on or round_.last_day
    rules = rules_on(round_.unit, day).values
    return money_for(
        (
            Given(row.award, recipient(row.kind, row.unit.kind), "once", round_.unit.kind)
            for row in chosen
        ),
        rules,
    )


@dataclass(frozen=True)
class MoneyTold:
    """The sum for a round, the rules it rests on, and the day they are of."""

    money: Money
    day: date
    factors: RuleSource | None
    base_salary: RuleSource | None

    @property
    def unchecked(self) -> list[str]:
        """Sources that nobody has held against the original."""
        sources = [each for each in (self.factors, self.base_salary) if each]
        return [each.symbol for each in sources if not each.is_confirmed]


def money_told(round_: CommendationRound, chosen: Sequence[Nomination]) -> MoneyTold:
    day = round_.decided_on or round_.considered_on or round_.last_day
    rules = rules_on(round_.unit, day)
    factors, salary = rules.source_of("factors"), rules.source_of("base_salary")
    return MoneyTold(money_of(chosen, round_), day, factors, salary)


def register_of(unit: Unit, year: int | None = None) -> QuerySet[Commendation]:
    """Who was commended at the unit's place or below it, whoever gave it; the newest first."""
    rows = Commendation.objects.filter(below("path", unit.path))
    if year is not None:
        rows = rows.filter(on__year=year)
    return rows.select_related("unit__parent", "awarded_by")


def given_by(unit: Unit) -> QuerySet[Commendation]:
    """What the unit's own body gave."""
    return Commendation.objects.filter(awarded_by=unit).select_related("unit__parent", "awarded_by")


def counts_of(rows: QuerySet[Commendation]) -> Counts:
    counted = dict(rows.order_by().values_list("kind").annotate(count=Count("pk")))
    return Counts(counted.get(Honoured.COLLECTIVE, 0), counted.get(Honoured.PERSON, 0))


def years_of(unit: Unit) -> list[int]:
    """Years with a commendation, the newest first."""
    days = Commendation.objects.filter(below("path", unit.path)).order_by()
    return [day.year for day in days.dates("on", "year", order="DESC")]
