"""Commendations entered from earlier decisions; corrected or struck out again, with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import clock, trail
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.text import fold, tidy, vn_date
from nennep.organisation.models import Unit
from nennep.organisation.queries import place_on
from nennep.recognition.actions.rounds import refuse_names
from nennep.recognition.choices import Honoured, Rhythm
from nennep.recognition.models import Commendation


@dataclass(frozen=True, slots=True, kw_only=True)
class PastDecision:
    """What all in one decision have in common."""

    symbol: str
    on: date
    occasion: str
    award: str
    rhythm: Rhythm = Rhythm.ONCE


@dataclass(frozen=True, slots=True)
class PastLine:
    """A collective; with a name the person of that organisation."""

    unit: Unit
    name: str = ""
    post: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    name: str
    post: str
    award: str
    occasion: str


@transaction.atomic
def enter_past_commendations(
    unit: Unit, *, decision: PastDecision, lines: Sequence[PastLine], by: User
) -> list[Commendation]:
    """What the unit's body decided before; as it was, whatever form of award it gave.

    Refused: a decision without number, occasion or award, a day to come, nobody in it, whom it
    commends already, who did not stand below the unit that day, a name from the army or the police.
    """
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    _refuse_unsaid(decision, lines)
    refuse_secret(decision.occasion, *(text for line in lines for text in (line.name, line.post)))
    rows = [_row(unit, decision, line, by) for line in lines]
    _refuse_twice(unit, rows)
    rows = Commendation.objects.bulk_create(rows)
    trail.record(
        "entered past commendations", unit, by=by, count=len(rows), symbol=tidy(decision.symbol)
    )
    return rows


@transaction.atomic
def correct_commendation(
    row: Commendation, *, new: Corrected, reason: str, by: User
) -> Commendation:
    """A slip in what was entered. Refused: without a reason, and what a round here decided."""
    row = _entered(row, reason)
    is_person = row.kind == Honoured.PERSON
    name = tidy(new.name) if is_person else row.name
    if not name or not tidy(new.award) or not tidy(new.occasion):
        raise Refusal(_("Name, form of award and occasion may not be empty."), code="left_empty")
    refuse_secret(name, new.post, new.occasion)
    was, row.name, row.post = str(row), name, tidy(new.post) if is_person else ""
    row.award, row.occasion = tidy(new.award), tidy(new.occasion)
    _refuse_twice(row.awarded_by, [row])
    row.save(update_fields=["name", "post", "award", "occasion"])
    trail.record("corrected a commendation", row, by=by, what=was, reason=tidy(reason))
    return row


@transaction.atomic
def strike_commendation(row: Commendation, *, reason: str, by: User) -> None:
    """Entered by mistake: it no longer counts. The trail keeps what it was, and why."""
    row = _entered(row, reason)
    trail.record(
        "struck a commendation", row.awarded_by, by=by,
        what=str(row), symbol=row.decision, reason=tidy(reason),
    )  # fmt: skip
    row.delete()


def _entered(row: Commendation, reason: str) -> Commendation:
    rows = Commendation.objects.select_for_update(of=("self",)).select_related("awarded_by", "unit")
    row = rows.get(pk=row.pk)
    if row.round_id is not None:
        raise Refusal(
            _("It was decided here, in a round. Only another decision changes it."),
            code="decided_here",
        )
    if not tidy(reason):
        raise Refusal(_("Give the reason."), code="no_reason", field="reason")
    return row


def _refuse_unsaid(decision: PastDecision, lines: Sequence[PastLine]) -> None:
    if not (tidy(decision.symbol) and tidy(decision.occasion) and tidy(decision.award)):
        raise Refusal(
            _("Give the number, the occasion and the form of award of the decision."),
            code="left_empty",
        )
    if decision.on > clock.today():
        raise Refusal(_("That day has not come yet."), code="in_future", field="on")
    if not lines:
        raise Refusal(_("Name whom the decision commends."), code="nobody", field="lines")


def _row(unit: Unit, decision: PastDecision, line: PastLine, by: User) -> Commendation:
    stood, over = place_on(line.unit, decision.on), place_on(unit, decision.on)
    if stood is None or over is None or not stood.path.startswith(over.path):
        raise Refusal(
            _("%(below)s did not belong to %(unit)s on %(day)s.")
            % {"below": line.unit.name, "unit": unit.name, "day": vn_date(decision.on)},
            code="not_below", field="lines",
        )  # fmt: skip
    name = tidy(line.name)
    if name:
        refuse_names(line.unit)
    elif line.unit.pk == unit.pk:
        raise Refusal(
            _("No body commends its own organisation."), code="its_own_body", field="lines"
        )
    return Commendation(
        unit=line.unit, path=stood.path, block=stood.block,
        kind=Honoured.PERSON if name else Honoured.COLLECTIVE, name=name or line.unit.name,
        post=tidy(line.post) if name else "", award=tidy(decision.award), rhythm=decision.rhythm,
        occasion=tidy(decision.occasion), awarded_by=unit, decision=tidy(decision.symbol),
        on=decision.on, entered_by=by, entered_at=clock.now(),
    )  # fmt: skip


def _refuse_twice(unit: Unit, rows: Sequence[Commendation]) -> None:
    first = rows[0]
    known = Commendation.objects.filter(
        awarded_by=unit, decision=first.decision, on=first.on
    ).exclude(pk__in=[row.pk for row in rows if row.pk])
    seen = {(unit_id, fold(name)) for unit_id, name in known.values_list("unit_id", "name")}
    for row in rows:
        if (row.unit_id, fold(row.name)) in seen:
            raise Refusal(
                _("%(who)s is commended by this decision already.") % {"who": row.name},
                code="commended_already", field="lines",
            )  # fmt: skip
        seen.add((row.unit_id, fold(row.name)))
