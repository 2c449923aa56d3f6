"""What the report on a programme tells besides the figures of its months."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from nennep.core.text import vn_date, vn_number
from nennep.organisation.rules import committee_name
from nennep.papers.paper import BulletList, Heading, Paragraph, Run, Text, noted
from nennep.programmes.models import Programme
from nennep.recognition.choices import Level
from nennep.recognition.queries.ratings import YearLevels
from nennep.reports.choices import ContributionKind
from nennep.reports.queries.findings import Findings
from nennep.reports.queries.notes import noted_fill
from nennep.reports.queries.recorded_chapters import kinds_of
from nennep.reports.queries.review_words import period_text
from nennep.reports.queries.wording import fill, with_fraction, wording
from nennep.statements.models import StatedFigure
from nennep.statements.queries.stated import Compared, digits_of

NAMED_AT_MOST = 8
LETTERS_OF_A_SENTENCE = 200
BOUNDS = {"≥": "at_least", "≤": "at_most", "≈": "about"}


def title_of(found: Findings) -> str:
    """“Sơ kết 3 năm thực hiện Đề án số 01-ĐA/HU của Ban Thường vụ Huyện ủy Sóc Sơn”"""
    words = wording("review")
    programme = found.of.programme
    return fill(
        words["title_of_programme"],
        {},
        kind=words["kinds"][found.of.kind],
        stated=stated_period(found),
        document=document_of(programme),
    )


def stated_period(found: Findings) -> str:
    return found.of.stated or period_text(found.review)


def document_of(programme: Programme, *, in_full: bool = False) -> str:
    """The document with its issuer; in full with its day and what it is about."""
    words, basis = wording("review"), programme.basis
    issued = f" ngày {vn_date(basis.issued_on)}" if in_full and basis.issued_on else ""
    title = fill(words["scheme_title"], {}, title=_subject(basis.title)) if in_full else ""
    return fill(
        words["document"],
        {},
        kind=words["kinds"][programme.kind],
        symbol=basis.symbol,
        issued=issued,
        issuer=basis.issuer,
        title=title,
    )


def _subject(title: str) -> str:
    """“Đề án nâng cao …” → “Nâng cao …”: the kind is already said before the symbol."""
    rest = title.removeprefix("Đề án ")
    return rest[:1].upper() + rest[1:]


def opening_of(found: Findings) -> str:
    """The highest programme in full first, then those that carry it out."""
    higher = [document_of(each, in_full=True) for each in reversed(found.above)]
    told = [*higher, document_of(found.of.programme, in_full=not higher)]
    return fill(
        wording("review")["opening_of_programme"],
        {},
        documents=" và ".join(told),
        committee=committee_name(found.of.unit.name),
        stated=found.of.stated,
        period=period_text(found.review),
    ).replace("  ", " ")


def carrying_out(found: Findings) -> Iterator[Any]:
    words, notes = wording("review")["carried_out"], wording("review")["notes"]
    day = vn_date(found.of.last_day)
    lines: list[Text] = []
    if found.documents:
        source = fill(notes["documents"], {}, as_of=day)
        count = noted(vn_number(found.document_count), source)
        told = noted_fill(
            words["documents"], found.review, count=count, kinds=kinds_of(found.documents)
        )
        lines.append(told)
    elif not found.stated_of("DOC"):
        lines.append(words["no_documents"])
    if found.below:
        source = fill(notes["adopted"], {}, as_of=day)
        adopted = sum(each.is_adopted for each in found.below)
        count = noted(f"{vn_number(adopted)}/{vn_number(len(found.below))}", source)
        lines.append(noted_fill(words["adopted"], found.review, count=count))
    if missing := [each.unit.name for each in found.below if not each.is_adopted]:
        lines.append(fill(words["not_adopted"], {}, names=_some(missing)))
    yield BulletList(lines)


def _some(names: Sequence[str]) -> str:
    rest = len(names) - NAMED_AT_MOST
    if rest <= 1:
        return "; ".join(names)
    words = wording("review")["carried_out"]["and_more"]
    return fill(words, {}, names="; ".join(names[:NAMED_AT_MOST]), count=vn_number(rest))


def more_results(found: Findings) -> Iterator[Any]:
    heads = wording("review")["headings"]
    if found.levels:
        yield Heading(heads["levels"], 2)
        yield BulletList([_levels(year, found) for year in found.levels])
    if found.stated:
        yield Heading(heads["stated"], 2)
        yield Paragraph(wording("review")["stated"]["lead"], keeps_with_next=True)
        yield BulletList([stated_line(row, found) for row in found.stated])


def _levels(year: YearLevels, found: Findings) -> Text:
    words = wording("review")
    source = fill(words["notes"]["levels"], {}, year=str(year.year))
    return noted_fill(
        words["carried_out"]["levels"],
        found.review,
        year=str(year.year),
        count=noted(f"{vn_number(year.well)}/{vn_number(year.rated)}", source),
        excellent=noted(vn_number(year.counts.get(Level.EXCELLENT, 0)), source),
    )


def stated_line(row: Compared, found: Findings) -> Text:
    """What a report states, with its sentence as the footnote; beside it what is counted here."""
    words = wording("review")["stated"]
    when = fill(words["in_year"], {}, period=row.stated.period) if row.stated.period else ""
    if not when and row.stated.as_of:
        when = fill(words["on"], {}, day=vn_date(row.stated.as_of))
    told: dict[str, str | Run] = {
        "name": row.name,
        "when": when,
        "stated": noted(stated_text(row.stated), sentence_of(row.stated)),
    }
    if row.measured is None or row.measured_value is None or row.period is None:
        return noted_fill(words["line"], found.review, **told)
    counted = fill(
        wording("review")["notes"]["counted"],
        {},
        code=row.measured.indicator.code,
        first=_month(row.period.first),
        last=_month(row.period.last),
    )
    told["measured"] = noted(with_fraction(row.measured), counted)
    told["verdict"] = _verdict(row)
    return noted_fill(words["compared"], found.review, **told)


def _month(day: date) -> str:
    return f"{day.month}-{day.year}"


def _verdict(row: Compared) -> str:
    words = wording("review")["stated"]
    if row.agrees or row.difference is None:
        return str(words["agrees"])
    is_share = row.stated.measure == "%"
    sign = "+" if row.difference > 0 else "\u2212"
    size = sign + vn_number(abs(row.difference), 1 if is_share else 0)
    return fill(words["differs"], {}, difference=size + (words["points"] if is_share else ""))


def stated_text(figure: StatedFigure) -> str:
    words = wording("review")["stated"]
    if figure.value is None:
        return str(words[figure.trend])
    number = vn_number(Fraction(figure.value), digits_of(figure.value))
    value = f"{number}%" if figure.measure == "%" else f"{number} {figure.measure}"
    bound = BOUNDS.get(figure.bound)
    return fill(words[bound], {}, value=value) if bound else value


def sentence_of(figure: StatedFigure) -> str:
    report = figure.report
    sentence = " ".join(report.text[figure.sentence_start : figure.sentence_end].split())
    if len(sentence) > LETTERS_OF_A_SENTENCE:
        sentence = f"{sentence[:LETTERS_OF_A_SENTENCE].rpartition(' ')[0]} …"
    day = f", ngày {vn_date(report.held_on)}" if report.held_on else ""
    notes = wording("review")["notes"]
    return fill(notes["stated"], {}, title=report.title, day=day, said=sentence)


def said(found: Findings, kind: ContributionKind) -> Iterator[Any]:
    """The chosen lines in the words of those who gave them; nothing where none was chosen."""
    lines = found.chosen(kind)
    if not lines:
        return
    yield Paragraph(wording("review")["said"][kind.value], keeps_with_next=True)
    yield BulletList(_lines(found, kind))


def proposals(found: Findings) -> Iterator[Any]:
    if not found.chosen(ContributionKind.PROPOSAL):
        return
    words, parent = wording("review"), found.of.unit.parent
    yield Heading(words["headings"]["proposals"], 1)
    lead = words["said"]["proposal_at_top"]
    if parent is not None:
        lead = fill(
            words["said"]["proposal"],
            {},
            committee=committee_name(found.of.unit.name),
            superior=committee_name(parent.name),
        )
    yield Paragraph(lead, keeps_with_next=True)
    yield BulletList(_lines(found, ContributionKind.PROPOSAL))


def _lines(found: Findings, kind: ContributionKind) -> list[Text]:
    note = wording("review")["notes"]["contribution"]
    told: list[Text] = []
    for line in found.chosen(kind):
        moment = line.contributor.answered_at
        source = fill(
            note,
            {},
            unit=line.contributor.unit.name,
            day=vn_date(moment.date() if moment else None),
        )
        told.append((noted(line.text, source),))
    return told
