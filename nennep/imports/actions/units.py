"""Organisations as a table says them: created together, changed one by one, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import bulk, clock
from nennep.core.refusal import Refusal
from nennep.core.takeback import Log, Watch, delete_made, refuse_built_on, restore_changed
from nennep.imports.queries.units import UnitPlan
from nennep.imports.rules import Judged
from nennep.indicators.actions import forget_units, note_dirty, refresh_units
from nennep.indicators.models import COUNTED
from nennep.organisation.actions import (
    begin_term,
    change_block,
    change_kind,
    establish_body,
    load_units,
    rename_unit,
    set_national_code,
)
from nennep.organisation.actions.load import NewBody, NewUnit
from nennep.organisation.models import Body, PartyGroup, Placement, Term, Unit

MADE = (Unit, Placement, Body, Term, PartyGroup)
CHANGES: dict[str, Callable[..., Unit]] = {
    "name": rename_unit,
    "kind": change_kind,
    "block": change_block,
}


def take_in_units(rows: Iterable[Judged], *, by: User) -> Log:
    """What the plans say, new organisations first. Returns how to take it back."""
    bulk.alone_with(*MADE)
    plans: list[UnitPlan] = [row.plan for row in rows]
    new = [plan for plan in plans if plan.unit_id is None]
    changed = {plan.unit_id: plan for plan in plans if plan.unit_id is not None}
    ids = list(changed)
    watch = Watch(
        MADE,
        [
            Unit.objects.filter(pk__in=ids),
            Placement.objects.filter(unit_id__in=ids),
            Term.objects.filter(body__unit_id__in=ids),
        ],
    )
    made = load_units(map(_new_unit, new), by=by) if new else {}
    for unit_id, plan in changed.items():
        _change(unit_id, plan, by)
    note_dirty(list(made.values()), why="place")
    return watch.log()


def take_back_units(log: Log) -> None:
    """Refused where anything stands on them. Their figures go out of those above first."""
    refuse_built_on(log, derived=COUNTED)
    first, last = log["made"][Unit._meta.label_lower]
    delete_made(log, only=[Placement, Body, Term, PartyGroup])
    made = list(range(first, last + 1))
    forget_units(made)
    delete_made(log, only=[Unit])
    restore_changed(log)
    refresh_units([int(pk) for pk in log["changed"].get(Unit._meta.label_lower, {})])


def _new_unit(plan: UnitPlan) -> NewUnit:
    row = plan.row
    assert plan.founded_on is not None  # noqa: S101 -- judged new: it has a day
    terms = ((row.term, row.term_from, row.term_to),) if row.term_from else ()
    return NewUnit(
        code=plan.code,
        name=row.name,
        kind=plan.kind,
        parent_code=plan.parent_code,
        founded_on=plan.founded_on,
        block=row.block,
        national_code=row.national_code,
        bodies=(NewBody(plan.body, terms),) if plan.body else (),
    )


def _change(unit_id: int, plan: UnitPlan, by: User) -> None:
    """The same actions as on the pages, from today on; their refusal names the row."""
    unit = Unit.objects.get(pk=unit_id)
    today = clock.today()
    try:
        for name, value in plan.changes.items():
            if name == "national_code":
                unit = set_national_code(unit, value, by=by)
            else:
                unit = CHANGES[name](unit, value, on=today, by=by)
        if plan.begins_term:
            _begin_term(plan, unit, by)
    except Refusal as refusal:
        said = _("Row %(row)s: %(said)s") % {"row": plan.row.number, "said": refusal.message}
        raise Refusal(said, code=refusal.code) from refusal


def _begin_term(plan: UnitPlan, unit: Unit, by: User) -> None:
    body = Body.objects.filter(unit=unit, kind=plan.body).first()
    if body is None:
        body = establish_body(unit, plan.body, by=by)
    row = plan.row
    if row.term_from is not None:
        begin_term(body, row.term, starts_on=row.term_from, ends_on=row.term_to, by=by)
