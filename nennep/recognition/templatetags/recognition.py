"""How levels and the facts beside them are written."""

from decimal import Decimal
from fractions import Fraction

from django import template
from django.utils.translation import gettext

from nennep.core.text import vn_number, vn_percent
from nennep.indicators.queries.figures import Figure
from nennep.recognition.choices import Level, RoundState
from nennep.recognition.queries.ratings import RatedUnit
from nennep.recognition.rules.ratings import Proposal, TaskFacts

register = template.Library()

TONES = {
    Level.EXCELLENT: "good",
    Level.GOOD: "good",
    Level.COMPLETED: "info",
    Level.NOT_COMPLETED: "bad",
}


@register.filter
def level_name(level: str) -> str:
    return str(Level(level).label) if level else ""


@register.filter
def level_tone(level: str) -> str:
    return TONES.get(Level(level), "neutral") if level else "neutral"


@register.filter
def fact_name(figure: Figure) -> str:
    return gettext(figure.indicator.name)


@register.filter
def round_tone(state: RoundState) -> str:
    return {RoundState.OPEN: "info", RoundState.CONSIDERED: "warn", RoundState.DECIDED: "good"}[
        state
    ]


@register.filter
def vn_factor(factor: Decimal) -> str:
    """1.50 → 1,5"""
    return vn_number(Fraction(factor), 0 if factor == factor.to_integral() else 1)


@register.simple_tag
def year_facts(row: RatedUnit) -> str:
    """What the product knows of the year, on one line. Its own tasks go before the share done."""
    told = [tasks_told(row.tasks)] if row.tasks else []
    figures = [
        each for each in row.figures if not (row.tasks and each.indicator.code == "TASK_DONE")
    ]
    told += [_share_told(each) for each in figures if each.denominator]
    return " · ".join(told)


def _share_told(figure: Figure) -> str:
    numerator, denominator = figure.pair
    parts = f"{vn_number(numerator)}/{vn_number(denominator)}"
    return f"{fact_name(figure)}: {vn_percent(figure.value)} ({parts})"


@register.simple_tag
def own_rating(row: RatedUnit) -> str:
    """Its own level with points and votes; a dash where it has not said it."""
    rating = row.rating
    if rating is None or not rating.self_level:
        return "–"
    told = [level_name(rating.self_level)]
    if rating.self_points is not None:
        told.append(f"{rating.self_points}/100")
    if rating.votes_cast:
        votes = gettext("votes")
        told.append(f"{votes} {rating.votes_for}/{rating.votes_cast}")
    return ", ".join(told)


@register.filter
def allowed(proposal: Proposal) -> str:
    """The highest level that points and tasks allow, and what kept it from the next."""
    told = level_name(proposal.level or "")
    lacking = "; ".join(gettext(words) for words in proposal.lacking)
    return f"{told} ({lacking})" if lacking else told


@register.filter
def tasks_told(tasks: TaskFacts) -> str:
    """As the conditions of the levels ask for them."""
    return gettext(
        "Tasks: %(done)s/%(due)s done, %(late)s late, %(above)s above what was asked"
    ) % {"done": tasks.done, "due": tasks.due, "late": tasks.late, "above": tasks.above}
