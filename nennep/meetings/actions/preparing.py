"""Before the meeting: the agenda, the checklist, the draft, and when what was sent."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import clock, trail
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.text import tidy
from nennep.meetings.actions.drafting import draft_paper
from nennep.meetings.actions.locks import changeable
from nennep.meetings.actions.occasions import Occasion, act_on
from nennep.meetings.choices import ItemOrigin, MeetingKind
from nennep.meetings.models import AgendaItem, ChecklistItem, Meeting
from nennep.meetings.queries.agenda import (
    agenda_steps,
    open_lines,
    prompts_for,
    step_for,
    topics_for,
)
from nennep.meetings.queries.in_force import day_of, place_of, rules_of
from nennep.meetings.rules import Step, checklist
from nennep.members.choices import PositionTitle
from nennep.members.models import Member
from nennep.members.queries import PositionHolder, committee_on
from nennep.organisation.choices import BodyKind
from nennep.organisation.models import Term

LONGEST_TITLE = 300
DEPUTIES = (PositionTitle.STANDING_DEPUTY, PositionTitle.DEPUTY)


@transaction.atomic
def prepare(meeting: Meeting, *, by: User) -> Meeting:
    """Fill in what can be known; once more changes nothing, and brings only what is new.

    On the agenda: what last month left open, and what superiors require. Beside it the checklist
    with its days and the draft of the paper with its routine lines.
    """
    meeting = changeable(meeting)
    steps = agenda_steps(meeting)
    _add_carried(meeting, steps)
    _add_topics(meeting, steps)
    _add_checklist(meeting)
    draft_paper(meeting)
    act_on(Occasion.PREPARED, meeting, by=by)
    trail.record("meeting prepared", meeting, by=by)
    return meeting


@transaction.atomic
def add_prompts(
    meeting: Meeting, *, by: User, titles: Sequence[str] | None = None
) -> list[AgendaItem]:
    """The suggestions for the cell's block, or those of them that were chosen, not on it yet."""
    meeting = changeable(meeting)
    place = place_of(meeting.unit, day_of(meeting))
    offered = prompts_for(place.block if place else meeting.unit.block)
    chosen = offered if titles is None else [text for text in offered if text in titles]
    there = set(meeting.items.values_list("title", flat=True))
    step = step_for("prompt", agenda_steps(meeting))
    added = [
        _append(meeting, title, origin=ItemOrigin.PROMPT, step=step)
        for title in chosen
        if title not in there
    ]
    trail.record("prompts added", meeting, by=by, count=len(added))
    return added


@transaction.atomic
def add_item(
    meeting: Meeting, *, title: str, by: User, step: str = "", is_on_paper_only: bool = False
) -> AgendaItem:
    meeting = changeable(meeting)
    title = _title(title)
    steps = agenda_steps(meeting)
    known = {each.code for each in steps}
    added = _append(
        meeting,
        title,
        origin=ItemOrigin.OWN,
        step=step if step in known else step_for("own", steps),
        is_on_paper_only=is_on_paper_only,
    )
    trail.record("item added", meeting, by=by, item=added.pk)
    return added


@transaction.atomic
def edit_item(item: AgendaItem, *, title: str, by: User, step: str | None = None) -> AgendaItem:
    meeting = changeable(item.meeting)
    item = AgendaItem.objects.get(pk=item.pk)
    item.title = _title(title)
    item.step = item.step if step is None else step
    item.save(update_fields=["title", "step"])
    trail.record("item changed", meeting, by=by, item=item.pk)
    return item


@transaction.atomic
def move_item(item: AgendaItem, *, to: int, by: User) -> list[AgendaItem]:
    """To the place `to`, counted from 1; the others close up."""
    meeting = changeable(item.meeting)
    order = list(meeting.items.order_by("position", "id"))
    moved = next(each for each in order if each.pk == item.pk)
    order.remove(moved)
    order.insert(max(0, min(to - 1, len(order))), moved)
    _number(order)
    trail.record("item moved", meeting, by=by, item=moved.pk, to=to)
    return order


@transaction.atomic
def remove_item(item: AgendaItem, *, by: User) -> None:
    """Only while nothing is written on it and nothing was voted on."""
    meeting = changeable(item.meeting)
    item = AgendaItem.objects.get(pk=item.pk)
    if item.discussion or item.conclusion or item.votes.exists():
        raise Refusal(
            _("Something is recorded on “%(item)s”. Empty it first, then remove it.")
            % {"item": item.title},
            code="item_not_empty",
        )
    removed = item.pk
    item.delete()
    _number(list(meeting.items.order_by("position", "id")))
    trail.record("item removed", meeting, by=by, item=removed)


