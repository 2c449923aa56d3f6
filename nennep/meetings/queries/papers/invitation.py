"""The invitation, and the reminder to a cell that is silent: papers, and text ready to copy."""

from nennep.core.text import nfc
from nennep.meetings.choices import MeetingKind, SigningStyle
from nennep.meetings.models import Meeting
from nennep.meetings.queries.in_force import day_of, placement_of, rules_on
from nennep.meetings.queries.minutes import Issuer, issuer
from nennep.meetings.queries.page import find, items_of
from nennep.meetings.queries.papers.agenda import title_of
from nennep.meetings.queries.papers.phrases import (
    file_stem,
    masthead,
    meeting_words,
    planned_words,
    within_sentence,
)
from nennep.meetings.rules.presets import worded
from nennep.members.queries import secretary_on
from nennep.papers.paper import BulletList, KeyValues, Paper, Paragraph, SignatureBlock, Signer
from nennep.papers.symbols import place_and_date


def invitation_paper(meeting: Meeting) -> Paper:
    meeting = find(meeting)
    head = issuer(meeting, placement_of(meeting))
    day = day_of(meeting)
    secretary = secretary_on(meeting.unit, day)
    contents = _contents(meeting)
    listed = [BulletList(contents)] if contents else []
    return Paper(
        masthead(
            head, meeting, place_and_date=place_and_date(worded("place.name"), None, year=day.year)
        ),
        worded("invitation.title"),
        [
            Paragraph(_greeting(meeting, head)),
            Paragraph(_body(meeting)),
            KeyValues(_pairs(meeting)),
            *(
                [Paragraph(worded("invitation.content") + ":", keeps_with_next=True)]
                if listed
                else []
            ),
            *listed,
            Paragraph(worded("invitation.absent")),
            Paragraph(worded("invitation.end")),
        ],
        summary=within_sentence(meeting_words(meeting)),
        signatures=SignatureBlock(
            right=Signer(
                rules_on(meeting.unit, day).values.signing_line or str(SigningStyle.CELL.label),
                worded("post.secretary"),
                secretary.name if secretary else "",
            )
        ),
        day=day,
        file_stem=file_stem("giay-moi", meeting, head),
    )


def invitation_text(meeting: Meeting) -> str:
    """The same as plain text, for a message or the national app."""
    meeting = find(meeting)
    head = issuer(meeting, placement_of(meeting))
    lines = [_greeting(meeting, head) + ".", _body(meeting)]
    lines += [f"{label}: {value}" for label, value in _pairs(meeting)]
    contents = _contents(meeting)
    if contents:
        lines.append(worded("invitation.content") + ":")
        lines += [f"- {title}" for title in contents]
    if meeting.papers_sent_at is not None:
        lines.append(worded("invitation.papers"))
    lines += [worded("invitation.absent"), worded("invitation.end")]
    return nfc("\n".join(lines))


def _greeting(meeting: Meeting, head: Issuer) -> str:
    is_committee = meeting.kind == MeetingKind.CELL_COMMITTEE
    key = "invitation.greeting_committee" if is_committee else "invitation.greeting"
    return worded(key, cell=within_sentence(head.name))


def _body(meeting: Meeting) -> str:
    return worded("invitation.body", meeting=within_sentence(meeting_words(meeting)))


def _pairs(meeting: Meeting) -> list[tuple[str, str]]:
    pairs = [
        (worded("invitation.when"), planned_words(meeting)),
        (worded("invitation.where"), meeting.place or worded("month.unknown")),
    ]
    if meeting.topic:
        pairs.append((worded("minutes.topic"), meeting.topic))
    return pairs


def _contents(meeting: Meeting) -> list[str]:
    return [title_of(item) for item in items_of(meeting)]
