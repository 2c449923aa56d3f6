"""How levels and the facts beside them are written."""

from django import template
from django.utils.translation import gettext

from nennep.indicators.queries.figures import Figure
from nennep.recognition.choices import Level, RoundState

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
