"""What people do with the register of documents: enter, correct, draft, drop."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import clock, trail
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.text import nfc, tidy, vn_date
from nennep.library.actions.finding import refresh_found
from nennep.library.actions.numbering import enter_number
from nennep.library.choices import DocumentState, Issuer
from nennep.library.models import Document, Draft
from nennep.library.queries.issuing import issuer_name, issuing_of
from nennep.library.rules.documents import canonical, counted_under, number_in
from nennep.organisation.models import Unit
from nennep.regulations.models import Basis

LONGEST_TEXT = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """The columns of the register. `body`: the unit's own body issued it; else `issuer` says who."""

    kind: str
    subject: str
    symbol: str = ""
    body: str = ""
    issuer: str = ""
    drafted_by: str = ""
    issued_on: date | None = None
    signer: str = ""
    signer_post: str = ""
    in_force_from: date | None = None
    in_force_to: date | None = None
    programme_symbol: str = ""
    note: str = ""
    is_open: bool = True
    basis: Basis | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What a document drafted here says. `body` and `recipients`: a line each."""

    body: str
    place: str = ""
    addressee: str = ""
    authority: str = ""
    recipients: str = ""
    urgency: str = ""


@transaction.atomic
def register_document(unit: Unit, *, entry: Entry, by: User) -> Document:
    """A document that was issued on paper or elsewhere; with or without a file, both will do.

    What was issued against the rules is recorded all the same: it happened.
    """
    document = Document(unit=unit, registered_by=by, registered_at=clock.now())
    _fill(document, entry)
    if not document.symbol and not document.issued_on:
        raise Refusal(
            _(
                "Give the number and symbol, or the day it was issued, so that it can be told apart."
            ),
            code="symbol_missing",
            field="symbol",
        )
    _refuse_known(document)
    _enter_own_number(document)
    document.save()
    trail.record("document registered", document, by=by, symbol=document.symbol, kind=document.kind)
    refresh_found(document)
    return document


@transaction.atomic
def correct_document(document: Document, *, entry: Entry, by: User) -> Document:
    """What was typed wrong. A number given here stays, with its symbol, its kind and its issuer."""
    document = _locked(document)
    before = _columns(document)
    number, symbol, kind, body = document.number, document.symbol, document.kind, document.body
    _fill(document, entry)
    if number is not None and (document.symbol, document.kind, document.body) != (
        symbol,
        kind,
        body,
    ):
        raise Refusal(
            _(
                "Number %(symbol)s stands in the book of numbers: its kind, issuer and symbol are not"
                " changed any more. Make the number void, or replace the document by another."
            )
            % {"symbol": symbol},
            code="number_stands",
            field="symbol",
        )
    _refuse_known(document)
    document.save()
    after = _columns(document)
    changed = sorted(name for name in after if after[name] != before[name])
    trail.record("document corrected", document, by=by, symbol=document.symbol, fields=changed)
    refresh_found(document)
    return document


@transaction.atomic
def draft_document(unit: Unit, *, entry: Entry, wording: Wording, by: User) -> Document:
    """A document of the unit's own that is written here; it has no number yet."""
    document = Document(
        unit=unit,
        state=DocumentState.DRAFT,
        registered_by=by,
        registered_at=clock.now(),
    )
    _fill(document, entry)
    _refuse_strange_body(document)
    document.symbol, document.issued_on = "", None
    document.save()
    _write(document, wording)
    trail.record("document drafted", document, by=by, kind=document.kind)
    return document


@transaction.atomic
def revise_draft(document: Document, *, entry: Entry, wording: Wording, by: User) -> Document:
    """While it is not issued. A number that was reserved stays, and so do kind and body."""
    document = _locked(document)
    if document.state not in {DocumentState.DRAFT, DocumentState.NUMBERED}:
        raise Refusal(
            _("What was issued is not rewritten. Draft a document that amends or replaces it."),
            code="issued",
        )
    symbol, kind, body = document.symbol, document.kind, document.body
    _fill(document, entry)
    _refuse_strange_body(document)
    if document.number is not None:
        document.kind, document.body = kind, body
    document.symbol, document.issued_on = symbol, None
    document.save()
    _write(document, wording)
    trail.record("document drafted", document, by=by, kind=document.kind)
    return document


