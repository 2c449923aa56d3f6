"""Inspections and supervisions of organisations: planned by year, made, concluded, followed up."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import clock, trail
from nennep.core.refusal import Refusal
from nennep.members.actions.texts import line_about, text_about
from nennep.organisation.models import Unit
from nennep.quality.actions.ground import (
    not_to_come,
    refuse_elsewhere,
    tell,
)
from nennep.quality.models import Inspection

LONGEST_SUBJECT = 300
LONGEST_SYMBOL = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionPlan:
    """What the plan of a year says of one inspection. `team` names offices, not judgements."""

    kind: str
    subject: str
    planned_from: date
    planned_to: date
    team: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionRecord:
    """When it was made, what was found, and the document that concludes it."""

    began_on: date
    ended_on: date | None = None
    findings: str = ""
    conclusion_symbol: str = ""
    concluded_on: date | None = None


@transaction.atomic
def plan_inspection(committee: Unit, unit: Unit, *, plan: InspectionPlan, by: User) -> Inspection:
    """`committee` will inspect `unit`, which stands under it."""
    refuse_elsewhere([unit], committee, field="unit")
    made = Inspection(unit=unit, committee=committee)
    _write_plan(made, plan)
    made.save()
    trail.record("inspection planned", made, by=by, kind=made.kind, year=made.year)
    return made


@transaction.atomic
def change_inspection(inspection: Inspection, *, plan: InspectionPlan, by: User) -> Inspection:
    """The plan, as long as it has not begun."""
    fresh = _live(inspection)
    if fresh.began_on is not None:
        raise Refusal(_("This inspection has begun already."), code="begun")
    _write_plan(fresh, plan)
    fresh.save()
    trail.record("inspection changed", fresh, by=by, kind=fresh.kind, year=fresh.year)
    return fresh


def _write_plan(inspection: Inspection, plan: InspectionPlan) -> None:
    if plan.planned_to < plan.planned_from:
        raise Refusal(
            _("It would end before it begins. Swap the two days."),
            code="ends_before",
            field="planned_to",
        )
    inspection.kind = plan.kind
    inspection.subject = line_about(
        inspection.unit, plan.subject, field="subject", longest=LONGEST_SUBJECT
    )
    if not inspection.subject and not inspection.unit.is_figures_only:
        raise Refusal(_("Write what is inspected."), code="subject_missing", field="subject")
    inspection.team = line_about(inspection.unit, plan.team, field="team", longest=LONGEST_SUBJECT)
    inspection.planned_from, inspection.planned_to = plan.planned_from, plan.planned_to
    inspection.year = plan.planned_from.year


@transaction.atomic
def record_inspection(inspection: Inspection, *, record: InspectionRecord, by: User) -> Inspection:
    """What happened, as far as it has come; it may be written bit by bit and put right."""
    fresh = _live(inspection)
    _refuse_disorder(record)
    before = fresh.ended_on
    fresh.findings = text_about(fresh.unit, record.findings, field="findings")
    fresh.conclusion_symbol = line_about(
        fresh.unit, record.conclusion_symbol, field="conclusion_symbol", longest=LONGEST_SYMBOL
    )
    fresh.began_on, fresh.ended_on = record.began_on, record.ended_on
    fresh.concluded_on = record.concluded_on
    fresh.save()
    trail.record(
        "inspection recorded",
        fresh,
        by=by,
        started_at=fresh.began_on,
        ended_at=fresh.ended_on,
        symbol=fresh.conclusion_symbol,
    )
    for day in {before, fresh.ended_on} - {None}:
        tell(Inspection, fresh.unit, day)  # type: ignore[arg-type]  # None is left out
    return fresh


def _refuse_disorder(record: InspectionRecord) -> None:
    """Begun, ended, concluded: in this order, none of it in the future, no symbol without a day."""
    if record.conclusion_symbol.strip() and record.concluded_on is None:
        raise Refusal(
            _("A conclusion with a symbol has a day. Write the day it was concluded."),
            code="conclusion_without_day",
            field="concluded_on",
        )
    days = {
        "began_on": record.began_on,
        "ended_on": record.ended_on,
        "concluded_on": record.concluded_on,
    }
    for name, day in days.items():
        if day is not None:
            not_to_come(day, field=name)
    if record.ended_on is not None and record.ended_on < record.began_on:
        raise Refusal(
            _("It ended before it began. Check the days."), code="ends_before", field="ended_on"
        )
    if record.concluded_on is not None and (
        record.ended_on is None or record.concluded_on < record.ended_on
    ):
        raise Refusal(
            _("The conclusion comes after the last day of the inspection. Check the days."),
            code="concluded_before",
            field="concluded_on",
        )


@transaction.atomic
def follow_up(
    inspection: Inspection, *, text: str, by: User, done_on: date | None = None
) -> Inspection:
    """What the organisation did after it; `done_on`: everything was put right by that day."""
    fresh = _live(inspection)
    if fresh.ended_on is None:
        raise Refusal(_("This inspection has not ended yet."), code="not_made")
    fresh.follow_up = text_about(fresh.unit, text, field="follow_up")
    fresh.followed_up_on = not_to_come(done_on, field="followed_up_on") if done_on else None
    fresh.save(update_fields=["follow_up", "followed_up_on"])
    trail.record("inspection followed up", fresh, by=by, is_done=done_on is not None)
    return fresh


@transaction.atomic
def cancel_inspection(inspection: Inspection, *, reason: str, by: User) -> Inspection:
    """A plan that is given up, for a reason."""
    fresh = _live(inspection)
    if fresh.began_on is not None:
        raise Refusal(_("This inspection has begun already."), code="begun")
    reason = line_about(fresh.unit, reason, field="reason", longest=LONGEST_SUBJECT)
    if not reason:
        raise Refusal(
            _("Write why the inspection is cancelled."), code="reason_missing", field="reason"
        )
    fresh.cancelled_on, fresh.cancel_reason = clock.today(), reason
    fresh.save(update_fields=["cancelled_on", "cancel_reason"])
    trail.record("inspection cancelled", fresh, by=by, reason=reason)
    return fresh


def _live(inspection: Inspection) -> Inspection:
    rows = Inspection.objects.select_for_update(of=("self",)).select_related("unit")
    fresh = rows.get(pk=inspection.pk)
    if fresh.cancelled_on is not None:
        raise Refusal(_("This inspection was cancelled. Plan another one."), code="cancelled")
    return fresh
