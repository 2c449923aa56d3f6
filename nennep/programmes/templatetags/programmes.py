"""How a target and what is reached of it are written."""

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nennep.indicators.rules.catalogue import BY_CODE
from nennep.programmes.queries.standing import Standing
from nennep.programmes.rules import Position

register = template.Library()

LOOKS: dict[Position, tuple[str | Promise, str, str]] = {
    Position.MET: (_("reached"), "good", "check"),
    Position.MISSED: (_("not reached"), "bad", "triangle"),
    Position.UNDER_WAY: (_("under way"), "info", "half"),
    Position.UNKNOWN: (_("not counted here"), "neutral", "dash"),
}
# Asked by programmes, counted by apps that may not be in the catalogue of a month.
NAMES = {"TRAIN": _("Trained in the year")}


@register.filter
def indicator_name(standing: Standing) -> str:
    code = standing.asked.indicator
    return gettext(BY_CODE[code].name) if code in BY_CODE else str(NAMES.get(code, code))


@register.filter
def position_name(position: Position) -> str:
    return str(LOOKS[position][0])


@register.filter
def position_tone(position: Position) -> str:
    return LOOKS[position][1]


@register.filter
def position_shape(position: Position) -> str:
    return LOOKS[position][2]
