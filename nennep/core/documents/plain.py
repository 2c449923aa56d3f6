from nennep.core.documents import refusals
from nennep.core.documents.lines import TextLine, lines_of
from nennep.core.text import nfc

MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


def plain_lines(content: bytes) -> list[TextLine]:
    return lines_of(plain_text(content))


def plain_text(content: bytes) -> str:
    """UTF-8, or UTF-16 that says so; anything else is not guessed. A text has no NUL in it."""
    encoding = next((name for mark, name in MARKS.items() if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise refusals.unreadable_text() from error
    if "\x00" in text:
        raise refusals.unreadable_text()
    return nfc(text.replace("\r\n", "\n").replace("\r", "\n"))
