"""Numbers in sentences, each with a footnote to its source."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from django.utils.translation import gettext as _

from nennep.core.text import vn_date
from nennep.indicators.choices import IndicatorKind
from nennep.indicators.queries.figures import Figure
from nennep.papers.paper import Run, Text, noted
from nennep.reports.queries.review import Review
from nennep.reports.queries.wording import fill, fraction, result, with_fraction, wording

PLACE = re.compile(r"\{([A-Za-z_.0-9]+)(?::(share|of))?\}")
WRITTEN: Mapping[str | None, Callable[[Figure], str]] = {
    None: with_fraction,
    "share": result,
    "of": fraction,
}


def source_of(figure: Figure, review: Review) -> str:
    """“Sinh hoạt thường kỳ đã tổ chức (MTG_REG). Nguồn: sổ theo dõi sinh hoạt, từ 12-2021 đến 6-2024.”"""
    words = wording("review")["notes"]
    code = figure.indicator.code
    when = words["on"] if figure.indicator.kind == IndicatorKind.STOCK else words["between"]
    said = fill(
        when, {}, as_of=vn_date(review.as_of), first=_month(review.period.first),
        last=_month(review.period.last),
    )  # fmt: skip
    source = words["sources"][code.partition(".")[0].partition("_")[0]]
    return fill(
        words["figure"], {}, name=_(figure.indicator.name), code=code, source=source, when=said
    )


def _month(day: date) -> str:
    return f"{day.month}-{day.year}"


def noted_fill(sentence: str, review: Review, **words: str | Run) -> Text:
    """The sentence with its figures, a footnote at the first number of each."""
    told: list[str | Run] = []
    done: set[str] = set()
    end = 0
    for place in PLACE.finditer(sentence):
        told.append(sentence[end : place.start()])
        told.append(_number(place, review, words, done))
        end = place.end()
    return (*told, sentence[end:])


def _number(
    place: re.Match[str], review: Review, words: Mapping[str, str | Run], done: set[str]
) -> str | Run:
    name, part = place.groups()
    if name in words:
        return words[name]
    figure = review.figures[name]
    number = WRITTEN[part](figure)
    if name in done:
        return number
    done.add(name)
    return noted(number, source_of(figure, review))
