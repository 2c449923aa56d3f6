"""What tasks say in printed papers."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from nennep.core import clock
from nennep.core.text import vn_date
from nennep.meetings.models import Meeting
from nennep.organisation.models import Unit
from nennep.papers.paper import Align, Block, Column, Heading, Masthead, Paper, Paragraph, Table
from nennep.tasks.models import Assignment
from nennep.tasks.queries.reminding import Reminders
from nennep.tasks.queries.wording import worded
from nennep.tasks.queries.work import with_names


def other_results(meetings: Collection[Meeting]) -> Mapping[int, Iterable[Block]]:
    """Tasks judged there that stand in no table of a resolution: annual and other ones."""
    judged = Assignment.objects.of_members().filter(judged_in__in=meetings, task__line__isnull=True)
    found: dict[int, list[Assignment]] = defaultdict(list)
    for each in with_names(judged).order_by("due_on", "id"):
        if each.judged_in_id is not None:
            found[each.judged_in_id].append(each)
    words = Paragraph(worded("results.other"), keeps_with_next=True)
    return {meeting_id: [words, results_table(rows)] for meeting_id, rows in found.items()}


def results_table(rows: list[Assignment]) -> Table:
    """What, who, until when, what came of it and how it was judged."""
    return Table(
        [
            Column(worded("table.number"), 0.5, Align.CENTER),
            Column(worded("table.task"), 3),
            Column(worded("table.who"), 1.9),
            Column(worded("table.due"), 1.2, Align.CENTER),
            Column(worded("table.result"), 2),
        ],
        [
            (str(number), each.words, each.receiver, vn_date(each.due_on), result_words(each))
            for number, each in enumerate(rows, 1)
        ],
    )


def result_words(each: Assignment) -> str:
    said = worded(f"judgement.{each.judgement}") if each.judgement else worded("table.open")
    return f"{each.result} ({within(said)})" if each.result else said


def within(words: str) -> str:
    return words[:1].lower() + words[1:]


def reminders_paper(cell: Unit, reminders: Reminders) -> Paper:
    """What is due soon, what is overdue, and what goes up to who follows it; names stay in the cell."""
    today = clock.today()
    blocks: list[Block] = []
    for key, rows in (
        ("reminders.soon", reminders.soon),
        ("reminders.overdue", reminders.overdue),
        ("reminders.raised", reminders.raised),
    ):
        if rows:
            blocks.append(Heading(worded(key, count=len(rows))))
            blocks.append(_reminded(rows))
    return Paper(
        Masthead(cell.parent.name if cell.parent else "", cell.name),
        worded("reminders.title"),
        blocks or [Paragraph(worded("reminders.none"))],
        summary=worded("reminders.summary", day=vn_date(today)),
        day=today,
        file_stem=f"nhac-viec-{cell.code.lower()}-{today:%Y-%m-%d}",
    )


def _reminded(rows: Sequence[Assignment]) -> Table:
    return Table(
        [
            Column(worded("table.number"), 0.5, Align.CENTER),
            Column(worded("table.task"), 3.4),
            Column(worded("table.who"), 1.9),
            Column(worded("table.due"), 1.5, Align.CENTER),
            Column(worded("table.follower"), 1.8),
        ],
        [
            (
                str(number),
                each.words,
                each.receiver,
                vn_date(each.due_on),
                each.follower.full_name if each.follower else worded("remind.secretary"),
            )
            for number, each in enumerate(rows, 1)
        ],
    )
