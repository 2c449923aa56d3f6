"""XML that somebody else wrote: read as a stream, with nothing declared, fetched or expanded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NoReturn
from xml.parsers import expat

from nennep.core.sheets import refusals

# How far the parser may be behind what it was given: one tag or one name, never a megabyte.
LONGEST_TOKEN = 1024 * 1024
KNOWN_AT_MOST = 1_000
# A declared encoding that nobody knows is looked up, and one of several bytes is no value to expat.
UNREADABLE = (expat.ExpatError, LookupError, ValueError)

At = Callable[[], int]
Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


def read(
    chunks: Iterable[bytes], start: Start, end: End | None = None, text: Text | None = None
) -> Iterator[None]:
    """Calls back for every tag and text; stops after each chunk, so that rows can be taken away."""
    parser = _parser(start, end, text)
    given = 0
    try:
        for chunk in chunks:
            given += len(chunk)
            parser.Parse(chunk, False)  # noqa: FBT003 -- expat knows no names
            if given - parser.CurrentByteIndex > LONGEST_TOKEN:
                raise refusals.cell_too_long()
            yield
        parser.Parse(b"", True)  # noqa: FBT003 -- likewise
    except UNREADABLE as error:
        raise refusals.broken() from error
    yield


def read_whole(
    chunks: Iterable[bytes], start: Start, end: End | None = None, text: Text | None = None
) -> None:
    for _nothing in read(chunks, start, end, text):
        pass


def read_places(content: bytes, begin: Callable[[At], tuple[Start, End]]) -> None:
    """The same of a whole part, telling at which byte each tag begins. Only UTF-8 is read."""
    parser = expat.ParserCreate("utf-8")
    start, end = begin(lambda: parser.CurrentByteIndex)
    _harden(parser, start, end)
    try:
        parser.Parse(content, True)  # noqa: FBT003 -- expat knows no names
    except UNREADABLE as error:
        raise refusals.broken() from error


def _parser(start: Start, end: End | None, text: Text | None) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    _harden(parser, start, end)
    parser.buffer_text = True
    parser.CharacterDataHandler = text
    return parser


def _harden(parser: expat.XMLParserType, start: Start, end: End | None) -> None:
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.EntityDeclHandler = _refuse_doctype


def _refuse_doctype(*_declared: object) -> NoReturn:
    raise refusals.forbidden_markup()


class LocalNames(dict[str, str]):
    """Names without the prefix some programs write (`x:row`), each worked out once."""

    def __missing__(self, name: str) -> str:
        local = name.rpartition(":")[2]
        if len(self) < KNOWN_AT_MOST:
            self[name] = local
        return local