@transaction.atomic
def drop_draft(document: Document, *, by: User) -> None:
    """A draft without a number leaves nothing behind but this line of the trail."""
    document = _locked(document)
    if document.state != DocumentState.DRAFT:
        raise Refusal(
            _("Only a draft without a number can be dropped. Make the number void instead."),
            code="not_a_draft",
        )
    trail.record("draft dropped", document, by=by, kind=document.kind)
    document.delete()


def _locked(document: Document) -> Document:
    return (
        Document.objects.select_for_update(of=("self",))
        .select_related("unit", "basis")
        .get(pk=document.pk)
    )


def _columns(document: Document) -> dict[str, Any]:
    return {each.name: getattr(document, each.name) for each in fields(Entry)}


def _fill(document: Document, entry: Entry) -> None:
    told = {each.name: getattr(entry, each.name) for each in fields(Entry)}
    texts = {name: tidy(value) for name, value in told.items() if isinstance(value, str)}
    refuse_secret(*texts.values())
    for name in ("symbol", "programme_symbol"):
        texts[name] = canonical(texts[name])
    for name, value in (told | texts).items():
        setattr(document, name, value)
    _refuse_nameless(document)
    if document.basis is not None:
        document.in_force_from = document.in_force_to = None
    _refuse_backwards(document)


def _refuse_nameless(document: Document) -> None:
    """Who issued it, and on what; the unit's own body bears the unit's name."""
    if not document.subject:
        raise Refusal(
            _("Write what the document is about."), code="subject_missing", field="subject"
        )
    document.is_own = bool(document.body)
    if document.is_own:
        document.issuer = document.issuer or issuer_name(document.unit, document.body)
    if not document.issuer:
        raise Refusal(_("Write who issued the document."), code="issuer_missing", field="issuer")


def _refuse_backwards(document: Document) -> None:
    first, last = document.in_force_from, document.in_force_to
    if first is not None and last is not None and last < first:
        raise Refusal(
            _("The last day comes before the first. Correct one of the two."),
            code="ends_before_it_begins",
            field="in_force_to",
        )
    if document.issued_on is not None and document.issued_on > clock.today():
        raise Refusal(
            _("The day lies in the future. Give the day on which it is really issued."),
            code="in_future",
            field="issued_on",
        )


def _refuse_strange_body(document: Document) -> None:
    is_cells = document.body == Issuer.CELL
    if not document.body or is_cells != document.unit.is_cell:
        raise Refusal(
            _("Choose which body of “%(unit)s” issues the document.")
            % {"unit": document.unit.name},
            code="body_missing",
            field="body",
        )


def _refuse_known(document: Document) -> None:
    known = Document.objects.filter(unit=document.unit, kind=document.kind, symbol=document.symbol)
    known = known.exclude(pk=document.pk).exclude(state=DocumentState.VOID)
    if document.symbol and known.filter(issued_on=document.issued_on).exists():
        raise Refusal(
            _("%(symbol)s, %(day)s is in this register already. Open it there.")
            % {"symbol": document.symbol, "day": vn_date(document.issued_on) or _("no date")},
            code="document_known",
            field="symbol",
        )


def _enter_own_number(document: Document) -> None:
    """The unit's own number, given on paper: the series here goes on behind it."""
    number = number_in(document.symbol)
    if not document.is_own or number is None or document.issued_on is None:
        return
    issuing = issuing_of(document.unit, document.kind, document.body, document.issued_on)
    if issuing.term is None or not issuing.is_known:
        return
    document.term, document.number = issuing.term, number
    document.series = counted_under(document.kind, issuing.abbreviation)
    enter_number(document.term, document.series, number)


def _write(document: Document, wording: Wording) -> None:
    told = {each.name: getattr(wording, each.name) for each in fields(Wording)}
    long = {"body", "recipients"}
    texts = {name: nfc(text).strip() if name in long else tidy(text) for name, text in told.items()}
    refuse_secret(*texts.values())
    if not texts["body"]:
        raise Refusal(_("Write the text of the document."), code="text_missing", field="body_text")
    if len(texts["body"]) > LONGEST_TEXT:
        raise Refusal(
            _("The text is too long. Put a part of it into an annex, as a file."),
            code="text_too_long",
            field="body_text",
        )
    Draft.objects.update_or_create(document=document, defaults=texts)
