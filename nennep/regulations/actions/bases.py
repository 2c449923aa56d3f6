"""What people do with the documents that rules rest on."""

from collections.abc import Callable
from datetime import date, timedelta

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from nennep.core import clock
from nennep.core.person import Person
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.text import fold, vn_date
from nennep.core.trail import record
from nennep.regulations.actions.stamp import turn_page
from nennep.regulations.choices import Mark
from nennep.regulations.models import Basis

DAY = timedelta(days=1)

_followers: list[Callable[[Basis], object]] = []


def register_follower(act: Callable[[Basis], object]) -> None:
    """An act of an app above, in the same transaction, when the force of a basis changes."""
    if act not in _followers:
        _followers.append(act)


@transaction.atomic
def add_basis(  # noqa: PLR0913 -- the columns of a basis, by name
    symbol: str,
    *,
    kind: str,
    title: str,
    issuer: str = "",
    issued_on: date | None = None,
    in_force_from: date | None = None,
    in_force_to: date | None = None,
    source_url: str = "",
    mark: str = Mark.PROBABLE,
    note: str = "",
    by: Person,
) -> Basis:
    """Name a document that rules rest on. Only facts about it are kept, not its text."""
    refuse_secret(symbol, title, note)
    symbol = " ".join(symbol.split())
    if not symbol or not title.strip():
        raise Refusal(
            _("Give the number and symbol and the title of the document."),
            code="symbol_missing",
            field="title" if symbol else "symbol",
        )
    if in_force_from and in_force_to and in_force_to < in_force_from:
        raise Refusal(
            _("The last day comes before the first. Correct one of the two."),
            code="ends_before_it_begins",
            field="in_force_to",
        )
    turn_page()
    code = slugify(f"{fold(symbol).replace('/', '-')} {issued_on or ''}")
    if Basis.objects.filter(symbol__iexact=symbol, issued_on=issued_on).exists() or (
        Basis.objects.filter(code=code).exists()
    ):
        raise Refusal(
            _("%(symbol)s of this date is in the list already. Open it there.")
            % {"symbol": symbol},
            code="basis_known",
            field="symbol",
        )
    basis = Basis.objects.create(
        code=code,
        symbol=symbol,
        kind=kind,
        issuer=issuer.strip(),
        title=title.strip(),
        issued_on=issued_on,
        issued_year=issued_on.year if issued_on else None,
        in_force_from=in_force_from,
        in_force_to=in_force_to,
        source_url=source_url.strip(),
        mark=mark,
        note=note.strip(),
        entered_by_id=by.pk,
        changed_at=clock.now(),
    )
    record("added a basis", basis, by=by, symbol=symbol)
    return basis


@transaction.atomic
def replace_basis(old: Basis, *, replacement: Basis, since: date, by: Person) -> Basis:
    """Another document takes its place from a day on. Its rules stay until they are changed."""
    turn_page()
    old = Basis.objects.get(pk=old.pk)
    if old.replaced_by_id is not None:
        raise Refusal(
            _("%(symbol)s has been replaced already.") % {"symbol": old.symbol},
            code="replaced_already",
        )
    if _leads_to(replacement, old):
        raise Refusal(
            _("A document cannot replace itself, directly or through others."),
            code="replaces_itself",
            field="replacement",
        )
    if old.in_force_from is not None and since <= old.in_force_from:
        raise Refusal(
            _("%(symbol)s is in force from %(day)s: it can be replaced only after that.")
            % {"symbol": old.symbol, "day": vn_date(old.in_force_from)},
            code="ends_before_it_begins",
            field="since",
        )
    old.replaced_by, old.in_force_to = replacement, since - DAY
    old.changed_at = clock.now()
    old.save(update_fields=["replaced_by", "in_force_to", "changed_at"])
    record("replaced a basis", old, by=by, replacement=replacement.symbol, since=since)
    tell_followers(old)
    return old


def tell_followers(basis: Basis) -> None:
    for act in _followers:
        act(basis)


def _leads_to(start: Basis, end: Basis) -> bool:
    """Whether following what replaced what from `start` arrives at `end`."""
    links = dict(Basis.objects.values_list("pk", "replaced_by"))
    place: int | None = start.pk
    while place is not None:
        if place == end.pk:
            return True
        place = links.get(place)
    return False
