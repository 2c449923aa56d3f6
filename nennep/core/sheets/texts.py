"""The texts of a workbook, which its sheets refer to by number."""

from __future__ import annotations

from collections.abc import Iterable

from nennep.core.sheets import markup
from nennep.core.sheets.limits import Meter


def read_texts(chunks: Iterable[bytes], meter: Meter) -> list[str]:
    reader = _Texts(meter)
    markup.read_whole(chunks, reader.start, reader.end, reader.text)
    return reader.texts


class _Texts:
    """A text may be in several runs; how it is pronounced (`rPh`) is no part of it."""

    def __init__(self, meter: Meter) -> None:
        self.texts: list[str] = []
        self._meter = meter
        self._names = markup.LocalNames()
        self._runs: list[str] = []
        self._length = 0
        self._is_text = self._is_sound = False

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        name = self._names[tag]
        if name == "t":
            self._is_text = not self._is_sound
        elif name == "si":
            self._runs, self._length = [], 0
        elif name == "rPh":
            self._is_sound = True

    def end(self, tag: str) -> None:
        name = self._names[tag]
        if name == "t":
            self._is_text = False
        elif name == "si":
            self._meter.count_cells(1)
            self.texts.append("".join(self._runs))
        elif name == "rPh":
            self._is_sound = False

    def text(self, text: str) -> None:
        if self._is_text:
            self._length += len(text)
            self._meter.count_text(len(text), self._length)
            self._runs.append(text)
