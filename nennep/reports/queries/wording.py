"""The words of reports: Vietnamese data filled with figures."""

import tomllib
from collections.abc import Callable, Mapping
from functools import cache, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from django.utils import translation

from nennep.core.text import vn_number, vn_percent
from nennep.indicators.queries.figures import Figure
from nennep.regulations.rules import NormInForce

PRESETS = Path(__file__).parents[1] / "presets"

P = ParamSpec("P")
R = TypeVar("R")
FITS = 14  # characters of a pair of numbers that stay on one line of a narrow column


def in_vietnamese(write: Callable[P, R]) -> Callable[P, R]:
    """What goes out as a paper or a file is Vietnamese, whatever language the pages are read in."""

    @wraps(write)
    def written(*args: P.args, **kwargs: P.kwargs) -> R:
        with translation.override("vi"):
            return write(*args, **kwargs)

    return written


@cache
def wording(name: str) -> Mapping[str, Any]:
    return tomllib.loads((PRESETS / f"{name}.toml").read_text(encoding="utf-8"))


def fill(sentence: str, figures: Mapping[str, Figure], **words: str) -> str:
    """Put figures and other words into a sentence.

    `{ATT}` is 92,4% (12.340/13.355), `{ATT:share}` and `{ATT:of}` its two parts.
    """
    for code, figure in figures.items():
        sentence = sentence.replace("{" + code + "}", with_fraction(figure))
        sentence = sentence.replace("{" + code + ":share}", result(figure))
        sentence = sentence.replace("{" + code + ":of}", fraction(figure))
    for name, word in words.items():
        sentence = sentence.replace("{" + name + "}", word)
    return sentence


def result(figure: Figure) -> str:
    """92,4% · 96,2 · 15.420 · – where there is nothing to divide by."""
    if figure.value is None:
        return "–"
    if figure.indicator.is_share:
        return vn_percent(figure.value)
    return vn_number(figure.value, 0 if figure.denominator is None else 1)


def fraction(figure: Figure) -> str:
    if figure.denominator is None:
        return ""
    return f"{vn_number(figure.numerator)}/{vn_number(figure.denominator)}"


def with_fraction(figure: Figure) -> str:
    """Never a percentage alone: 92,4% (12.340/13.355)."""
    if figure.denominator is None or not figure.indicator.is_share:
        return result(figure)
    return f"{result(figure)} ({fraction(figure)})"


def two_lines(figure: Figure) -> str:
    """The same for a narrow column: the numbers stand below the percentage."""
    if figure.value is None:
        return "–"
    return with_fraction(figure).replace(" (", "\n(")


def three_lines(figure: Figure) -> str:
    """For a column so narrow that long numbers stand below each other."""
    text = two_lines(figure)
    is_long = len(text.rpartition("\n")[2]) > FITS
    return text.replace("/", "/\n") if is_long else text


def norm_text(norm: NormInForce | None) -> str:
    """≥ 90%, in a table; what else it asks is marked and said below."""
    if norm is None:
        return "–"
    return f"{_bound(norm)}**" if norm.none_unexcused else _bound(norm)


def norm_words(norm: NormInForce | None) -> str:
    """The same with everything it asks."""
    if norm is None:
        return "–"
    also = wording("review")["marks"]["and_none_unexcused"]
    return f"{_bound(norm)}{also}" if norm.none_unexcused else _bound(norm)


def _bound(norm: NormInForce) -> str:
    """An equality is written as the number alone."""
    number = vn_percent(norm.share)
    return number if norm.bound == "=" else f"{norm.bound} {number}"
