"""The commendation at Sóc Sơn's review: proposed from below, voted on, decided, as people do it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from nennep.accounts.models import User
from nennep.demo.plan.words import dice, one_of, preset
from nennep.library.choices import Issuer
from nennep.members.queries import secretaries_on
from nennep.organisation.models import Unit
from nennep.recognition.actions.commending import (
    NewDecision,
    Verdict,
    consider,
    decide_commendations,
)
from nennep.recognition.actions.rounds import Candidate, NewRound, open_round, propose
from nennep.recognition.choices import Honoured
from nennep.recognition.models import CommendationRound, Nomination, Rating
from nennep.recognition.queries.commendations import grounds_on
from nennep.recognition.queries.short_list import WELL, short_list
from nennep.regulations.models import Basis

DIRECTLY_BELOW = 2  # collectives directly under the district; the others are cells of committees
MORE = 1  # proposed of each kind and not chosen


def commend_at_the_review(seed: int, *, by: User) -> None:
    """After the figures were counted, which the short list looks at."""
    told = preset("commending")["round"]
    unit = Unit.objects.get(code=told["unit"])
    round_ = open_round(unit, new=_new(told, unit), by=by)
    cells = _good_cells(unit, seed)
    _propose_collectives(round_, cells, seed, by)
    _propose_persons(round_, cells, seed, by)
    votes = told["votes_cast"]
    consider(round_, on=told["on"], votes_cast=votes, verdicts=_verdicts(round_, seed), by=by)
    signer = secretaries_on([unit.pk], told["on"]).get(unit.pk)
    decision = NewDecision(
        on=told["on"], signer=signer.name if signer else "", signer_post=told["signer_post"]
    )
    decide_commendations(round_, decision=decision, by=by)


def _new(told: dict[str, Any], unit: Unit) -> NewRound:
    return NewRound(
        occasion=told["occasion"],
        basis=Basis.objects.get(symbol=told["programme"]),
        first_day=told["first_day"],
        last_day=told["last_day"],
        grounds=grounds_on(unit, told["on"]),
        body=Issuer.STANDING,
    )


def _good_cells(district: Unit, seed: int) -> list[Unit]:
    """Cells under committees that every decided year rated well, in an order of chance."""
    cells = Unit.objects.within(district).cells().living().exclude(parent=district)
    known: dict[int, list[str]] = {}
    for unit_id, level in Rating.objects.filter(unit__in=cells).values_list("unit_id", "level"):
        known.setdefault(unit_id, []).append(level)
    good = [
        cell
        for cell in cells.filter(is_figures_only=False).select_related("parent").order_by("code")
        if known.get(cell.pk) and set(known[cell.pk]) <= WELL
    ]
    return sorted(good, key=lambda cell: dice(seed, "commended", cell.code).random())


def _propose_collectives(
    round_: CommendationRound, cells: Sequence[Unit], seed: int, by: User
) -> None:
    words, count = preset("commending")["reasons"], preset("commending")["round"]["collectives"]
    best = [row.unit for row in short_list(round_).meeting if not row.unit.is_figures_only]
    best.sort(key=lambda unit: dice(seed, "commended", unit.code).random())
    for unit in best[:DIRECTLY_BELOW]:
        _propose(round_, unit, Candidate(
            kind=Honoured.COLLECTIVE, unit=unit, reasons=words["directly_below"]
        ), by)  # fmt: skip
    for cell in cells[: count + MORE - len(best[:DIRECTLY_BELOW])]:
        reasons = one_of(words["cell"], dice(seed, "why commended", cell.code))
        candidate = Candidate(kind=Honoured.COLLECTIVE, unit=cell, reasons=reasons)
        _propose(round_, _above(cell), candidate, by)


def _propose_persons(round_: CommendationRound, cells: Sequence[Unit], seed: int, by: User) -> None:
    """Secretaries of other good cells: the last ones of the order."""
    words, told = preset("commending")["reasons"], preset("commending")["round"]
    holders = secretaries_on([cell.pk for cell in cells], told["on"])
    led = [cell for cell in reversed(cells) if cell.pk in holders]
    for cell in led[: told["persons"] + MORE]:
        chance = dice(seed, "why commended", cell.code, "secretary")
        candidate = Candidate(
            kind=Honoured.PERSON, unit=cell, name=holders[cell.pk].name, post="Bí thư chi bộ",
            reasons=one_of(words["person"], chance),
        )  # fmt: skip
        _propose(round_, _above(cell), candidate, by)


def _above(cell: Unit) -> Unit:
    assert cell.parent is not None  # noqa: S101 -- cells of committees
    return cell.parent


def _propose(round_: CommendationRound, proposer: Unit, candidate: Candidate, by: User) -> None:
    propose(round_, proposer, candidate=candidate, declares=True, by=by)


def _verdicts(round_: CommendationRound, seed: int) -> dict[int, Verdict]:
    """As many of each kind as the article counts; the others got few votes."""
    return {each.pk: verdict for kind in Honoured for each, verdict in _of(round_, kind, seed)}


def _of(
    round_: CommendationRound, kind: Honoured, seed: int
) -> Iterator[tuple[Nomination, Verdict]]:
    told = preset("commending")["round"]
    most = told["collectives" if kind == Honoured.COLLECTIVE else "persons"]
    rows = Nomination.objects.standing().filter(round=round_, kind=kind).select_related("unit")
    for place, each in enumerate(rows.order_by("pk")):
        chance = dice(seed, "votes for", each.unit.code, kind)
        if place < most:
            yield each, Verdict(told["award"], told["votes_cast"] - chance.randint(0, 2))
        else:
            yield each, Verdict("", chance.randint(2, 5))
