"""The process that reads one PDF: bytes in, JSON out, an exit code where there is nothing to tell."""

import json
import resource
import sys
from typing import Any

DAMAGED, TOO_MANY = 3, 4
MOST_PAGES = 2_000
LARGEST_MEMORY = 640 * 1024 * 1024
LONGEST = 20_000_000  # characters of one document
CPU_SECONDS = 50
TITLES = ("Title", "Subject", "Keywords")


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (LARGEST_MEMORY, LARGEST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import pypdfium2 as pdfium  # noqa: PLC0415 -- under the limits set above

    try:
        document = pdfium.PdfDocument(sys.stdin.buffer.read())
        if len(document) > MOST_PAGES:
            return TOO_MANY
        told = document.get_metadata_dict()
        found = {
            "pages": _texts(document),
            "titles": [told[name] for name in TITLES if told.get(name)],
        }
    except pdfium.PdfiumError:
        return DAMAGED
    sys.stdout.write(json.dumps(found))
    return 0


def _texts(document: Any) -> list[str]:
    texts: list[str] = []
    left = LONGEST
    for number in range(len(document)):
        page = document[number]
        words = page.get_textpage()
        text = words.get_text_bounded()
        left -= len(text)
        if left < 0:
            raise MemoryError
        texts.append(text)
        words.close()
        page.close()
    return texts


if __name__ == "__main__":
    sys.exit(main())
