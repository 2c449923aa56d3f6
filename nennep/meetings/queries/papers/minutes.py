"""The minutes (biên bản): opening, those who attended, the course, the conclusion, the end."""

from collections.abc import Iterator
from fractions import Fraction

from nennep.core.text import vn_date
from nennep.meetings.choices import MeetingKind, PaperPlace
from nennep.meetings.models import AgendaItem, GroupPart, Guest, Meeting, RollCall, Vote
from nennep.meetings.queries.in_force import hanoi_day
from nennep.meetings.queries.minutes import Minutes, minutes, names
from nennep.meetings.queries.papers.phrases import (
    chair_title,
    chair_words,
    counted,
    counted_names,
    file_stem,
    masthead,
    meeting_words,
    moment_words,
    next_lines_table,
    paper_words,
    said_of,
    share_words,
    taker_words,
    time_words,
    with_reasons,
    within_sentence,
)
from nennep.meetings.rules.presets import worded
from nennep.papers.paper import (
    Block,
    BulletList,
    Heading,
    KeyValues,
    Paper,
    Paragraph,
    SignatureBlock,
    Signer,
    bold,
)

HALF, TWO_THIRDS = Fraction(1, 2), Fraction(2, 3)
NAMED_SHARES = {str(HALF): "minutes.half", str(TWO_THIRDS): "minutes.two_thirds"}


def minutes_paper(meeting: Meeting) -> Paper:
    """As it stands now; before closing it is the draft that is read out."""
    return paper_of(minutes(meeting))


def paper_of(told: Minutes) -> Paper:
    meeting = told.meeting
    hint = worded("minutes.sign_hint")
    return Paper(
        masthead(told.issuer, meeting),
        worded("minutes.title"),
        [
            *_opening(told),
            *_people(told),
            *_course(told),
            *_conclusion(told),
            *_end(told),
        ],
        summary=meeting_words(meeting),
        signatures=SignatureBlock(
            left=Signer(worded("minutes.taker_signs"), name=meeting.minute_taker_name, hint=hint),
            right=Signer(chair_title(meeting), name=meeting.chair_name, hint=hint),
        ),
        day=told.day,
        file_stem=file_stem("bien-ban", meeting, told.issuer),
    )


def _opening(told: Minutes) -> Iterator[Block]:
    meeting = told.meeting
    pairs = [
        (worded("minutes.started"), moment_words(meeting.started_at)),
        (worded("minutes.place"), meeting.place or worded("month.unknown")),
        (worded("minutes.content"), within_sentence(meeting_words(meeting))),
    ]
    if meeting.topic:
        pairs.append((worded("minutes.topic"), meeting.topic))
    if meeting.online_permission:
        pairs.append((worded("minutes.online"), meeting.online_permission))
    pairs += [
        (worded("minutes.chair"), chair_words(meeting)),
        (worded("minutes.minute_taker"), taker_words(meeting)),
        (worded("minutes.papers"), _papers_words(meeting)),
    ]
    if meeting.thematic_started_at:
        moment = time_words(meeting.thematic_started_at, same_day_as=told.day)
        pairs.append((worded("minutes.thematic_from"), moment))
    yield Heading(worded("minutes.part_opening"))
    yield KeyValues(pairs)
    if told.parts:
        yield Paragraph(worded("minutes.groups") + ":")
        yield BulletList([_part_words(told, part) for part in told.parts])
    yield from _paragraphs(meeting.opening_text)


def _papers_words(meeting: Meeting) -> str:
    if meeting.papers_sent_at is None:
        return worded("minutes.papers_none")
    return worded("minutes.papers_sent", day=vn_date(hanoi_day(meeting.papers_sent_at)))


def _part_words(told: Minutes, part: GroupPart) -> str:
    """Its place, its time and its own roll call; the base and the paper are those of the meeting."""
    words = worded(
        "minutes.part_of_group",
        group=part.party_group.name,
        start=time_words(part.started_at),
        end=time_words(part.ended_at),
        place=part.place or worded("month.unknown"),
    )
    present, required = told.part_counts.get(part.party_group_id, (0, 0))
    if required:
        words += worded("minutes.part_presence", present=present, required=required)
    return words + "."


