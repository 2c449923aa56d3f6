"""The list of documents as a sheet: what the page shows, for a workbook or CSV."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from nennep.core import clock
from nennep.library.models import Document
from nennep.library.queries.documents import Counts
from nennep.papers.xlsx import Sheet, SheetColumn, Value
from nennep.regulations.choices import Force


def documents_sheet(documents: Iterable[Document], counts: Counts) -> Sheet:
    columns = [
        SheetColumn(_("No."), width=6, kind="number"),
        SheetColumn(_("Kind"), width=14),
        SheetColumn(_("Number and symbol"), width=16),
        SheetColumn(_("Issued on"), width=12, kind="date"),
        SheetColumn(_("Summary of the document"), width=56),
        SheetColumn(_("Issued by"), width=32),
        SheetColumn(_("Drafting body"), width=24),
        SheetColumn(_("Signed by"), width=22),
        SheetColumn(_("In force from"), width=12, kind="date"),
        SheetColumn(_("In force to"), width=12, kind="date"),
        SheetColumn(_("State"), width=16),
        SheetColumn(_("Programme"), width=14),
        SheetColumn(_("Register of"), width=30),
        SheetColumn(_("Note"), width=30),
    ]
    return Sheet(
        _("Documents"),
        columns=columns,
        rows=[_row(number, each) for number, each in enumerate(documents, 1)],
        heading=_("Register of documents"),
        notes=[counts.words + "."],
    )


def _row(number: int, each: Document) -> list[Value]:
    span = each.basis or each
    return [
        number,
        str(each.get_kind_display()),
        each.symbol,
        each.issued_on,
        each.subject,
        each.issuer,
        each.drafted_by,
        " ".join(part for part in (each.signer_post, each.signer) if part),
        span.in_force_from,
        span.in_force_to,
        state_words(each),
        each.programme_symbol,
        each.unit.name,
        each.note,
    ]


def state_words(document: Document) -> str:
    """In force or not, of what was issued; else draft, numbered, void."""
    if not document.is_issued:
        return str(document.get_state_display())
    return str(Force(document.force_on(clock.today())).label)
