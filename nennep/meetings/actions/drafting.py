"""The draft of the paper a meeting ends in: a resolution, or a conclusion of a thematic one."""

from datetime import date

from nennep.meetings.choices import MeetingKind, PaperKind, SigningStyle
from nennep.meetings.models import Meeting, Resolution, ResolutionItem
from nennep.meetings.queries.in_force import rules_of
from nennep.meetings.rules.carrying import routine_lines

CONCLUDES = frozenset({MeetingKind.THEMATIC, MeetingKind.CELL_COMMITTEE})


def paper_kind(kind: str) -> PaperKind:
    """A thematic meeting and the cell committee conclude; the others resolve."""
    return PaperKind.CONCLUSION if kind in CONCLUDES else PaperKind.RESOLUTION


def signing_style(meeting: Meeting) -> SigningStyle:
    """As the rules in force have it for cells; the committee signs for itself, a congress by its presidium."""
    if meeting.kind == MeetingKind.CELL_COMMITTEE:
        return SigningStyle.CELL_COMMITTEE
    if meeting.kind == MeetingKind.CONGRESS:
        return SigningStyle.PRESIDIUM
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


def redate_lines(meeting: Meeting, was_for: date) -> None:
    """The routine lines of a draft name the month after its meeting's."""
    pairs = zip(routine_lines(was_for), routine_lines(meeting.period), strict=True)
    known = {old.what: new for old, new in pairs}
    changed = list(
        ResolutionItem.objects.filter(
            resolution__meeting=meeting, resolution__number__isnull=True, what__in=known
        )
    )
    for line in changed:
        line.due_on = known[line.what].due_on
        line.what = known[line.what].what
    ResolutionItem.objects.bulk_update(changed, ["what", "due_on"])


def leave_draft(meeting: Meeting) -> None:
    """A draft on which nobody wrote anything goes when its meeting becomes one of another kind."""
    routine = {line.what for line in routine_lines(meeting.period)}
    for draft in meeting.resolutions.filter(summary="", last_month="", next_month=""):
        if routine.issuperset(draft.items.values_list("what", flat=True)):
            draft.delete()