def _people(told: Minutes) -> Iterator[Block]:
    yield Heading(worded("minutes.part_people"))
    if told.roll_call is None:
        yield Paragraph(worded("month.unknown"))
        return
    yield KeyValues(
        [
            *strength_pairs(told.meeting, told.roll_call),
            *_presence_pairs(told, told.roll_call),
            *_others(told),
        ]
    )


def strength_pairs(meeting: Meeting, roll_call: RollCall) -> list[tuple[str, str]]:
    """The cell on the day: strength, and who of it is exempt, away or suspended.

    Of a committee there is the number of its members; what else may hold of them is told if it does.
    """
    is_committee = meeting.kind == MeetingKind.CELL_COMMITTEE
    if is_committee:
        pairs = [(worded("people.total_committee"), counted(roll_call.strength))]
        return pairs + [
            (worded(f"people.{key}"), counted(getattr(roll_call, key)))
            for key in ("exempt", "away", "suspended")
            if getattr(roll_call, key)
        ]
    total = worded(
        "people.total_of",
        total=roll_call.strength,
        official=roll_call.official,
        probationary=roll_call.probationary,
    )
    pairs = [(worded("people.total"), total), (worded("people.exempt"), counted(roll_call.exempt))]
    for key in ("away", "here", "suspended"):
        count = getattr(roll_call, key)
        if count or key != "suspended":
            pairs.append((worded(f"people.{key}"), counted(count)))
    return pairs


def _presence_pairs(told: Minutes, roll_call: RollCall) -> list[tuple[str, str]]:
    share = share_words(roll_call.present, roll_call.required)
    present = worded(
        "people.present_of", present=roll_call.present, required=roll_call.required, share=share
    )
    excused = counted_names(with_reasons(told.excused), roll_call.excused)
    unexcused = counted_names(names(told.unexcused), roll_call.unexcused)
    pairs = [
        (worded("people.required"), counted(roll_call.required)),
        (worded("people.present"), present),
        (worded("people.excused"), excused),
        (worded("people.unexcused"), unexcused),
    ]
    for key, rows in (
        ("late", told.late), ("left_early", told.left_early), ("exempt_came", told.exempt_came)
    ):  # fmt: skip
        if rows:
            pairs.append((worded(f"people.{key}"), counted_names(names(rows))))
    return pairs


def _others(told: Minutes) -> list[tuple[str, str]]:
    pairs = []
    for key, is_superior in (("superiors", True), ("guests", False)):
        guests = [guest for guest in told.guests if guest.is_superior == is_superior]
        if guests:
            pairs.append((worded(f"people.{key}"), "; ".join(map(_guest_words, guests))))
    meeting = told.meeting
    if meeting.dues_paid is not None:
        dues = worded("people.dues_of", paid=meeting.dues_paid, due=meeting.dues_due)
        pairs.append((worded("people.dues"), dues))
    return pairs


def _guest_words(guest: Guest) -> str:
    if guest.post:
        return worded("people.posted", name=guest.full_name, post=guest.post)
    return worded("people.comrade", name=guest.full_name)


def _course(told: Minutes) -> Iterator[Block]:
    yield Heading(worded("minutes.part_course"))
    if told.meeting.steps_marked_at is not None and told.steps:
        yield from _steps(told)
    yield from _speakers(told)
    for item in told.items:
        yield from _item(told.meeting, item)
    loose = [vote for vote in told.votes if vote.item_id is None]
    if loose:
        yield Heading(worded("minutes.votes"), level=2)
        for vote in loose:
            yield from vote_blocks(told.meeting, vote)


def _steps(told: Minutes) -> Iterator[Block]:
    if not told.skipped:
        yield Paragraph(said_of(told.meeting, "minutes.as_agenda"))
        return
    yield Paragraph(said_of(told.meeting, "minutes.as_agenda_but"), keeps_with_next=True)
    yield BulletList([step.title for step in told.skipped])


def _speakers(told: Minutes) -> Iterator[Block]:
    spoke = names(told.speakers)
    if spoke:
        yield Paragraph(worded("minutes.spoke", count=len(spoke), names=", ".join(spoke)))
    elif told.roll_call is not None and told.roll_call.speakers:
        yield Paragraph(worded("minutes.spoke_count", count=told.roll_call.speakers))


