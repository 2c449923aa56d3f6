from dataclasses import dataclass

from nennep.core.text import nfc


@dataclass(frozen=True, slots=True)
class TextLine:
    """A paragraph or a printed line. `page` counts from 1; None where the format has no pages."""

    text: str
    page: int | None = None


def lines_of(text: str, page: int | None = None) -> list[TextLine]:
    """The lines of a text, NFC, ends trimmed, with no empty line at either end."""
    plain = nfc(text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", ""))
    return [TextLine(line.strip(), page) for line in plain.strip("\n").split("\n")]
