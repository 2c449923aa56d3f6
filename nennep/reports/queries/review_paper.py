"""The review as a paper in the official format."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from nennep.core.text import vn_date, vn_number
from nennep.indicators.choices import Structure
from nennep.indicators.queries.figures import Figure
from nennep.indicators.rules.catalogue import BY_CODE
from nennep.organisation.choices import Block
from nennep.organisation.models import Unit
from nennep.organisation.rules import committee_name
from nennep.papers.paper import (
    Align,
    Annex,
    BulletList,
    Column,
    Heading,
    Masthead,
    Orientation,
    Paper,
    Paragraph,
    Recipients,
    Row,
    SignatureBlock,
    Signer,
    Table,
)
from nennep.papers.symbols import place_and_date
from nennep.regulations.models import Basis
from nennep.reports.queries.review import NAMED_AT_MOST, Figures, Review, UnitFigures
from nennep.reports.queries.wording import fill, fraction, norm_text, result, with_fraction, wording

JUDGED = (
    "MTG_REG", "MTG_REG.cells", "MTG_THEM", "MTG_THEM.cells", "MTG_STEP", "MTG_STEP.cells", "MTG_CC",
    "MTG_LATE", "MTG_SILENT", "TIME.minimum", "TIME.minutes", "ATT", "ATT.thematic",
    "ATT_UNEX.absences", "ATT_UNEX.members", "ATT_EXC3", "SPEAK", "PREP.sent", "PREP.finished",
)  # fmt: skip
BY_YEAR = (
    "MTG_REG", "MTG_REG.cells", "MTG_THEM", "MTG_THEM.cells", "MTG_STEP", "MTG_STEP.cells", "MTG_CC",
    "MTG_LATE", "MTG_SILENT", "TIME.minimum", "ATT", "ATT.thematic", "ATT_UNEX.absences",
    "ATT_UNEX.members", "ATT_EXC3", "SPEAK", "PREP.sent", "PREP.finished",
)  # fmt: skip
BY_BLOCK = ("ORG.cells", "ORG.members", *BY_YEAR)
BY_UNIT = ("MTG_REG", "MTG_REG.cells", "MTG_THEM.cells", "MTG_STEP.cells", "ATT")
CENTRE, LEFT = Align.CENTER, Align.LEFT


def review_paper(review: Review, place: str = "") -> Paper:
    """The whole report: body, internal annex, annex tables. `place` stands before the date."""
    words = wording("review")
    scheme = scheme_of(review)
    return Paper(
        masthead=Masthead(
            superior_body=committee_name(review.unit.parent.name) if review.unit.parent else "",
            issuing_body=committee_name(review.unit.name),
            symbol=f"Số       -BC/{_body_symbol(review.unit)}",
            place_and_date=place_and_date(place or "…", review.as_of),
        ),
        kind_title=words["kind_title"],
        summary=summary_of(review, scheme),
        blocks=[*_body(review, scheme), *_annexes(review)],
        signatures=SignatureBlock(right=_signer(review.unit, words["signature"])),
        recipients=Recipients(words["signature"]["recipients"]),
        day=review.as_of,
        file_stem=f"so-ket-{review.unit.code.lower()}-{review.period.last:%Y-%m}",
    )


def scheme_of(review: Review) -> Basis | None:
    """The scheme whose targets the review is held against, where one was in force."""
    target = review.figures["ATT"].target
    if target is None:
        return None
    return Basis.objects.filter(symbol=target.source.symbol).first()


def summary_of(review: Review, scheme: Basis | None) -> str:
    words = wording("review")
    stated = review.stated or period_text(review)
    if scheme is None:
        return fill(words["summary"], {}, stated=stated)
    return fill(
        words["summary_of_scheme"], {}, stated=stated, symbol=scheme.symbol, issuer=scheme.issuer
    )


def period_text(review: Review) -> str:
    first, last = review.period.first, review.period.last
    return fill(
        wording("review")["period"],
        {},
        first=f"{first.month}-{first.year}",
        last=f"{last.month}-{last.year}",
    )


def _body_symbol(unit: Unit) -> str:
    """TU, HU, QU, ĐU, CB: the abbreviation of the body in a paper's symbol (around.md §5)."""
    if unit.is_cell:
        return "CB"
    marks = {"Thành ủy": "TU", "Tỉnh ủy": "TU", "Huyện ủy": "HU", "Quận ủy": "QU"}
    name = committee_name(unit.name)
    return next((mark for words, mark in marks.items() if name.startswith(words)), "ĐU")


