"""What waits at an organisation that ends goes on to the one that stands for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import models
from django.utils.translation import gettext as _

from nennep.accounts.queries import system_person
from nennep.core import clock, trail
from nennep.core.person import Person
from nennep.dialogue.actions.proposals import tell
from nennep.dialogue.models import Proposal, ProposalStep
from nennep.dialogue.queries.in_force import answer_due
from nennep.organisation.models import Unit

LONGEST_NOTE = 500


def hand_over(ended: Unit, successor: Unit | None, on: date, by: Person) -> None:
    """Inside the transaction that ends the unit, or writes its successor later.

    Open proposals come to the principal successor, from its first day on; without one, or where it
    has passed them on before, to the organisation directly above. From there they come back down to
    a successor that is written later. What the ended unit owed by then
    it goes on owing; the new level has its own days, from today where the end is recorded later.
    """
    goes_on = [(step, _next_level(step, successor)) for step in _waiting_at(ended)]
    comes_back = [(step, _not_before(step, [successor])) for step in _handed_up(ended)]
    for step, to in [*goes_on, *comes_back]:
        if to is None:
            continue
        step.left_on = max(on, step.came_on)
        step.save(update_fields=["left_on"])
        come = ProposalStep.objects.create(
            proposal=step.proposal, giver=step.unit, unit=to, path=to.path, came_on=step.left_on,
            due_on=answer_due(to, max(step.left_on, clock.today())), note=_note(ended),
            by_id=by.pk or system_person().pk,
        )  # fmt: skip
        trail.record("proposal taken over", step.proposal, by=by, unit=step.unit.name, to=to.name)
        tell(step)
        tell(come)


def _waiting_at(ended: Unit) -> list[ProposalStep]:
    return list(_open_steps().filter(unit=ended))


def _handed_up(ended: Unit) -> list[ProposalStep]:
    """What went up after the unit's last day: not what somebody there passed on while it lived."""
    if ended.ended_on is None:
        return []
    return list(_open_steps().filter(giver=ended, came_on__gt=ended.ended_on))


def _open_steps() -> models.QuerySet[ProposalStep]:
    open_ones = Proposal.objects.open().order_by().values("pk")
    steps = ProposalStep.objects.select_for_update(of=("self",)).select_related("proposal", "unit")
    return steps.filter(left_on__isnull=True, proposal__in=open_ones)


def _next_level(step: ProposalStep, successor: Unit | None) -> Unit | None:
    above = successor.parent if successor else None
    return _not_before(step, [successor, above, step.unit.parent])


def _not_before(step: ProposalStep, levels: Sequence[Unit | None]) -> Unit | None:
    """A proposal comes to a level once."""
    came = set(step.proposal.steps.values_list("unit_id", flat=True))
    return next((unit for unit in levels if unit is not None and unit.pk not in came), None)


def _note(ended: Unit) -> str:
    said = _("“%(unit)s” has ended; what waited there goes on here.") % {"unit": ended.name}
    return said[:LONGEST_NOTE]
