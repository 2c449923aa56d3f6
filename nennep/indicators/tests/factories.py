"""Facts for the tests of counters, written straight into the tables: what counts, not how it came."""

from datetime import date, datetime, timedelta

from nennep.accounts.queries import system_person
from nennep.core import clock
from nennep.core.facts import facts_changed
from nennep.core.models import Installation
from nennep.meetings.choices import LedgerKind, MeetingKind, Presence
from nennep.meetings.models import Attendance, Explanation, Meeting, RollCall, Vote
from nennep.members.actions import set_working
from nennep.members.choices import RollStatus
from nennep.members.tests.factories import member
from nennep.quality.models import ScoreSheet
from nennep.regulations.actions import load_presets
from nennep.regulations.models import RuleValue
from nennep.tasks.actions import NewTask, Receivers, give_task

LETTERS = {"p": Presence.PRESENT, "e": Presence.EXCUSED, "u": Presence.UNEXCUSED}


def keep_ledger_from(month):
    """The rules of the field, and the first month the ledger is kept for."""
    load_presets(by=system_person())
    Installation.objects.create(counts_from=month)


def people(cell, count):
    return [member(cell, f"Nguyễn Văn {n}", by=system_person()) for n in range(count)]


def hold(
    cell,
    month,
    presences="ppp",
    *,
    day=5,
    kind=MeetingKind.REGULAR,
    minutes=95,
    members=None,
    **fields,
):
    """A closed meeting; one letter for each member: present, excused, unexcused."""
    members = (
        members if members is not None else list(cell.members.order_by("pk"))[: len(presences)]
    )
    started = datetime.combine(month + timedelta(days=day - 1), datetime.min.time(), clock.HANOI)
    started = started.replace(hour=19)
    meeting = Meeting.objects.create(
        unit=cell, kind=kind, period=month, started_at=started,
        ended_at=started + timedelta(minutes=minutes), steps_marked_at=started,
        closed_at=started + timedelta(hours=3), **fields,
    )  # fmt: skip
    found = [LETTERS[letter] for letter in presences]
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, member=who, status=RollStatus.REQUIRED, presence=presence)
        for who, presence in zip(members, found, strict=True)
    )
    RollCall.objects.create(
        meeting=meeting, taken_at=started, taken_by=system_person(), official=len(found),
        required=len(found), present=found.count(Presence.PRESENT),
        excused=found.count(Presence.EXCUSED), unexcused=found.count(Presence.UNEXCUSED),
    )  # fmt: skip
    facts_changed.send(sender=Meeting, cell=cell, month=month, kind="month")
    return meeting


def working(cell, count=3):
    """The first members of the cell work, since long."""
    for who in cell.members.order_by("pk")[:count]:
        set_working(who, is_working=True, on=date(2015, 1, 1), by=system_person())


def give(cell, *members, on, due, source="resolution"):
    """A task given on a day of the past."""
    task = NewTask(what="Trồng cây", source=source, given_on=on, due_on=due)
    given = give_task(cell, task=task, to=Receivers(members), by=system_person())
    return given.assignments.order_by("id").first()


def explain(cell, month, *, is_accepted=None, kind=LedgerKind.REGULAR):
    moment = datetime.combine(month, datetime.min.time(), clock.HANOI)
    found, _ = Explanation.objects.update_or_create(
        unit=cell, kind=kind, period=month,
        defaults={
            "reason": "Đại hội thôn", "recorded_by": system_person(), "recorded_at": moment,
            "is_accepted": is_accepted, "answered_at": None if is_accepted is None else moment,
        },
    )  # fmt: skip
    facts_changed.send(sender=Explanation, cell=cell, month=month, kind="month")
    return found


def classed(meeting, own, *, official="", voted="", is_passed=True):
    """A meeting with its class by the cell, and by its superior."""
    moment = meeting.closed_at or meeting.started_at
    vote = None
    if voted:
        vote = Vote.objects.create(
            meeting=meeting, subject="meeting_class", question="Xếp loại", method="card",
            official=3, base=3, in_favour=3 if is_passed else 0, threshold="> 1/2",
            is_passed=is_passed,
        )  # fmt: skip
    ScoreSheet.objects.update_or_create(
        meeting=meeting,
        defaults={
            "rubric": RuleValue.objects.filter(key="quality.sheet_regular").first(),
            "self_class": own, "agreed_at": moment, "vote": vote, "voted_class": voted,
            "official_class": official,
            "decided_by": system_person() if official else None,
            "decided_at": moment if official else None,
        },
    )  # fmt: skip
    facts_changed.send(sender=ScoreSheet, cell=meeting.unit, month=meeting.period, kind="month")


def month(text):
    return date.fromisoformat(f"{text}-01")
