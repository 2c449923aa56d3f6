"""A cell's resolution or conclusion: last month, next month, who carries it out, and the vote."""

from collections.abc import Iterator

from nennep.core.periods import add_months
from nennep.core.text import vn_long_date
from nennep.meetings.choices import MeetingKind, PaperKind, PaperPlace
from nennep.meetings.models import Meeting, Resolution
from nennep.meetings.queries.additions import blocks_at
from nennep.meetings.queries.issuing import SUBJECT
from nennep.meetings.queries.minutes import Minutes, minutes
from nennep.meetings.queries.papers.phrases import (
    body_name,
    chair_signs,
    chair_words,
    file_stem,
    masthead,
    meeting_words,
    next_lines_table,
    results_table,
    share_words,
    taker_words,
    within_sentence,
)
from nennep.meetings.rules.presets import worded
from nennep.papers.paper import (
    Block,
    FillLine,
    Heading,
    Paper,
    Paragraph,
    Recipients,
    SignatureBlock,
)
from nennep.papers.symbols import place_and_date, symbol_line


def resolution_paper(paper: Resolution) -> Paper:
    """With its number once it has one; before that it says that it is a draft."""
    return paper_of(paper, minutes(paper.meeting))


def paper_of(paper: Resolution, told: Minutes) -> Paper:
    meeting, is_issued = told.meeting, paper.number is not None
    kind = "title" if paper.kind == PaperKind.RESOLUTION else "title_conclusion"
    dated = place_and_date(worded("place.name"), paper.issued_on, year=told.day.year)
    return Paper(
        masthead(
            told.issuer,
            meeting,
            symbol=symbol_line(paper.number, paper.kind, "CB"),
            place_and_date=dated,
        ),
        worded(f"resolution.{kind}"),
        [*_opening(told, paper), *_body(told, paper), *_vote(told, paper)],
        summary=paper.summary or meeting_words(meeting),
        signatures=SignatureBlock(right=chair_signs(paper, meeting)),
        recipients=Recipients(_recipients(told)),
        day=paper.issued_on or told.day,
        footer="" if is_issued else worded("resolution.draft"),
        file_stem=file_stem(paper.symbol or f"du-thao-{paper.kind}", meeting, told.issuer),
    )


def _recipients(told: Minutes) -> list[str]:
    superior = told.issuer.superior
    above = [worded("resolution.to_superior", superior=superior)] if superior else []
    return [*above, worded("resolution.to_members"), worded("resolution.to_file")]


def _opening(told: Minutes, paper: Resolution) -> Iterator[Block]:
    yield Paragraph(_opening_words(told))
    meeting = told.meeting
    dues = ""
    if meeting.dues_paid is not None:
        dues = worded("resolution.persons_dues", paid=meeting.dues_paid, due=meeting.dues_due)
    if meeting.chair_name:
        persons = worded(
            "resolution.persons", chair=chair_words(meeting), taker=taker_words(meeting), dues=dues
        )
        yield Paragraph(persons)
    yield Paragraph(worded(_verb(meeting, paper)), keeps_with_next=True)


def _verb(meeting: Meeting, paper: Resolution) -> str:
    if paper.kind == PaperKind.RESOLUTION:
        return "resolution.resolves"
    is_committee = meeting.kind == MeetingKind.CELL_COMMITTEE
    return "resolution.committee_concludes" if is_committee else "resolution.concludes"


def _opening_words(told: Minutes) -> str:
    meeting, roll_call = told.meeting, told.roll_call
    day = vn_long_date(told.day)
    words = {
        "day": day[:1].upper() + day[1:],
        "place": meeting.place or worded("month.unknown"),
        "cell": body_name(told.issuer, meeting),
        "meeting": within_sentence(meeting_words(meeting)),
    }
    if roll_call is None:
        return worded("resolution.opening_short", **words)
    return worded(
        "resolution.opening",
        **words,
        total=roll_call.strength,
        official=roll_call.official,
        probationary=roll_call.probationary,
        required=roll_call.required,
        present=roll_call.present,
        excused=roll_call.excused,
        unexcused=roll_call.unexcused,
        exempt=roll_call.exempt,
        minutes=meeting.minutes_long if meeting.minutes_long is not None else "........",
    )


def _body(told: Minutes, paper: Resolution) -> Iterator[Block]:
    if paper.kind == PaperKind.RESOLUTION:
        yield from _last_month(told, paper)
    lines = list(paper.items.all())
    title = "part_next" if paper.kind == PaperKind.RESOLUTION else "part_content"
    yield Heading(worded(f"resolution.{title}"))
    text = paper.next_month or (told.meeting.closing_text if title == "part_content" else "")
    yield from _paragraphs(text)
    if lines:
        yield next_lines_table(lines, add_months(told.meeting.period, 1))
    elif not text:
        yield Paragraph(worded("resolution.next_none"))
    yield Heading(worded("resolution.part_carry"))
    yield Paragraph(worded("resolution.carry"))
    if paper.kind == PaperKind.RESOLUTION and told.rules.values.scoring:
        yield Heading(worded("resolution.part_score"))
        yield from blocks_at(PaperPlace.SCORE, told.meeting) or _blank_score()


def _blank_score() -> Iterator[Block]:
    yield FillLine(worded("resolution.score_points"))
    yield FillLine(worded("resolution.score_class"))


def _last_month(told: Minutes, paper: Resolution) -> Iterator[Block]:
    yield Heading(worded("resolution.part_last"))
    yield from _paragraphs(paper.last_month)
    if told.last_lines:
        yield Paragraph(worded("resolution.last_lines"), keeps_with_next=True)
        yield results_table(told.last_lines)
    elif not paper.last_month:
        yield Paragraph(worded("resolution.last_none"))
    yield from blocks_at(PaperPlace.LAST_MONTH, told.meeting)


def _vote(told: Minutes, paper: Resolution) -> Iterator[Block]:
    subject = SUBJECT[PaperKind(paper.kind)]
    vote = next((v for v in reversed(told.votes) if v.subject == subject), None)
    if vote is None or not vote.is_passed:
        return
    key = "vote" if paper.kind == PaperKind.RESOLUTION else "vote_conclusion"
    share = share_words(vote.in_favour, vote.base)
    yield Paragraph(worded(f"resolution.{key}", for_=vote.in_favour, base=vote.base, share=share))


def _paragraphs(text: str) -> Iterator[Paragraph]:
    for line in text.split("\n"):
        if line.strip():
            yield Paragraph(line.strip())
