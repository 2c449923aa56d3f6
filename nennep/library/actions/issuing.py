"""Issuing: the right of the body, the symbol, the number; what is reserved and not used is void."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import clock, trail
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.text import tidy
from nennep.library.actions.finding import refresh_found
from nennep.library.actions.numbering import take_number
from nennep.library.choices import DocumentState
from nennep.library.models import Document
from nennep.library.queries.issuing import Issuing, issuing_of
from nennep.library.rules.documents import counted_under, symbol
from nennep.organisation.models import Unit

LONGEST_REASON = 300


def refuse_unissuable(unit: Unit, kind: str, issuer: str, day: date) -> Issuing:
    """Refused where a rule in force says that this body issues no such document."""
    issuing = issuing_of(unit, kind, issuer, day)
    if issuing.may_issue is False and issuing.source is not None:
        raise Refusal(
            _(
                "This body may not issue the kind “%(kind)s” (%(symbol)s, %(clause)s). Choose another"
                " kind or another body."
            )
            % {
                "kind": issuing.title,
                "symbol": issuing.source.symbol,
                "clause": issuing.source.clause,
            },
            code="kind_not_for_this_body",
            field="kind",
        )
    return issuing


@transaction.atomic
def reserve_number(document: Document, *, day: date | None = None, by: User) -> Document:
    """The next number, before the paper is signed. Asked twice, the same number answers."""
    document = _locked(document)
    if document.state == DocumentState.NUMBERED:
        return document
    _give_number(document, _not_in_future(day))
    document.state = DocumentState.NUMBERED
    document.save()
    trail.record("number reserved", document, by=by, symbol=document.symbol)
    return document


@transaction.atomic
def issue_document(document: Document, *, day: date | None = None, by: User) -> Document:
    """Numbered where it is not yet, dated, in force from its day. Issued twice answers the same."""
    document = _locked(document)
    if document.state == DocumentState.ISSUED:
        return document
    issued_on = _not_in_future(day)
    if document.state == DocumentState.DRAFT:
        _give_number(document, issued_on)
    document.state, document.issued_on = DocumentState.ISSUED, issued_on
    if document.in_force_from is None:
        document.in_force_from = issued_on
    _refuse_backwards(document)
    document.save()
    trail.record("document issued", document, by=by, symbol=document.symbol, day=issued_on)
    refresh_found(document)
    return document


@transaction.atomic
def void_number(document: Document, *, reason: str, by: User) -> Document:
    """The paper was not issued after all. The number stays in the book, with the reason."""
    document, reason = _locked(document), tidy(reason)
    refuse_secret(reason)
    if not reason or len(reason) > LONGEST_REASON:
        raise Refusal(
            _("Write in a few words why the number is not used."),
            code="reason_missing",
            field="reason",
        )
    if document.state != DocumentState.NUMBERED:
        raise Refusal(
            _("Only a number that was reserved and not issued can be made void."),
            code="not_reserved",
        )
    document.state = DocumentState.VOID
    document.voided_on, document.void_reason = clock.today(), reason
    document.save()
    trail.record("number voided", document, by=by, symbol=document.symbol, reason=reason)
    return document


def _locked(document: Document) -> Document:
    fresh = (
        Document.objects.select_for_update(of=("self",))
        .select_related("unit", "basis")
        .get(pk=document.pk)
    )
    if fresh.state == DocumentState.VOID:
        raise Refusal(
            _("The number of this document is void. Draft a new one."), code="number_is_void"
        )
    return fresh


def _not_in_future(day: date | None) -> date:
    today = clock.today()
    if day is not None and day > today:
        raise Refusal(
            _("The day lies in the future. Give the day on which it is really issued."),
            code="in_future",
            field="day",
        )
    return day or today


def _refuse_backwards(document: Document) -> None:
    first, last = document.in_force_from, document.in_force_to
    if first is not None and last is not None and last < first:
        raise Refusal(
            _("The last day comes before the first. Correct one of the two."),
            code="ends_before_it_begins",
            field="in_force_to",
        )


def _give_number(document: Document, day: date) -> None:
    issuing = refuse_unissuable(document.unit, document.kind, document.body, day)
    if issuing.term is None:
        raise Refusal(
            _(
                "“%(unit)s” had no term running that day. Enter the body and its term under"
                " organisation."
            )
            % {"unit": document.unit.name},
            code="no_term",
        )
    if not issuing.is_known:
        raise Refusal(
            _(
                "No rule says how the symbol of this document is written on that day. Register it"
                " with the number it has on paper."
            ),
            code="symbol_unknown",
        )
    document.term = issuing.term
    document.series = counted_under(document.kind, issuing.abbreviation)
    document.number = take_number(issuing.term, document.series)
    document.symbol = symbol(document.number, issuing.abbreviation, issuing.body)
