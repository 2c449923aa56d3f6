"""Members as a list says them: received together, changed together, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import bulk, clock
from nennep.core.refusal import Refusal
from nennep.core.takeback import Log, Watch, delete_made, refuse_built_on, restore_changed
from nennep.core.text import fold
from nennep.imports.choices import Verdict
from nennep.imports.queries.members import MemberPlan
from nennep.imports.queries.members.places import CellPlace, body_for
from nennep.imports.rules import Judged
from nennep.indicators.actions import refresh_rolls
from nennep.indicators.models import MemberMonth
from nennep.members.actions import NewMember, change_rolls, load_positions, load_roll
from nennep.members.models import Exemption, Member, Position, Standing, Stay, WorkingSpell
from nennep.members.queries.among import among
from nennep.organisation.actions import load_bodies, load_party_groups
from nennep.organisation.choices import BodyKind
from nennep.organisation.models import Body, PartyGroup

# What is referred to comes first.
MADE = (Body, PartyGroup, Member, Standing, Exemption, Stay, WorkingSpell, Position)
SPELLS: tuple[type[Model], ...] = (Standing, Exemption, Stay, WorkingSpell, Position)
# More changed entries than this are not kept for taking back: their log would be a second roll.
KEPT_FOR_UNDO = 50_000


def take_in_members(rows: Iterable[Judged], *, by: User) -> Log:
    """New members are written as they are judged; changes once all of them are known."""
    bulk.alone_with(*MADE)
    watch = Watch(MADE)
    taking = _Taking(by)
    loaded = load_roll(taking.new_members(rows), by=by)
    changed = [plan for plan in taking.changed if plan.difference is not None]
    ids = [plan.difference.change.member_id for plan in changed if plan.difference]
    is_kept = len(ids) <= KEPT_FOR_UNDO
    if is_kept:
        watch.also(_rows_of(ids))
    taking.change(changed)
    taking.give_posts(loaded.first_id)
    refresh_rolls(sorted(taking.cells))
    return watch.log() | {"cells": sorted(taking.cells), "is_kept": is_kept}


def take_back_members(log: Log) -> None:
    """Refused where anybody has gone on from them: a roll call, a task, a change of their entry."""
    if not log["is_kept"]:
        raise Refusal(
            _("This file changed too many entries to be undone. Take in a corrected list instead."),
            code="too_many_changes",
        )
    refuse_built_on(log, derived=(MemberMonth,))
    delete_made(log)
    restore_changed(log)
    refresh_rolls(log["cells"])


def _rows_of(member_ids: list[int]) -> Iterator[QuerySet[Any]]:
    yield Member.objects.filter(pk__in=among(member_ids))
    for model in SPELLS:
        yield QuerySet(model).filter(member_id__in=among(member_ids))


class _Taking:
    """What has to be made on the way: party groups as they are met, bodies and posts at the end."""

    def __init__(self, by: User) -> None:
        self._by = by
        self._groups: dict[tuple[int, str], int] = {}
        self._posts: list[tuple[MemberPlan, int]] = []
        self._count = 0
        self.changed: list[MemberPlan] = []
        self.cells: set[int] = set()

    def new_members(self, rows: Iterable[Judged]) -> Iterator[NewMember]:
        """The n-th one yielded gets the n-th id of the load."""
        for row in rows:
            plan: MemberPlan = row.plan
            self.cells.add(plan.cell.id)
            if row.verdict != Verdict.NEW or plan.new is None:
                self.changed.append(plan)
                continue
            if plan.position:
                self._posts.append((plan, self._count))
            self._count += 1
            yield self._in_group(plan, plan.new)

    def change(self, plans: list[MemberPlan]) -> None:
        changes = []
        for plan in plans:
            assert plan.difference is not None  # noqa: S101 -- judged changed: it has one
            change = plan.difference.change
            if plan.group:
                group = self._group(plan, plan.group, clock.today())
                change.standing["party_group"] = group
            if change:
                changes.append(change)
        if changes:
            change_rolls(changes, by=self._by)

    def give_posts(self, first_id: int) -> None:
        posts = [(plan, first_id + place) for plan, place in self._posts]
        posts += [(p, p.member_id) for p in self.changed if p.position and p.member_id is not None]
        if not posts:
            return
        bodies = self._bodies(posts)
        load_positions(
            (
                (member, bodies[plan.cell.id], plan.position, plan.position_from or clock.today())
                for plan, member in posts
            ),
            by=self._by,
        )

    def _bodies(self, posts: list[tuple[MemberPlan, int]]) -> dict[int, int]:
        """By cell, the body its posts are in; those that are not there yet are established."""
        found: dict[int, int] = {}
        lacking: list[tuple[int, str]] = []
        for cell, kind in _kinds_of(plan for plan, _member in posts):
            if kind in cell.bodies:
                found[cell.id] = cell.bodies[kind]
            else:
                lacking.append((cell.id, kind))
        made = load_bodies(lacking, by=self._by) if lacking else {}
        return found | {unit: pk for (unit, _kind), pk in made.items()}

    def _in_group(self, plan: MemberPlan, new: NewMember) -> NewMember:
        if not plan.group or not new.standings:
            return new
        group = self._group(plan, plan.group, new.standings[0][3])
        return replace(new, standings=tuple((s[0], s[1], group, *s[3:]) for s in new.standings))

    def _group(self, plan: MemberPlan, name: str, since: date) -> int:
        """The cell's group of this name, formed on the first day somebody is in it."""
        known = plan.cell.group(name)
        if known is not None:
            return known
        key = (plan.cell.id, fold(name))
        if key not in self._groups:
            day = max(plan.cell.founded_on, min(since, clock.today()))
            made = load_party_groups([(plan.cell.id, name, day)], by=self._by)
            self._groups[key] = next(iter(made.values()))
        return self._groups[key]


def _kinds_of(plans: Iterable[MemberPlan]) -> Iterator[tuple[CellPlace, str]]:
    """In one cell all posts are in one body: its committee, once anybody is a member of it."""
    cells: dict[int, CellPlace] = {}
    has_committee: set[int] = set()
    for plan in plans:
        cells[plan.cell.id] = plan.cell
        if body_for(plan.cell, plan.position) == BodyKind.CELL_COMMITTEE:
            has_committee.add(plan.cell.id)
    for pk, cell in cells.items():
        kind = BodyKind.CELL_COMMITTEE if pk in has_committee else BodyKind.CELL_SECRETARIAT
        yield cell, kind.value
