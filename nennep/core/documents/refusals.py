"""Why a document is not read, in words: what is wrong with it and what to do."""

from django.utils.translation import gettext as _

from nennep.core.refusal import Refusal


def _no(code: str, sentence: str) -> Refusal:
    return Refusal(sentence, code=code, field="file")


def unknown_kind(name: str) -> Refusal:
    return _no(
        "unknown_kind",
        _(
            "“%(name)s” is no document that can be read. Choose a PDF, Word (.docx), HTML or text file."
        )
        % {"name": name},
    )


def too_large(name: str, mib: int) -> Refusal:
    return _no(
        "document_too_large",
        _("“%(name)s” holds more than %(size)s MB. Divide it into several files.")
        % {"name": name, "size": mib},
    )


def too_many_pages(most: int) -> Refusal:
    return _no(
        "too_many_pages",
        _("The document has more than %(most)s pages. Divide it into several files.")
        % {"most": most},
    )


def damaged(program: str) -> Refusal:
    return _no(
        "damaged_document",
        _(
            "The file is damaged, locked by a password, or no %(program)s file. Open it in the program"
            " it was made with, save it again without a password, and choose that file."
        )
        % {"program": program},
    )


def unreadable_text() -> Refusal:
    return _no(
        "unreadable_document",
        _(
            "The text is not written in Unicode (UTF-8). Save it again as UTF-8 and choose that file."
        ),
    )


def no_text(name: str) -> Refusal:
    return _no(
        "no_text_in_document",
        _(
            "“%(name)s” holds no text, only pictures of pages. Choose the file it was printed from,"
            " or a PDF whose text was recognised."
        )
        % {"name": name},
    )


def too_heavy() -> Refusal:
    return _no(
        "too_heavy",
        _(
            "The file takes more memory or time to read than any ordinary document. Print it anew as"
            " a PDF and choose that file."
        ),
    )


def not_kept(name: str) -> Refusal:
    return _no(
        "unknown_kind",
        _("“%(name)s” cannot be kept. Choose a PDF, Word (.docx), Excel (.xlsx), JPEG or PNG file.")
        % {"name": name},
    )


def empty(name: str) -> Refusal:
    return _no("empty_file", _("“%(name)s” is empty. Choose another file.") % {"name": name})


def another_kind(name: str) -> Refusal:
    return _no(
        "another_kind",
        _(
            "“%(name)s” is not what its ending says. Open it in the program it was made with, save it"
            " again, and choose that file."
        )
        % {"name": name},
    )


def macros() -> Refusal:
    return _no(
        "macros",
        _(
            "The file holds a program (macros). Save it without macros, or as a PDF, and choose that."
        ),
    )
