from nennep.core.documents import refusals
from nennep.core.documents.lines import TextLine, lines_of

MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


def plain_lines(content: bytes) -> list[TextLine]:
    """UTF-8, or UTF-16 that says so; anything else is not guessed."""
    encoding = next((name for mark, name in MARKS.items() if content.startswith(mark)), "utf-8")
    try:
        return lines_of(content.decode(encoding))
    except UnicodeDecodeError as error:
        raise refusals.unreadable_text() from error
