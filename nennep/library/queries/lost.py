"""Unanswered questions as the editors read them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Sum

from nennep.library.models import LostQuestion

DAYS = 2  # what was asked on one day alone may be one person's own affair [D]


@dataclass(frozen=True)
class Lost:
    text: str
    count: int
    last: date


def lost_questions() -> list[Lost]:
    """The most often asked first; only what was asked on different days."""
    rows = LostQuestion.objects.values("text").annotate(
        days=Count("pk"), asked=Sum("count"), last=Max("day")
    )
    often = rows.filter(days__gte=DAYS).order_by("-asked", "-last", "text")
    return [Lost(row["text"], row["asked"], row["last"]) for row in often[:200]]
