"""Doors for long work on the index."""

from django_tasks import task

from nennep.accounts.queries import system_person
from nennep.library import actions


@task()
def refresh_found(kind: str, keys: list[str]) -> None:
    actions.refresh_sources(kind, keys)


@task()
def build_anew() -> int:
    """Returns how many pieces there are that everybody may find."""
    return actions.rebuild(by=system_person("job")).pieces