def _signer(unit: Unit, words: dict[str, Any]) -> Signer:
    return Signer(words["authority_of_cell" if unit.is_cell else "authority"], words["post"])


def _body(review: Review, scheme: Basis | None) -> Iterator[Any]:
    words = wording("review")
    heads = words["headings"]
    yield Paragraph(_opening(review, scheme))
    yield Heading(heads["organisation"], 1)
    yield from _organisation(review)
    yield Heading(heads["results"], 1)
    yield from _results(review)
    yield Heading(heads["by_year"], 2)
    yield _table_of(
        review.by_year[0].figures if review.by_year else {},
        BY_YEAR,
        [(_year_label(y.year, y.period.first, y.period.last), y.figures) for y in review.by_year],
    )
    if review.by_block:
        yield Heading(heads["by_block"], 2)
        yield _table_of(
            review.figures,
            BY_BLOCK,
            [(str(Block(block).label), figures) for block, figures in review.by_block.items()],
        )
    if review.units:
        yield Heading(heads["well"], 1)
        yield from _did_well(review)
    yield Heading(heads["missing"], 1)
    yield BulletList(missing_lines(review))


def _opening(review: Review, scheme: Basis | None) -> str:
    words = wording("review")
    facts = {
        "committee": committee_name(review.unit.name),
        "period": period_text(review),
        "as_of": vn_date(review.as_of),
        "structure": words[f"structure_{Structure(review.structure).value}"],
    }
    if scheme is None:
        return fill(words["opening"], {}, **facts)
    issued = f", ngày {vn_date(scheme.issued_on)}" if scheme.issued_on else ""
    facts |= {"symbol": scheme.symbol, "issuer": scheme.issuer, "issued": issued}
    return fill(words["opening_of_scheme"], {}, **facts)


def _organisation(review: Review) -> Iterator[Any]:
    words, figures = wording("review")["organisation"], review.figures

    def count(code: str) -> str:
        return vn_number(figures[code].numerator)

    committees = figures["ORG.grassroots"].numerator - figures["ORG.grassroots_cells"].numerator
    sentence = words["cell"] if review.unit.is_cell else words["tree"]
    yield Paragraph(
        fill(
            sentence,
            {},
            as_of=vn_date(review.as_of),
            unit=review.unit.name,
            grassroots=count("ORG.grassroots"),
            grassroots_cells=count("ORG.grassroots_cells"),
            grassroots_committees=vn_number(committees),
            under=count("ORG.cells_under_committees"),
            cells=count("ORG.cells"),
        )
    )
    names = ("members", "official", "probationary", "exempt")
    yield Paragraph(fill(words["members"], {}, **{name: count(f"ORG.{name}") for name in names}))
    if not review.unit.is_cell:
        yield Paragraph(
            fill(words["big"], {}, big=count("BIG.cells"), grouped=count("BIG.grouped"))
        )


def _results(review: Review) -> Iterator[Any]:
    words = wording("review")
    groups = {
        "regime": ("regular", "thematic", "committee", "late"),
        "quality": ("steps", "proven", "time", "papers"),
        "attendance": ("attendance", "absences", "speakers"),
    }
    for heading, sentences in groups.items():
        yield Heading(words["headings"][heading], 2)
        yield BulletList(
            [
                fill(words["results"][name], review.figures, proven=_proven(review))
                for name in sentences
                if _has_figures(words["results"][name], review)
            ]
        )
    yield _judgement_table(review.figures.values())


def _proven(review: Review) -> str:
    share = review.proven_share
    if share is None:
        return "–"
    done = review.steps_proven + review.steps_declared
    percent = f"{vn_number(share * 100, 1)}%"
    return f"{percent} ({vn_number(review.steps_proven)}/{vn_number(done)})"


def _has_figures(sentence: str, review: Review) -> bool:
    """A sentence about what no rule asked for then is left out; the missing are listed at the end."""
    named = [code for code in review.figures if "{" + code + "}" in sentence]
    return not named or any(review.figures[code].value is not None for code in named)


def _judgement_table(figures: Iterable[Figure]) -> Table:
    words = wording("review")["columns"]
    columns = [
        Column(words["number"], width=1, align=CENTRE),
        Column(words["indicator"], width=6, align=LEFT),
        Column(words["result"], width=2, align=CENTRE),
        Column(words["fraction"], width=3, align=CENTRE),
        Column(words["target"], width=2, align=CENTRE),
        Column(words["criterion"], width=2, align=CENTRE),
        Column(words["verdict"], width=2, align=CENTRE),
        Column(words["basis"], width=3, align=LEFT),
    ]
    judged = [figure for figure in figures if figure.indicator.code in JUDGED]
    rows = [(str(n), *_judgement(figure)) for n, figure in enumerate(judged, 1)]
    return Table(columns, rows, is_dense=True)


