"""Paper first: the sign-in sheet with one QR, and the minutes to be written by hand."""

from collections.abc import Iterator, Sequence

from nennep.meetings.choices import MeetingKind
from nennep.meetings.models import Meeting
from nennep.meetings.queries.agenda import agenda_steps
from nennep.meetings.queries.in_force import day_of, placement_of
from nennep.meetings.queries.minutes import issuer
from nennep.meetings.queries.page import find, items_of
from nennep.meetings.queries.papers.agenda import title_of
from nennep.meetings.queries.papers.phrases import (
    chair_title,
    file_stem,
    masthead,
    meeting_words,
    moment_words,
    within_sentence,
)
from nennep.meetings.queries.roll import roll_of
from nennep.meetings.rules import StepBlock
from nennep.meetings.rules.presets import worded
from nennep.members.choices import RollStatus
from nennep.members.queries import RollEntry
from nennep.papers.paper import (
    QR,
    Align,
    Block,
    Column,
    FillLine,
    Heading,
    KeyValues,
    Paper,
    Paragraph,
    SignatureBlock,
    Signer,
    Table,
)

ROW_MM = 9
EMPTY_ROWS = 12  # in a figures-only cell, and at a model meeting
GUEST_ROWS = 2
VOTE_ROWS = 3
TASK_ROWS = 6


def sign_in_paper(meeting: Meeting, qr_url: str = "") -> Paper:
    """Everybody on the roll of the day; those not required stand on it with the reason."""
    meeting = find(meeting)
    head = issuer(meeting, placement_of(meeting))
    entries = [e for e in roll_of(meeting) if e.status != RollStatus.SUSPENDED]
    rows = [(str(n), entry.name, _remark(entry), "") for n, entry in enumerate(entries, 1)]
    rows += [(str(len(rows) + n), "", "", "") for n in range(1, _empty_rows(meeting, rows) + 1)]
    blocks: list[Block] = [
        KeyValues(
            [
                (worded("agenda.when"), moment_words(meeting.planned_at)),
                (worded("agenda.where"), meeting.place or worded("month.unknown")),
            ]
        ),
        Table(
            [
                Column(worded("table.number"), 0.5, Align.CENTER),
                Column(worded("table.name"), 3),
                Column(worded("table.status"), 1.8),
                Column(worded("table.signature"), 2),
            ],
            rows,
            row_height=ROW_MM,
        ),
        Paragraph(worded("sign_in.totals"), is_indented=False),
    ]
    if qr_url:
        blocks.append(QR(qr_url, caption=worded("sign_in.qr")))
    return Paper(
        masthead(head, meeting),
        worded("sign_in.title"),
        blocks,
        summary=worded("sign_in.summary", meeting=within_sentence(meeting_words(meeting))),
        day=day_of(meeting),
        file_stem=file_stem("danh-sach-ky-ten", meeting, head),
    )


def _empty_rows(meeting: Meeting, rows: Sequence[object]) -> int:
    """For guests; many come to see a model meeting."""
    return EMPTY_ROWS if meeting.is_model or not rows else GUEST_ROWS


def _remark(entry: RollEntry) -> str:
    if entry.status == RollStatus.REQUIRED and entry.is_probationary:
        return worded("sign_in.probationary")
    return worded(f"sign_in.{entry.status.value}")


def blank_minutes_paper(meeting: Meeting) -> Paper:
    """The minutes with room to write, in the order in which they are typed in afterwards."""
    meeting = find(meeting)
    head = issuer(meeting, placement_of(meeting))
    hint = worded("minutes.sign_hint")
    return Paper(
        masthead(head, meeting),
        worded("blank.title"),
        [*_opening(meeting), *_people(), *_course(meeting), *_votes(), *_end()],
        summary=meeting_words(meeting),
        signatures=SignatureBlock(
            left=Signer(worded("minutes.taker_signs"), hint=hint),
            right=Signer(chair_title(meeting), hint=hint),
        ),
        day=day_of(meeting),
        file_stem=file_stem("mau-bien-ban", meeting, head),
    )


def _opening(meeting: Meeting) -> Iterator[Block]:
    yield Heading(worded("minutes.part_opening"))
    yield FillLine(worded("blank.time"))
    yield FillLine(worded("minutes.place"))
    yield FillLine(worded("minutes.chair"))
    yield FillLine(worded("minutes.minute_taker"))
    if meeting.kind in {MeetingKind.THEMATIC, MeetingKind.COMBINED}:
        yield FillLine(worded("minutes.topic"))


def _people() -> Iterator[Block]:
    yield Heading(worded("minutes.part_people"))
    keys = ("total", "exempt", "away", "here", "required", "present")
    for key in keys:
        yield FillLine(worded(f"people.{key}"))
    yield FillLine(worded("people.excused"), lines=2)
    yield FillLine(worded("people.unexcused"))
    yield FillLine(worded("people.superiors"))
    yield FillLine(worded("people.guests"))
    yield FillLine(worded("people.dues"))


def _course(meeting: Meeting) -> Iterator[Block]:
    yield Heading(worded("minutes.part_course"))
    steps = [s for s in agenda_steps(meeting) if s.block is not StepBlock.PREPARE]
    if steps:
        columns = [
            Column(worded("table.number"), 0.5, Align.CENTER),
            Column(worded("agenda.order"), 5),
            Column(worded("blank.step_done"), 0.9, Align.CENTER),
        ]
        rows = [(str(n), step.title, "") for n, step in enumerate(steps, 1)]
        yield Table(columns, rows, is_dense=True)
    yield Paragraph(worded("blank.course") + ":", keeps_with_next=True)
    for item in items_of(meeting):
        yield FillLine(title_of(item), lines=4)
    yield FillLine(lines=10)


def _votes() -> Iterator[Block]:
    yield Heading(worded("blank.votes"))
    titles = (
        "blank.question",
        "blank.base",
        "table.vote_for",
        "table.vote_against",
        "table.vote_other",
    )
    columns = [Column(worded(t), 3 if t == "blank.question" else 1, Align.CENTER) for t in titles]
    yield Table(columns, [("",) * 5] * VOTE_ROWS, row_height=ROW_MM)


def _end() -> Iterator[Block]:
    yield Heading(worded("blank.conclusion"))
    yield FillLine(lines=6)
    yield Heading(worded("blank.tasks"))
    titles = ("table.number", "table.task", "table.who", "table.due")
    widths = (0.5, 3.5, 2, 1.2)
    columns = [Column(worded(t), w) for t, w in zip(titles, widths, strict=True)]
    rows = [(str(n), "", "", "") for n in range(1, TASK_ROWS + 1)]
    yield Table(columns, rows, row_height=ROW_MM)
    yield FillLine(worded("blank.ended"))
