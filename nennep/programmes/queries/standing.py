"""How a programme stands at a unit on a day: what it asks, what is reached, who has taken it up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Q

from nennep.core import clock
from nennep.core.models import Installation
from nennep.core.periods import Period, month_of
from nennep.indicators.queries.figures import Figure, figure_sheet
from nennep.organisation.models import Lineage, Unit
from nennep.programmes.models import Adoption, Programme, TargetTerms
from nennep.programmes.rules import Aim, Asked, Position, binding, position
from nennep.regulations.models import RuleValue
from nennep.regulations.rules import TARGETS

DEEPEST = 8  # programmes over one another; a ring is refused when it is typed


@dataclass(frozen=True)
class Standing:
    """A target and what the product measures. `figure` is None where it does not count that."""

    asked: Asked
    figure: Figure | None
    position: Position

    @property
    def value(self) -> Fraction | None:
        return self.figure.value if self.figure else None


@dataclass(frozen=True)
class Below:
    """One organisation directly below: by what it carries the programme out, since when."""

    unit: Unit
    document: str = ""
    since: date | None = None
    programme: Programme | None = None

    @property
    def is_adopted(self) -> bool:
        return bool(self.document)


@dataclass(frozen=True)
class Heir:
    """A successor of the organisation that issued the programme; `document` where it takes it up again."""

    unit: Unit
    on: date
    document: str = ""
    since: date | None = None


@dataclass(frozen=True)
class Carried:
    """A programme at a unit. `period` is None before the first month that is counted here; `heirs`
    are named once the organisation that issued it has ended.
    """

    programme: Programme
    unit: Unit
    day: date
    is_running: bool
    above: Sequence[Programme]
    standings: Sequence[Standing]
    period: Period | None
    below: Sequence[Below]
    heirs: Sequence[Heir]

    @property
    def adopted(self) -> list[Below]:
        return [each for each in self.below if each.is_adopted]

    @property
    def not_adopted(self) -> list[Below]:
        return [each for each in self.below if not each.is_adopted]

    @property
    def met(self) -> int:
        return sum(each.position == Position.MET for each in self.standings)


def carried(programme: Programme, unit: Unit, day: date) -> Carried:
    above = list(chain(programme))[1:]
    period = _period([programme, *above], day)
    figures = _figures(unit, period)
    standings = [
        Standing(asked, figures.get(code), _position(asked, figures.get(code), day))
        for code, asked in asked_of([programme, *above], day).items()
    ]
    return Carried(
        programme=programme,
        unit=unit,
        day=day,
        is_running=is_running(programme, day),
        above=above,
        standings=standings,
        period=period,
        below=list(below(programme, unit, day)),
        heirs=heirs_of(programme, day),
    )


def chain(programme: Programme) -> Iterator[Programme]:
    """The programme, the one it carries out, and so on to the highest."""
    current: Programme | None = programme
    for _ in range(DEEPEST):
        if current is None:
            return
        yield current
        current = current.carries_out


def asked_of(programmes: Sequence[Programme], day: date) -> dict[str, Asked]:
    """What binds below the first of these programmes; the others are those above it, in order."""
    by_basis = targets_of(programmes, day)
    return binding([by_basis.get(programme.basis_id, []) for programme in programmes])


def targets_of(programmes: Sequence[Programme], day: date) -> dict[int, list[Asked]]:
    """By basis, what each programme asks that day: the rules that rest on it, with their terms."""
    by_basis = {programme.basis_id: programme for programme in programmes}
    terms = {
        (row.programme_id, row.indicator): row
        for row in TargetTerms.objects.filter(programme__in=programmes)
    }
    found: dict[int, list[Asked]] = {}
    rules = RuleValue.objects.filter(key__startswith=f"{TARGETS}.", basis__in=by_basis)
    for rule in rules.valid_on(day).order_by("id"):
        programme = by_basis[rule.basis_id]
        indicator = rule.key.removeprefix(f"{TARGETS}.")
        own = terms.get((programme.pk, indicator))
        found.setdefault(rule.basis_id, []).append(
            Asked(
                indicator=indicator,
                aim=Aim(rule.value["bound"], Fraction(rule.value["share"])),
                symbol=programme.symbol,
                wording=rule.clause,
                is_confirmed=rule.confirmed_at is not None,
                due_on=own.due_on if own else None,
                looser_because=own.looser_because if own else "",
            )
        )
    return found


def is_running(programme: Programme, day: date) -> bool:
    """A programme ends with the organisation that issued it, unless a named document of a successor
    takes it up again.
    """
    if not programme.is_running(day):
        return False
    ended = programme.unit.ended_on
    if ended is None or day <= ended:
        return True
    return any(heir.document for heir in heirs_of(programme, day))


def heirs_of(programme: Programme, day: date) -> list[Heir]:
    """The principal successor first; nobody while the organisation that issued it lives."""
    ended = programme.unit.ended_on
    if ended is None or day <= ended:
        return []
    lineage = Lineage.objects.filter(predecessor=programme.unit, on__lte=day)
    rows = list(
        lineage.select_related("successor").order_by("-is_principal", "successor__sort_key")
    )
    taken_up = {
        adoption.unit_id: adoption
        for adoption in programme.adoptions.filter(
            unit__in=[row.successor_id for row in rows], adopted_on__lte=day
        )
    }
    return [
        Heir(row.successor, row.on, adoption.document, adoption.adopted_on)
        if (adoption := taken_up.get(row.successor_id))
        else Heir(row.successor, row.on)
        for row in rows
    ]


def below(programme: Programme, unit: Unit, day: date) -> Iterator[Below]:
    """The organisations directly below `unit` that lived that day, and the heirs of a dissolved one.

    Who has taken up a scheme that carries this one out has taken up this one.
    """
    heirs = Q(origins__predecessor=unit, origins__on__lte=day)
    units = Unit.objects.filter(Q(parent=unit) | heirs).distinct()
    living = list(units.living_on(day).order_by("sort_key"))
    lower = lower_programmes(programme)
    own: dict[int, Programme] = {}
    for each in lower:
        own.setdefault(each.unit_id, each)
    taken_up = Adoption.objects.filter(programme__in=[programme, *lower], unit__in=living)
    by_document: dict[int, Adoption] = {}
    for adoption in taken_up.filter(adopted_on__lte=day).order_by("adopted_on", "id"):
        if adoption.unit_id not in by_document or adoption.programme_id == programme.pk:
            by_document[adoption.unit_id] = adoption
    for unit_below in living:
        issued, found = own.get(unit_below.pk), by_document.get(unit_below.pk)
        if issued is not None and (issued.begins_on is None or issued.begins_on <= day):
            yield Below(unit_below, issued.symbol, issued.basis.issued_on, issued)
        elif found is not None:
            yield Below(unit_below, found.document, found.adopted_on)
        else:
            yield Below(unit_below)


def lower_programmes(programme: Programme) -> list[Programme]:
    """Those that carry this one out, however many steps lie between, the nearest first."""
    found: list[Programme] = []
    above = [programme.pk]
    for _ in range(DEEPEST):
        rows = Programme.objects.filter(carries_out__in=above).select_related("basis")
        lower = list(rows.order_by("id"))
        if not lower:
            break
        found += lower
        above = [each.pk for each in lower]
    return found


def _figures(unit: Unit, period: Period | None) -> dict[str, Figure]:
    if period is None:
        return {}
    return {figure.indicator.code: figure for figure in figure_sheet(unit, period).figures}


def _period(programmes: Sequence[Programme], day: date) -> Period | None:
    """From its beginning, or the first month counted here, to the day's month."""
    counted = Installation.objects.values_list("counts_from", flat=True).first()
    begun = next((p.begins_on for p in programmes if p.begins_on), None)
    starts = [month_of(start) for start in (counted, begun) if start is not None]
    last = month_of(min(day, clock.today()))
    first = max(starts, default=last.replace(month=1))
    return Period(first, last) if first <= last else None


def _position(asked: Asked, figure: Figure | None, day: date) -> Position:
    value = figure.value if figure and figure.indicator.is_share else None
    return position(asked.aim, value, asked.due_on, day)
