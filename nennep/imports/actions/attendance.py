"""A roll call as a list says it: everybody's place written at once, through the roll call itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core.refusal import Refusal
from nennep.core.takeback import Log
from nennep.imports.queries.attendance import CalledPlan
from nennep.imports.rules import Judged
from nennep.meetings.actions import take_roll, take_roll_back
from nennep.meetings.choices import Presence
from nennep.meetings.models import Attendance, Meeting, RollCall
from nennep.meetings.rules.attendance import Absence, RollSheet
from nennep.members.choices import RollStatus


def take_in_attendance(rows: Iterable[Judged], *, by: User) -> Log:
    """What was recorded of others stays; who had spoken and is present still has."""
    plans: list[CalledPlan] = [row.plan for row in rows]
    if not plans:
        return {}
    meeting = Meeting.objects.get(pk=plans[0].meeting_id)
    before = _sheet_of(meeting)
    sheet = before or RollSheet()
    changed = {plan.member_id: plan for plan in plans}
    absent = {pk: a for pk, a in sheet.absences.items() if pk not in changed} | {
        plan.member_id: Absence(plan.presence, plan.reason)
        for plan in plans
        if plan.presence != Presence.PRESENT
    }
    roll_call = take_roll(
        meeting,
        absences=absent,
        late=_marked(sheet.late, changed, "is_late"),
        left_early=_marked(sheet.left_early, changed, "left_early"),
        exempt_came=_marked(sheet.exempt_came, changed, "is_exempt"),
        by=by,
    )
    return {
        "meeting": meeting.pk,
        "taken_at": roll_call.taken_at.isoformat(),
        "before": None if before is None else _as_json(before),
    }


def take_back_attendance(log: Log, *, by: User) -> None:
    """The roll call as it was before the file; refused where it was taken again since."""
    if not log:
        return
    meeting = Meeting.objects.get(pk=log["meeting"])
    roll_call = RollCall.objects.filter(meeting=meeting).first()
    if roll_call is None or roll_call.taken_at != datetime.fromisoformat(log["taken_at"]):
        raise Refusal(
            _("The roll call was taken again since. Correct it on its own page."), code="built_on"
        )
    if log["before"] is None:
        take_roll_back(meeting, by=by)
        return
    before = log["before"]
    take_roll(
        meeting,
        absences={int(pk): Absence(*absence) for pk, absence in before["absences"].items()},
        late=before["late"],
        left_early=before["left_early"],
        exempt_came=before["exempt_came"],
        by=by,
    )


def _marked(before: frozenset[int], changed: dict[int, CalledPlan], what: str) -> frozenset[int]:
    said = {pk for pk, plan in changed.items() if getattr(plan, what)}
    return (before - changed.keys()) | said


def _sheet_of(meeting: Meeting) -> RollSheet | None:
    """What the roll call has, as the exceptions to “everyone present”; None before it was taken."""
    if not RollCall.objects.filter(meeting=meeting).exists():
        return None
    rows = list(Attendance.objects.filter(meeting=meeting))
    return RollSheet(
        {
            r.member_id: Absence(r.presence, r.reason)
            for r in rows
            if r.presence != Presence.PRESENT
        },
        frozenset(r.member_id for r in rows if r.came_late),
        frozenset(r.member_id for r in rows if r.left_early),
        frozenset(r.member_id for r in rows if r.status == RollStatus.EXEMPT),
    )


def _as_json(sheet: RollSheet) -> dict[str, Any]:
    return {
        "absences": {str(pk): [a.presence, a.reason] for pk, a in sheet.absences.items()},
        "late": sorted(sheet.late),
        "left_early": sorted(sheet.left_early),
        "exempt_came": sorted(sheet.exempt_came),
    }
