"""How stated and counted figures are written side by side."""

from collections.abc import Iterable
from fractions import Fraction

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from nennep.core.text import vn_number
from nennep.statements.choices import Verdict
from nennep.statements.models import StatedFigure
from nennep.statements.queries.stated import Compared, Piece, digits_of

register = template.Library()

LOOKS = {
    Verdict.OPEN: ("neutral", "ring"),
    Verdict.CONFIRMED: ("good", "check"),
    Verdict.REJECTED: ("bad", "cross"),
}
RHYTHMS = {"monthly": _("every month"), "quarterly": _("every quarter"), "yearly": _("every year")}


@register.simple_tag
def text_with_marks(pieces: Iterable[Piece]) -> SafeString:
    """Written here because every space of a template would be one of the text."""
    told = [
        format_html('<a class="read-mark" href="#f{}">{}</a>', piece.figures[0].pk, piece.text)
        if piece.figures
        else format_html("{}", piece.text)
        for piece in pieces
    ]
    return format_html('<div class="read-text">{}</div>', SafeString("".join(told)))


@register.filter
def stated_value(figure: StatedFigure) -> str:
    if figure.value is None:
        return ""
    said = vn_number(Fraction(figure.value), digits_of(figure.value))
    return f"{said}%" if figure.measure == "%" else f"{said} {figure.measure}"


@register.filter
def stated_period(figure: StatedFigure) -> str:
    return str(RHYTHMS.get(figure.period, figure.period))


@register.filter
def measured_value(row: Compared) -> str:
    if row.measured_value is None:
        return ""
    if row.stated.measure == "%":
        return f"{vn_number(row.measured_value, 1)}%"
    return vn_number(row.measured_value)


@register.filter
def stated_difference(row: Compared) -> str:
    if row.difference is None:
        return ""
    sign = "+" if row.difference > 0 else "−"
    said = vn_number(abs(row.difference), 1 if row.stated.measure == "%" else 0)
    return f"{sign}{said}"


@register.filter
def verdict_tone(verdict: str) -> str:
    return LOOKS[Verdict(verdict)][0]


@register.filter
def verdict_shape(verdict: str) -> str:
    return LOOKS[Verdict(verdict)][1]
