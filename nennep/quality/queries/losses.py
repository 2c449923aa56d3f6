"""What is still missing from a score, what it costs, and where it can be put right in time."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from django.urls import reverse
from django.utils.translation import gettext as _

from nennep.meetings.models import Meeting
from nennep.quality.queries.filled import Filled
from nennep.quality.queries.words import fact_words, points_words
from nennep.quality.rules.facts import FACTS, MeetingFacts
from nennep.quality.rules.scoring import Line
from nennep.quality.rules.sheets import Criterion

STEP_PAGES = {
    "prepare": "meetings:prepare",
    "discuss": "meetings:discuss",
    "conclude": "meetings:conclude",
    "follow": "meetings:follow",
}


@dataclass(frozen=True, slots=True)
class Loss:
    """Points a fact keeps a criterion from, and the page on which it may still be put right."""

    line: Line
    points: Fraction
    sentence: str
    url: str = ""


def losses(filled: Filled, meeting: Meeting) -> list[Loss]:
    """Criteria that the facts, as they stand, keep from full points; what can be mended comes first."""
    found = [loss for line in filled.now.lines if (loss := _loss(filled, line, meeting))]
    return sorted(found, key=lambda loss: (not loss.url, -loss.points))


def mendable(filled: Filled, meeting: Meeting) -> list[Loss]:
    return [loss for loss in losses(filled, meeting) if loss.url]


def _loss(filled: Filled, line: Line, meeting: Meeting) -> Loss | None:
    proposal = line.proposal
    is_below = proposal.points is not None and proposal.points < line.max
    if not line.is_asked or not (is_below or proposal.is_met is False):
        return None
    points = line.max - (proposal.points or Fraction(0)) if is_below else Fraction(0)
    facts = filled.found.facts
    failing = list(_failing(line.criterion, facts))
    url = "" if meeting.is_closed else _url(failing, meeting)
    return Loss(line, points, _sentence(line, points, failing, facts), url)


def _failing(criterion: Criterion, facts: MeetingFacts) -> Iterator[str]:
    """The facts that fail the best rung, or the criterion's own words."""
    best = criterion.needs or (criterion.options[0].tests if criterion.options else ())
    yield from dict.fromkeys(test.fact for test in best if test.holds(facts) is False)


def _url(failing: list[str], meeting: Meeting) -> str:
    """Only where everything that fails can still be recorded; what happened cannot be changed."""
    steps = [FACTS[code].step for code in failing]
    if not steps or any(step not in STEP_PAGES for step in steps):
        return ""
    return reverse(STEP_PAGES[steps[0]], args=[meeting.public_id])


def _sentence(line: Line, points: Fraction, failing: list[str], facts: MeetingFacts) -> str:
    told = "; ".join(f"{_(FACTS[code].label)}: {fact_words(facts, code)}" for code in failing)
    words = {"code": line.criterion.code, "facts": told, "points": points_words(points)}
    if points:
        return _("%(facts)s – costs %(points)s points (criterion %(code)s).") % words
    return _("%(facts)s – criterion %(code)s is not met.") % words
