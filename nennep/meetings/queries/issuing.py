"""Whether a paper may be numbered: its term, its vote, its text."""

from collections.abc import Iterable
from datetime import date

from nennep.meetings.choices import MeetingKind, PaperKind
from nennep.meetings.models import Meeting, Resolution, Vote
from nennep.meetings.queries.in_force import rules_of
from nennep.meetings.rules.numbering import Obstacle, obstacle
from nennep.organisation.choices import BodyKind
from nennep.organisation.models import Term, Unit

# The votes that carry a paper of each kind.
SUBJECT = {PaperKind.RESOLUTION: "resolution", PaperKind.CONCLUSION: "conclusion"}


def term_of(unit: Unit, day: date) -> Term | None:
    """The term in which the cell's papers are numbered: its committee's, else its secretary's."""
    kinds = [BodyKind.CELL_COMMITTEE, BodyKind.CELL_SECRETARIAT]
    running = Term.objects.on(day).filter(body__unit=unit, body__kind__in=kinds)
    terms = {term.body.kind: term for term in running.select_related("body").order_by("starts_on")}
    return next((terms[kind] for kind in kinds if kind in terms), None)


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
