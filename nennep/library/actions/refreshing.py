"""Keeps what is found equal to what stands: called in the transaction that changed a record."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from django.db import transaction

from nennep.core import clock
from nennep.core.bulk import in_parts
from nennep.library.actions import locks
from nennep.library.actions.building import Build, Measure
from nennep.library.models import Collection, Piece
from nennep.library.queries.sources import EVERYTHING, source_kind
from nennep.library.rules.sources import Source

AT_ONCE = 100  # records that are written in the same breath; more of them are left to jobs

_later: list[Callable[[str, list[str]], object]] = []


def register_later(enqueue: Callable[[str, list[str]], object]) -> None:
    """How a refresh is handed to the jobs, which are above the actions."""
    _later[:] = [enqueue]


@transaction.atomic
def refresh_sources(kind: str, keys: Iterable[str]) -> None:
    """Replaces the pieces of these records of one kind by what they say now.

    A record that `SourceKind.read` gives no longer is found no longer. Called at the end of the
    action that changed it, inside its transaction; more than `AT_ONCE` of them follow in jobs, as
    soon as it is committed. While a new generation is being built, it is changed as well, so that
    nothing is lost when it takes over.
    """
    wanted = sorted(set(keys))
    if len(wanted) > AT_ONCE:
        for part in in_parts(wanted, AT_ONCE):
            transaction.on_commit(partial(_later[-1], kind, part))
    elif wanted:
        _replace(kind, wanted)


def _replace(kind: str, wanted: list[str]) -> None:
    sources = source_kind(kind).sources(wanted)
    names = [f"{kind}/{key}" for key in wanted]
    _lock(names, sources)
    for collection in _living():
        build = Build(collection)
        build.remove(names)
        build.write(sources)


def _lock(names: Sequence[str], sources: Sequence[Source]) -> None:
    was_open = Piece.objects.filter(source__in=names, unit__isnull=True)
    if any(source.unit is None for source in sources) or was_open.exists():
        locks.alone()
    else:
        locks.among_others()


def _living() -> list[Collection]:
    """The generation in use, made where there is none, and the one being built."""
    living = list(Collection.objects.living(EVERYTHING).order_by("pk"))
    if any(collection.is_current for collection in living):
        return living
    locks.alone()
    empty = Collection(name=EVERYTHING, is_current=True, built_at=clock.now())
    Measure().keep(empty)
    made, _is_new = Collection.objects.get_or_create(
        name=EVERYTHING,
        is_current=True,
        defaults={"averages": empty.averages, "built_at": empty.built_at},
    )
    return [made, *living]
