"""The review as a paper in the official format."""

import re
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
    Run,
    SignatureBlock,
    Signer,
    Text,
    noted,
)
from nennep.papers.symbols import place_and_date, symbol_line
from nennep.regulations.models import Basis
from nennep.reports.choices import ContributionKind
from nennep.reports.queries.findings import Findings
from nennep.reports.queries.notes import PLACE, noted_fill, source_of
from nennep.reports.queries.programme_chapters import (
    carrying_out,
    more_results,
    opening_of,
    proposals,
    said,
    title_of,
)
from nennep.reports.queries.recorded_chapters import at_review, commendations, documents_issued
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
COUNTED = re.compile(r"(?:^|[ (])\d[\d.,]*%?(?: kỳ| \()")
# Said only where something of it was recorded: not every unit keeps its supervision here.
SUPERVISED = ("SUP.visits", "INSP", "MODEL")


@in_vietnamese
def review_paper(review: Review, found: Findings | None = None) -> Paper:
    """The whole report: body, annex tables, and last the internal annex.

    `found` makes it the review of a programme: how it was carried out, what was stated and said.
    """
    words, parent = wording("review"), review.unit.parent
    scheme = found.of.programme.basis if found else scheme_of(review)
    return Paper(
        masthead=Masthead(
            superior_body=committee_name(parent.name) if parent else "",
            issuing_body=committee_name(review.unit.name),
            symbol=symbol_line(None, "BC", _body_symbol(review.unit)),
            place_and_date=place_and_date(place_of(review.unit) or "…", review.as_of),
        ),
        kind_title=words["kind_title"],
        summary=unbroken_end(title_of(found) if found else summary_of(review, scheme)),
        blocks=[*_body(review, scheme, found), *annexes(review)],
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


def _body(review: Review, scheme: Basis | None, found: Findings | None) -> Iterator[Any]:
    heads = wording("review")["headings"]
    yield Paragraph(opening_of(found) if found else opening(review, scheme))
    yield Heading(heads["organisation"], 1)
    yield from _organisation(review)
    if found:
        yield Heading(heads["carried_out"], 1)
        yield from carrying_out(found)
    else:
        yield from documents_issued(review)
    yield Heading(heads["results"], 1)
    yield from _results(review, at_review(found) if found else [])
    if found:
        yield from more_results(found)
    if review.units:
        yield Heading(heads["well"], 1)
        yield from _did_well(review)
    if found:
        yield from said(found, ContributionKind.WORKED)
    yield Heading(heads["missing"], 1)
    yield BulletList(_missing(review))
    if found:
        yield from said(found, ContributionKind.NOT_WORKED)
        yield from proposals(found)
    yield Heading(heads["ahead"], 1)
    yield Note(wording("review")["ahead"]["note"])
    yield FillLine(lines=LINES_TO_WRITE)


def _organisation(review: Review) -> Iterator[Any]:
    words, figures = wording("review"), review.figures

    def count(code: str) -> Run:
        return noted(vn_number(figures[code].numerator), source_of(figures[code], review))

    committees = figures["ORG.grassroots"].numerator - figures["ORG.grassroots_cells"].numerator
    sentences = words["organisation"]
    yield Paragraph(
        noted_fill(
            sentences[_sort_of(review.unit)],
            review,
            as_of=vn_date(review.as_of),
            unit=review.unit.name,
            grassroots=count("ORG.grassroots"),
            grassroots_cells=count("ORG.grassroots_cells"),
            grassroots_committees=noted(
                vn_number(committees), source_of(figures["ORG.grassroots"], review)
            ),
            under=count("ORG.cells_under_committees"),
            cells=count("ORG.cells"),
        )
    )
    names = ("members", "official", "probationary", "exempt")
    people = noted_fill(
        sentences["members"], review, **{name: count(f"ORG.{name}") for name in names}
    )
    big = noted_fill(sentences["big"], review, big=count("BIG.cells"), grouped=count("BIG.grouped"))
    has_big = not review.unit.is_cell and figures["BIG.cells"].numerator
    yield Paragraph((*people, " ", *big) if has_big else people)
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


def _results(review: Review, at_review: list[Text]) -> Iterator[Any]:
    words = wording("review")
    groups = {
        "regime": ("regular", "thematic", "committee", "late"),
        "quality": ("steps", "proven", "time", "papers", "finished"),
        "attendance": ("attendance", "absences", "speakers"),
        "tasks": ("tasks", "tasks_done"),
        "classes": ("self", "official", "gap"),
        "training": ("training", "dissemination", "handbook"),
        "ratings": ("ratings", "weak"),
    }
    if any(review.figures[code].numerator for code in SUPERVISED):
        groups["supervision"] = ("visits", "inspected", "answered")
    groups["asked"] = ("asked",)
    for heading, names in groups.items():
        lines = [words["results"][name] for name in names]
        told = [_filled(line, review) for line in lines if _has_figures(line, review)]
        if told:
            yield Heading(words["headings"][heading], 2)
            yield BulletList(told)
    yield from commendations(review, at_review)
    if any(figure.norm for figure in review.figures.values()):
        yield Heading(words["headings"]["judged"], 2)
        yield judgement_table(review.figures.values())
        yield from source_notes(review.figures.values())
        yield from criterion_notes(review.figures.values())
    if len(review.by_year) > 1:
        yield Heading(words["headings"]["by_year"], 2)
        yield main_by_year(review)
        yield Note(wording("review")["notes"]["table"])


def _filled(sentence: str, review: Review) -> Text:
    """`proven` and `declared` are shares of the compulsory steps that were done."""
    done = review.steps_proven + review.steps_declared
    share = review.proven_share
    proven = f"{vn_percent(share)} ({vn_number(review.steps_proven)}/{vn_number(done)})"
    rest = None if share is None else 1 - share
    declared = f"{vn_percent(rest)} ({vn_number(review.steps_declared)}/{vn_number(done)})"
    source = wording("review")["notes"]["steps"]
    return noted_fill(
        sentence, review, proven=noted(proven, source), declared=noted(declared, source)
    )


def _has_figures(sentence: str, review: Review) -> bool:
    """A sentence about what no rule asked for then is left out; the missing are listed at the end."""
    if "{proven}" in sentence:
        return review.proven_share is not None
    named = [review.figures[code] for code, _part in PLACE.findall(sentence)]
    return any(figure.value is not None for figure in named)


def _missing(review: Review) -> list[Text]:
    """The lines that are missing or weak, those with numbers with their source."""
    source = wording("review")["notes"]["missing"]
    return [
        (noted(line, source),) if COUNTED.search(line) else line for line in missing_lines(review)
    ]


def _did_well(review: Review) -> Iterator[Any]:
    words, well = wording("review")["well"], review.did_well
    if not well:
        yield Paragraph(words["none"])
        return
    counted = f"{vn_number(len(well))}/{vn_number(len(review.units))}"
    source = wording("review")["notes"]["below"]
    told = noted_fill(words["some"], review, counted=noted(counted, source))
    yield Paragraph(told, keeps_with_next=True)
    yield BulletList(
        [
            (noted(fill(words["line"], below.figures, unit=below.unit.name), source),)
            for below in well[:NAMED_AT_MOST]
        ]
    )
