"""The strength of units of the police and the army: totals, no persons."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.core.person import Person
from nennep.core.refusal import Refusal
from nennep.members.actions.ground import day_before, refuse_before, refuse_future, told
from nennep.members.models import StrengthFigure
from nennep.organisation.models import Unit


@transaction.atomic
def enter_strength_figures(
    unit: Unit, *, official: int, probationary: int, exempt: int, on: date, by: Person
) -> StrengthFigure:
    """The numbers from `on`; entered again for their own first day, they are replaced."""
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    refuse_future(on)
    _refuse_unit(unit, on)
    _refuse_numbers(official, probationary, exempt)
    present = StrengthFigure.objects.filter(unit=unit, valid_to__isnull=True).first()
    if present is not None:
        refuse_before(on, present.valid_from)
    if present is not None and present.valid_from == on:
        present.official, present.probationary, present.exempt = official, probationary, exempt
        present.save(update_fields=["official", "probationary", "exempt"])
        figure = present
    else:
        if present is not None:
            present.valid_to = day_before(on)
            present.save(update_fields=["valid_to"])
        figure = StrengthFigure.objects.create(
            unit=unit, official=official, probationary=probationary, exempt=exempt, valid_from=on
        )
    told(
        "strength figures entered",
        figure,
        [unit],
        by=by,
        since=on,
        official=official,
        probationary=probationary,
        exempt=exempt,
        on=on,
    )
    return figure


def _refuse_unit(unit: Unit, on: date) -> None:
    if not (unit.is_figures_only and unit.is_cell):
        raise Refusal(
            _("“%(unit)s” keeps a roll of its members; its strength is counted from that.")
            % {"unit": unit.name},
            code="keeps_a_roll",
        )
    if on < unit.founded_on or (unit.ended_on is not None and on > unit.ended_on):
        raise Refusal(
            _("“%(unit)s” did not exist on that day. Check the day.") % {"unit": unit.name},
            code="cell_not_living",
            field="on",
        )


def _refuse_numbers(official: int, probationary: int, exempt: int) -> None:
    if min(official, probationary, exempt) < 0 or exempt > official + probationary:
        raise Refusal(
            _("Exempt members are part of the strength: they cannot be more than all members."),
            code="bad_numbers",
            field="exempt",
        )
