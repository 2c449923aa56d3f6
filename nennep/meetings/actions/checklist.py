"""What is to be ready before a meeting: who sees to it, until when, and whether it is done."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import clock, trail
from nennep.core.ids import new_public_id
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.text import tidy, vn_date
from nennep.meetings.actions.locks import changeable
from nennep.meetings.models import ChecklistItem, Meeting
from nennep.meetings.queries.in_force import day_of, has_committee, rules_of
from nennep.meetings.rules import checklist
from nennep.members.choices import PositionTitle
from nennep.members.models import Member
from nennep.members.queries import PositionHolder, committee_on

DEPUTIES = (PositionTitle.STANDING_DEPUTY, PositionTitle.DEPUTY)
LONGEST_TITLE = 300


@transaction.atomic
def tick_checklist(entry: ChecklistItem, *, by: User, is_done: bool = True) -> ChecklistItem:
    meeting = changeable(entry.meeting)
    entry = ChecklistItem.objects.get(pk=entry.pk)
    entry.done_at = (entry.done_at or clock.now()) if is_done else None
    entry.save(update_fields=["done_at"])
    trail.record("checklist ticked", meeting, by=by, code=entry.code, is_done=is_done)
    return entry


@transaction.atomic
def assign_task(
    entry: ChecklistItem, *, owner: Member | None, due_on: date | None, by: User
) -> ChecklistItem:
    """Who sees to it and until when. Both are told: None leaves the task to nobody, without a day."""
    meeting = changeable(entry.meeting)
    entry = ChecklistItem.objects.get(pk=entry.pk)
    _refuse_stranger(meeting, owner)
    _refuse_late(meeting, due_on)
    entry.owner, entry.due_on = owner, due_on
    entry.save(update_fields=["owner", "due_on"])
    trail.record("checklist owner set", meeting, by=by, code=entry.code, due_on=due_on)
    return entry


@transaction.atomic
def add_task(
    meeting: Meeting,
    *,
    title: str,
    by: User,
    owner: Member | None = None,
    due_on: date | None = None,
) -> ChecklistItem:
    """Something of the cell's own to be ready, besides what the guidance lists."""
    meeting = changeable(meeting)
    title = tidy(title)[:LONGEST_TITLE]
    refuse_secret(title)
    if not title:
        raise Refusal(_("Write what is to be ready."), code="title_missing", field="title")
    _refuse_stranger(meeting, owner)
    _refuse_late(meeting, due_on)
    entry = meeting.checklist.create(
        position=_last(meeting) + 1,
        code=f"{checklist.OWN}{new_public_id().hex[-12:]}",
        title=title,
        owner=owner,
        due_on=due_on,
    )
    trail.record("task added", meeting, by=by, code=entry.code)
    return entry


@transaction.atomic
def remove_task(entry: ChecklistItem, *, by: User) -> None:
    """Only what the cell added itself; what the guidance lists stays."""
    meeting = changeable(entry.meeting)
    if not entry.is_own:
        raise Refusal(
            _("“%(task)s” is on the list of the guidance. Leave it open if it is not needed.")
            % {"task": entry.title},
            code="task_of_the_guidance",
        )
    trail.record("task removed", meeting, by=by, code=entry.code)
    ChecklistItem.objects.filter(pk=entry.pk).delete()


def fill_checklist(meeting: Meeting) -> None:
    """The tasks of the guidance that are not on it yet, each with its usual owner and day."""
    day = day_of(meeting)
    papers_before = rules_of(meeting).values.papers_days_before
    asked = checklist.asked(
        meeting.kind,
        has_committee=has_committee(meeting.unit, day),
        has_groups=meeting.unit.party_groups.on(day).exists(),
    )
    there = set(meeting.checklist.values_list("code", flat=True))
    owners = _owners(meeting)
    ChecklistItem.objects.bulk_create(
        ChecklistItem(
            meeting=meeting,
            position=position,
            code=task.code,
            title=task.title,
            owner_id=owners.get(task.owner),
            due_on=checklist.due_on(task, day, papers_before) if meeting.planned_at else None,
        )
        for position, task in enumerate(asked, 1 + _last(meeting))
        if task.code not in there
    )


def move_due_days(meeting: Meeting, by_days: int | None) -> None:
    """The days of open tasks follow the meeting. None: it had no day, so they get their usual ones."""
    entries = list(meeting.checklist.filter(done_at__isnull=True))
    papers_before = rules_of(meeting).values.papers_days_before
    usual = {task.code: task for task in checklist.tasks()}
    for entry in entries:
        if by_days is not None:
            entry.due_on = entry.due_on and entry.due_on + timedelta(days=by_days)
        elif entry.due_on is None and entry.code in usual:
            entry.due_on = checklist.due_on(usual[entry.code], day_of(meeting), papers_before)
    ChecklistItem.objects.bulk_update(entries, ["due_on"])


def _last(meeting: Meeting) -> int:
    return max(meeting.checklist.values_list("position", flat=True), default=0)


def _refuse_stranger(meeting: Meeting, owner: Member | None) -> None:
    if owner is not None and owner.unit_id != meeting.unit_id:
        raise Refusal(
            _("%(name)s is not a member of this cell.") % {"name": owner.full_name},
            code="not_of_this_cell",
            field="owner",
        )


def _refuse_late(meeting: Meeting, due_on: date | None) -> None:
    if due_on is not None and meeting.planned_at is not None and due_on > day_of(meeting):
        raise Refusal(
            _("The meeting is on %(day)s: what it needs must be ready by then.")
            % {"day": vn_date(day_of(meeting))},
            code="due_after_the_meeting",
            field="due_on",
        )


def _owners(meeting: Meeting) -> dict[str, int | None]:
    """Who sees to a task where nobody else was named: the post that the preset names."""
    holders = committee_on(meeting.unit, day_of(meeting))
    secretary = _first(holders, (PositionTitle.SECRETARY,))
    return {
        "secretary": secretary,
        "deputy": _first(holders, DEPUTIES) or secretary,
        "minute_taker": meeting.minute_taker_id or secretary,
    }


def _first(holders: Sequence[PositionHolder], titles: Sequence[str]) -> int | None:
    return next((holder.member_id for holder in holders if holder.title in titles), None)
