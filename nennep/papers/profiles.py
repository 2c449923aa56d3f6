"""The format rules of official papers, dated like every other rule: one profile, one guidance."""

import datetime
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

PRESETS = Path(__file__).parent / "presets"


@dataclass(frozen=True, slots=True)
class Lettering:
    """How one component is set: size in points, and its style."""

    size: float
    caps: bool = False
    bold: bool = False
    italic: bool = False
    underline: bool = False

    def cased(self, text: str) -> str:
        return text.upper() if self.caps else text


@dataclass(frozen=True, slots=True)
class PageRules:
    """An A4 sheet: margins and the place of the page number, in millimetres."""

    top: float
    bottom: float
    left: float
    right: float
    number_from_top: float
    number_size: float
    shows_number_on_first: bool


@dataclass(frozen=True, slots=True)
class TextRules:
    """The body: line spacing is exact and in points, the first line's indent in millimetres."""

    font: str
    line_spacing: float
    paragraph_spacing: float
    first_line: float
    signing_room: float
    rule: float


@dataclass(frozen=True, slots=True)
class FixedWords:
    """The words and marks that every official paper carries."""

    party: str
    under_body: str
    under_summary: str
    recipients: str
    line_end: str
    last_line_end: str


@dataclass(frozen=True, slots=True)
class FormatProfile:
    """One guidance on the format of Party documents, and the days it is in force.

    `mark` says how surely it is known here (C, P, M, N); `note` what is still missing.
    """

    symbol: str
    title: str
    issued_on: datetime.date
    in_force_from: datetime.date
    in_force_to: datetime.date | None
    source: str
    mark: str
    note: str
    page: PageRules
    text: TextRules
    words: FixedWords
    spelling: Mapping[str, str]
    lettering: Mapping[str, Lettering]

    def spelt(self, text: str) -> str:
        """A title or a body's name in this guidance's spelling (Đảng ủy, not Đảng uỷ)."""
        for other, ours in self.spelling.items():
            text = text.replace(other, ours)
        return text


def _profile(name: str) -> FormatProfile:
    told: dict[str, Any] = tomllib.loads((PRESETS / f"{name}.toml").read_text("utf-8"))
    layout = told
    if "layout" in told:
        layout = tomllib.loads((PRESETS / f"{told['layout']}.toml").read_text("utf-8"))
    lettering = {key: Lettering(**value) for key, value in layout["lettering"].items()}
    return FormatProfile(
        symbol=told["symbol"],
        title=told["title"],
        issued_on=told["issued_on"],
        in_force_from=told["in_force_from"],
        in_force_to=told.get("in_force_to"),
        source=told["source"],
        mark=told["mark"],
        note=told["note"],
        page=PageRules(**layout["page"]),
        text=TextRules(**layout["text"]),
        words=FixedWords(**layout["words"]),
        spelling=layout["spelling"],
        lettering=lettering,
    )


@cache
def profiles() -> tuple[FormatProfile, ...]:
    """All that ship, the oldest first."""
    known = [_profile(path.stem) for path in sorted(PRESETS.glob("*.toml"))]
    return tuple(sorted(known, key=lambda profile: profile.in_force_from))


def profile_on(day: datetime.date | None) -> FormatProfile:
    """The guidance in force that day; before the first known one, that one; no day, the newest."""
    known = profiles()
    begun = [profile for profile in known if day is None or profile.in_force_from <= day]
    return begun[-1] if begun else known[0]
