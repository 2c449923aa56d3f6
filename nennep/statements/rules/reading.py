"""The whole reading of one report."""

from dataclasses import dataclass

from nennep.statements.rules.events import Event, NamedUnit, dated, event, unit, units_and_places
from nennep.statements.rules.figures import FigureReader, ReadFigure, Tell
from nennep.statements.rules.plain import plain
from nennep.statements.rules.sayings import Saying, sayings
from nennep.statements.rules.schemes import Scheme, schemes
from nennep.statements.rules.spans import Span
from nennep.statements.rules.vocabulary import vocabulary


@dataclass(frozen=True)
class Report:
    """What was found in `text`; every span is in its code points."""

    text: str
    unit: NamedUnit | None
    event: Event | None
    schemes: list[Scheme]
    figures: list[ReadFigure]
    sayings: list[Saying]
    unplaced: list[Span]


def read_report(text: str, tell: Tell | None = None) -> Report:
    """`text` is NFC with a newline a line. Nothing is guessed: what fits no rule is unplaced."""
    words, named = vocabulary(), schemes(text)
    held = event(text, named, words.known_days)
    whose = unit(text)
    others = [
        other.span for other in units_and_places(text) if whose and not _is_same(other, whose)
    ]
    reading = FigureReader(text, words, held.day if held else dated(text), others).read(tell)
    said = sayings(text, words)
    return Report(text, whose, held, named, reading.figures, said, reading.unplaced)


def _is_same(one: NamedUnit, other: NamedUnit) -> bool:
    """“Đảng ủy Khối Doanh nghiệp” is that of “… Khối Doanh nghiệp thành phố Hồng Giang”."""
    short, long = sorted((f"{plain(one.name)} ", f"{plain(other.name)} "), key=len)
    return long.startswith(short)
