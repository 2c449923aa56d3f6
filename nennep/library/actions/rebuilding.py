"""A new generation of everything the product finds, built while the old one goes on answering."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction

from nennep.accounts.models import User
from nennep.core import clock, trail
from nennep.core.bulk import count_up, in_parts
from nennep.core.refusal import Refusal
from nennep.library.actions import locks
from nennep.library.actions.building import Build, Measure
from nennep.library.actions.removing import remove_generation
from nennep.library.models import Collection, Piece, Posting
from nennep.library.queries.sources import EVERYTHING, SourceKind, source_kinds

Report = Callable[[int, int], Any]
AT_ONCE = 200  # records written in one transaction, during which nobody else writes to the index


def rebuild(*, by: User, report: Report | None = None) -> Collection:
    """Builds beside, then switches in one transaction; a question meets the old or the new, whole.

    What changes meanwhile is written to both (`refresh_sources`). A build that was broken off is
    cleared away by the next; of two at a time the later one goes on, and the earlier is refused.
    """
    collection = _begin()
    _measure(collection)
    keys = _all_keys()  # once the averages stand: what is made from now on is written by them
    total, done = sum(len(own) for _kind, own in keys), 0
    build = Build(collection)
    for kind, some in _parts(keys):
        with transaction.atomic():
            _still_building(collection)
            build.remove([f"{kind.code}/{key}" for key in some])
            build.write(kind.sources(some))
        done += len(some)
        if report:
            report(done, total)
    _switch(collection, by=by, count=total)
    return collection


def _begin() -> Collection:
    left = list(Collection.objects.filter(name=EVERYTHING, is_building=True))
    with transaction.atomic():
        locks.alone()
        Collection.objects.filter(name=EVERYTHING, is_building=True).update(is_building=False)
        fresh = Collection(name=EVERYTHING, is_building=True, built_at=clock.now())
        Measure().keep(fresh)
        fresh.save()
    for each in left:
        remove_generation(each.pk)
    return fresh


def _all_keys() -> list[tuple[SourceKind, list[str]]]:
    return [(kind, list(kind.keys())) for kind in source_kinds()]


def _measure(collection: Collection) -> None:
    measure = Measure()
    for kind, some in _parts(_all_keys()):
        for source in kind.sources(some):
            measure.add(source)
    measure.keep(collection)
    with transaction.atomic():
        _still_building(collection)
        collection.save(update_fields=["averages", "abbreviations", "spellings"])


def _parts(keys: list[tuple[SourceKind, list[str]]]) -> Iterator[tuple[SourceKind, list[str]]]:
    for kind, own in keys:
        for some in in_parts(own, AT_ONCE):
            yield kind, some


def _still_building(collection: Collection) -> None:
    locks.alone()
    if not Collection.objects.filter(pk=collection.pk, is_building=True).exists():
        raise Refusal(
            "Một lần lập chỉ mục khác đã bắt đầu sau và thay lần này. Hãy chờ lần đó xong.",
            code="another_build",
        )


def _switch(collection: Collection, *, by: User, count: int) -> None:
    with transaction.atomic():
        _still_building(collection)
        count_up(Piece, Posting)
        gone = list(Collection.objects.current(EVERYTHING).values_list("pk", flat=True))
        Collection.objects.filter(pk__in=gone).update(is_current=False)
        Collection.objects.filter(pk=collection.pk).update(is_current=True, is_building=False)
        trail.record("collection indexed", None, by=by, name=EVERYTHING, count=count)
    for pk in gone:
        remove_generation(pk)
    collection.refresh_from_db()
