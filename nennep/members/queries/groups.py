"""Which party group of a cell a member belonged to on a day."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from nennep.members.models import Standing

Spell = tuple[date, date | None, int]


class GroupsOfDays:
    """The groups of all members of some cells through time. One query, whatever the number of days."""

    def __init__(self, unit_ids: Collection[int]) -> None:
        self._spells: dict[tuple[int, int], list[Spell]] = defaultdict(list)
        rows = Standing.objects.filter(unit_id__in=unit_ids).order_by()
        for unit_id, member_id, since, until, group in rows.values_list(
            "unit_id", "member_id", "valid_from", "valid_to", "party_group_id"
        ):
            if group is not None:
                self._spells[unit_id, member_id].append((since, until, group))

    def group_of(self, member_id: int, unit_id: int, day: date) -> int | None:
        """None: in no group of this cell that day, or here temporarily."""
        return next(
            (
                group
                for since, until, group in self._spells.get((unit_id, member_id), ())
                if since <= day and (until is None or until >= day)
            ),
            None,
        )
