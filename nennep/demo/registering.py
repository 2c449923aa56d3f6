"""The documents of the two districts: schemes that the articles name, and papers of the own cell."""

from typing import Any

from nennep.accounts.models import User
from nennep.demo.plan.tree import PlannedUnit
from nennep.demo.plan.words import STANDS_ON, preset
from nennep.library.actions.documents import Entry, Wording, draft_document, register_document
from nennep.library.actions.issuing import issue_document, reserve_number, void_number
from nennep.library.choices import Issuer
from nennep.library.models import Document
from nennep.members.queries import secretary_on
from nennep.organisation.models import Unit
from nennep.regulations.models import Basis


def register_documents(own_cell: PlannedUnit, *, by: User) -> None:
    told = preset("documents")
    for scheme in told["scheme"]:
        _register(scheme, by)
    cell = Unit.objects.get(code=own_cell.code)
    holder = secretary_on(cell, STANDS_ON)
    for paper in told["paper"]:
        _write(paper, cell, holder.name if holder else "", by)


def _register(scheme: dict[str, Any], by: User) -> Document:
    """What is known of it is what its legal basis says, with its mark."""
    basis = Basis.objects.get(code=scheme["basis"])
    entry = Entry(
        kind=basis.kind,
        symbol=basis.symbol,
        subject=basis.title,
        body=scheme["body"],
        issuer=basis.issuer,
        issued_on=basis.issued_on,
        programme_symbol=scheme.get("programme", ""),
        note=basis.note,
        basis=basis,
    )
    return register_document(Unit.objects.get(code=scheme["unit"]), entry=entry, by=by)


def _write(paper: dict[str, Any], cell: Unit, secretary: str, by: User) -> None:
    entry = Entry(
        kind=paper["kind"],
        subject=paper["subject"],
        body=Issuer.CELL,
        signer=secretary,
        signer_post="Bí thư",
        programme_symbol=paper.get("programme", ""),
    )
    wording = Wording(
        body=paper["text"],
        addressee=paper.get("addressee", ""),
        authority="T/M Chi bộ",
        recipients="Đảng ủy xã (để báo cáo)\nCác đồng chí đảng viên\nLưu Chi bộ",
    )
    document = draft_document(cell, entry=entry, wording=wording, by=by)
    if "issued_on" in paper:
        issue_document(document, day=paper["issued_on"], by=by)
    elif paper.get("reserved"):
        reserve_number(document, by=by)
    if "void_reason" in paper:
        void_number(document, reason=paper["void_reason"], by=by)
