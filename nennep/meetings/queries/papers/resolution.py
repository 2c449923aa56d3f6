"""A cell's resolution or conclusion: last month, next month, who carries it out, and the vote."""

from collections.abc import Iterator

from nennep.core.text import vn_long_date
from nennep.meetings.choices import (
    SATISFY_REGULAR,
    SATISFY_THEMATIC,
    MeetingKind,
    PaperKind,
    PaperPlace,
)
from nennep.meetings.models import Meeting, Resolution
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
    said_of,
    share_words,
    taker_words,
    within_sentence,
)
from nennep.meetings.rules.numbering import series_of
from nennep.meetings.rules.presets import worded
from nennep.organisation.rules import committee_name
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

# Whose papers speak of last month and the next; which meetings are scored at their end.
MONTHLY = SATISFY_REGULAR | {MeetingKind.THEMATIC, MeetingKind.CELL_COMMITTEE}
SCORED = SATISFY_REGULAR | SATISFY_THEMATIC


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
            symbol=symbol_line(paper.number, paper.kind, series_of(meeting.kind)),
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
    """The committee of the superior, not its organisation; then those who carry it out."""
    superior = committee_name(told.issuer.superior)
    above = [worded("resolution.to_superior", superior=superior)] if superior else []
    is_committee = told.meeting.kind == MeetingKind.CELL_COMMITTEE
    to_members = "to_committee_members" if is_committee else "to_members"
    return [*above, worded(f"resolution.{to_members}"), worded("resolution.to_file")]


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
    verb = "resolves" if paper.kind == PaperKind.RESOLUTION else "concludes"
    yield Paragraph(said_of(meeting, f"resolution.{verb}"), keeps_with_next=True)


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
    is_committee = meeting.kind == MeetingKind.CELL_COMMITTEE
    return worded(
        "resolution.opening_committee" if is_committee else "resolution.opening",
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
    yield from _next_month(told, paper)
    yield Heading(worded("resolution.part_carry"))
    who = worded(f"resolution.carry_{'committee' if told.has_committee else 'secretary'}")
    carry = "carry_congress" if told.meeting.kind == MeetingKind.CONGRESS else "carry"
    yield Paragraph(worded(f"resolution.{carry}", who=who))
    if paper.kind == PaperKind.RESOLUTION:
        yield from _score(told)


def _score(told: Minutes) -> Iterator[Block]:
    """What was scored; blank lines where the rules ask for a score and nothing was."""
    scored = told.added.at(PaperPlace.SCORE, told.meeting)
    is_asked = told.meeting.kind in SCORED and told.rules.values.scoring
    if scored or is_asked:
        yield Heading(worded("resolution.part_score"))
    if scored or not is_asked:
        yield from scored
        return
    yield FillLine(worded("resolution.score_points"))
    yield FillLine(worded("resolution.score_class"))


def _next_month(told: Minutes, paper: Resolution) -> Iterator[Block]:
    lines, meeting = list(paper.items.all()), told.meeting
    text = paper.next_month
    if paper.kind == PaperKind.RESOLUTION:
        yield Heading(_part("next", meeting))
    else:
        yield Heading(worded("resolution.part_content"))
        text = text or meeting.closing_text
    yield from _paragraphs(text)
    if lines:
        yield next_lines_table(lines, meeting)
    elif not text and meeting.kind in MONTHLY:
        yield Paragraph(said_of(meeting, "resolution.next_none"))
    elif not text:
        yield FillLine(lines=3)


def _part(name: str, meeting: Meeting) -> str:
    """“Nhiệm vụ tháng tới”, or of the coming year or term."""
    of_kind = "" if meeting.kind in MONTHLY else f"_{meeting.kind}"
    return worded(f"resolution.part_{name}{of_kind}")


def _last_month(told: Minutes, paper: Resolution) -> Iterator[Block]:
    if told.meeting.kind not in MONTHLY:
        if paper.last_month:
            yield Heading(_part("last", told.meeting))
            yield from _paragraphs(paper.last_month)
        return
    yield Heading(_part("last", told.meeting))
    yield from _paragraphs(paper.last_month)
    if told.last_lines:
        yield Paragraph(worded("resolution.last_lines"), keeps_with_next=True)
        as_of = told.day if told.meeting.is_closed else None
        yield results_table(told.last_lines, as_of)
    elif not paper.last_month:
        yield Paragraph(worded("resolution.last_none"))
    yield from told.added.at(PaperPlace.LAST_MONTH, told.meeting)


def _vote(told: Minutes, paper: Resolution) -> Iterator[Block]:
    subject = SUBJECT[PaperKind(paper.kind)]
    vote = next((v for v in reversed(told.votes) if v.subject == subject), None)
    if vote is None or not vote.is_passed:
        return
    key = "vote" if paper.kind == PaperKind.RESOLUTION else "vote_conclusion"
    share = share_words(vote.in_favour, vote.base)
    words = {"for_": vote.in_favour, "base": vote.base, "share": share}
    yield Paragraph(said_of(told.meeting, f"resolution.{key}", **words))


def _paragraphs(text: str) -> Iterator[Paragraph]:
    for line in text.split("\n"):
        if line.strip():
            yield Paragraph(line.strip())
