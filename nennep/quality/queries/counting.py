"""Classes of meetings as counters of a cell's month: what the cell says, what its superior decided."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from nennep.quality.models import ScoreSheet
from nennep.quality.rules.scoring import gap

COLUMNS = (
    "meeting__unit_id", "meeting__period", "self_class", "voted_class", "vote__is_passed",
    "official_class",
)  # fmt: skip

Counts = dict[str, int]


def score_counts(
    cell_ids: Collection[int], first: date, last: date
) -> dict[tuple[int, date], Counts]:
    """By cell and month, of meetings whose minutes are closed; the names are those of CellMonth."""
    found: dict[tuple[int, date], Counts] = defaultdict(lambda: defaultdict(int))
    sheets = ScoreSheet.objects.counted().filter(
        meeting__unit_id__in=cell_ids, meeting__period__range=(first, last)
    )
    rows = sheets.exclude(self_class="", official_class="").order_by().values_list(*COLUMNS)
    for cell_id, month, proposed, voted, is_carried, official in rows.iterator():
        own = voted if voted and is_carried else proposed
        _count(found[cell_id, month], own, official)
    return found


def _count(counts: Counts, own: str, official: str) -> None:
    if own:
        counts[f"self_{own}"] += 1
    if official:
        counts[f"official_{official}"] += 1
    if own and official:
        counts["gap_judged"] += 1
        counts["gap_above"] += gap(own, official) > 0
        counts["gap_below"] += gap(own, official) < 0
