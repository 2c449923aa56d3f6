"""Papers beside the decision: the list of those commended, and what is printed on certificates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nennep.core.text import vn_date, vn_number
from nennep.library.queries.document_papers import authority_of, superior_name
from nennep.library.queries.issuing import issuers_for
from nennep.organisation.queries import place_of
from nennep.organisation.rules import committee_name
from nennep.papers.paper import (
    Align,
    Block,
    Column,
    Heading,
    Masthead,
    PageBreak,
    Paper,
    Paragraph,
    Run,
    SignatureBlock,
    Signer,
    Spacer,
    Table,
)
from nennep.papers.symbols import place_and_date
from nennep.recognition.models import CommendationRound, Nomination
from nennep.recognition.queries.wording import Words, wording

ROOM_ABOVE, ROOM_BELOW = 96, 24


def awards_in(chosen: Sequence[Nomination]) -> list[str]:
    """Each form of award once, by name."""
    return sorted({each.award for each in chosen})


def list_paper(round_: CommendationRound, chosen: Sequence[Nomination]) -> Paper:
    told, day = wording("list"), round_.decided_on or round_.considered_on
    collectives = [each for each in chosen if not each.name]
    persons = [each for each in chosen if each.name]
    key = "attached" if round_.decided_on else "attached_draft"
    attached = told[key].format(
        decision=round_.decision, day=vn_date(round_.decided_on), body=_body(round_)
    )
    counts = {"collectives": len(collectives), "persons": len(persons)}
    total = told["total"].format(**{name: vn_number(count) for name, count in counts.items()})
    return Paper(
        _masthead(round_),
        told["kind_title"],
        [
            Paragraph((Run(attached, italic=True),), align=Align.CENTER, is_indented=False),
            *_tables(collectives, persons, told),
            Paragraph(total),
        ],
        summary=told["summary"].format(occasion=_small(round_.occasion)),
        signatures=SignatureBlock(_signer(round_)),
        day=day,
        footer="" if round_.decided_on else told["draft"],
        file_stem=f"danh-sach-khen-thuong-{round_.unit.code}-{day}",
    )


def _tables(
    collectives: Sequence[Nomination], persons: Sequence[Nomination], told: Words
) -> Iterator[Block]:
    number, place = Column(told["number"], 1.5, Align.CENTER), Column(told["place"], 5)
    award = Column(told["award"], 3)
    if collectives:
        yield Heading(told["collectives"], 1)
        heads = [number, Column(told["collective"], 6), place, award]
        rows = [
            (str(n), str(each), each.belongs_to or each.round.unit.name, each.award)
            for n, each in enumerate(collectives, 1)
        ]
        yield Table(heads, rows)
    if persons:
        yield Heading(told["persons"], 1)
        heads = [number, Column(told["person"], 4), Column(told["post"], 3), place, award]
        rows_of_five = [
            (str(n), each.name, each.post or "–", each.belongs_to or each.unit.name, each.award)
            for n, each in enumerate(persons, 1)
        ]
        yield Table(heads, rows_of_five)


def citation_paper(round_: CommendationRound, chosen: Sequence[Nomination], award: str) -> Paper:
    """One page for each who gets this form of award, to be printed over the office's own blank."""
    told, day = wording("citation"), round_.decided_on or round_.considered_on
    blocks: list[Block] = []
    for each in chosen:
        if each.award == award:
            blocks += [PageBreak()] * bool(blocks)
            blocks += _page(round_, each, told)
    return Paper(
        None,
        "",
        blocks,
        day=day,
        footer=told["footer"],
        file_stem=f"{award} {round_.unit.code} {day}",
    )


def _page(round_: CommendationRound, each: Nomination, told: Words) -> Iterator[Block]:
    yield Spacer(ROOM_ABOVE)
    yield _line(_body(round_).upper())
    yield _line(told["gives"], is_bold=False)
    yield Spacer(ROOM_BELOW)
    yield _line(each.award.upper())
    yield Spacer(ROOM_BELOW)
    yield _line(told["person" if each.name else "collective"].format(name=each))
    if below := ", ".join(filter(None, [each.post, each.belongs_to])):
        yield _line(below, is_bold=False)
    yield Spacer(ROOM_BELOW)
    yield _line(told["reason"].format(occasion=_small(round_.occasion)), is_bold=False)
    key = "decision" if round_.decided_on else "decision_draft"
    decided = told[key].format(decision=round_.decision, day=vn_date(round_.decided_on))
    yield _line(decided, is_bold=False)
    yield Spacer(ROOM_BELOW)
    where = _masthead(round_).place_and_date
    yield Paragraph((Run(where, italic=True),), align=Align.RIGHT, is_indented=False)
    yield SignatureBlock(_signer(round_))


def _line(text: str, *, is_bold: bool = True) -> Paragraph:
    return Paragraph((Run(text, bold=is_bold),), align=Align.CENTER, is_indented=False)


def _body(round_: CommendationRound) -> str:
    """“Ban Thường vụ Huyện ủy Sóc Sơn”"""
    return dict(issuers_for(round_.unit)).get(round_.body, committee_name(round_.unit.name))


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _masthead(round_: CommendationRound) -> Masthead:
    unit, day = round_.unit, round_.decided_on
    year = (day or round_.considered_on or round_.last_day).year
    where = place_and_date(place_of(unit) or "…", day, year=year)
    return Masthead(superior_name(unit), committee_name(unit.name), place_and_date=where)


def _signer(round_: CommendationRound) -> Signer:
    document = round_.document
    authority = authority_of(round_.unit, round_.body)
    if document is None:
        return Signer(authority)
    return Signer(authority, document.signer_post, document.signer)
