"""Registering what is carried out, what it asks, and who below has taken it up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import clock, trail
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.text import tidy, vn_date
from nennep.indicators.rules.catalogue import BY_CODE
from nennep.organisation.models import Unit
from nennep.programmes.choices import ProgrammeKind
from nennep.programmes.models import Adoption, Programme, TargetTerms
from nennep.programmes.queries.standing import DEEPEST, chain, targets_of
from nennep.programmes.rules import Aim, keeps
from nennep.regulations.actions import add_basis, enter_value, replace_value, withdraw_value
from nennep.regulations.choices import BasisKind, Mark
from nennep.regulations.models import Basis, RuleValue
from nennep.regulations.rules import TARGETS

BASIS_OF = {
    ProgrammeKind.SCHEME: BasisKind.SCHEME,
    ProgrammeKind.PROGRAMME: BasisKind.SCHEME,
    ProgrammeKind.PLAN: BasisKind.PLAN,
    ProgrammeKind.DIRECTIVE: BasisKind.DIRECTIVE,
}


@dataclass(frozen=True)
class NewBasis:
    """A document not yet among the bases. `mark` says how sure its symbol, day and text are."""

    symbol: str
    issuer: str
    title: str
    issued_on: date | None = None
    mark: Mark = Mark.PROBABLE
    source_url: str = ""


@dataclass(frozen=True)
class NewTarget:
    """`aim` as a share (0.9 for 90 %); `looser_because` only where it asks less than one above it."""

    indicator: str
    aim: Aim
    wording: str
    since: date
    due_on: date | None = None
    looser_because: str = ""
    mark: Mark = Mark.PROBABLE


@transaction.atomic
def register_programme(
    unit: Unit,
    *,
    kind: ProgrammeKind,
    basis: Basis | NewBasis,
    carries_out: Programme | None = None,
    begins_on: date | None = None,
    content: str = "",
    by: User,
) -> Programme:
    """Refused: a basis that is a programme already, and to carry out what was not issued above."""
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    refuse_secret(content)
    if carries_out is not None:
        _refuse_not_above(unit, carries_out)
    if isinstance(basis, NewBasis):
        basis = _new_basis(basis, kind, by)
    elif Programme.objects.filter(basis=basis).exists():
        raise Refusal(
            _("%(symbol)s is registered already.") % {"symbol": basis.symbol}, code="there_already"
        )
    programme = Programme.objects.create(
        unit=unit,
        kind=kind,
        basis=basis,
        begins_on=begins_on or basis.in_force_from or basis.issued_on,
        content=content.strip(),
        carries_out=carries_out,
        entered_by=by,
        entered_at=clock.now(),
    )
    trail.record("registered a programme", programme, by=by, symbol=basis.symbol)
    return programme


@transaction.atomic
def end_programme(programme: Programme, *, on: date, reason: str, by: User) -> Programme:
    """`on` is its last day; what it asks ends with it. Refused: no reason, a day before it began."""
    programme = _locked(programme)
    if not tidy(reason):
        raise Refusal(_("Say why it ends: its term, a newer one, …"), code="no_reason")
    if programme.begins_on is not None and on < programme.begins_on:
        raise Refusal(
            _("It began on %(day)s; it cannot end before that.")
            % {"day": vn_date(programme.begins_on)},
            code="ends_before_it_begins",
        )
    programme.ended_on, programme.end_reason = on, tidy(reason)
    programme.save(update_fields=["ended_on", "end_reason"])
    for rule in _rules_of(programme):
        if rule.valid_from <= on and (rule.valid_to is None or rule.valid_to > on):
            withdraw_value(rule, last_day=on, by=by)
    trail.record("ended a programme", programme, by=by, symbol=programme.symbol, on=on)
    return programme


@transaction.atomic
def set_target(programme: Programme, *, target: NewTarget, by: User) -> RuleValue:
    """What it asks of one indicator from a day on, as a rule of the programme's part of the tree.

    Refused: an indicator that is no share, a threshold beyond 0–100 %, and one looser than that of a
    higher programme unless it says why.
    """
    programme = _locked(programme)
    indicator = BY_CODE.get(target.indicator)
    if indicator is None or not indicator.is_share:
        raise Refusal(_("Choose an indicator that is a share."), code="no_share")
    if not 0 <= target.aim.share <= 1:
        raise Refusal(_("A threshold lies between 0 and 100 %."), code="not_a_share")
    reason = tidy(target.looser_because)
    if not reason:
        _refuse_looser(programme, target)
    TargetTerms.objects.update_or_create(
        programme=programme,
        indicator=target.indicator,
        defaults={"due_on": target.due_on, "looser_because": reason},
    )
    rule = _put_in_force(programme, target, by)
    trail.record(
        "set a target of a programme",
        programme,
        by=by,
        symbol=programme.symbol,
        indicator=target.indicator,
        value=rule.value,
    )
    return rule


@transaction.atomic
def adopt(programme: Programme, unit: Unit, *, document: str, on: date, by: User) -> Adoption:
    """The unit carries the programme out, by a named document. The same again is the one there.

    Refused: without a document; a unit that neither stands below the programme's unit nor followed it;
    a day before the programme was issued or after today.
    """
    programme = _locked(programme)
    said = tidy(document)
    if not said:
        raise Refusal(_("Name the document by which it is carried out."), code="no_document")
    known = Adoption.objects.filter(programme=programme, unit=unit).first()
    if known is not None:
        return known
    if not _is_below_or_after(unit, programme.unit):
        raise Refusal(
            _("This organisation neither stands below the one that issued it nor followed it."),
            code="not_below",
        )
    issued = programme.basis.issued_on
    if on > clock.today() or (issued is not None and on < issued):
        raise Refusal(
            _("The day has to lie between the programme's own and today."), code="not_that_day"
        )
    adoption = Adoption.objects.create(
        programme=programme, unit=unit, document=said, adopted_on=on,
        entered_by=by, entered_at=clock.now(),
    )  # fmt: skip
    trail.record("adopted a programme", adoption, by=by, symbol=programme.symbol)
    return adoption


@transaction.atomic
def take_back_adoption(adoption: Adoption, *, reason: str, by: User) -> None:
    """What was entered by mistake is gone from the page; the trail keeps it with its reason."""
    adoption = Adoption.objects.select_for_update(of=("self",)).get(pk=adoption.pk)
    said = tidy(reason)
    if not said:
        raise Refusal(_("Say why it is taken back."), code="no_reason")
    trail.record(
        "took back an adoption", adoption, by=by, symbol=adoption.programme.symbol,
        paper=adoption.document, on=adoption.adopted_on, reason=said,
    )  # fmt: skip
    adoption.delete()


def _locked(programme: Programme) -> Programme:
    rows = Programme.objects.select_for_update(of=("self",)).select_related("unit", "basis")
    return rows.get(pk=programme.pk)


def _new_basis(typed: NewBasis, kind: ProgrammeKind, by: User) -> Basis:
    return add_basis(
        tidy(typed.symbol),
        kind=BASIS_OF[kind],
        title=tidy(typed.title),
        issuer=tidy(typed.issuer),
        issued_on=typed.issued_on,
        in_force_from=typed.issued_on,
        source_url=typed.source_url,
        mark=typed.mark,
        by=by,
    )


def _rules_of(programme: Programme) -> list[RuleValue]:
    """The targets that are its own; those shipped for all are not ended by one organisation."""
    return list(
        RuleValue.objects.filter(
            key__startswith=f"{TARGETS}.",
            basis=programme.basis,
            scope_path=programme.unit.path,
        ).order_by("id")
    )


def _put_in_force(programme: Programme, target: NewTarget, by: User) -> RuleValue:
    value = {"share": _as_text(target.aim.share), "bound": target.aim.bound}
    key, scope = f"{TARGETS}.{target.indicator}", programme.unit.path
    old = RuleValue.objects.of(key, scope).valid_on(target.since).order_by("id").last()
    if old is None:
        return enter_value(
            key,
            value=value,
            scope_path=scope,
            valid_from=target.since,
            basis=programme.basis,
            clause=tidy(target.wording),
            mark=target.mark,
            by=by,
        )
    return replace_value(
        old,
        value=value,
        since=target.since,
        basis=programme.basis,
        clause=tidy(target.wording),
        mark=target.mark,
        by=by,
    )


def _as_text(share: Fraction) -> str:
    return str(share) if share.denominator == 1 else f"{float(share):.6f}".rstrip("0")


def _refuse_looser(programme: Programme, target: NewTarget) -> None:
    above = list(chain(programme))[1:]
    for asked in (a for found in targets_of(above, target.since).values() for a in found):
        if asked.indicator == target.indicator and not keeps(target.aim, asked.aim):
            raise Refusal(
                _(
                    "%(symbol)s asks %(bound)s %(percent)s%%. A lower programme may ask more; to ask"
                    " less, say why."
                )
                % {
                    "symbol": asked.symbol,
                    "bound": asked.aim.bound,
                    "percent": f"{float(asked.aim.share * 100):g}",
                },
                code="looser_than_above",
            )


def _refuse_not_above(unit: Unit, higher: Programme) -> None:
    if higher.unit_id != unit.pk and not _is_below_or_after(unit, higher.unit):
        raise Refusal(
            _("%(symbol)s was not issued above this organisation. Choose a higher programme.")
            % {"symbol": higher.symbol},
            code="not_a_higher_programme",
        )
    if len(list(chain(higher))) >= DEEPEST:
        raise Refusal(_("Too many programmes stand over one another."), code="too_deep")


def _is_below_or_after(unit: Unit, home: Unit) -> bool:
    if unit.path.startswith(home.path) and unit.pk != home.pk:
        return True
    return home.successions.filter(successor=unit).exists()
