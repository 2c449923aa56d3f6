"""The words of reports: Vietnamese data filled with figures."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from nennep.core.text import vn_number, vn_percent
from nennep.indicators.queries.figures import Figure
from nennep.regulations.rules import NormInForce

PRESETS = Path(__file__).parents[1] / "presets"


@cache
def wording(name: str) -> Mapping[str, Any]:
    return tomllib.loads((PRESETS / f"{name}.toml").read_text(encoding="utf-8"))


def fill(sentence: str, figures: Mapping[str, Figure], **words: str) -> str:
    """Put figures (by code, in braces) and other words into a sentence."""
    for code, figure in figures.items():
        sentence = sentence.replace("{" + code + "}", with_fraction(figure))
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


def norm_text(norm: NormInForce | None) -> str:
    """≥ 90%; an equality is written as the number alone."""
    if norm is None:
        return "–"
    number = vn_percent(norm.share)
    return number if norm.bound == "=" else f"{norm.bound} {number}"