@transaction.atomic
def mark_on_paper(
    item: AgendaItem, *, title: str, by: User, is_on_paper: bool = True
) -> AgendaItem:
    """“Ghi trên sổ giấy”: from here on only a neutral title and the vote are kept.

    What was typed on it before is thrown away, its revisions too.
    """
    meeting = changeable(item.meeting)
    item = AgendaItem.objects.get(pk=item.pk)
    item.title = _title(title)
    item.is_on_paper_only = is_on_paper
    if is_on_paper:
        item.discussion = item.conclusion = ""
        item.revisions.all().delete()
    item.save(update_fields=["title", "is_on_paper_only", "discussion", "conclusion"])
    trail.record("item put on paper" if is_on_paper else "item taken off paper", meeting, by=by)
    return item


@transaction.atomic
def tick_checklist(entry: ChecklistItem, *, by: User, is_done: bool = True) -> ChecklistItem:
    meeting = changeable(entry.meeting)
    entry = ChecklistItem.objects.get(pk=entry.pk)
    entry.done_at = (entry.done_at or clock.now()) if is_done else None
    entry.save(update_fields=["done_at"])
    trail.record("checklist ticked", meeting, by=by, code=entry.code, is_done=is_done)
    return entry


@transaction.atomic
def set_owner(
    entry: ChecklistItem, *, owner: Member | None, by: User, due_on: datetime | None = None
) -> ChecklistItem:
    meeting = changeable(entry.meeting)
    entry = ChecklistItem.objects.get(pk=entry.pk)
    if owner is not None and owner.unit_id != meeting.unit_id:
        raise Refusal(
            _("%(name)s is not a member of this cell.") % {"name": owner.full_name},
            code="not_of_this_cell",
            field="owner",
        )
    entry.owner = owner
    entry.due_on = due_on or entry.due_on
    entry.save(update_fields=["owner", "due_on"])
    trail.record("checklist owner set", meeting, by=by, code=entry.code)
    return entry


def _title(text: str) -> str:
    title = tidy(text)
    refuse_secret(title)
    if not title:
        raise Refusal(_("Write the title of the item."), code="title_missing", field="title")
    if len(title) > LONGEST_TITLE:
        raise Refusal(
            _("The title is too long. Shorten it to %(count)s characters.")
            % {"count": LONGEST_TITLE},
            code="title_too_long",
            field="title",
        )
    return title


def put_on_agenda(meeting: Meeting, title: str, *, purpose: str, origin: str) -> AgendaItem:
    """An item that comes by itself, while the meeting is prepared: no line of the trail of its own."""
    step = step_for(purpose, agenda_steps(meeting))
    return _append(meeting, title, origin=origin, step=step)


def _append(meeting: Meeting, title: str, **fields: object) -> AgendaItem:
    position = meeting.items.count() + 1
    return meeting.items.create(title=title[:LONGEST_TITLE], position=position, **fields)


def _number(order: list[AgendaItem]) -> None:
    for position, each in enumerate(order, 1):
        each.position = position
    AgendaItem.objects.bulk_update(order, ["position"])


def _add_carried(meeting: Meeting, steps: Sequence[Step]) -> None:
    if meeting.kind == MeetingKind.THEMATIC:
        return
    there = set(meeting.items.values_list("carried_from_id", flat=True))
    for line in open_lines(meeting):
        if line.pk not in there:
            _append(
                meeting,
                line.what,
                origin=ItemOrigin.CARRIED,
                step=step_for("carried", steps),
                carried_from=line,
            )


def _add_topics(meeting: Meeting, steps: Sequence[Step]) -> None:
    if meeting.kind == MeetingKind.CELL_COMMITTEE:
        return
    there = set(meeting.items.filter(origin=ItemOrigin.SUPERIOR).values_list("title", flat=True))
    for topic in topics_for(meeting):
        if topic.title not in there:
            step = step_for("superior", steps)
            _append(meeting, topic.title, origin=ItemOrigin.SUPERIOR, step=step)


def _add_checklist(meeting: Meeting) -> None:
    day = day_of(meeting)
    rules = rules_of(meeting).values
    terms = Term.objects.filter(body__unit=meeting.unit, body__kind=BodyKind.CELL_COMMITTEE)
    asked = checklist.asked(
        has_committee=terms.on(day).exists(),
        has_groups=meeting.unit.party_groups.on(day).exists(),
        is_of_committee=meeting.kind == MeetingKind.CELL_COMMITTEE,
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
            due_on=checklist.due_on(task, day, rules.papers_days_before)
            if meeting.planned_at
            else None,
        )
        for position, task in enumerate(asked, 1)
        if task.code not in there
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
