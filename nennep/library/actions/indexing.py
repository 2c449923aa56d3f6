"""Builds a collection beside the one in use, and puts it in its place in one transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction

from nennep.accounts.models import User
from nennep.core import clock, trail
from nennep.core.documents import TextLine
from nennep.core.refusal import Refusal
from nennep.core.text import tidy
from nennep.library.actions.building import Build
from nennep.library.models import Collection, Piece, Posting, Term

Report = Callable[[int, int], Any]
NAME_AT_MOST = 60


@dataclass(frozen=True)
class Source:
    """Something that can be found: its name, its lines in order, and who may find it."""

    id: str
    title: str
    lines: Sequence[TextLine]
    kind: str = ""
    day: date | None = None
    verb: str = ""
    unit_path: str = ""
    is_replaced: bool = False


@transaction.atomic
def index_collection(
    name: str, sources: Sequence[Source], *, by: User, report: Report | None = None
) -> Collection:
    """Replaces the collection of that name; until the transaction ends, the old one answers."""
    name = tidy(name)
    _refuse(name, sources)
    _one_at_a_time()
    collection = Collection.objects.create(name=name, built_at=clock.now())
    Build(collection).write(sources, report or _silent)
    gone = list(Collection.objects.current(name).values_list("pk", flat=True))
    Collection.objects.filter(pk__in=gone).update(is_current=False)
    collection.is_current = True
    collection.save()
    for pk in gone:
        _remove(pk)
    trail.record("collection indexed", None, by=by, name=name, count=len(sources))
    return collection


def _refuse(name: str, sources: Sequence[Source]) -> None:
    if not name or len(name) > NAME_AT_MOST:
        raise Refusal(
            f"Tên bộ tài liệu phải có từ 1 đến {NAME_AT_MOST} ký tự.", code="bad_collection_name"
        )
    if not sources:
        raise Refusal(
            "Không có tài liệu nào để lập chỉ mục. Hãy kiểm tra tệp hoặc thư mục.",
            code="no_sources",
        )


def _one_at_a_time() -> None:
    """Ids are counted on from the last: on PostgreSQL a second build waits for the first."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [Piece._meta.db_table])


def _remove(collection_id: int) -> None:
    """A replaced build, in three statements: its rows are many, and nothing else refers to them."""
    terms = Term.objects.filter(collection_id=collection_id)
    pieces = Piece.objects.filter(collection_id=collection_id)
    Posting.objects.filter(term__in=terms)._raw_delete(using=terms.db)  # noqa: SLF001 -- no collector
    terms._raw_delete(using=terms.db)  # noqa: SLF001 -- likewise
    pieces._raw_delete(using=terms.db)  # noqa: SLF001 -- likewise
    Collection.objects.filter(pk=collection_id).delete()


def _silent(_done: int, _total: int) -> None:
    """Nobody watches."""
