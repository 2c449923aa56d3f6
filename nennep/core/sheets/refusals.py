"""Why a file is not read, in words: what is wrong with it and what to do."""

from django.utils.translation import gettext as _

from nennep.core.refusal import Refusal


def _no(code: str, sentence: str) -> Refusal:
    return Refusal(sentence, code=code, field="file")


def no_spreadsheet() -> Refusal:
    return _no(
        "not_a_spreadsheet",
        _("This file is no spreadsheet. Choose an Excel file (.xlsx) or a CSV file."),
    )


def old_or_locked() -> Refusal:
    return _no(
        "old_or_locked",
        _(
            "This is an Excel file of the old kind (.xls), or it has a password. Open it in Excel,"
            " take the password off, save it as .xlsx and choose that file."
        ),
    )


def broken() -> Refusal:
    return _no(
        "broken_file",
        _("The file is damaged and cannot be read. Open it in Excel, save it again as .xlsx."),
    )


def forbidden_markup() -> Refusal:
    return _no(
        "forbidden_markup",
        _(
            "The file holds instructions that no spreadsheet program writes (DOCTYPE). It was not"
            " read. Copy the table into a new Excel file and choose that one."
        ),
    )


def acts_by_itself() -> Refusal:
    return _no(
        "acts_by_itself",
        _(
            "The file holds a program (macro), a link to other files, an embedded object or a"
            " signature. Save it in Excel as a plain .xlsx without them and choose that file."
        ),
    )


def too_large(mib: int) -> Refusal:
    return _no(
        "file_too_large",
        _("The file is larger than %(size)s MB. Divide it into several files.") % {"size": mib},
    )


def too_much(mib: int) -> Refusal:
    return _no(
        "inflates_too_much",
        _(
            "Unpacked, the file would be larger than %(size)s MB. Copy the table alone into a new"
            " Excel file, or divide it into several files."
        )
        % {"size": mib},
    )


def suspicious_packing() -> Refusal:
    return _no(
        "suspicious_packing",
        _(
            "The file is packed in a way that no list is. Copy the table into a new Excel file and"
            " choose that one."
        ),
    )


def too_many_cells() -> Refusal:
    return _no(
        "too_many_cells",
        _(
            "The table has too many cells. Delete the empty rows and columns around it, or divide"
            " it into several files."
        ),
    )


def too_many_rows(most: int) -> Refusal:
    return _no(
        "too_many_rows",
        _(
            "The table has more than %(most)s rows. Divide it into several files, or ask the"
            " administrator to take it in at the command line."
        )
        % {"most": most},
    )


def too_wide(most: int) -> Refusal:
    return _no(
        "too_wide",
        _("The table has more than %(most)s columns. Delete those that are not needed.")
        % {"most": most},
    )


def cell_too_long() -> Refusal:
    return _no(
        "cell_too_long",
        _("A cell holds more text than any spreadsheet cell can. Copy the table into a new file."),
    )


def too_slow() -> Refusal:
    return _no(
        "too_slow",
        _("Reading the file takes too long. Divide it into several files."),
    )


def no_table() -> Refusal:
    return _no("empty_file", _("There is no table in this file. Fill in the template."))


def no_such_sheet(name: str, names: str) -> Refusal:
    return _no(
        "no_such_sheet",
        _("The file has no sheet “%(name)s”. It has: %(names)s.") % {"name": name, "names": names},
    )


def unreadable_text() -> Refusal:
    return _no(
        "unreadable_text",
        _("The text of this file cannot be read. Save it in Excel as “CSV UTF-8” or as .xlsx."),
    )
