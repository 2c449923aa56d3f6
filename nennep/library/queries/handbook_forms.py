"""Forms to print: what is known about the cell, its meeting and a member, the rest dotted.

`known` names of a form: cell, superior (the organisation), committee (its committee), place,
secretary, strength (the cell); name, birth, admitted, recognised (a member); what an app above adds
(`register_particulars`): meeting_when, meeting_day …
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from nennep.core.person import Person
from nennep.core.text import nfc, vn_date
from nennep.members.models import Member
from nennep.members.queries import secretary_on, strength_on
from nennep.organisation.models import Unit
from nennep.organisation.queries import place_of
from nennep.organisation.rules import committee_name
from nennep.papers.paper import (
    Align,
    Block,
    BulletList,
    Column,
    FillLine,
    Heading,
    Masthead,
    NumberedList,
    Paper,
    Paragraph,
    Recipients,
    SignatureBlock,
    Signer,
    Table,
)
from nennep.papers.symbols import place_and_date, symbol_line

FILE = Path(__file__).parents[1] / "presets" / "handbook_forms.toml"
DOTS = "." * 40
ROW_MM = 10

Particulars = dict[str, str]
AskParticulars = Callable[[Unit, Person], Mapping[str, str]]
_asks: list[AskParticulars] = []


@dataclass(frozen=True, slots=True)
class FormSheet:
    """A form as it ships. `head`: whose paper it is; `signs`: who signs, in words, or the cell."""

    code: str
    label: str
    title: str
    head: str
    signs: str
    basis: str
    mark: str
    note: str
    blocks: tuple[Mapping[str, Any], ...]
    summary: str = ""
    addressee: str = ""
    kind: str = ""
    kept: str = ""
    asks_member: bool = False


def register_particulars(ask: AskParticulars) -> None:
    """An app above says what it knows of a unit, as far as the person may see it."""
    if ask not in _asks:
        _asks.append(ask)


@cache
def form_sheets() -> Mapping[str, FormSheet]:
    """Every form, by its code, in the order of the file."""
    rows = _shipped()["form"]
    return {row["code"]: FormSheet(**{**row, "blocks": tuple(row["blocks"])}) for row in rows}


@cache
def _shipped() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def _worded(key: str) -> str:
    return str(_shipped()["wording"][key])


def particulars_of_unit(unit: Unit, person: Person, day: date) -> Particulars:
    """What is known of a cell, its secretary and its meeting."""
    secretary = secretary_on(unit, day)
    strength = strength_on([unit.pk], day)[unit.pk]
    known = {
        "cell": unit.name,
        "superior": unit.parent.name if unit.parent else "",
        "committee": committee_name(unit.parent.name) if unit.parent else "",
        "place": place_of(unit),
        "secretary": secretary.name if secretary else "",
        "strength": _worded("strength").format(
            official=strength.official, probationary=strength.probationary, here=strength.here
        ),
    }
    for ask in _asks:
        known |= ask(unit, person)
    return known


def particulars_of_member(member: Member) -> Particulars:
    """The few things the roll knows."""
    return {
        "name": member.full_name,
        "birth": vn_date(member.birth_date) or str(member.birth_year),
        "admitted": vn_date(member.admitted_on),
        "recognised": vn_date(member.recognised_on),
    }


def form_paper(sheet: FormSheet, known: Mapping[str, str], day: date) -> Paper:
    """The form with what is known filled in; every other line is dotted."""
    is_of_cell = sheet.head == "cell"
    symbol = symbol_line(None, sheet.kind, "CB") if sheet.kind else ""
    where = place_and_date(known.get("place") or DOTS[:12], None, year=day.year)
    head = Masthead(place_and_date=where)
    if is_of_cell:
        issuer = known.get("cell") or _worded("cell")
        head = Masthead(known.get("superior") or _worded("superior"), issuer, symbol, where)
    return Paper(
        head,
        sheet.title,
        [*_blocks(sheet, known)],
        summary=sheet.summary,
        addressee=_said(sheet.addressee, known) if sheet.addressee else "",
        signatures=_signatures(sheet, known),
        recipients=_recipients(sheet),
        day=day,
        file_stem=f"mau {sheet.code}",
    )


def _recipients(sheet: FormSheet) -> Recipients | None:
    """A paper that is addressed goes to whom it says above."""
    first = _worded("to_addressee" if sheet.addressee else "to_superior")
    return Recipients([first, sheet.kept]) if sheet.kept else None


def _blocks(sheet: FormSheet, known: Mapping[str, str]) -> Iterator[Block]:
    for block in sheet.blocks:
        kind = next(name for name in _MADE if name in block)
        yield _MADE[kind](block, known)


def _fill(block: Mapping[str, Any], known: Mapping[str, str]) -> Block:
    label = _said(block["fill"], known)
    value = known.get(block.get("known", ""), "")
    if value:
        return Paragraph(f"{label}: {value}.", align=Align.LEFT, is_indented=False)
    return FillLine(label, lines=block.get("lines", 1))


def _table(block: Mapping[str, Any], _known: Mapping[str, str]) -> Block:
    columns = [
        Column(title, width, Align.CENTER if title == "STT" else Align.LEFT)
        for title, width in zip(block["table"], block["widths"], strict=True)
    ]
    is_counted = block["table"][0] == "STT"
    empty = [""] * (len(columns) - 1)
    rows = [[str(n) if is_counted else "", *empty] for n in range(1, block["rows"] + 1)]
    return Table(columns, rows, row_height=ROW_MM)


_MADE: dict[str, Callable[[Mapping[str, Any], Mapping[str, str]], Block]] = {
    "fill": _fill,
    "table": _table,
    "text": lambda block, known: Paragraph(_said(block["text"], known)),
    "heading": lambda block, known: Heading(_said(block["heading"], known)),
    "bullets": lambda block, known: BulletList([_said(e, known) for e in block["bullets"]]),
    "numbered": lambda block, known: NumberedList([_said(e, known) for e in block["numbered"]]),
}


class _Dotted(dict[str, str]):
    def __missing__(self, _name: str) -> str:
        return DOTS[:24]


def _said(words: str, known: Mapping[str, str]) -> str:
    """The words with what is known; dots where it is not."""
    return nfc(words.format_map(_Dotted({name: text for name, text in known.items() if text})))


def _signatures(sheet: FormSheet, known: Mapping[str, str]) -> SignatureBlock:
    hint = _worded("sign_hint")
    if sheet.signs == "cell":
        line = known.get("signing_line") or _worded("cell_signs")
        return SignatureBlock(Signer(line, _worded("cell_post"), known.get("secretary", "")))
    if sheet.signs == "minutes":
        left = Signer(_worded("taker_signs"), hint=hint)
        return SignatureBlock(Signer(_worded("chair_signs"), hint=hint), left)
    return SignatureBlock(Signer(sheet.signs, hint=hint, name=known.get("name", "")))
