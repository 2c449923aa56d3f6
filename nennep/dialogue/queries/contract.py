"""A unit's proposals as the command line has them: no texts."""

from typing import Any

from nennep.core import clock
from nennep.dialogue.choices import ProposalState
from nennep.dialogue.models import Proposal, ProposalStep
from nennep.dialogue.queries.proposals import own_rows
from nennep.dialogue.rules import Owed
from nennep.organisation.models import Unit


def proposals_json(unit: Unit) -> dict[str, Any]:
    """What it asked and what came to it; `answers`: what it owed itself by today."""
    rows = own_rows(unit)
    return {
        "unit": unit.code,
        "asked": _states([row for row in rows if row.unit_id == unit.pk]),
        "received": _states([row for row in rows if row.unit_id != unit.pk]),
        "answers": _answers(unit),
        "proposals": [_line(row) for row in rows],
    }


def _states(rows: list[Proposal]) -> dict[str, int]:
    return {
        state.value: sum(row.state == state for row in rows)
        for state in (
            ProposalState.OPEN,
            ProposalState.OVERDUE,
            ProposalState.ANSWERED,
            ProposalState.WITHDRAWN,
        )
    }


def _answers(unit: Unit) -> dict[str, int]:
    steps = ProposalStep.objects.filter(unit=unit, due_on__lte=clock.today())
    found = [step.owed for step in steps.select_related("proposal")]
    in_time, due = found.count(Owed.IN_TIME), len(found) - found.count(Owed.NOT_OWED)
    return {"in_time": in_time, "due": due}


def _line(row: Proposal) -> dict[str, Any]:
    due_on = row.held.due_on
    return {
        "id": str(row.public_id),
        "from": row.unit.code,
        "for": row.owner.code,
        "at": row.held.unit.code,
        "way": [{"to": step.unit.code, "on": step.came_on.isoformat()} for step in row.way],
        "subject": row.subject,
        "asked_on": row.asked_on.isoformat(),
        "due_on": due_on.isoformat() if due_on else None,
        "state": row.state.value,
        "answered_on": row.answered_on.isoformat() if row.answered_on else None,
    }
