"""Doors for long work on counters."""

from django_tasks import task

from nennep.accounts.queries import system_person
from nennep.indicators import actions


@task()
def recompute_dirty() -> int:
    """Recompute what a move or a change of rules left; returns how many units there were."""
    return actions.refresh_dirty(by=system_person("job"))