def _item(meeting: Meeting, item: AgendaItem) -> Iterator[Block]:
    yield Heading(item.title, level=2)
    if item.is_on_paper_only:
        yield Paragraph(worded("minutes.on_paper"))
    elif item.discussion or not item.conclusion:
        yield from _paragraphs(item.discussion or said_of(meeting, "minutes.no_discussion"))
    if item.conclusion:
        first, *rest = item.conclusion.split("\n")
        yield Paragraph((bold(worded("minutes.item_conclusion")), first))
        yield from _paragraphs("\n".join(rest))
    for vote in item.votes.all():
        yield from vote_blocks(meeting, vote)


def vote_blocks(meeting: Meeting, vote: Vote) -> Iterator[Block]:
    """Question and method; the base with its deductions; counts, threshold and result."""
    question = worded(
        "minutes.vote", question=vote.question, method=worded(f"method.{vote.method}")
    )
    label = (bold(worded("minutes.votes") + ": "),) if vote.item_id is not None else ()
    yield Paragraph((*label, question + "."), keeps_with_next=True)
    lines = [base_words(meeting, vote), result_of(vote)]
    if vote.flaw:
        lines.append(vote.flaw)
    yield BulletList(lines, mark="+")


def base_words(meeting: Meeting, vote: Vote) -> str:
    parts = [
        worded(f"minutes.less_{key}", count=getattr(vote, key), reason=vote.deduction_reason)
        for key in ("away", "suspended", "exempt_absent", "excused", "deducted_by_law")
        if getattr(vote, key)
    ]
    less = worded("minutes.vote_less", parts=", ".join(parts)) if parts else ""
    if meeting.kind == MeetingKind.CELL_COMMITTEE and not parts:
        return worded("minutes.vote_base_committee", base=vote.base) + "."
    return worded("minutes.vote_base", base=vote.base, official=vote.official, less=less) + "."


def result_of(vote: Vote) -> str:
    return worded(
        "minutes.vote_result",
        for_=vote.in_favour,
        base=vote.base,
        share=share_words(vote.in_favour, vote.base),
        against=vote.against,
        other=vote.other,
        threshold=_threshold_words(vote.threshold),
        result=worded("minutes.passed" if vote.is_passed else "minutes.failed"),
    )


def _threshold_words(threshold: str) -> str:
    if not threshold:
        return worded("month.unknown")
    sign, share = threshold.split()
    key = "minutes.threshold_over" if sign == ">" else "minutes.threshold_least"
    named = NAMED_SHARES.get(share)
    return worded(key, share=worded(named) if named else share)


def _conclusion(told: Minutes) -> Iterator[Block]:
    meeting = told.meeting
    yield Heading(worded("minutes.part_conclusion"))
    yield from _paragraphs(meeting.closing_text or worded("minutes.no_conclusion"))
    for paper in told.papers:
        lines = list(paper.items.all())
        if paper.number is not None:
            sentence = said_of(
                meeting,
                "minutes.paper_issued",
                kind=paper_words(paper),
                symbol=paper.symbol,
                day=vn_date(paper.issued_on),
            )
            yield Paragraph(sentence)
        elif lines or paper.summary:
            yield Paragraph(said_of(meeting, "minutes.paper_draft", kind=paper_words(paper)))
        if lines:
            yield Paragraph(worded("minutes.lines"), keeps_with_next=True)
            yield next_lines_table(lines, meeting)
    yield from told.added.at(PaperPlace.MINUTES_CONCLUSION, meeting)


def _end(told: Minutes) -> Iterator[Block]:
    meeting = told.meeting
    yield Heading(worded("minutes.part_end"))
    is_adopted = meeting.minutes_adopted_at is not None
    yield Paragraph(said_of(meeting, "minutes.adopted" if is_adopted else "minutes.not_adopted"))
    if meeting.ended_at is not None:
        moment = time_words(meeting.ended_at, same_day_as=told.day)
        words = said_of(meeting, "minutes.ended", moment=moment, minutes=meeting.minutes_long)
        yield Paragraph(words)
    if told.addenda:
        yield Heading(worded("minutes.addenda"))
        yield BulletList(
            [
                worded("minutes.addendum", day=vn_date(hanoi_day(a.added_at)), text=a.text)
                for a in told.addenda
            ]
        )


def _paragraphs(text: str) -> Iterator[Paragraph]:
    for line in text.split("\n"):
        if line.strip():
            yield Paragraph(line.strip())
