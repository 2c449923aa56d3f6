"""What dissemination and the e-handbook make a cell count as, day by day."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from nennep.members.rules import DAY, Span

Counts = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A cell asked to make something known; `reached_on` None: not done."""

    due_on: date
    strength: int
    reached_on: date | None
    members: int


@dataclass(frozen=True, slots=True)
class Counted:
    """A count of the e-handbook with the days on which it can hold: while its app is the one asked about."""

    days: Span
    members: int
    exempt: int
    installed: int
    installed_exempt: int
    signed_in: int

    @property
    def counts(self) -> Counts:
        """All members, those not exempt, installed, of these not exempt, able to sign in, one cell."""
        liable = self.members - self.exempt
        installed_liable = self.installed - self.installed_exempt
        return self.members, liable, self.installed, installed_liable, self.signed_in, 1


Changes = dict[date, list[int]]


def reach_changes(asked: Iterable[Asked]) -> Changes:
    """By day, how the counts change: cells asked, reached, their members, members reached.

    Nothing counts before it is due; what was done earlier counts from the due day.
    """
    by_day: Changes = defaultdict(lambda: [0, 0, 0, 0])
    for each in asked:
        _add(by_day[each.due_on], (1, 0, each.strength, 0))
        if each.reached_on is not None:
            _add(by_day[max(each.due_on, each.reached_on)], (0, 1, 0, each.members))
    return by_day


def adoption_changes(counted: Sequence[Counted]) -> Changes:
    """By day, how the counts change: each count holds until the next one, or while its app does."""
    by_day: Changes = defaultdict(lambda: [0] * 6)
    in_order = sorted(counted, key=lambda c: c.days[0])
    for each, following in zip(in_order, [*in_order[1:], None], strict=True):
        first, last = each.days
        if following is not None:
            before_next = following.days[0] - DAY
            last = before_next if last is None else min(last, before_next)
        _add(by_day[first], each.counts)
        if last is not None and last < date.max:
            _add(by_day[last + DAY], tuple(-n for n in each.counts))
    return by_day


def _add(row: list[int], counts: Sequence[int]) -> None:
    for place, count in enumerate(counts):
        row[place] += count
