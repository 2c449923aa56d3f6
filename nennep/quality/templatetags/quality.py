"""Points on pages."""

from decimal import Decimal
from fractions import Fraction

from django import template
from django.utils.safestring import SafeString

from nennep.quality.choices import MeetingClass
from nennep.quality.queries.filled import Filled
from nennep.quality.queries.words import facts_told, met_words, points_words
from nennep.quality.rules.scoring import Line
from nennep.ui.templatetags.ui import badge

register = template.Library()

# How a class looks beside its word: a tone and a shape.
LOOKS = {
    MeetingClass.GOOD: ("good", "dot"),
    MeetingClass.FAIR: ("info", "half"),
    MeetingClass.MEDIUM: ("warn", "triangle"),
    MeetingClass.POOR: ("bad", "square"),
}


@register.filter
def vn_points(points: Decimal | Fraction | int | None) -> str:
    return points_words(None if points is None else Fraction(points))


@register.filter
def line_value(line: Line) -> str:
    """The points of a line, or whether it is met."""
    if line.is_met is not None:
        return met_words(line.is_met)
    return points_words(line.points)


@register.filter
def class_word(klass: str) -> str:
    return str(MeetingClass(klass).label) if klass else ""


@register.simple_tag
def class_badge(klass: str, is_official: bool = True) -> SafeString:  # noqa: FBT001, FBT002 -- written in templates
    """A class as a word, a shape and a tone; in brackets while the superior has not decided."""
    tone, shape = LOOKS[MeetingClass(klass)]
    word = class_word(klass)
    return badge(word if is_official else f"({word})", tone, shape)


@register.simple_tag
def line_facts(line: Line, filled: Filled) -> str:
    return facts_told(line.criterion, filled.facts)
