"""Closing the minutes (“chốt”): locked, numbered, and counted from that moment."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import clock, facts, trail
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.text import nfc
from nennep.library.actions import refresh_sources
from nennep.library.actions.numbering import take_number
from nennep.library.queries.issuing import term_of
from nennep.library.rules.documents import symbol
from nennep.meetings.actions.locks import locked, refuse_cancelled
from nennep.meetings.actions.occasions import Occasion, act_on
from nennep.meetings.actions.passes import end_passes
from nennep.meetings.actions.preparing import hand_on
from nennep.meetings.models import Addendum, Meeting, Resolution
from nennep.meetings.queries.issuing import obstacle_to
from nennep.meetings.queries.sources import KIND
from nennep.meetings.rules.numbering import Obstacle, counted_under, series_of
from nennep.organisation.models import Term


@dataclass(frozen=True)
class Closing:
    """What closing brought: papers with a number, and papers without one with the reason."""

    meeting: Meeting
    issued: list[Resolution] = field(default_factory=list)
    unissued: list[tuple[Resolution, str]] = field(default_factory=list)


@transaction.atomic
def close_minutes(meeting: Meeting, *, by: User) -> Closing:
    """Refused in words while something is missing. Closing what is closed answers the same."""
    fresh = locked(meeting)
    if fresh.is_closed:
        return _as_closed(fresh)
    refuse_cancelled(fresh)
    _refuse_incomplete(fresh)
    fresh.closed_at, fresh.closed_by = clock.now(), by
    fresh.save(update_fields=["closed_at", "closed_by"])
    closing = _issue(fresh)
    end_passes(fresh, by=by)
    hand_on(fresh)
    act_on(Occasion.CLOSED, fresh, by=by)
    symbols = [paper.symbol for paper in closing.issued]
    refresh_sources(KIND, [str(fresh.public_id)])
    trail.record("minutes closed", fresh, by=by, issued=symbols)
    facts.facts_changed.send(sender=Meeting, cell=fresh.unit, month=fresh.period, kind="month")
    return closing


@transaction.atomic
def add_addendum(meeting: Meeting, *, text: str, by: User) -> Addendum:
    """A correction of closed minutes; the minutes themselves stay as they are."""
    meeting = locked(meeting)
    text = nfc(text).strip()
    refuse_secret(text)
    if not meeting.is_closed:
        raise Refusal(_("The minutes are still open. Correct them directly."), code="not_closed")
    if not text:
        raise Refusal(_("Write the correction."), code="text_missing", field="text")
    addendum = Addendum.objects.create(
        meeting=meeting, text=text, added_by=by, added_at=clock.now()
    )
    trail.record("addendum added", meeting, by=by)
    return addendum


def missing(meeting: Meeting) -> dict[str, str]:
    """What the minutes still lack, by name and in words; empty when they may be closed."""
    gaps = {
        "start": (meeting.started_at, _("when it started")),
        "roll_call": (getattr(meeting, "roll_call", None), _("the roll call")),
        "end": (meeting.ended_at, _("when it ended")),
        "adopted": (meeting.minutes_adopted_at, _("that the minutes were read and adopted")),
        "declared": (
            meeting.declared_free_of_secrets_at,
            _("the declaration that they hold no secret"),
        ),
    }
    return {name: words for name, (kept, words) in gaps.items() if kept is None}


def _refuse_incomplete(meeting: Meeting) -> None:
    if lacking := missing(meeting):
        raise Refusal(
            _("The minutes cannot be closed yet. Still missing: %(what)s.")
            % {"what": "; ".join(lacking.values())},
            code="incomplete",
        )


def _as_closed(meeting: Meeting) -> Closing:
    """The answer the first closing gave, told again."""
    papers = list(meeting.resolutions.order_by("id"))
    term = term_of(meeting.unit, meeting.held_on) if meeting.held_on else None
    return Closing(
        meeting,
        [paper for paper in papers if paper.number is not None],
        [(p, why_not(obstacle_to(p, meeting, term))) for p in papers if p.number is None],
    )


def _issue(meeting: Meeting) -> Closing:
    closing = Closing(meeting)
    day = meeting.held_on
    term = term_of(meeting.unit, day) if day else None
    for paper in meeting.resolutions.order_by("id"):
        found = obstacle_to(paper, meeting, term)
        if found is None and term is not None:
            _number(paper, term)
            paper.issued_on = day
            paper.save(update_fields=["term", "series", "number", "symbol", "issued_on"])
            closing.issued.append(paper)
        else:
            closing.unissued.append((paper, why_not(found)))
    return closing


def _number(paper: Resolution, term: Term) -> None:
    """The next number of the cell's series, or of the congress."""
    paper.series = series_of(paper.meeting.kind)
    paper.term = term
    paper.number = take_number(term, counted_under(paper.kind, paper.series))
    paper.symbol = symbol(paper.number, paper.kind, paper.series)


def why_not(found: Obstacle | None) -> str:
    """Why a paper has no number, in words."""
    if found is None:
        return ""
    return {
        Obstacle.EMPTY: _("It has no text yet."),
        Obstacle.NO_VOTE: _("No vote on the resolution was recorded."),
        Obstacle.NOT_PASSED: _("It did not get the votes it needs."),
        Obstacle.NO_EFFECT: _("The vote on it has no effect under the rules of that day."),
        Obstacle.TOO_FEW_OFFICIAL: _(
            "The cell has fewer official members than the rules ask: it cannot decide."
        ),
        Obstacle.NO_TERM: _(
            "The cell had no term running that day. Enter the body and its term under organisation."
        ),
    }[found]
