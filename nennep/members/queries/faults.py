"""What the stored rows say that cannot be right, or that somebody should see to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q

from nennep.core.fields import holding_on
from nennep.members.choices import PositionTitle
from nennep.members.models import Exemption, Member, Position, Standing
from nennep.members.queries.strength import strength_on
from nennep.organisation.choices import CELL_KINDS
from nennep.organisation.models import Term, Unit

# Fewer official members than these and a cell cannot decide (the Statute, article 21, on founding).
FEWEST_OFFICIAL = 3


@dataclass(frozen=True)
class Faults:
    """Units by code, members by public id. No names."""

    orphans: list[str]
    cells_under_three_official: list[str]
    expired_exemptions: list[str]
    members_in_two_cells: list[str]
    secretaries_without_term: list[str]


def faults_on(day: date) -> Faults:
    return Faults(
        orphans=_orphan_units(day) + _orphan_members(day),
        cells_under_three_official=_small_cells(day),
        expired_exemptions=_expired_exemptions(day),
        members_in_two_cells=_in_two_cells(),
        secretaries_without_term=_without_term(day),
    )


def _orphan_units(day: date) -> list[str]:
    """Living units whose unit above is closed, or that hang on no top at all."""
    living = Unit.objects.living_on(day)
    lost = living.filter(Q(parent__isnull=True, depth__gt=0) | Q(parent__ended_on__lt=day))
    return sorted(lost.values_list("code", flat=True))


def _orphan_members(day: date) -> list[str]:
    """Members on the roll of what is no cell any more, or with nothing that puts them anywhere."""
    no_cell = Q(unit__ended_on__lt=day) | ~Q(unit__kind__in=CELL_KINDS)
    stranded = Standing.objects.filter(no_cell, valid_to__isnull=True).order_by()
    nowhere = Q(standings__isnull=True, stays__isnull=True, merged_into__isnull=True)
    lone = Member.objects.filter(nowhere).order_by()
    found = {
        *stranded.values_list("member__public_id", flat=True),
        *lone.values_list("public_id", flat=True),
    }
    return sorted(map(str, found))


def _small_cells(day: date) -> list[str]:
    cells = dict(Unit.objects.living_on(day).cells().order_by().values_list("pk", "code"))
    strength = strength_on(cells.keys(), day)
    return sorted(code for pk, code in cells.items() if strength[pk].official < FEWEST_OFFICIAL)


def _expired_exemptions(day: date) -> list[str]:
    """Members on the roll whose latest exemption has run out: they are required again."""
    lasting = Exemption.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=day), member=OuterRef("pk")
    )
    on_the_roll = Standing.objects.filter(holding_on(day), member=OuterRef("pk"))
    expired = Member.objects.filter(
        Exists(on_the_roll), ~Exists(lasting), exemptions__valid_to__lt=day
    )
    return sorted(map(str, expired.order_by().distinct().values_list("public_id", flat=True)))


def _in_two_cells() -> list[str]:
    """Members with two standings that share a day: counted twice in the strength."""
    twice = Standing.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=F("member__standings__valid_from")),
        member__standings__valid_from__gt=F("valid_from"),
    )
    return sorted(set(map(str, twice.order_by().values_list("member__public_id", flat=True))))


def _without_term(day: date) -> list[str]:
    """Units whose secretary holds the post in a body without a term on the day."""
    term = Term.objects.on(day).filter(body=OuterRef("body"))
    held = Position.objects.filter(
        ~Exists(term), holding_on(day), title=PositionTitle.SECRETARY
    ).order_by()
    return sorted(set(held.values_list("body__unit__code", flat=True)))
