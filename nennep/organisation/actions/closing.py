"""A unit ends, and another goes on in its place."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.core import facts, trail
from nennep.core.person import Person
from nennep.core.refusal import Refusal
from nennep.core.text import vn_date
from nennep.organisation.actions.tree import (
    locked,
    present_place,
    refuse_day,
    refuse_future,
    told,
)
from nennep.organisation.models import Lineage, PartyGroup, Placement, Term, Unit

CloseCheck = Callable[[Unit, date], None]

# The unit that ends, the one that goes on as it if there is one, its first day, who says so.
Succession = Callable[[Unit, Unit | None, date, Person], None]

_checks: list[CloseCheck] = []
_successions: list[Succession] = []


def may_close(check: CloseCheck) -> CloseCheck:
    """Apps above register what keeps a unit open; a check raises a refusal of its own."""
    if check not in _checks:
        _checks.append(check)
    return check


def on_succession(act: Succession) -> Succession:
    """Apps above register what goes on with a unit: called when it ends, and when its successor is
    written later, in the same transaction.
    """
    if act not in _successions:
        _successions.append(act)
    return act


def refuse_people(unit: Unit, last_day: date) -> None:
    for check in _checks:
        check(unit, last_day)


@transaction.atomic
def close_unit(
    unit: Unit,
    *,
    last_day: date,
    by: Person,
    successor: Unit | None = None,
    also: Sequence[Unit] = (),
) -> Unit:
    """The unit's last day. Its place, terms and party groups end with it; nothing is deleted.

    It goes on as `successor`, where its months stand in the structure of now, and in part as each
    of the others.
    """
    unit = locked(unit)
    place = present_place(unit)
    refuse_day(unit, place, last_day, "last_day")
    _refuse_top(unit)
    _refuse_those_below(unit, last_day)
    refuse_people(unit, last_day)
    first_day = last_day + timedelta(days=1)
    if successor is not None:
        _write_lineage(unit, successor, first_day, is_principal=True)
    for other in also:
        _write_lineage(unit, other, first_day, is_principal=False, field="also")
    Placement.objects.filter(pk=place.pk).update(valid_to=last_day)
    unit.ended_on = last_day
    unit.save(update_fields=["ended_on"])
    _end_terms(unit, last_day)
    PartyGroup.objects.filter(unit=unit, valid_to__isnull=True).update(valid_to=last_day)
    _go_on(unit, successor, first_day, by)
    code = successor.code if successor else ""
    others = {"also": ", ".join(other.code for other in also)} if also else {}
    return told("unit closed", unit, by=by, last_day=last_day, successor=code, **others)


@transaction.atomic
def write_lineage(
    predecessor: Unit, successor: Unit, *, on: date, by: Person, is_principal: bool = True
) -> Lineage:
    """`successor` goes on as `predecessor` from its first day `on`; in part where not principal.

    A part of a unit may go on elsewhere while the unit itself lives.
    """
    predecessor = locked(predecessor)
    lives = predecessor.ended_on is None or on <= predecessor.ended_on
    if lives:
        refuse_future(on)
    if lives and is_principal:
        raise Refusal(
            _("“%(unit)s” has not ended before %(day)s. Close it first.")
            % {"unit": predecessor.name, "day": vn_date(on)},
            code="predecessor_lives",
            field="on",
        )
    lineage = _write_lineage(predecessor, successor, on, is_principal=is_principal)
    if is_principal:
        _go_on(predecessor, successor, on, by)
    trail.record(
        "lineage written",
        predecessor,
        by=by,
        successor=successor.code,
        on=on,
        is_principal=is_principal,
    )
    facts.facts_changed.send(sender=Unit, cell=predecessor, month=None, kind="place")
    return lineage


def _go_on(unit: Unit, successor: Unit | None, on: date, by: Person) -> None:
    if successor is not None:
        successor = Unit.objects.get(pk=successor.pk)  # where it stands by now
    for act in _successions:
        act(unit, successor, on, by)


def _write_lineage(
    predecessor: Unit,
    successor: Unit,
    on: date,
    *,
    is_principal: bool,
    field: str = "successor",
) -> Lineage:
    successor = Unit.objects.get(pk=successor.pk)
    if successor.pk == predecessor.pk:
        raise Refusal(
            _("An organisation cannot go on as itself. Choose another."),
            code="own_successor",
            field=field,
        )
    lives = successor.founded_on <= on and (successor.ended_on is None or successor.ended_on >= on)
    if not lives:
        raise Refusal(
            _("“%(unit)s” does not exist on %(day)s. Choose one that does.")
            % {"unit": successor.name, "day": vn_date(on)},
            code="successor_not_there",
            field=field,
        )
    _refuse_second(predecessor, successor, is_principal=is_principal, field=field)
    lineage, _was_made = Lineage.objects.update_or_create(
        predecessor=predecessor,
        successor=successor,
        defaults={"is_principal": is_principal},
        create_defaults={"is_principal": is_principal, "on": on},
    )
    return lineage


def _refuse_second(predecessor: Unit, successor: Unit, *, is_principal: bool, field: str) -> None:
    """One principal successor; one that was recorded as a part may become it."""
    written = Lineage.objects.filter(predecessor=predecessor)
    known = written.filter(successor=successor).first()
    if known is not None and (known.is_principal or not is_principal):
        raise Refusal(
            _("“%(successor)s” is recorded as a successor of “%(unit)s” already.")
            % {"successor": successor.name, "unit": predecessor.name},
            code="lineage_written",
            field=field,
        )
    if is_principal and written.filter(is_principal=True).exists():
        raise Refusal(
            _(
                "“%(unit)s” has a principal successor already. Record this one as a further successor."
            )
            % {"unit": predecessor.name},
            code="principal_written",
            field=field,
        )


def _refuse_top(unit: Unit) -> None:
    if unit.parent is None:
        raise Refusal(_("The top of the tree cannot be closed."), code="root_closes")


def _refuse_those_below(unit: Unit, last_day: date) -> None:
    """Nobody stands under a unit after its last day, now or by what is recorded of the past."""
    there = Placement.objects.filter(parent=unit, unit__ended_on__isnull=True)
    child = there.filter(valid_to__isnull=True).first()
    if child:
        raise Refusal(
            _("“%(child)s” stands under it. Move or close it first.") % {"child": child.name},
            code="children_live",
        )
    later = Placement.objects.filter(parent=unit, valid_to__gt=last_day).first()
    if later:
        raise Refusal(
            _("“%(child)s” stood under it until %(day)s. Give that day or a later one.")
            % {"child": later.name, "day": vn_date(later.valid_to)},
            code="child_stood_later",
            field="last_day",
        )


def _end_terms(unit: Unit, last_day: date) -> None:
    running = Term.objects.filter(body__unit=unit, ends_on__isnull=True)
    running.filter(starts_on__lte=last_day).update(ends_on=last_day)