def _judgement(figure: Figure) -> tuple[str, ...]:
    return (
        _(figure.indicator.name),
        result(figure),
        fraction(figure),
        norm_text(figure.target),
        norm_text(figure.criterion),
        verdict_text(figure),
        basis_text(figure),
    )


def verdict_text(figure: Figure) -> str:
    words = wording("review")["verdicts"]
    return str({True: words["met"], False: words["missed"], None: words["unjudged"]}[figure.is_met])


def basis_text(figure: Figure) -> str:
    """Symbol and clause, with a mark until somebody has checked it against the original."""
    if figure.norm is None:
        return ""
    source = figure.norm.source
    mark = "" if source.is_confirmed else f" ({_('not yet checked against the original')})"
    return f"{source.symbol}{mark}"


def _year_label(year: int, first: date, last: date) -> str:
    if (first.month, last.month) == (1, 12):
        return str(year)
    months = f"{first.month}" if first == last else f"{first.month}–{last.month}"
    return f"{year} (tháng {months})"


def _table_of(
    available: Figures, codes: Sequence[str], columns: Sequence[tuple[str, Figures]]
) -> Table:
    """Indicators down, years or blocks across."""
    words = wording("review")["columns"]
    shown = [code for code in codes if code in available]
    heads = [Column(words["indicator"], width=5, align=LEFT)]
    heads += [Column(label, width=3, align=CENTRE) for label, _figures in columns]
    rows = [
        (_(BY_CODE[code].name), *(with_fraction(figures[code]) for _label, figures in columns))
        for code in shown
    ]
    return Table(heads, rows, is_dense=True)


def _did_well(review: Review) -> Iterator[Any]:
    words, well = wording("review")["well"], review.did_well
    if not well:
        yield Paragraph(words["none"])
        return
    counts = {"count": vn_number(len(well)), "all": vn_number(len(review.units))}
    yield Paragraph(fill(words["some"], {}, **counts))
    yield BulletList(
        [fill(words["line"], below.figures, unit=below.unit.name) for below in well[:NAMED_AT_MOST]]
    )


def missing_lines(review: Review) -> list[str]:
    """What is missing or weak, each as a sentence; never empty."""
    words = wording("review")["missing"]
    silent = review.figures["MTG_SILENT"].numerator
    lines = [
        (silent, fill(words["silent"], review.figures, silent=vn_number(silent))),
        (review.waiting, fill(words["waiting"], {}, waiting=vn_number(review.waiting))),
        (review.pending, fill(words["pending"], {}, pending=vn_number(review.pending))),
        (review.unjudged, fill(words["unjudged"], {}, names=_names(review.unjudged))),
        (True, words["not_recorded"]),
        (review.unconfirmed, fill(words["unconfirmed"], {}, names=_sources(review.unconfirmed))),
        (review.is_being_recomputed, words["recomputing"]),
    ]
    return [line for applies, line in lines if applies]


def _names(figures: Iterable[Figure]) -> str:
    return "; ".join(_(figure.indicator.name).lower() for figure in figures)


def _sources(figures: Iterable[Figure]) -> str:
    return "; ".join(dict.fromkeys(f.norm.source.symbol for f in figures if f.norm))


def _annexes(review: Review) -> Iterator[Annex]:
    heads = wording("review")["headings"]
    if not review.units:
        return
    yield Annex(
        heads["attention"],
        [_unit_table(review.need_attention)] if review.need_attention else
        [Paragraph(wording("review")["missing"]["nothing"])],
        label="PHỤ LỤC 1",
        orientation=Orientation.LANDSCAPE,
    )  # fmt: skip
    yield Annex(
        heads["units"],
        [_unit_table(review.units)],
        label="PHỤ LỤC 2",
        orientation=Orientation.LANDSCAPE,
    )


def _unit_table(units: Sequence[UnitFigures]) -> Table:
    words = wording("review")["columns"]
    heads = [
        Column(words["number"], width=1, align=CENTRE),
        Column(words["unit"], width=6, align=LEFT),
        Column(words["cells"], width=1, align=CENTRE),
        Column(words["members"], width=2, align=CENTRE),
        *(Column(_(BY_CODE[code].name), width=3, align=CENTRE) for code in BY_UNIT),
        Column(words["silent"], width=2, align=CENTRE),
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
        *(with_fraction(figures[code]) for code in BY_UNIT),
        vn_number(figures["MTG_SILENT"].numerator),
    )
