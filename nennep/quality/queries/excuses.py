"""Members excused more times running than the rules accept, as it stood at a meeting."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from nennep.meetings.choices import SATISFY_REGULAR, Presence
from nennep.meetings.models import Attendance
from nennep.members.choices import RollStatus

REQUIRED = (RollStatus.REQUIRED, RollStatus.HERE)
Who = tuple[int, int]  # cell, member


def long_excuses(
    rows: Sequence[dict[str, Any]], accepted: Mapping[int, int | None]
) -> dict[int, int]:
    """By meeting, how many members' excuses run longer than accepted, this meeting included.

    Streaks run within the calendar year over the cell's regular meetings at which the member was
    required. Left out: meetings without a list of names, and where no rule accepts a number.
    """
    judged = [
        row
        for row in rows
        if accepted[row["id"]] is not None
        and row["has_roll_call"]
        and not row["roll_call__is_typed"]
    ]
    if not judged:
        return {}
    excused = _excused(judged)
    suspects = _suspects(judged, excused, accepted)
    presences = _presences(judged, {who for whos in suspects.values() for who in whos})
    return {
        row["id"]: sum(
            1
            for who in suspects.get(row["id"], ())
            if _streak(presences[who], row) > (accepted[row["id"]] or 0)
        )
        for row in judged
    }


def _in_the_year(rows: Sequence[dict[str, Any]]) -> QuerySet[Attendance]:
    """Attendance of these meetings and of the closed regular ones before them in their years."""
    first = min(row["period"] for row in rows).replace(month=1)
    own = Q(meeting_id__in=[row["id"] for row in rows])
    return Attendance.objects.filter(
        own | Q(meeting__closed_at__isnull=False, meeting__cancelled_at__isnull=True),
        own | Q(meeting__kind__in=sorted(SATISFY_REGULAR)),
        meeting__unit_id__in=sorted({row["unit_id"] for row in rows}),
        meeting__period__range=(first, max(row["period"] for row in rows)),
        status__in=REQUIRED,
    ).order_by()


def _excused(rows: Sequence[dict[str, Any]]) -> dict[Who, list[tuple[date, int]]]:
    found: dict[Who, list[tuple[date, int]]] = defaultdict(list)
    columns = ("meeting__unit_id", "member_id", "meeting__period", "meeting_id")
    absences = _in_the_year(rows).filter(presence=Presence.EXCUSED).values_list(*columns)
    for cell_id, member_id, month, meeting_id in absences.iterator():
        found[cell_id, member_id].append((month, meeting_id))
    return found


def _suspects(
    rows: Sequence[dict[str, Any]],
    excused: Mapping[Who, list[tuple[date, int]]],
    accepted: Mapping[int, int | None],
) -> dict[int, list[Who]]:
    """Whoever is excused here and was so often enough this year; most cells have none."""
    by_cell: dict[int, list[Who]] = defaultdict(list)
    for who in excused:
        by_cell[who[0]].append(who)
    found: dict[int, list[Who]] = defaultdict(list)
    for row in rows:
        for who in by_cell.get(row["unit_id"], ()):
            times = Counter(month.year for month, _meeting in excused[who])
            is_here = any(meeting == row["id"] for _month, meeting in excused[who])
            if is_here and times[row["period"].year] > (accepted[row["id"]] or 0):
                found[row["id"]].append(who)
    return found


def _presences(
    rows: Sequence[dict[str, Any]], whos: set[Who]
) -> Mapping[Who, list[tuple[date, int, str]]]:
    """The whole year of the few: presence ends a streak."""
    found: dict[Who, list[tuple[date, int, str]]] = defaultdict(list)
    if not whos:
        return found
    members = sorted({member_id for _cell, member_id in whos})
    taken = _in_the_year(rows).filter(member_id__in=members)
    columns = ("meeting__unit_id", "member_id", "meeting__period", "meeting_id", "presence")
    for cell_id, member_id, *row in taken.values_list(*columns).iterator():
        if (cell_id, member_id) in whos:
            found[cell_id, member_id].append(tuple(row))
    for each in found.values():
        each.sort()
    return found


def _streak(presences: Sequence[tuple[date, int, str]], row: dict[str, Any]) -> int:
    """How many excuses run up to this meeting."""
    count = 0
    for month, meeting_id, presence in presences:
        if month.year == row["period"].year and (month, meeting_id) <= (row["period"], row["id"]):
            count = count + 1 if presence == Presence.EXCUSED else 0
    return count
