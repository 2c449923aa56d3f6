"""The review as a paper in the official format."""

from collections.abc import Iterator
from typing import Any

from nennep.core.text import vn_date, vn_number, vn_percent
from nennep.indicators.choices import Structure
from nennep.organisation.choices import UnitKind
from nennep.organisation.models import Unit
from nennep.organisation.queries import place_of
from nennep.organisation.rules import committee_name
from nennep.papers.paper import (
    BulletList,
    FillLine,
    Heading,
    Masthead,
    Note,
    Paper,
    Paragraph,
    Recipients,
    SignatureBlock,
    Signer,
)
from nennep.papers.symbols import place_and_date, symbol_line
from nennep.regulations.models import Basis
from nennep.reports.queries.review import NAMED_AT_MOST, Review
from nennep.reports.queries.review_tables import (
    annexes,
    criterion_notes,
    judgement_table,
    main_by_year,
    source_notes,
)
from nennep.reports.queries.review_words import (
    missing_lines,
    opening,
    scheme_of,
    summary_of,
    unbroken_end,
)
from nennep.reports.queries.wording import fill, in_vietnamese, wording

LINES_TO_WRITE = 6
# Said only where something of it was recorded: not every unit keeps its supervision here.
SUPERVISED = ("SUP.visits", "INSP", "MODEL")


@in_vietnamese
def review_paper(review: Review) -> Paper:
    """The whole report: body, annex tables, and last the internal annex."""
    words = wording("review")
    scheme, parent = scheme_of(review), review.unit.parent
    return Paper(
        masthead=Masthead(
            superior_body=committee_name(parent.name) if parent else "",
            issuing_body=committee_name(review.unit.name),
            symbol=symbol_line(None, "BC", _body_symbol(review.unit)),
            place_and_date=place_and_date(place_of(review.unit) or "…", review.as_of),
        ),
        kind_title=words["kind_title"],
        summary=unbroken_end(summary_of(review, scheme)),
        blocks=[*_body(review, scheme), *annexes(review)],
        signatures=SignatureBlock(right=_signer(review.unit, words["signature"])),
        recipients=Recipients(_recipients(review.unit, words["signature"])),
        day=review.as_of,
        file_stem=f"so-ket-{review.unit.code.lower()}-{review.period.last:%Y-%m}",
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


def _recipients(unit: Unit, words: dict[str, Any]) -> list[str]:
    kept = words["kept_in_cell" if unit.is_cell else "kept"]
    if unit.parent is None:
        return [kept]
    return [fill(words["to_superior"], {}, superior=committee_name(unit.parent.name)), kept]


def _body(review: Review, scheme: Basis | None) -> Iterator[Any]:
    heads = wording("review")["headings"]
    yield Paragraph(opening(review, scheme))
    yield Heading(heads["organisation"], 1)
    yield from _organisation(review)
    yield Heading(heads["results"], 1)
    yield from _results(review)
    if review.units:
        yield Heading(heads["well"], 1)
        yield from _did_well(review)
    yield Heading(heads["missing"], 1)
    yield BulletList(missing_lines(review))
    yield Heading(heads["ahead"], 1)
    yield Note(wording("review")["ahead"]["note"])
    yield FillLine(lines=LINES_TO_WRITE)


def _organisation(review: Review) -> Iterator[Any]:
    words, figures = wording("review"), review.figures

    def count(code: str) -> str:
        return vn_number(figures[code].numerator)

    committees = figures["ORG.grassroots"].numerator - figures["ORG.grassroots_cells"].numerator
    sentences = words["organisation"]
    yield Paragraph(
        fill(
            sentences[_sort_of(review.unit)],
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
    people = fill(sentences["members"], {}, **{name: count(f"ORG.{name}") for name in names})
    big = fill(sentences["big"], {}, big=count("BIG.cells"), grouped=count("BIG.grouped"))
    has_big = not review.unit.is_cell and figures["BIG.cells"].numerator
    yield Paragraph(f"{people} {big}" if has_big else people)
    structure = words[f"structure_{Structure(review.structure).value}"]
    yield Paragraph(fill(words["data"], {}, as_of=vn_date(review.as_of), structure=structure))


def _sort_of(unit: Unit) -> str:
    """Which sentence tells how the unit is made up."""
    if unit.is_cell:
        return "cell"
    has_grassroots = unit.kind not in {
        UnitKind.GRASSROOTS_COMMITTEE,
        UnitKind.SUB_GRASSROOTS_COMMITTEE,
        UnitKind.SECTION,
    }
    return "tree" if has_grassroots else "base"


def _results(review: Review) -> Iterator[Any]:
    words = wording("review")
    groups = {
        "regime": ("regular", "thematic", "committee", "late"),
        "quality": ("steps", "proven", "time", "papers", "finished"),
        "attendance": ("attendance", "absences", "speakers"),
        "tasks": ("tasks", "tasks_done"),
        "classes": ("self", "official", "gap"),
        "training": ("training", "dissemination", "handbook"),
    }
    if any(review.figures[code].numerator for code in SUPERVISED):
        groups["supervision"] = ("visits", "inspected", "answered")
    for heading, names in groups.items():
        lines = [words["results"][name] for name in names]
        told = [_filled(line, review) for line in lines if _has_figures(line, review)]
        if told:
            yield Heading(words["headings"][heading], 2)
            yield BulletList(told)
    if any(figure.norm for figure in review.figures.values()):
        yield Heading(words["headings"]["judged"], 2)
        yield judgement_table(review.figures.values())
        yield from source_notes(review.figures.values())
        yield from criterion_notes(review.figures.values())
    if len(review.by_year) > 1:
        yield Heading(words["headings"]["by_year"], 2)
        yield main_by_year(review)


def _filled(sentence: str, review: Review) -> str:
    """`proven` and `declared` are shares of the compulsory steps that were done."""
    done = review.steps_proven + review.steps_declared
    share = review.proven_share
    proven = f"{vn_percent(share)} ({vn_number(review.steps_proven)}/{vn_number(done)})"
    rest = None if share is None else 1 - share
    declared = f"{vn_percent(rest)} ({vn_number(review.steps_declared)}/{vn_number(done)})"
    return fill(sentence, review.figures, proven=proven, declared=declared)


def _has_figures(sentence: str, review: Review) -> bool:
    """A sentence about what no rule asked for then is left out; the missing are listed at the end."""
    if "{proven}" in sentence:
        return review.proven_share is not None
    named = [f for code, f in review.figures.items() if "{" + code in sentence]
    return any(figure.value is not None for figure in named)


def _did_well(review: Review) -> Iterator[Any]:
    words, well = wording("review")["well"], review.did_well
    if not well:
        yield Paragraph(words["none"])
        return
    counts = {"count": vn_number(len(well)), "all": vn_number(len(review.units))}
    yield Paragraph(fill(words["some"], {}, **counts), keeps_with_next=True)
    yield BulletList(
        [fill(words["line"], below.figures, unit=below.unit.name) for below in well[:NAMED_AT_MOST]]
    )
