"""One document takes the place of another, or changes a part of it, from a day on."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import trail
from nennep.core.refusal import Refusal
from nennep.core.text import vn_date
from nennep.library.actions.finding import refresh_found
from nennep.library.choices import DocumentState, LinkKind
from nennep.library.models import Document, DocumentLink

DAY = timedelta(days=1)


@transaction.atomic
def link_documents(
    later: Document, *, earlier: Document, kind: str, since: date, by: User
) -> DocumentLink:
    """Both show it. What is replaced is in force up to the day before; the badge turns by itself."""
    pair = {
        each.pk: each
        for each in Document.objects.select_for_update(of=("self",))
        .select_related("basis", "unit")
        .filter(pk__in=[later.pk, earlier.pk])
        .order_by("pk")
    }
    if len(pair) < 2:
        raise Refusal(
            _("A document cannot replace or amend itself. Choose another one."),
            code="linked_to_itself",
            field="earlier",
        )
    later, earlier = pair[later.pk], pair[earlier.pk]
    _refuse_link(later, earlier, kind, since)
    link = DocumentLink.objects.create(
        later=later,
        earlier=earlier,
        kind=kind,
        since=since,
        former_last_day=earlier.in_force_to,
    )
    if kind == LinkKind.REPLACES:
        earlier.in_force_to = since - DAY
        earlier.save(update_fields=["in_force_to"])
        refresh_found(earlier)
    trail.record(
        "documents linked",
        later,
        by=by,
        kind=kind,
        symbol=earlier.symbol,
        day=since,
    )
    return link


@transaction.atomic
def unlink_documents(link: DocumentLink, *, by: User) -> None:
    """It was recorded by mistake: what was replaced has its former last day again."""
    link = DocumentLink.objects.select_related("earlier", "later__unit").get(pk=link.pk)
    if link.kind == LinkKind.REPLACES:
        earlier = Document.objects.select_for_update().get(pk=link.earlier_id)
        earlier.in_force_to = link.former_last_day
        earlier.save(update_fields=["in_force_to"])
        refresh_found(earlier)
    trail.record("link taken back", link.later, by=by, kind=link.kind, symbol=link.earlier.symbol)
    link.delete()


def _refuse_link(later: Document, earlier: Document, kind: str, since: date) -> None:
    if DocumentState.ISSUED not in {later.state} & {earlier.state}:
        raise Refusal(
            _("Only documents that were issued replace or amend one another."),
            code="not_issued",
            field="earlier",
        )
    if DocumentLink.objects.filter(later=later, earlier=earlier, kind=kind).exists():
        raise Refusal(_("That is recorded already."), code="linked_already", field="earlier")
    if kind == LinkKind.REPLACES:
        _refuse_replacement(later, earlier, since)
    elif earlier.in_force_from is not None and since < earlier.in_force_from:
        raise Refusal(
            _("%(symbol)s is in force from %(day)s: it can be amended only after that.")
            % {"symbol": earlier.symbol, "day": vn_date(earlier.in_force_from)},
            code="ends_before_it_begins",
            field="since",
        )


def _refuse_replacement(later: Document, earlier: Document, since: date) -> None:
    if earlier.basis is not None:
        raise Refusal(
            _(
                "%(symbol)s is a document that rules rest on: its force is kept there. Record the"
                " replacement on its page under “Rules”."
            )
            % {"symbol": earlier.symbol},
            code="force_kept_there",
            field="earlier",
        )
    if earlier.links_on.filter(kind=LinkKind.REPLACES).exists():
        raise Refusal(
            _("%(symbol)s has been replaced already.") % {"symbol": earlier.symbol},
            code="replaced_already",
            field="earlier",
        )
    if earlier.in_force_from is not None and since <= earlier.in_force_from:
        raise Refusal(
            _("%(symbol)s is in force from %(day)s: it can be replaced only after that.")
            % {"symbol": earlier.symbol, "day": vn_date(earlier.in_force_from)},
            code="ends_before_it_begins",
            field="since",
        )
    if _leads_to(earlier, later):
        raise Refusal(
            _("A document cannot replace itself, directly or through others."),
            code="replaces_itself",
            field="earlier",
        )


def _leads_to(start: Document, end: Document) -> bool:
    """Whether following what each document replaced from `start` back arrives at `end`."""
    seen: set[int] = set()
    waiting = {start.pk}
    while waiting:
        if end.pk in waiting:
            return True
        seen |= waiting
        links = DocumentLink.objects.filter(later__in=waiting, kind=LinkKind.REPLACES)
        waiting = set(links.values_list("earlier_id", flat=True)) - seen
    return False
