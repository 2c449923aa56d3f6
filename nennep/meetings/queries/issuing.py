"""Whether a paper may be numbered: its term, its vote, its text."""

from collections.abc import Iterable

from django.urls import reverse

from nennep.library.queries.numbers import NumberGiven
from nennep.meetings.choices import MeetingKind, PaperKind
from nennep.meetings.models import Meeting, Resolution, Vote
from nennep.meetings.queries.in_force import rules_of
from nennep.meetings.rules.numbering import Obstacle, counted_under, obstacle
from nennep.organisation.models import Term

# The votes that carry a paper of each kind.
SUBJECT = {PaperKind.RESOLUTION: "resolution", PaperKind.CONCLUSION: "conclusion"}


def obstacle_to(paper: Resolution, meeting: Meeting, term: Term | None) -> Obstacle | None:
    """Why this paper would not be numbered now; None where nothing stands in the way."""
    roll_call = getattr(meeting, "roll_call", None)
    return obstacle(
        paper.kind,
        has_text=has_text(paper),
        has_term=term is not None,
        official=roll_call.official if roll_call else 0,
        votes=results(meeting.votes.all(), paper.kind),
        rules=rules_of(meeting).values,
        is_of_committee=meeting.kind == MeetingKind.CELL_COMMITTEE,
    )


def has_text(paper: Resolution) -> bool:
    return bool(paper.summary or paper.last_month or paper.next_month) or paper.items.exists()


def results(votes: Iterable[Vote], kind: str) -> list[tuple[bool, bool]]:
    """Passed and effective, of the votes on a paper of this kind, in the order they were taken."""
    subject = SUBJECT[PaperKind(kind)]
    return [(v.is_passed, v.is_effective) for v in votes if v.subject == subject]


def numbers_of(term: Term) -> list[NumberGiven]:
    """The numbers of a term that papers of meetings hold, for the book of numbers."""
    papers = Resolution.objects.filter(term=term, number__isnull=False).select_related("meeting")
    return [
        NumberGiven(
            series=counted_under(paper.kind, paper.series),
            number=paper.number or 0,
            symbol=paper.symbol,
            subject=paper.summary,
            day=paper.issued_on,
            url=reverse("meetings:meeting", args=[paper.meeting.public_id]),
            state="issued",
        )
        for paper in papers
    ]
