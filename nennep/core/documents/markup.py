"""HTML: the text a reader sees, a line for each block; scripts and frames of the page left out."""

from html.parser import HTMLParser

from nennep.core.documents.lines import TextLine, lines_of
from nennep.core.documents.plain import plain_lines

UNSEEN = frozenset({"script", "style", "noscript", "template", "head", "svg", "nav", "iframe"})
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "title",
        "tr",
        "ul",
    ]
)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in UNSEEN:
            self._unseen.append(tag)
        elif tag in BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._unseen:
            del self._unseen[self._unseen.index(tag) :]
        elif tag in BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(" ".join(data.split("\n")))


def html_lines(content: bytes) -> list[TextLine]:
    reader = _Reader()
    reader.feed("\n".join(line.text for line in plain_lines(content)))
    reader.close()
    lines = lines_of("".join(reader.parts))
    return [line for line in lines if line.text]
