"""What waits at an organisation that ends goes on to the one that stands for it."""

from __future__ import annotations

from datetime import date

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
    has passed them on before, to the organisation directly above. What the ended unit owed by then
    it goes on owing; the new level has its own days, from today where the end is recorded later.
    """
    for step in _waiting_at(ended):
        to = _next_level(step, successor)
        if to is None:
            continue
        step.left_on = max(on, step.came_on)
        step.save(update_fields=["left_on"])
        come = ProposalStep.objects.create(
            proposal=step.proposal, giver=ended, unit=to, path=to.path, came_on=step.left_on,
            due_on=answer_due(to, max(step.left_on, clock.today())), note=_note(ended),
            by_id=by.pk or system_person().pk,
        )  # fmt: skip
        trail.record("proposal taken over", step.proposal, by=by, unit=ended.name, to=to.name)
        tell(step)
        tell(come)


def _waiting_at(ended: Unit) -> list[ProposalStep]:
    open_ones = Proposal.objects.open().order_by().values("pk")
    steps = ProposalStep.objects.select_for_update(of=("self",)).select_related("proposal", "unit")
    return list(steps.filter(unit=ended, left_on__isnull=True, proposal__in=open_ones))


def _next_level(step: ProposalStep, successor: Unit | None) -> Unit | None:
    """A proposal comes to a level once."""
    came = set(step.proposal.steps.values_list("unit_id", flat=True))
    levels = [successor, successor.parent if successor else None, step.unit.parent]
    return next((unit for unit in levels if unit is not None and unit.pk not in came), None)


def _note(ended: Unit) -> str:
    said = _("“%(unit)s” has ended; what waited there goes on here.") % {"unit": ended.name}
    return said[:LONGEST_NOTE]
