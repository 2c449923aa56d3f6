"""PDF: the text of each page. A scanned page has none, and is told by that."""

from nennep.core.documents import refusals
from nennep.core.documents.lines import TextLine, lines_of

MOST_PAGES = 2_000


def pdf_lines(content: bytes) -> list[TextLine]:
    import pypdfium2 as pdfium  # noqa: PLC0415 -- a library of its own, for those who read PDF

    if not content.startswith(b"%PDF-"):
        raise refusals.damaged("PDF")
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        raise refusals.damaged("PDF") from error
    try:
        if len(document) > MOST_PAGES:
            raise refusals.too_many_pages(MOST_PAGES)
        return [line for number in range(len(document)) for line in _page(document, number)]
    finally:
        document.close()


def _page(document: object, number: int) -> list[TextLine]:
    page = document[number]  # type: ignore[index]  # pypdfium2 has no types
    words = page.get_textpage()
    try:
        return lines_of(words.get_text_bounded(), number + 1)
    finally:
        words.close()
        page.close()
