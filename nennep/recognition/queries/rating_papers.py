"""The decision that rates the year of the organisations below, its list by level annexed to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import translation

from nennep.core.text import vn_date, vn_number
from nennep.library.choices import DocumentKind, Issuer
from nennep.library.queries.document_papers import (
    GRASSROOTS,
    authority_of,
    superior_name,
    usual_recipients,
)
from nennep.library.queries.issuing import issuer_name, issuing_of
from nennep.organisation.queries import place_of
from nennep.organisation.rules import committee_name
from nennep.papers.paper import (
    Align,
    Annex,
    Block,
    BulletList,
    Column,
    Heading,
    Masthead,
    Paper,
    Paragraph,
    Recipients,
    SignatureBlock,
    Signer,
    Table,
    bold,
)
from nennep.papers.symbols import place_and_date, symbol_line
from nennep.recognition.choices import Level
from nennep.recognition.queries.ratings import RatedUnit, Round, last_day
from nennep.recognition.queries.wording import wording


@dataclass(frozen=True)
class RatingDecision:
    """What one decision rates. Without a day it is a draft: the verified levels, else their own.

    `number` is its place among the decisions of the round, by day; a draft's is 0.
    """

    round: Round
    rows: Sequence[RatedUnit]
    number: int = 0
    symbol: str = ""
    on: date | None = None

    @property
    def is_numbered(self) -> bool:
        """An older decision may be known by its name only."""
        return self.symbol[:1].isdigit()

    @property
    def body(self) -> str:
        """A standing committee decides; at the grassroots it signs for the committee."""
        is_grassroots = self.round.unit.kind in GRASSROOTS
        return Issuer.COMMITTEE if is_grassroots else Issuer.STANDING

    @property
    def body_name(self) -> str:
        return issuer_name(self.round.unit, self.body)

    @property
    def has_own_levels(self) -> bool:
        return any(row.rating and row.rating.self_level for row in self.rows)

    def at(self, level: str) -> list[RatedUnit]:
        return [row for row in self.rows if row.suggested == level]


def decisions_of(round_: Round) -> list[RatingDecision]:
    """The draft of what is still open, where there is anything to propose; then by day what was decided."""
    open_rows = [row for row in round_.open if row.suggested]
    draft = [RatingDecision(round_, open_rows)] * bool(open_rows)
    return [*draft, *_decided(round_)]


def _decided(round_: Round) -> list[RatingDecision]:
    found: dict[tuple[date, str], list[RatedUnit]] = {}
    for row in round_.decided:
        rating = row.rating
        if rating is not None and rating.decided_on is not None:
            found.setdefault((rating.decided_on, rating.decision), []).append(row)
    return [
        RatingDecision(round_, found[on, symbol], number, symbol, on)
        for number, (on, symbol) in enumerate(sorted(found), 1)
    ]


def decision_paper(decision: RatingDecision) -> Paper:
    unit, year = decision.round.unit, decision.round.year
    told = wording("rating")
    day = decision.on or last_day(year)
    with translation.override("vi"):
        blocks = [*_articles(decision), _list(decision)]
    return Paper(
        _masthead(decision, day),
        told["kind_title"],
        blocks,
        summary=told["summary"].format(year=year),
        signatures=SignatureBlock(Signer(authority_of(unit, decision.body))),
        recipients=Recipients([told["recipients"], *usual_recipients(unit).split("\n")]),
        day=day,
        footer="" if decision.on else told["draft"],
        file_stem=f"quyet-dinh-xep-loai-{year}-{unit.code}-{decision.symbol or 'du-thao'}",
    )


def _masthead(decision: RatingDecision, day: date) -> Masthead:
    unit = decision.round.unit
    issuing = issuing_of(unit, DocumentKind.DECISION, decision.body, day)
    numbered = f"Số {decision.symbol}" if decision.is_numbered else ""
    room = symbol_line(None, issuing.abbreviation, issuing.body) if issuing.is_known else ""
    where = place_and_date(place_of(unit) or "…", decision.on)
    return Masthead(superior_name(unit), committee_name(unit.name), numbered or room, where)


def _articles(decision: RatingDecision) -> Iterator[Block]:
    told, year, rows = wording("rating"), decision.round.year, decision.rows
    grounds = [told["grounds"].format(basis=basis) for basis in bases_of(decision.round)]
    levels = [
        told["per_level"].format(level=level.label, count=vn_number(len(found)))
        for level in Level
        if (found := decision.at(level))
    ]
    yield BulletList(_as_one_sentence([*grounds, *_considered(decision)]))
    first = told["first"].format(year=year, count=vn_number(len(rows)))
    yield Paragraph((bold("Điều 1. "), first))
    yield BulletList(_as_one_sentence(levels))
    yield Paragraph((bold("Điều 2. "), told["second"]))


def _as_one_sentence(entries: Sequence[str]) -> list[str]:
    return [f"{entry};" for entry in entries[:-1]] + [f"{entry}." for entry in entries[-1:]]


def _considered(decision: RatingDecision) -> Iterator[str]:
    """Only what is kept: a level of a past year has no rating of its own."""
    told, count = wording("rating"), vn_number(len(decision.rows))
    for part in ("self_level", "verified_level"):
        if found := sum(bool(getattr(row.rating, part, "")) for row in decision.rows):
            yield told[f"considered_{part}"].format(found=vn_number(found), count=count)


def bases_of(round_: Round) -> list[str]:
    """“Quy định 124-QĐ/TW …”: the documents of the rules in force, without settings of our own."""
    sources = round_.rules.sources.values()
    named = {f"{each.title} ({each.symbol})" for each in sources if not each.is_setting}
    return sorted(named)


def _list(decision: RatingDecision) -> Annex:
    told, is_draft = wording("rating"), decision.on is None
    numbered = "attached" if decision.is_numbered else "attached_by_name"
    attached = told["attached_draft" if is_draft else numbered].format(
        decision=decision.symbol, day=vn_date(decision.on), body=decision.body_name
    )
    blocks = [*_levels(decision), *(_cap(decision) if is_draft else ())]
    return Annex(told["annex"].format(year=decision.round.year), blocks, summary=attached)


def _cap(decision: RatingDecision) -> Iterator[Block]:
    """For the body that decides: how many excellent ones there would be of how many there may be."""
    cap = decision.round.cap_of({row.unit.pk: row.suggested for row in decision.rows})
    if cap.limit is not None and not cap.is_empty:
        numbers = {"numerator": vn_number(cap.numerator), "limit": vn_number(cap.limit)}
        yield Paragraph(wording("rating")["cap"].format(**numbers))


def _levels(decision: RatingDecision) -> Iterator[Block]:
    """Why a level differs is for the body that decides: it stands in its draft alone."""
    told, is_draft = wording("rating"), decision.on is None
    columns = [
        Column(told["number"], 1, Align.CENTER),
        Column(told["organisation"], 6),
        *[Column(told["own"], 4)] * decision.has_own_levels,
        *[Column(told["reason"], 4)] * is_draft,
    ]
    for level in Level:
        if rows := decision.at(level):
            count = vn_number(len(rows))
            yield Heading(told["heading"].format(level=level.label, count=count), 1)
            cells = [(str(n), *_cells(row)) for n, row in enumerate(rows, 1)]
            yield Table(columns, [each[: len(columns)] for each in cells])


def _cells(row: RatedUnit) -> tuple[str, str, str]:
    """Name, its own level and why it differs: as many of them as the table has columns for."""
    rating = row.rating
    own = str(Level(rating.self_level).label) if rating and rating.self_level else "–"
    return row.unit.name, own, (rating.reason if rating else "") or "–"
