"""Symbols, numbers and the right to issue, as arithmetic on plain values.

A number counts within the term of a committee or cell, kind by kind, from 01; a decision and a
regulation are both written QĐ and are two kinds (around.md §5).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from nennep.core.text import fold, nfc
from nennep.library.choices import TITLES, DocumentKind, Issuer
from nennep.organisation.choices import UnitKind
from nennep.regulations.rules import rows

SYMBOL = re.compile(r"^\s*(\d{1,5})\s*[-–]\s*([^\W\d_]{1,5})\s*/\s*(\S{1,20})\s*$")
NO_WORD = re.compile(r"[^a-z0-9]+")
# Two kinds share QĐ; the series of regulations is kept under a key that is never shown.
SERIES_OF_REGULATIONS = "QyĐ"
REGULATION = "regulation"


def _(message: str) -> str:
    """Mark a text for translation; it is translated where it is shown."""
    return message


@dataclass(frozen=True, slots=True)
class KindRule:
    """A kind of document: its name on paper and its abbreviation in symbols."""

    code: str
    title: str
    abbreviation: str

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> Self:
        found = cls(str(row["code"]), str(row["title"]), str(row["abbreviation"]))
        if not (found.code and found.title and found.abbreviation):
            raise ValueError(row)
        return found


@dataclass(frozen=True, slots=True)
class IssuerRule:
    """Who may issue a kind: words of `Issuer`, parted by spaces; none where nobody may here."""

    code: str
    issuers: frozenset[str]

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> Self:
        issuers = frozenset(str(row["issuers"]).split())
        if not row["code"] or not issuers <= {"cell", "committee", "standing"}:
            raise ValueError(row)
        return cls(str(row["code"]), issuers)


@dataclass(frozen=True, slots=True)
class BodyRule:
    """How a unit is abbreviated in symbols: by its kind, or by how its name begins.

    `name` narrows the kind: a district is HU, one whose name begins with “Đảng bộ quận” QU.
    """

    kind: str
    name: str
    abbreviation: str

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> Self:
        found = cls(str(row["kind"]), str(row.get("name", "")), str(row["abbreviation"]))
        if not (found.kind and found.abbreviation):
            raise ValueError(row)
        return found


@dataclass(frozen=True, slots=True)
class DocumentRules:
    """What holds for documents on a day. What is unknown refuses nothing."""

    prefix: ClassVar[str] = "documents"

    kinds: tuple[KindRule, ...] | None = rows(
        _("Kinds of document and their abbreviations"),
        KindRule.read,
        "code",
        "title",
        "abbreviation",
        measure=_("%(number)s kinds"),
        words={"code": dict(DocumentKind.choices)},
        titles=TITLES,
    )
    issuers: tuple[IssuerRule, ...] | None = rows(
        _("Which body may issue which kind of document"),
        IssuerRule.read,
        "code",
        "issuers",
        measure=_("%(number)s kinds"),
        words={"code": dict(DocumentKind.choices), "issuers": dict(Issuer.choices)},
        titles=TITLES,
    )
    judged: tuple[str, ...] | None = rows(
        _("Kinds of organisation to which that applies"),
        lambda row: str(row["kind"]),
        "kind",
        measure=_("%(number)s kinds"),
        words={"kind": dict(UnitKind.choices)},
        titles=TITLES,
    )
    bodies: tuple[BodyRule, ...] | None = rows(
        _("How bodies are abbreviated in symbols"),
        BodyRule.read,
        "kind",
        "name",
        "abbreviation",
        measure=_("%(number)s bodies"),
        words={"kind": dict(UnitKind.choices)},
        titles=TITLES,
    )

    def kind(self, code: str) -> KindRule | None:
        return next((rule for rule in self.kinds or () if rule.code == code), None)

    def may_issue(self, code: str, issuer: str, *, unit_kind: str) -> bool | None:
        """None where no rule is known for the kind, or for organisations of this level."""
        if unit_kind not in (self.judged or ()):
            return None
        rule = next((rule for rule in self.issuers or () if rule.code == code), None)
        return None if rule is None else issuer in rule.issuers

    def body(self, unit_kind: str, unit_name: str) -> str:
        """HU, ĐU, CB …; empty where no rule says it."""
        fitting = [
            rule
            for rule in self.bodies or ()
            if rule.kind == unit_kind and fold(unit_name).startswith(fold(rule.name))
        ]
        return max(fitting, key=lambda rule: len(rule.name)).abbreviation if fitting else ""


def symbol(number: int, kind: str, body: str) -> str:
    """`05-NQ/CB`: below ten with a zero."""
    return f"{number:02d}-{kind}/{body}"


def counted_under(kind: str, abbreviation: str) -> str:
    """The key of the series in which a kind counts its numbers."""
    return SERIES_OF_REGULATIONS if kind == REGULATION else abbreviation


def number_in(written: str) -> int | None:
    """The number of a symbol: 13 of “13-ĐA/HU”; None of what is written otherwise."""
    found = SYMBOL.match(nfc(written))
    return int(found.group(1)) if found else None


def canonical(written: str) -> str:
    """The symbol without stray spaces and dashes, the number with its zero: “1 – ĐA / HU” is 01-ĐA/HU."""
    found = SYMBOL.match(nfc(written))
    return symbol(int(found[1]), found[2], found[3]) if found else written


def searched(*texts: str) -> str:
    """Words to look for: folded, everything but letters and figures a space. “11 da tu”."""
    return " ".join(part for text in texts for part in NO_WORD.split(fold(text)) if part)


def missing_numbers(given: Iterable[int], last: int) -> list[int]:
    """Numbers up to the last of which nothing is known here."""
    return sorted(set(range(1, last + 1)) - set(given))
