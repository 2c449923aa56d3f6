"""What the figures count of ratings, by day, and of the register of commendations."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from nennep.members.queries.among import among
from nennep.recognition.choices import Honoured
from nennep.recognition.models import Rating
from nennep.recognition.rules.ratings import Counts, Decided, level_changes

NAMES = (
    "rank_excellent", "rank_good", "rank_completed", "rank_not_completed", "weak_before", "weak_risen",
)  # fmt: skip
COMMENDED = {
    "commended_collectives": Q(kind=Honoured.COLLECTIVE),
    "commended_persons": Q(kind=Honoured.PERSON),
}


def rating_changes(cells: Sequence[int]) -> dict[int, list[tuple[date, Counts]]]:
    """One query, however many cells."""
    rows = Rating.objects.filter(unit_id__in=among(cells)).exclude(level="").order_by()
    decided: dict[int, list[Decided]] = defaultdict(list)
    for cell, year, level, on in rows.values_list("unit_id", "year", "level", "decided_on"):
        if on is not None:  # the table itself asks for it where there is a level
            decided[cell].append(Decided(year, level, on))
    return {cell: list(level_changes(given).items()) for cell, given in decided.items()}
