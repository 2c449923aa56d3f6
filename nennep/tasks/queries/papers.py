"""What tasks say in printed papers."""

from collections.abc import Iterator

from nennep.core.text import vn_date
from nennep.meetings.models import Meeting
from nennep.papers.paper import Align, Block, Column, Paragraph, Table
from nennep.tasks.models import Assignment
from nennep.tasks.queries.wording import worded
from nennep.tasks.queries.work import with_names


def other_results(meeting: Meeting) -> Iterator[Block]:
    """Tasks judged at this meeting that stand in no table of a resolution: annual and other ones."""
    judged = Assignment.objects.of_members().filter(judged_in=meeting, task__line__isnull=True)
    rows = list(with_names(judged).order_by("due_on", "id"))
    if not rows:
        return
    yield Paragraph(worded("results.other"), keeps_with_next=True)
    yield results_table(rows)


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
