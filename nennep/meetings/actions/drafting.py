"""The draft of the paper a meeting ends in: a resolution, or a conclusion of a thematic one."""

from nennep.meetings.choices import MeetingKind, PaperKind, SigningStyle
from nennep.meetings.models import Meeting, Resolution, ResolutionItem
from nennep.meetings.queries.in_force import rules_of
from nennep.meetings.rules.carrying import routine_lines

CONCLUDES = frozenset({MeetingKind.THEMATIC, MeetingKind.CELL_COMMITTEE})


def paper_kind(kind: str) -> PaperKind:
    """A thematic meeting and the cell committee conclude; the others resolve."""
    return PaperKind.CONCLUSION if kind in CONCLUDES else PaperKind.RESOLUTION


def signing_style(meeting: Meeting) -> SigningStyle:
    """As the rules in force have it for cells; the committee signs for itself."""
    if meeting.kind == MeetingKind.CELL_COMMITTEE:
        return SigningStyle.CELL_COMMITTEE
    line = rules_of(meeting).values.signing_line
    return next((style for style in SigningStyle if style.label == line), SigningStyle.CELL)


def draft_paper(meeting: Meeting) -> Resolution | None:
    """One draft for a meeting; made once, with the routine lines.

    Congresses, self-reviews and extraordinary meetings draw up their own papers.
    """
    if meeting.kind not in {
        MeetingKind.REGULAR,
        MeetingKind.COMBINED,
        MeetingKind.THEMATIC,
        MeetingKind.CELL_COMMITTEE,
    }:
        return None
    kind = paper_kind(meeting.kind)
    draft, is_new = Resolution.objects.get_or_create(
        meeting=meeting, kind=kind, defaults={"signing_style": signing_style(meeting)}
    )
    if is_new and kind == PaperKind.RESOLUTION:
        _add_lines(draft, meeting)
    return draft


def _add_lines(draft: Resolution, meeting: Meeting) -> None:
    """What is still open stays the line it is; only the routine ones are new each month."""
    ResolutionItem.objects.bulk_create(
        ResolutionItem(
            resolution=draft,
            position=position,
            what=line.what,
            who_text=line.who,
            due_on=line.due_on,
        )
        for position, line in enumerate(routine_lines(meeting.period), 1)
    )
