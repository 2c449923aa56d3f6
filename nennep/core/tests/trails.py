"""Lines of a trail for tests, and the hands of somebody who owns the database."""

from datetime import UTC, datetime, timedelta

from django.db import connection

from nennep.core import append_only
from nennep.core.models import TrailLine

BEGAN = datetime(2024, 6, 13, 1, 0, tzinfo=UTC)


def write_lines(count: int, *, begin: int = 1) -> None:
    TrailLine.objects.bulk_create(
        TrailLine(
            actor_label=f"Người {number}",
            verb="minutes closed",
            details={"title": f"Buổi {number}", "count": number},
            happened_at=BEGAN + timedelta(minutes=number),
        )
        for number in range(begin, begin + count)
    )


def numbers() -> list[int]:
    return list(TrailLine.objects.order_by("id").values_list("id", flat=True))


def by_force(*statements: str) -> None:
    """As the owner of the database: without the triggers, which stand again afterwards."""
    append_only.remove()
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    append_only.install()
