"""The agenda (chương trình) of a meeting, as a paper and as plain text to copy."""

from collections.abc import Iterator

from nennep.core.text import nfc
from nennep.meetings.choices import ItemOrigin, MeetingKind
from nennep.meetings.models import AgendaItem, Meeting
from nennep.meetings.queries.agenda import agenda_steps
from nennep.meetings.queries.in_force import day_of, placement_of
from nennep.meetings.queries.minutes import issuer
from nennep.meetings.queries.page import find, items_of
from nennep.meetings.queries.papers.phrases import (
    chair_words,
    file_stem,
    masthead,
    meeting_words,
    planned_words,
)
from nennep.meetings.rules import Step, StepBlock
from nennep.meetings.rules.presets import worded
from nennep.members.queries import secretary_on
from nennep.papers.paper import (
    Block,
    BulletList,
    Heading,
    KeyValues,
    NumberedList,
    Paper,
    Paragraph,
)
from nennep.papers.symbols import place_and_date


def agenda_paper(meeting: Meeting) -> Paper:
    meeting = find(meeting)
    head = issuer(meeting, placement_of(meeting))
    day = day_of(meeting)
    return Paper(
        masthead(
            head, meeting, place_and_date=place_and_date(worded("place.name"), None, year=day.year)
        ),
        worded("agenda.title"),
        [
            Heading(worded("agenda.purpose")),
            KeyValues(facts_of(meeting)),
            Heading(worded("agenda.order")),
            *_order(meeting),
            Heading(worded("agenda.content")),
            *_content(items_of(meeting)),
        ],
        summary=meeting_words(meeting),
        day=day,
        file_stem=file_stem("chuong-trinh", meeting, head),
    )


def agenda_text(meeting: Meeting) -> str:
    """The same in plain text, for the national app or a message."""
    meeting = find(meeting)
    lines = [meeting_words(meeting).upper()]
    lines += [f"- {label}: {value}" for label, value in facts_of(meeting)]
    if steps := _held_steps(meeting):
        lines += [worded("agenda.order").upper()]
        lines += [f"{n}. {step.title}" for n, step in enumerate(steps, 1)]
    items = items_of(meeting)
    if items:
        lines += [worded("agenda.content").upper()]
        lines += [f"- {title_of(item)}" for item in items]
    return nfc("\n".join(lines))


def facts_of(meeting: Meeting) -> list[tuple[str, str]]:
    """When, where, who and under whose chair."""
    is_committee = meeting.kind == MeetingKind.CELL_COMMITTEE
    pairs = [
        (worded("agenda.when"), planned_words(meeting)),
        (worded("agenda.where"), meeting.place or worded("month.unknown")),
        (
            worded("agenda.who"),
            worded("agenda.who_committee" if is_committee else "agenda.who_cell"),
        ),
        (worded("agenda.chair"), _chair(meeting)),
    ]
    if meeting.topic:
        pairs.insert(0, (worded("minutes.topic"), meeting.topic))
    return pairs


def _chair(meeting: Meeting) -> str:
    """Who was in the chair; before the meeting, the secretary of its day."""
    secretary = None if meeting.chair_name else secretary_on(meeting.unit, day_of(meeting))
    if secretary is None:
        return chair_words(meeting)
    post = worded("post.spoken_secretary")
    return worded("people.posted", name=secretary.name, post=post)


def title_of(item: AgendaItem) -> str:
    if item.origin == ItemOrigin.SUPERIOR:
        return worded("agenda.superior_mark", title=item.title)
    if item.origin == ItemOrigin.CARRIED:
        return worded("agenda.carried_mark", title=item.title)
    return item.title


def _held_steps(meeting: Meeting) -> list[Step]:
    return [step for step in agenda_steps(meeting) if step.block is not StepBlock.PREPARE]


def _order(meeting: Meeting) -> Iterator[Block]:
    """The steps of the rules in force, part by part; they are counted through."""
    steps = _held_steps(meeting)
    if not steps:
        yield Paragraph(worded("agenda.no_order"))
        return
    count = 1
    for block in (StepBlock.OPENING, StepBlock.CONDUCT, StepBlock.CLOSE):
        titles = [step.title for step in steps if step.block is block]
        if titles:
            yield Paragraph(worded(f"agenda.{block.value}") + ":", keeps_with_next=True)
            yield NumberedList(titles, start=count)
            count += len(titles)


def _content(items: list[AgendaItem]) -> Iterator[Block]:
    if items:
        yield BulletList([title_of(item) for item in items])
    else:
        yield Paragraph(worded("agenda.content_none"))
