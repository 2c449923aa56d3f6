"""Rating a year: by itself with the cell's vote, verified, decided above; past years from decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import clock, trail
from nennep.core.facts import facts_changed
from nennep.core.refusal import Refusal
from nennep.core.text import tidy, vn_date
from nennep.organisation.models import Unit
from nennep.recognition.choices import Level
from nennep.recognition.models import Rating
from nennep.recognition.queries.ratings import undecided_below

HIGHEST_POINTS = 100


@dataclass(frozen=True)
class SelfRating:
    """`votes_for` of `votes_cast` members agreed; both or neither."""

    level: Level
    points: int | None = None
    votes_for: int | None = None
    votes_cast: int | None = None
    common: int | None = None  # of the points, those for what is common to all


@dataclass(frozen=True)
class Decision:
    symbol: str
    on: date


@transaction.atomic
def rate_self(
    unit: Unit, year: int, *, rating: SelfRating, by: User, is_entered: bool = False
) -> Rating:
    """Again before the decision changes it. `is_entered`: an office types what was given on paper.

    Refused: after it, a year to come, votes that do not add up, and a committee before those below it.
    """
    _refuse_year(year)
    _refuse_before_lower(unit, year)
    row = _row(unit, year)
    _refuse_decided(row)
    if rating.points is not None and not 0 <= rating.points <= HIGHEST_POINTS:
        raise Refusal(_("Points lie between 0 and 100."), code="not_points", field="points")
    _refuse_votes(rating)
    row.self_level, row.self_points = rating.level, rating.points
    row.self_common = rating.common
    row.votes_for, row.votes_cast = rating.votes_for, rating.votes_cast
    row.rated_by, row.rated_at = by, clock.now()
    row.save()
    verb = "entered a self-rating" if is_entered else "rated its year"
    trail.record(verb, row, by=by, year=year, value=rating.level)
    return row


@transaction.atomic
def verify(units: Sequence[Unit], year: int, *, levels: Mapping[int, Level], by: User) -> int:
    """What the office of the organisation above proposes; how many were written, others stay.

    Refused: before an organisation rated itself, a committee before all below it are decided, and
    what is decided already.
    """
    rows = _rows([unit for unit in units if unit.pk in levels], year)
    changed = [(u, row) for u, row in rows if row.verified_level != levels[u.pk]]
    for unit, row in changed:
        if not row.self_level:
            raise Refusal(
                _("%(unit)s has not rated itself yet. Lower before upper: ask for it first.")
                % {"unit": unit.name},
                code="not_rated_itself",
            )
        _refuse_decided(row)
        _refuse_before_lower(unit, year)
        row.verified_level, row.verified_by, row.verified_at = levels[unit.pk], by, clock.now()
    Rating.objects.bulk_update([row for _unit, row in changed], VERIFIED)
    if changed:
        trail.record(
            "verified ratings", units[0].parent or units[0], by=by, year=year, count=len(changed)
        )
    return len(changed)


@transaction.atomic
def decide(
    units: Sequence[Unit],
    year: int,
    *,
    levels: Mapping[int, Level],
    decision: Decision,
    reasons: Mapping[int, str] | None = None,
    by: User,
) -> list[Rating]:
    """The levels that a decision gives, `levels` and `reasons` by unit. One decision, one line of the trail.

    Refused: a decision without number or of a day to come; a level that differs from the one it gave
    itself without a reason. The cap is shown, not refused: what was decided was decided.
    """
    _refuse_year(year)
    _refuse_decision(decision)
    rows = _rows([unit for unit in units if unit.pk in levels], year)
    for unit, row in rows:
        reason = tidy((reasons or {}).get(unit.pk, ""))
        level = levels[unit.pk]
        if row.self_level and level != row.self_level and not reason:
            raise Refusal(
                _("%(unit)s rated itself otherwise: say why the decision differs.")
                % {"unit": unit.name},
                code="no_reason",
            )
        _give(row, unit, level, decision, by)
        row.reason = reason
    _keep(rows)
    if rows:
        trail.record(
            "decided ratings", units[0].parent or units[0], by=by,
            year=year, count=len(rows), symbol=decision.symbol,
        )  # fmt: skip
    return [row for _unit, row in rows]


@transaction.atomic
def enter_past(
    units: Sequence[Unit], year: int, *, levels: Mapping[int, Level], decision: Decision, by: User
) -> int:
    """Levels of a year from its decision, where none was kept. How many were entered; others stay."""
    _refuse_year(year)
    _refuse_decision(decision)
    rows = [
        (unit, row)
        for unit, row in _rows([u for u in units if u.pk in levels], year)
        if not row.level
    ]
    for unit, row in rows:
        _give(row, unit, levels[unit.pk], decision, by)
    _keep(rows)
    if rows:
        trail.record(
            "entered past ratings", units[0].parent or units[0], by=by,
            year=year, count=len(rows), symbol=decision.symbol,
        )  # fmt: skip
    return len(rows)


@transaction.atomic
def note_strengthening(rating: Rating, *, what: str, by: User) -> Rating:
    """What is done for a weak cell. Refused for one that completed its tasks."""
    row = Rating.objects.select_for_update(of=("self",)).select_related("unit").get(pk=rating.pk)
    if row.level != Level.NOT_COMPLETED:
        raise Refusal(_("Only a cell that did not complete its tasks is weak."), code="not_weak")
    row.strengthening = tidy(what)
    row.save(update_fields=["strengthening"])
    trail.record("noted strengthening", row, by=by, year=row.year)
    return row


def _row(unit: Unit, year: int) -> Rating:
    ((_unit, row),) = _rows([unit], year)
    return row


def _rows(units: Sequence[Unit], year: int) -> list[tuple[Unit, Rating]]:
    """The rating of each unit, locked, or a new one not saved yet."""
    known = Rating.objects.select_for_update().filter(unit__in=units, year=year)
    kept = {row.unit_id: row for row in known}
    return [
        (unit, kept.get(unit.pk) or Rating(unit=unit, path=unit.path, year=year)) for unit in units
    ]


def _give(row: Rating, unit: Unit, level: Level, decision: Decision, by: User) -> None:
    row.level, row.path = level, unit.path
    row.decision, row.decided_on = tidy(decision.symbol), decision.on
    row.decided_by, row.decided_at = by, clock.now()


VERIFIED = ("verified_level", "verified_by", "verified_at")
GIVEN = ("level", "path", "decision", "decided_on", "decided_by", "decided_at", "reason")


def _keep(rows: Sequence[tuple[Unit, Rating]]) -> None:
    known = [row for _unit, row in rows if row.pk]
    Rating.objects.bulk_create([row for _unit, row in rows if not row.pk])
    Rating.objects.bulk_update(known, GIVEN)
    if cells := [unit.pk for unit, _row in rows if unit.is_cell]:
        facts_changed.send(sender=Rating, cell=None, cells=cells, month=None, kind="stocks")


def _refuse_year(year: int) -> None:
    if year > clock.today().year:
        raise Refusal(_("That year has not come yet."), code="year_to_come", field="year")


def _refuse_decided(row: Rating) -> None:
    if row.level:
        raise Refusal(
            _("The year was decided on %(day)s. Ask the organisation above to change it.")
            % {"day": vn_date(row.decided_on)},
            code="decided_already",
        )


def _refuse_before_lower(unit: Unit, year: int) -> None:
    """Lower before upper: what a committee did is what those below it did."""
    if not unit.is_cell and (waiting := undecided_below(unit, year)):
        raise Refusal(
            _(
                "%(count)s organisations directly below %(unit)s are not decided yet. Decide them first."
            )
            % {"count": waiting, "unit": unit.name},
            code="lower_first",
        )


def _refuse_decision(decision: Decision) -> None:
    if not tidy(decision.symbol):
        raise Refusal(_("Give the number and symbol of the decision."), code="no_decision")
    if decision.on > clock.today():
        raise Refusal(_("The decision cannot be of a day to come."), code="decided_in_future")


def _refuse_votes(rating: SelfRating) -> None:
    votes = (rating.votes_for, rating.votes_cast)
    if (votes[0] is None) != (votes[1] is None):
        raise Refusal(
            _("Give both: how many voted, and how many for this level."), code="half_a_vote"
        )
    if rating.common is not None and rating.common > (rating.points or 0):
        raise Refusal(_("A part cannot have more points than all."), code="part_above_all")
    if rating.votes_for is not None and rating.votes_for > (rating.votes_cast or 0):
        raise Refusal(_("More voted for it than voted."), code="too_many_votes")
