"""PDF: the text of each page. A scanned page has none, and is told by that.

Read by a process of its own, with an end to its memory and time: two thousand bytes may unfold into
gigabytes, and the library that reads them is no Python.
"""

import json
import subprocess
import sys

from nennep.core.documents import refusals
from nennep.core.documents.lines import TextLine, lines_of
from nennep.core.documents.portable_apart import DAMAGED, MOST_PAGES, TOO_MANY

SECONDS = 60


def pdf_lines(content: bytes) -> list[TextLine]:
    return pdf_texts(content)[1]


def pdf_texts(content: bytes) -> tuple[int, list[TextLine], list[str]]:
    """The number of pages, their lines, and the titles in the file's properties."""
    if not content.startswith(b"%PDF-"):
        raise refusals.damaged("PDF")
    try:
        done = subprocess.run(
            [sys.executable, "-m", "nennep.core.documents.portable_apart"],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise refusals.too_heavy() from error
    if done.returncode == DAMAGED:
        raise refusals.damaged("PDF")
    if done.returncode == TOO_MANY:
        raise refusals.too_many_pages(MOST_PAGES)
    if done.returncode != 0:
        raise refusals.too_heavy()
    told = json.loads(done.stdout)
    pages = [line for n, text in enumerate(told["pages"], 1) for line in lines_of(text, n)]
    return len(told["pages"]), pages, told["titles"]
