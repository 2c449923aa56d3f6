"""“Who looked at me?”: what the trail says of looks at one member."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.functional import Promise

from nennep.accounts.models import Grant
from nennep.core import clock, trail
from nennep.core.models import TrailLine
from nennep.members.models import Member, Standing
from nennep.organisation.models import Placement

AT_MOST = 500
ROLL, FOUND = "roll of a cell", "members by name"


@dataclass(frozen=True)
class Look:
    """Somebody from outside the cell who looked: when, who, of which office, at what."""

    happened_at: datetime
    who: str
    office: str
    what: str | Promise


@dataclass(frozen=True)
class Looks:
    """At the member's own entry or name; and at content of the cell, where the name may stand."""

    own: list[Look]
    cell: list[Look]
    is_cut: bool


def looks_at(member: Member) -> Looks:
    standings = list(Standing.objects.filter(member=member).select_related("unit"))
    own = _newest(_at_entry(member), _in_search(member), _in_roll(member, standings))
    cell = _newest(_at_cell(member, standings))
    offices = _offices([*own, *cell])
    return Looks(
        own=[_told(line, offices) for line in own],
        cell=[_told(line, offices) for line in cell],
        is_cut=len(own) == AT_MOST or len(cell) == AT_MOST,
    )


def _newest(*found: Iterable[TrailLine]) -> list[TrailLine]:
    lines = {line.pk: line for rows in found for line in rows}
    return sorted(lines.values(), key=lambda line: line.pk, reverse=True)[:AT_MOST]


def _at_entry(member: Member) -> QuerySet[TrailLine]:
    looks = TrailLine.objects.filter(is_look=True, target_type="members.member")
    return looks.filter(target_id=member.pk)[:AT_MOST]


def _in_search(member: Member) -> QuerySet[TrailLine]:
    """Searches whose result showed the name; they belong to no record, and say whom they showed."""
    searches = TrailLine.objects.filter(target_type="", target_id__isnull=True, verb=FOUND)
    told = searches.annotate(told=Cast("details", TextField()))
    return told.filter(told__contains=str(member.public_id))[:AT_MOST]


def _in_roll(member: Member, standings: Sequence[Standing]) -> list[TrailLine]:
    """The roll of the cell as of a day on which the name stood on it."""
    lines = TrailLine.objects.filter(
        is_look=True,
        target_type="organisation.unit",
        target_id__in={standing.unit_id for standing in standings},
        verb=ROLL,
    )
    return [
        line
        for line in lines[:AT_MOST]
        if any(s.unit_id == line.target_id and _was_on(s, _day_of(line)) for s in standings)
    ]


def _at_cell(member: Member, standings: Sequence[Standing]) -> list[TrailLine]:
    """Other looks at content of the member's cells, in the time the member belonged to them."""
    units = {standing.unit_id for standing in standings}
    paths = Placement.objects.filter(unit__in=units).values_list("path", "unit_id")
    unit_of = dict(paths)
    lines = TrailLine.objects.filter(Q(is_look=True, unit_path__in=list(unit_of))).exclude(
        Q(verb=ROLL) | Q(target_type="members.member")
    )
    return [
        line
        for line in lines[:AT_MOST]
        if any(
            s.unit_id == unit_of[line.unit_path]
            and _was_on(s, line.happened_at.astimezone(clock.HANOI).date())
            for s in standings
        )
    ]


def _was_on(standing: Standing, day: date) -> bool:
    return standing.valid_from <= day and (standing.valid_to is None or day <= standing.valid_to)


def _day_of(line: TrailLine) -> date:
    """The day the roll was asked for, which the line tells; else the day of the look."""
    told = line.details.get("day")
    return date.fromisoformat(told) if told else line.happened_at.astimezone(clock.HANOI).date()


def _offices(lines: Sequence[TrailLine]) -> dict[int, list[Grant]]:
    """By person, the roles they ever held; one query."""
    grants: dict[int, list[Grant]] = {}
    people = {line.actor_id for line in lines if line.actor_id is not None}
    for grant in Grant.objects.filter(user__in=people).select_related("unit"):
        grants.setdefault(grant.user_id, []).append(grant)
    return grants


def _told(line: TrailLine, offices: dict[int, list[Grant]]) -> Look:
    held = [g for g in offices.get(line.actor_id or 0, []) if _held_at(g, line.happened_at)]
    return Look(
        happened_at=line.happened_at,
        who=line.actor_label,
        office="; ".join(f"{grant.get_role_display()}, {grant.unit.name}" for grant in held),
        what=trail.label_of(line.verb),
    )


def _held_at(grant: Grant, moment: datetime) -> bool:
    day = moment.astimezone(clock.HANOI).date()
    return (
        grant.valid_from <= day
        and (grant.valid_to is None or day <= grant.valid_to)
        and (grant.ended_at is None or moment < grant.ended_at)
    )
