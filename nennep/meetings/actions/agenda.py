"""The agenda: what a meeting deals with, in which order, and what is brought onto it."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import trail
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.text import tidy
from nennep.meetings.actions.locks import changeable
from nennep.meetings.choices import ItemOrigin
from nennep.meetings.models import AgendaItem, CompulsoryTopic, Meeting
from nennep.meetings.queries.agenda import (
    agenda_steps,
    bears_topics,
    carries_lines,
    open_lines,
    prompts_for,
    step_for,
    to_come_under,
    topics_for,
)
from nennep.meetings.queries.in_force import day_of, place_of
from nennep.meetings.rules import MeetingRules, Step
from nennep.meetings.rules.steps import steps_of
from nennep.regulations.queries import RuleBook

LONGEST_TITLE = 300


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
    """Another title, or another step of the meeting. A superior's topic keeps the superior's words."""
    meeting = changeable(item.meeting)
    item = _fresh(item)
    title = _title(title)
    if title != item.title and item.origin == ItemOrigin.SUPERIOR and item.topic_id:
        raise Refusal(
            _("“%(item)s” was set by the superior: its words stay as they are.")
            % {"item": item.title},
            code="words_of_the_superior",
            field="title",
        )
    if step and step not in {each.code for each in agenda_steps(meeting)}:
        raise Refusal(
            _("There is no step “%(code)s” in the rules of that day.") % {"code": step},
            code="no_such_step",
            field="step",
        )
    item.title = title
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
    """Only while nothing is written on it, nothing was voted on, and no superior asks for it."""
    meeting = changeable(item.meeting)
    item = _fresh(item)
    if item.discussion or item.conclusion or item.votes.exists():
        raise Refusal(
            _("Something is recorded on “%(item)s”. Empty it first, then remove it.")
            % {"item": item.title},
            code="item_not_empty",
        )
    if item.topic is not None and item.topic.withdrawn_at is None:
        raise Refusal(
            _(
                "“%(unit)s” asks every cell to deal with “%(item)s”. Only the superior withdraws it;"
                " if it cannot be dealt with now, write so at the meeting."
            )
            % {"unit": item.topic.unit.name, "item": item.title},
            code="topic_is_compulsory",
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

    What was typed on it before is thrown away, its revisions and the words of its votes too.
    """
    meeting = changeable(item.meeting)
    item = _fresh(item)
    item.title = _title(title)
    item.is_on_paper_only = is_on_paper
    if is_on_paper:
        item.discussion = item.conclusion = ""
        item.revisions.all().delete()
        item.votes.update(question=item.title)
    item.save(update_fields=["title", "is_on_paper_only", "discussion", "conclusion"])
    what = "item put on paper" if is_on_paper else "item taken off paper"
    trail.record(what, meeting, by=by, item=item.pk)
    return item


def bring_open_lines(meeting: Meeting) -> int:
    """What earlier resolutions left open, onto the agenda that answers for it; how many are new."""
    if not carries_lines(meeting.kind):
        return 0
    there = set(meeting.items.values_list("carried_from_id", flat=True))
    lines = [line for line in open_lines(meeting) if line.pk not in there]
    step = step_for("carried", agenda_steps(meeting)) if lines else ""
    for line in lines:
        _append(meeting, line.what, origin=ItemOrigin.CARRIED, step=step, carried_from=line)
    return len(lines)


def bring_topics(meeting: Meeting) -> int:
    """What superiors ask for in this month, onto the agenda of the regular meeting."""
    if not bears_topics(meeting.kind):
        return 0
    there = set(meeting.items.values_list("topic_id", flat=True))
    topics = [topic for topic in topics_for(meeting) if topic.pk not in there]
    step = step_for("superior", agenda_steps(meeting)) if topics else ""
    for topic in topics:
        _append(meeting, topic.title, origin=ItemOrigin.SUPERIOR, step=step, topic=topic)
    return len(topics)


def put_on_agendas(topic: CompulsoryTopic) -> int:
    """Onto every agenda below that is prepared already and not opened yet; the others get it when
    they are prepared. A fixed number of queries, however many cells there are.
    """
    meetings: QuerySet[Meeting] = to_come_under(topic.unit).filter(
        period__range=(topic.first_month, topic.last_month)
    )
    rows = meetings.annotate(last=Count("items")).select_related("unit")
    book = RuleBook.load()
    added = AgendaItem.objects.bulk_create(
        [
            AgendaItem(
                meeting=meeting,
                position=meeting.last + 1,
                title=topic.title,
                origin=ItemOrigin.SUPERIOR,
                step=step_for("superior", _steps_now(meeting, book)),
                topic=topic,
            )
            for meeting in rows
        ],
        batch_size=500,
    )
    return len(added)


def put_on_agenda(meeting: Meeting, title: str, *, purpose: str, origin: str) -> AgendaItem:
    """An item that comes by itself, while the meeting is prepared: no line of the trail of its own."""
    step = step_for(purpose, agenda_steps(meeting))
    return _append(meeting, title, origin=origin, step=step)


def restep(meeting: Meeting) -> None:
    """After a change of kind: what belongs to no step of the new order goes where its purpose lies."""
    steps = agenda_steps(meeting)
    known = {step.code for step in steps}
    changed = [item for item in meeting.items.all() if item.step not in known]
    for item in changed:
        item.step = step_for(item.origin, steps)
    AgendaItem.objects.bulk_update(changed, ["step"])


def _steps_now(meeting: Meeting, book: RuleBook) -> tuple[Step, ...]:
    """By the place the cell has now: a meeting to come is not judged by where it once stood."""
    rule = book.in_force(MeetingRules, meeting.unit.path, day_of(meeting))
    return steps_of(meeting.kind, rule.values) or ()


def _fresh(item: AgendaItem) -> AgendaItem:
    return AgendaItem.objects.select_related("topic__unit").get(pk=item.pk)


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


def _append(meeting: Meeting, title: str, **fields: object) -> AgendaItem:
    position = meeting.items.count() + 1
    return meeting.items.create(title=title[:LONGEST_TITLE], position=position, **fields)


def _number(order: list[AgendaItem]) -> None:
    for position, each in enumerate(order, 1):
        each.position = position
    AgendaItem.objects.bulk_update(order, ["position"])
