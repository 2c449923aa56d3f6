"""A row of the list as what it says of a member."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nennep.core.text import tidy, vn_date
from nennep.imports.choices import Kind
from nennep.imports.queries.reading import Cells
from nennep.imports.queries.shapes import choice_of
from nennep.members import rules
from nennep.members.choices import ExemptionBasis, PositionTitle, Sex, StandingKind

LONGEST_NAME = 100
# What every list says of every member, beside the name.
FACTS = ("sex", "sex_male", "sex_female", "birth", "birth_male", "birth_female")
NAMES = ("full_name", "family_name", "given_name")
# With accents, for Tống and Công are names; without them only what no name is.
SUM = re.compile(r"(tổng|cộng)\b|(tong (cong|so)|cong( cong)?\W*\d*$)")
CALLED = re.compile(r"(đ/c|đ\.c|đc|đồng chí)[ .:]+", re.IGNORECASE)  # Ông and Bà may be names
NO_NAME = re.compile(r"[\d()\[\]{}/:;,?!*=+@#]")
SEXES, STANDINGS = Sex.labels, StandingKind.labels
POSTS, BASES = PositionTitle.labels, ExemptionBasis.labels
STAYS = (gettext_lazy("away"), gettext_lazy("here"))
ABOVE, NONE = "above", "none"
AWAY, HERE, NO = "away", "here", "no"


@dataclass(slots=True)
class MemberRow:
    """What the cells say; empty where they say nothing. Days not said are filled in later."""

    name: str
    sex: str
    birth_date: date | None
    birth_year: int | None
    admitted: date | None
    recognised: date | None
    kind: str
    is_suspended: bool | None
    cell: str
    committee: str
    since: date | None
    party_group: str
    is_working: bool | None
    exemption: str
    exempt_from: date | None
    exempt_to: date | None
    stay: str
    stay_at: str
    stay_from: date | None
    stay_to: date | None
    position: str
    position_from: date | None
    phone: str
    card: str


def name_in(cells: Cells) -> str:
    """The whole name, from one column or two, without what the person is called before it."""
    name = cells.text("full_name", LONGEST_NAME)
    if not name and cells.has("family_name"):
        parts = (cells.text("family_name", LONGEST_NAME), cells.text("given_name", LONGEST_NAME))
        name = " ".join(part for part in parts if part)
    return proper(name[called.end() :] if (called := CALLED.match(name)) else name)


@lru_cache(maxsize=65_536)
def proper(name: str) -> str:
    """A name written all in capitals or all in small letters, as names are written."""
    if name and (name.isupper() or name.islower()):
        return " ".join(word[:1].upper() + word[1:].lower() for word in name.split())
    return name


def says_nothing_else(cells: Cells) -> bool:
    """Whether a row names somebody and says nothing of them: a heading within the list, a footer."""
    return cells.is_empty(*FACTS)


def is_sum(text: str) -> bool:
    return SUM.match(tidy(text).lower()) is not None


def only_text(cells: Cells) -> str:
    """The first text of the row, in any column."""
    return next((tidy(v) for v in cells.row.values if isinstance(v, str) and tidy(v)), "")


def read_member(cells: Cells, name: str) -> MemberRow:
    """Everything the row says, with a problem for each cell that is unclear."""
    if not name and not cells.problems:
        cells.no("full_name", _("Write the full name."))
    elif NO_NAME.search(name):
        cells.no("full_name", _("“%(name)s” is no name.") % {"name": name})
    birth_date, birth_year = _birth(cells)
    exemption = _exemption(cells)
    row = MemberRow(
        name=name,
        sex=_sex(cells),
        birth_date=birth_date,
        birth_year=birth_year,
        admitted=_past_day(cells, "admitted"),
        recognised=_past_day(cells, "recognised"),
        kind=cells.choice("standing", _choose("standings"), STANDINGS),
        is_suspended=cells.yes("suspended"),
        cell=cells.text("cell"),
        committee=cells.text("committee"),
        since=_past_day(cells, "since"),
        party_group=cells.text("party_group", 100),
        is_working=cells.yes("working"),
        exemption=exemption,
        exempt_from=cells.day("exempt_from"),
        exempt_to=cells.day("exempt_to"),
        stay=cells.choice("stay", _choose("stays"), STAYS),
        stay_at=cells.text("stay_at"),
        stay_from=cells.day("stay_from"),
        stay_to=cells.day("stay_to"),
        position=cells.choice("position", _choose("positions"), POSTS),
        position_from=_past_day(cells, "position_from"),
        phone=_phone(cells),
        card=card_in(cells),
    )
    _check(cells, row)
    return row


def _check(cells: Cells, row: MemberRow) -> None:
    """What contradicts itself within the row."""
    if row.admitted and row.recognised and row.recognised < row.admitted:
        cells.no("recognised", _("The recognition comes before the admission. Swap the two days."))
    if row.kind == StandingKind.PROBATIONARY and row.recognised:
        said = _("A member recognised as official is not probationary. Correct one of the two.")
        cells.no("standing", said)
    if row.exemption == ExemptionBasis.CASE and cells.is_empty("exempt_to"):
        cells.no("exempt_to", _("An exemption for a case has a last day. Write it."))
    if row.exempt_from and row.exempt_to and row.exempt_to < row.exempt_from:
        cells.no(
            "exempt_to", _("The last day comes before the first. Swap or correct the two days.")
        )
    if row.stay and cells.is_empty("stay_to"):
        cells.no("stay_to", _("Temporary activity has a last day. Write it."))
    if row.stay_from and row.stay_to and row.stay_to < row.stay_from:
        cells.no("stay_to", _("The last day comes before the first. Swap or correct the two days."))
    if row.position in {NONE, ABOVE}:
        row.position = ""


def _birth(cells: Cells) -> tuple[date | None, int | None]:
    for key in ("birth", "birth_male", "birth_female"):
        if not cells.is_empty(key):
            break
    else:
        key = "birth" if cells.has("birth") else "birth_male"
    day, year = cells.birth(key)
    if year is None:
        if not any(p.column == cells.places.get(key) for p in cells.problems):
            cells.no(key, _("Write the birth date, or the year alone where only that is known."))
    elif not rules.OLDEST_BIRTH_YEAR <= year <= cells.today.year:
        said = _("%(year)s cannot be a birth year. Write four digits, for example 1956.")
        cells.no(key, said % {"year": year})
    return day, year


def _sex(cells: Cells) -> str:
    if not cells.is_empty("sex"):
        return cells.choice("sex", _choose("sexes"), SEXES)
    if not cells.is_empty("birth_female") or cells.yes("sex_female"):
        return Sex.FEMALE
    if not cells.is_empty("birth_male") or cells.yes("sex_male"):
        return Sex.MALE
    key = next((k for k in ("sex", "sex_male", "birth_male") if cells.has(k)), "sex")
    cells.no(key, _("Write male or female."))
    return ""


def _exemption(cells: Cells) -> str:
    """By the words of the cell; with a last day alone, an exemption for a case."""
    choose = _choose("exemptions")
    chosen = cells.choice("exempt", choose, BASES)
    if chosen == NO:
        return ""
    if not chosen and not cells.is_empty("exempt_to", "exempt_from"):
        return ExemptionBasis.AGE_OR_HEALTH if cells.is_empty("exempt_to") else ExemptionBasis.CASE
    return chosen


def _past_day(cells: Cells, key: str) -> date | None:
    day = cells.past_day(key)
    if day is not None and day > cells.today:
        cells.no(key, _("%(day)s has not come yet.") % {"day": vn_date(day)})
        return None
    return day


def _phone(cells: Cells) -> str:
    phone = cells.text("office_phone", 40)
    if phone and not rules.is_phone(phone):
        said = _("Write the phone number in digits, for example 024 3885 1234.")
        cells.no("office_phone", said)
        return ""
    return phone[:20]


def card_in(cells: Cells) -> str:
    text = cells.text("card", 60)
    plain = rules.plain_card_number(text) if text else ""
    if plain is None:
        said = _(
            "“%(text)s” is not a card number. Look at the card again, or leave the cell empty."
        )
        cells.no("card", said % {"text": text})
    return plain or ""


@lru_cache(maxsize=16)
def _choose(part: str) -> Callable[[str], str | None]:
    return lambda text: choice_of(Kind.MEMBERS, part, text)
