"""Pictures of a review for slides: each with its title and its source in the picture itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction

from django.utils.html import escape
from django.utils.translation import gettext as _

from nennep.core.text import vn_date
from nennep.indicators.queries.figures import Figure
from nennep.indicators.rules.catalogue import BY_CODE
from nennep.organisation.choices import Block
from nennep.programmes.rules import Position
from nennep.reports.queries.findings import Findings
from nennep.reports.queries.programme_chapters import title_of
from nennep.reports.queries.review_tables import year_label
from nennep.reports.queries.review_words import verdict_text
from nennep.reports.queries.wording import fill, in_vietnamese, norm_text, with_fraction, wording
from nennep.ui.charts import Bar, Point, Series, Target, bars, trend
from nennep.ui.charts.pen import Pen

TONES = {Position.MET: "good", Position.MISSED: "warn"}
REGIME = ("MTG_REG", "MTG_THEM", "MTG_STEP")
MARGIN, HEAD, FOOT = 28, 78, 40
SHEET = re.compile(r'<svg[^>]*? width="([\d.]+)" height="([\d.]+)"([^>]*)>(.*)</svg>', re.DOTALL)
Drawn = Callable[[Findings, str], str]


@in_vietnamese
def chart(found: Findings, name: str) -> str:
    """The picture as SVG, on which stands so where there is nothing to draw."""
    words = wording("review")
    title = words["charts"][name]
    return _on_a_slide(CHARTS[name](found, title) or _nothing(title), title, found)


def _nothing(title: str) -> str:
    pen = Pen(standalone=True)
    pen.text(0, 24, wording("review")["charts_words"]["nothing"], "label")
    return pen.sheet(width=720, height=40, title=title)


def charts_of(found: Findings) -> list[tuple[str, str]]:
    """The name and the title of each picture that there is."""
    titles: Mapping[str, str] = wording("review")["charts"]
    return [(name, titles[name]) for name, draw in CHARTS.items() if draw(found, titles[name])]


def _targets(found: Findings, title: str) -> str:
    items = [
        Bar(
            f"{line.name} ({norm_text(line.figure.target)})",
            line.figure.value,
            _with_verdict(line.figure, line.position),
            tone=TONES.get(line.position, "neutral") if line.position else "neutral",
        )
        for line in found.asked_lines
        if line.figure and line.figure.value is not None
    ]
    return bars(items, title=title, standalone=True) if items else ""


def _with_verdict(figure: Figure, position: Position | None) -> str:
    """The colour of the bar in words too."""
    word = f" · {verdict_text(figure).lower()}" if position in TONES else ""
    return f"{with_fraction(figure)}{word}"


def _attendance(found: Findings, title: str) -> str:
    return _by_year(found, title, ("ATT",), _target_of(found, "ATT"))


def _regime(found: Findings, title: str) -> str:
    return _by_year(found, title, REGIME, None)


def _by_year(found: Findings, title: str, codes: tuple[str, ...], target: Target | None) -> str:
    if len(found.years) < 2:
        return ""
    labels = [
        year_label(y.year, y.period.first, y.period.last).replace("\n", " ") for y in found.years
    ]
    lines = [
        Series(
            _(BY_CODE[code].name),
            [
                Point(label, year.figures[code].value)
                for label, year in zip(labels, found.years, strict=True)
            ],
        )
        for code in codes
    ]
    return trend(lines, title=title, target=target, standalone=True)


def _target_of(found: Findings, code: str) -> Target | None:
    asked = next((line.asked for line in found.asked_lines if line.code == code), None)
    if asked is None:
        return None
    words = wording("review")["columns"]["target"]
    figure = found.figure(code)
    return Target(asked.aim.share, f"{words} {norm_text(figure.target)}")


def _blocks(found: Findings, title: str) -> str:
    items = [
        Bar(str(Block(block).label), figures["ATT"].value, with_fraction(figures["ATT"]))
        for block, figures in found.review.by_block.items()
        if figures["ATT"].value is not None
    ]
    target = _target_of(found, "ATT")
    return bars(items, title=title, target=target, standalone=True) if len(items) > 1 else ""


def _levels(found: Findings, title: str) -> str:
    if len(found.levels) < 2:
        return ""
    words = wording("review")["charts_words"]["well"]
    line = Series(words, [Point(str(year.year), year.well_share) for year in found.levels])
    return trend([line], title=title, standalone=True)


CHARTS: Mapping[str, Drawn] = {
    "chi-tieu": _targets,
    "tham-gia": _attendance,
    "che-do": _regime,
    "loai-hinh": _blocks,
    "xep-loai": _levels,
}


def _on_a_slide(drawn: str, title: str, found: Findings) -> str:
    """A white ground, the title above, the source below; no picture within a picture."""
    sheet = SHEET.search(drawn)
    if sheet is None:  # a drawing without its size is none of ours
        raise ValueError("not a drawing in a file")
    width, height = Fraction(sheet[1]), Fraction(sheet[2])
    wide, high = float(width) + 2 * MARGIN, float(height) + HEAD + FOOT
    source = fill(
        wording("review")["charts_words"]["source"],
        {},
        unit=found.of.unit.name,
        as_of=vn_date(found.review.as_of),
    )
    font = sheet[3][sheet[3].find(" font-family") :]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:g} {high:g}" width="{wide:g}"'
        f' height="{high:g}" role="img"{font}>'
        f'<rect x="0" y="0" width="{wide:g}" height="{high:g}" fill="#ffffff"/>'
        f'<text x="{MARGIN}" y="34" font-size="20" font-weight="700" fill="#1b1f24">'
        f"{escape(title)}</text>"
        f'<text x="{MARGIN}" y="56" font-size="13" fill="#57606a">{escape(title_of(found))}</text>'
        f'<g transform="translate({MARGIN} {HEAD})">{sheet[4]}</g>'
        f'<text x="{MARGIN}" y="{high - 14:g}" font-size="12" fill="#57606a">{escape(source)}</text>'
        "</svg>"
    )
