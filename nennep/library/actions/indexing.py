"""Builds a collection of files beside the one in use, and puts it in its place in one transaction."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction

from nennep.accounts.models import User
from nennep.core import clock, trail
from nennep.core.bulk import count_up, in_parts
from nennep.core.refusal import Refusal
from nennep.core.text import tidy
from nennep.library.actions import locks
from nennep.library.actions.building import Build, Measure
from nennep.library.actions.removing import remove_generation
from nennep.library.models import Collection, Piece, Posting
from nennep.library.queries.sources import EVERYTHING
from nennep.library.rules.sources import Source

Report = Callable[[int, int], Any]
NAME_AT_MOST = 60
AT_ONCE = 2_000  # sources


@transaction.atomic
def index_collection(
    name: str, sources: Sequence[Source], *, by: User, report: Report | None = None
) -> Collection:
    """Replaces the collection of that name; until the transaction ends, the old one answers."""
    name = tidy(name)
    _refuse(name, sources)
    locks.alone()
    collection = Collection(name=name, built_at=clock.now())
    measure = Measure()
    for source in sources:
        measure.add(source)
    measure.keep(collection)
    collection.save()
    build, done = Build(collection), 0
    for some in in_parts(sources, AT_ONCE):
        build.write(some)
        done += len(some)
        if report:
            report(done, len(sources))
    gone = list(Collection.objects.current(name).values_list("pk", flat=True))
    Collection.objects.filter(pk__in=gone).update(is_current=False)
    Collection.objects.filter(pk=collection.pk).update(is_current=True)
    for pk in gone:
        remove_generation(pk)
    count_up(Piece, Posting)
    trail.record("collection indexed", None, by=by, name=name, count=len(sources))
    collection.refresh_from_db()
    return collection


def _refuse(name: str, sources: Sequence[Source]) -> None:
    if not name or len(name) > NAME_AT_MOST:
        raise Refusal(
            f"Tên bộ tài liệu phải có từ 1 đến {NAME_AT_MOST} ký tự.", code="bad_collection_name"
        )
    if name == EVERYTHING:
        raise Refusal(
            f"“{EVERYTHING}” là bộ của chính chương trình; hãy đặt tên khác.",
            code="name_of_the_product",
        )
    if not sources:
        raise Refusal(
            "Không có tài liệu nào để lập chỉ mục. Hãy kiểm tra tệp hoặc thư mục.",
            code="no_sources",
        )
