"""The tables of a review: what is judged, years, blocks, units."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from nennep.core.text import vn_number
from nennep.indicators.queries.figures import Figure
from nennep.indicators.rules.catalogue import BY_CODE
from nennep.organisation.choices import Block
from nennep.papers.paper import Align, Annex, Column, Note, Orientation, Paragraph, Row, Table
from nennep.reports.queries.review import Figures, Review, UnitFigures
from nennep.reports.queries.review_words import sources_of, verdict_text
from nennep.reports.queries.wording import (
    fill,
    fraction,
    norm_text,
    three_lines,
    two_lines,
    with_fraction,
    wording,
)

MAIN = (
    "MTG_REG",
    "MTG_REG.cells",
    "MTG_THEM.cells",
    "MTG_STEP.cells",
    "ATT",
    "TASK",
    "TRAIN.secretary",
    "RANK.well",
)
SHOWN = (
    "MTG_REG", "MTG_REG.cells", "MTG_THEM", "MTG_THEM.cells", "MTG_STEP", "MTG_STEP.cells", "MTG_CC",
    "MTG_LATE", "MTG_SILENT", "TIME.minimum", "TIME.minutes", "ATT", "ATT.thematic",
    "ATT_UNEX.absences", "ATT_UNEX.members", "ATT_EXC3", "SPEAK", "PREP.sent", "PREP.finished",
    "TASK", "TASK.any", "TASK_DONE", "TASK_DONE.late",
    "QUAL.self.good", "QUAL.self.fair", "QUAL.self.medium", "QUAL.self.poor", "QUAL.official",
    "QUAL.official.good", "QUAL.official.fair", "QUAL.official.medium", "QUAL.official.poor",
    "QUAL.gap.above", "QUAL.gap.below", "TRAIN", "TRAIN.secretary", "TRAIN.deputy",
    "TRAIN.committee", "DISS.cells", "DISS", "EHB", "EHB.liable", "EHB.signed_in",
    "RANK.rated", "RANK.well", "RANK.excellent", "RANK.good", "RANK.completed", "RANK.not_completed",
    "WEAK", "WEAK.risen", "SUP", "SUP.visits", "INSP", "INSP.answered", "MODEL",
    "PROP",
)  # fmt: skip
OF_BLOCK = ("ORG.cells", "ORG.members", *SHOWN)
BY_UNIT = ("MTG_REG", "MTG_REG.cells", "MTG_THEM.cells", "MTG_STEP.cells", "ATT")
WIDE_COLUMNS = 5
CENTRE, LEFT = Align.CENTER, Align.LEFT

Columns = Sequence[tuple[str, Figures]]


def judgement_table(figures: Iterable[Figure]) -> Table:
    """Only what a target or a rule judges; everything else stands in the annexes."""
    words = wording("review")["columns"]
    columns = [
        Column(words["number"], width=1, align=CENTRE),
        Column(words["indicator"], width=4.7, align=LEFT),
        Column(words["result"], width=3.7, align=CENTRE),
        Column(words["target"], width=2, align=CENTRE),
        Column(words["criterion"], width=2, align=CENTRE),
        Column(words["verdict"], width=2, align=CENTRE),
        Column(words["basis"], width=2.8, align=LEFT),
    ]
    judged = [figure for figure in figures if figure.norm]
    rows = [
        (
            str(number),
            _(figure.indicator.name),
            two_lines(figure),
            norm_text(figure.target),
            norm_text(figure.criterion),
            verdict_text(figure),
            "\n".join(f"{s.symbol}{'' if s.is_confirmed else '*'}" for s in sources_of(figure)),
        )
        for number, figure in enumerate(judged, 1)
    ]
    return Table(columns, rows, is_dense=True)


def source_notes(figures: Iterable[Figure]) -> Iterator[Note]:
    """What the mark at a document means, where there is one."""
    if any(not source.is_confirmed for figure in figures for source in sources_of(figure)):
        yield Note(wording("review")["marks"]["unconfirmed"])


def criterion_notes(figures: Iterable[Figure]) -> Iterator[Note]:
    """What a criterion asks besides its share."""
    if any(figure.criterion and figure.criterion.none_unexcused for figure in figures):
        yield Note(wording("review")["marks"]["none_unexcused"])


def year_columns(review: Review) -> Columns:
    return [(year_label(y.year, y.period.first, y.period.last), y.figures) for y in review.by_year]


def year_label(year: int, first: date, last: date) -> str:
    if (first.month, last.month) == (1, 12):
        return str(year)
    months = f"{first.month}" if first == last else f"{first.month}–{last.month}"
    return f"{year}\n(tháng {months})"


def main_by_year(review: Review) -> Table:
    """The few figures a meeting speaks of, year by year."""
    words = wording("review")["columns"]
    columns = year_columns(review)
    heads = [Column(words["indicator"], width=5.2, align=LEFT)]
    heads += [Column(label, width=3.1, align=CENTRE) for label, _figures in columns]
    return Table(heads, list(_rows(MAIN, columns)), is_dense=True, keeps_together=True)


def _rows(codes: Sequence[str], columns: Columns) -> Iterator[tuple[str, ...]]:
    written = two_lines if len(columns) <= WIDE_COLUMNS else three_lines
    for code in codes:
        cells = (written(figures[code]) for _label, figures in columns)
        yield (_(BY_CODE[code].name), *cells)


def _all_across(codes: Sequence[str], columns: Columns, judged: Figures) -> Table:
    """Indicators down with what they are held against; years or blocks across."""
    words = wording("review")["columns"]
    heads = [
        Column(words["indicator"], width=5.5, align=LEFT),
        Column(words["target"], width=1.7, align=CENTRE),
        Column(words["criterion"], width=2, align=CENTRE),
        *(Column(label, width=3.1, align=CENTRE) for label, _figures in columns),
    ]
    rows = [
        (name, norm_text(judged[code].target), norm_text(judged[code].criterion), *cells)
        for code, (name, *cells) in zip(codes, _rows(codes, columns), strict=True)
    ]
    return Table(heads, rows, is_dense=True)


def annexes(review: Review) -> Iterator[Annex]:
    """Numbered as they come; the last is for the office itself and can be taken off."""
    parts = list(_annexes(review))
    for number, (title, blocks) in enumerate(parts, 1):
        yield Annex(title, blocks, label=f"PHỤ LỤC {number}", orientation=Orientation.LANDSCAPE)


def _annexes(review: Review) -> Iterator[tuple[str, list[Any]]]:
    heads = wording("review")["headings"]
    notes = list(criterion_notes(review.figures.values()))
    yield heads["years"], [_all_across(SHOWN, year_columns(review), review.figures), *notes]
    if len(review.by_block) > 1:
        blocks = [(str(Block(block).label), figures) for block, figures in review.by_block.items()]
        yield heads["blocks"], [_all_across(OF_BLOCK, blocks, review.figures), *notes]
    if review.units:
        yield heads["units"], [_unit_table(review.units)]
        yield heads["attention"], list(_attention(review.need_attention))


def _attention(units: Sequence[UnitFigures]) -> Iterator[Any]:
    words = wording("review")
    if not units:
        yield Paragraph(words["missing"]["nothing"])
        return
    columns = words["columns"]
    yield Note(words["attention"]["note"])
    heads = [
        Column(columns["number"], width=0.9, align=CENTRE),
        Column(columns["unit"], width=5.6, align=LEFT),
        Column(columns["cells"], width=1.1, align=CENTRE),
        Column(columns["members"], width=1.3, align=CENTRE),
        Column(columns["held"], width=3, align=CENTRE),
        Column(columns["attendance"], width=3.8, align=CENTRE),
        Column(columns["reason"], width=8.6, align=LEFT),
    ]
    rows = [
        (
            str(number),
            below.unit.name,
            vn_number(below.figures["ORG.cells"].numerator),
            vn_number(below.figures["ORG.members"].numerator),
            with_fraction(below.figures["MTG_REG"]),
            with_fraction(below.figures["ATT"]),
            reasons(below.figures),
        )
        for number, below in enumerate(units, 1)
    ]
    yield Table(heads, rows, is_dense=True)


def reasons(figures: Figures) -> str:
    """Why a unit needs attention: what was silent, what was not held at all, who came."""
    words = wording("review")["attention"]
    silent, regular = figures["MTG_SILENT"].numerator, figures["MTG_REG"]
    unheld = (regular.denominator or 0) - regular.numerator
    counts = {"count": vn_number(unheld), "silent": vn_number(silent)}
    is_mixed = 0 < silent < unheld
    said = [
        (is_mixed, fill(words["unheld_silent"], {}, **counts)),
        (silent and not is_mixed, fill(words["silent"], {}, count=vn_number(silent))),
        (unheld and not silent, fill(words["unheld"], {}, **counts)),
        (figures["ATT"].is_met is False, fill(words[_below(figures["ATT"])], figures)),
    ]
    return "; ".join(text for applies, text in said if applies)


def _below(attendance: Figure) -> str:
    return "below_target" if attendance.target else "below_criterion"


def _unit_table(units: Sequence[UnitFigures]) -> Table:
    words = wording("review")["columns"]
    heads = [
        Column(words["number"], width=0.9, align=CENTRE),
        Column(words["unit"], width=6, align=LEFT),
        Column(words["cells"], width=1.1, align=CENTRE),
        Column(words["members"], width=1.4, align=CENTRE),
        Column(words["held"], width=3.2, align=CENTRE),
        Column(words["all_months"], width=1.9, align=CENTRE),
        Column(words["all_quarters"], width=1.9, align=CENTRE),
        Column(words["all_steps"], width=1.9, align=CENTRE),
        Column(words["attendance"], width=4.3, align=CENTRE),
        Column(words["silent"], width=1.6, align=CENTRE),
    ]
    return Table(
        heads, [Row(_unit_cells(n, below)) for n, below in enumerate(units, 1)], is_dense=True
    )


def _unit_cells(number: int, below: UnitFigures) -> tuple[str, ...]:
    figures = below.figures
    return (
        str(number),
        below.unit.name,
        vn_number(figures["ORG.cells"].numerator),
        vn_number(figures["ORG.members"].numerator),
        with_fraction(figures["MTG_REG"]),
        *(fraction(figures[code]) for code in BY_UNIT if code.endswith(".cells")),
        with_fraction(figures["ATT"]),
        vn_number(figures["MTG_SILENT"].numerator),
    )
