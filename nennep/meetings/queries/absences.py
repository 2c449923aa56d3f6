"""Which members' absences reached an alarm, and in which months."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from nennep.meetings.choices import MeetingKind, Presence
from nennep.meetings.models import Attendance
from nennep.meetings.rules.absences import (
    MORE_THAN_THREE,
    THIRD,
    months_of_long_excuse,
    months_of_third_unexcused,
)
from nennep.meetings.rules.alerts import Absences, absences_of
from nennep.members.choices import RollStatus
from nennep.members.queries.among import among

Presences = list[tuple[date, str]]


@dataclass(frozen=True, slots=True)
class Alarms:
    """Months, by cell and member, in which a third unexcused or a fourth running excuse fell."""

    unexcused: dict[tuple[int, int], list[date]]
    excused: dict[tuple[int, int], list[date]]


def absence_alarms(cell_ids: Sequence[int], first: date, last: date) -> Alarms:
    """Alarms in the calendar years that the span touches; absences are read, presences hardly."""
    span = (date(first.year, 1, 1), date(last.year, 12, 1))
    absences = _by_member(_regular_rows(cell_ids, span).exclude(presence=Presence.PRESENT))
    unexcused = {
        who: list(months_of_third_unexcused(rows))
        for who, rows in absences.items()
        if _most_in_a_year(rows, Presence.UNEXCUSED) >= THIRD
    }
    suspects = [
        who for who, rows in absences.items()
        if _most_in_a_year(rows, Presence.EXCUSED) >= MORE_THAN_THREE
    ]  # fmt: skip
    return Alarms(unexcused, dict(_long_excuses(suspects, cell_ids, span)))


def absences_so_far(
    cell_ids: Collection[int], first: date, last: date
) -> dict[int, list[Absences]]:
    """By cell, the absences of members who have any in these months of one year, excuses up to now."""
    missed = _by_member(_regular_rows(cell_ids, (first, last)).exclude(presence=Presence.PRESENT))
    excused = {
        who
        for who, rows in missed.items()
        if any(what == Presence.EXCUSED for _month, what in rows)
    }
    members = among({member_id for _cell, member_id in excused})
    whole = _by_member(_regular_rows(cell_ids, (first, last)).filter(member_id__in=members))
    found: dict[int, list[Absences]] = defaultdict(list)
    for who in sorted(missed):
        rows = whole[who] if who in excused else missed[who]
        found[who[0]].append(absences_of(who[1], rows))
    return found


def _long_excuses(
    suspects: list[tuple[int, int]], cell_ids: Sequence[int], span: tuple[date, date]
) -> Iterator[tuple[tuple[int, int], list[date]]]:
    """A streak is broken by presence, so the whole year of the few suspects is read."""
    wanted = set(suspects)
    members = sorted({member_id for _, member_id in wanted})
    for chunk in range(0, len(members), 5_000):
        rows = _regular_rows(cell_ids, span).filter(member_id__in=members[chunk : chunk + 5_000])
        for who, presences in _by_member(rows).items():
            if who in wanted and (months := list(months_of_long_excuse(presences))):
                yield who, months


def _regular_rows(cell_ids: Collection[int], span: tuple[date, date]) -> QuerySet[Attendance]:
    return Attendance.objects.filter(
        meeting__unit_id__in=cell_ids,
        meeting__period__range=span,
        meeting__kind__in=(MeetingKind.REGULAR, MeetingKind.COMBINED),
        meeting__closed_at__isnull=False,
        meeting__cancelled_at__isnull=True,
        status__in=(RollStatus.REQUIRED, RollStatus.HERE),
    ).order_by()


def _by_member(rows: QuerySet[Attendance]) -> dict[tuple[int, int], Presences]:
    """What each member did at each regular meeting, months in order."""
    found: dict[tuple[int, int], Presences] = defaultdict(list)
    columns = rows.values_list("meeting__unit_id", "member_id", "meeting__period", "presence")
    for cell_id, member_id, month, presence in columns.iterator():
        found[cell_id, member_id].append((month, presence))
    for presences in found.values():
        presences.sort()
    return found


def _most_in_a_year(rows: Presences, presence: str) -> int:
    counts: dict[int, int] = defaultdict(int)
    for month, what in rows:
        counts[month.year] += what == presence
    return max(counts.values(), default=0)
