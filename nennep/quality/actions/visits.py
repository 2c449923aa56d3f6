"""A superior attends a cell's meeting: planned, made, and what was seen."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import clock, trail
from nennep.core.periods import month_end, month_of
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.text import fold, tidy, vn_month
from nennep.meetings.choices import MeetingKind
from nennep.meetings.models import Guest, Meeting
from nennep.members.actions.texts import text_about
from nennep.members.models import Member
from nennep.organisation.models import Unit
from nennep.quality.actions.ground import (
    not_to_come,
    refuse_elsewhere,
    tell,
)
from nennep.quality.models import Following, Visit, VisitQuerySet
from nennep.quality.queries.supervision_rules import steps_on
from nennep.quality.queries.visits import meeting_held_on, next_month_to_visit

LONGEST_REASON = 300
LONGEST_WHO = 500


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    """Which cell, in which month (its first day), and who goes."""

    cell: Unit
    month: date
    visitor: Member | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen, in short; `missed_steps` are codes of the steps in force that day."""

    strengths: str = ""
    weaknesses: str = ""
    missed_steps: Collection[str] = ()


@transaction.atomic
def plan_visits(committee: Unit, plans: Sequence[PlannedVisit], *, by: User) -> int:
    """Plan many visits; a cell that has a plan for the month already gets its visitor anew.

    Returns how many plans are new or changed. A month that is over cannot be planned.
    """
    committee = Unit.objects.select_for_update(no_key=True).get(pk=committee.pk)
    refuse_elsewhere([plan.cell for plan in plans], committee)
    open_plans = {(v.unit_id, v.month): v for v in Visit.objects.planned().filter(
        committee=committee, unit__in=[plan.cell for plan in plans])}  # fmt: skip
    changed = []
    for plan in plans:
        _refuse_over(plan.month)
        known = open_plans.get((plan.cell.pk, plan.month))
        if known is None:
            changed.append(
                Visit.objects.create(
                    unit=plan.cell, committee=committee, month=plan.month, visitor=plan.visitor
                )
            )
        elif known.visitor_id != (plan.visitor.pk if plan.visitor else None):
            known.visitor = plan.visitor
            known.save(update_fields=["visitor"])
            changed.append(known)
    if changed:
        trail.record("visits planned", committee, by=by, count=len(changed))
    return len(changed)


@transaction.atomic
def plan_next_visit(committee: Unit, cell: Unit, *, by: User) -> Visit:
    """To the next meeting, by who follows the cell. A plan that stands already is left as it is."""
    month = next_month_to_visit(cell)
    known = Visit.objects.planned().filter(unit=cell, committee=committee, month=month).first()
    if known is None:
        follower = (
            Following.objects.on(clock.today()).filter(unit=cell, committee=committee).first()
        )
        plan_visits(
            committee, [PlannedVisit(cell, month, follower.member if follower else None)], by=by
        )
        known = Visit.objects.planned().get(unit=cell, committee=committee, month=month)
    return known


def _refuse_over(month: date) -> None:
    if month_end(month) < clock.today():
        raise Refusal(
            _("%(month)s is over. Record the visit that was made instead.")
            % {"month": vn_month(month).capitalize()},
            code="month_over",
            field="month",
        )


@transaction.atomic
def move_visit(visit: Visit, *, month: date, visitor: Member | None, by: User) -> Visit:
    """Another month, or somebody else who goes."""
    visit = _planned(visit)
    _refuse_over(month)
    taken = Visit.objects.planned().filter(
        unit=visit.unit, committee=visit.committee_id, month=month
    )
    if taken.exclude(pk=visit.pk).exists():
        raise Refusal(
            _("A visit to this cell is planned for that month already."),
            code="planned_already",
            field="month",
        )
    before = visit.month
    visit.month, visit.visitor = month, visitor
    visit.save(update_fields=["month", "visitor"])
    trail.record("visit moved", visit, by=by, before=before, after=month)
    return visit


@transaction.atomic
def cancel_visit(visit: Visit, *, reason: str, by: User) -> Visit:
    """A plan that is given up, for a reason."""
    visit, reason = _planned(visit), tidy(reason)[:LONGEST_REASON]
    refuse_secret(reason)
    if not reason:
        raise Refusal(_("Write why the visit is cancelled."), code="reason_missing", field="reason")
    visit.cancelled_on, visit.cancel_reason = clock.today(), reason
    visit.save(update_fields=["cancelled_on", "cancel_reason"])
    trail.record("visit cancelled", visit, by=by, reason=reason)
    return visit


@transaction.atomic
def record_visit(
    cell: Unit,
    *,
    committee: Unit,
    made_on: date,
    by: User,
    visitors: str = "",
    meeting: Meeting | None = None,
    seen: Seen | None = None,
) -> Visit:
    """A visit written down by hand. A plan of that month is carried out by it.

    The meeting is the one whose minutes tell of that day, where one does. A second visit to the
    same meeting is the same visit.
    """
    cell = Unit.objects.select_for_update(no_key=True).get(pk=cell.pk)
    refuse_elsewhere([cell], committee)
    _refuse_committee(cell)
    not_to_come(made_on, field="made_on")
    visitors = _visitors(cell, visitors)
    meeting = meeting or meeting_held_on(cell, made_on)
    month = meeting.period if meeting else month_of(made_on)
    known = _same(cell, committee, meeting, made_on)
    if known is None:
        plan = _plans(cell, month).filter(committee=committee).first()
        known = _make(
            plan or Visit(unit=cell, committee=committee, month=month),
            made_on=made_on,
            visitors=visitors,
            meeting=meeting,
            by=by,
        )
    return describe_visit(known, seen=seen, by=by) if seen else known


def _same(cell: Unit, committee: Unit, meeting: Meeting | None, made_on: date) -> Visit | None:
    """The visit that is recorded already: of this meeting, or of this day without a meeting."""
    of_the_day = Q(made_on=made_on, meeting=None)
    wanted = of_the_day if meeting is None else of_the_day | Q(meeting=meeting)
    made = Visit.objects.made().filter(wanted, unit=cell, committee=committee)
    return made.order_by("meeting_id", "pk").first()


def _make(
    visit: Visit, *, made_on: date, visitors: str, meeting: Meeting | None, by: User
) -> Visit:
    visit.made_on, visit.meeting = made_on, meeting
    visit.visitors = visitors or visit.who
    visit.save()
    trail.record("visit made", visit, by=by, day=made_on, month=f"{visit.month:%Y-%m}")
    tell(Visit, visit.unit, visit.month)
    return visit


def _visitors(cell: Unit, text: str) -> str:
    text = tidy(text)[:LONGEST_WHO]
    refuse_secret(text)
    if text and cell.is_figures_only:
        raise Refusal(
            _("“%(unit)s” keeps figures only: no person's name is kept here.")
            % {"unit": cell.name},
            code="figures_only",
            field="visitors",
        )
    return text


def _refuse_committee(cell: Unit) -> None:
    if not cell.is_cell:
        raise Refusal(_("Visits are made to cells. Choose a cell."), code="not_a_cell")


@transaction.atomic
def describe_visit(visit: Visit, *, seen: Seen, by: User) -> Visit:
    """What was seen. It may be put right later; the trail says that it was."""
    visit = _locked(visit)
    if visit.made_on is None:
        raise Refusal(_("This visit has not been made yet."), code="not_made")
    visit.strengths = text_about(visit.unit, seen.strengths, field="strengths")
    visit.weaknesses = text_about(visit.unit, seen.weaknesses, field="weaknesses")
    known = [step.code for step in steps_on(visit)]
    visit.missed_steps = [code for code in known if code in seen.missed_steps]
    visit.seen_by, visit.seen_at = by, clock.now()
    visit.save(update_fields=["strengths", "weaknesses", "missed_steps", "seen_by", "seen_at"])
    trail.record("visit described", visit, by=by, count=len(visit.missed_steps))
    return visit


def follow_closing(meeting: Meeting, *, by: User) -> None:
    """The minutes name superiors who attended: that makes the visit, and nobody types it again.

    It carries out what was planned for the month, by whoever came; without a plan it is a visit of
    the committee whose follower came, else of the one directly above the cell. A visit that was
    written down by hand before the minutes were closed is this one, and gets its meeting.
    """
    day = meeting.held_on
    if meeting.kind == MeetingKind.CELL_COMMITTEE or meeting.unit.parent_id is None or day is None:
        return
    guests = list(meeting.guests.filter(is_superior=True))
    if not guests:
        return
    visitors = "; ".join(filter(None, map(_guest_words, guests)))[:LONGEST_WHO]
    for visit in _made_by(meeting, {fold(guest.full_name) for guest in guests}, day):
        known = _same(meeting.unit, visit.committee, meeting, day)
        if known is not None:
            _tie(known, meeting)
            continue
        _make(visit, made_on=day, visitors=visitors, meeting=meeting, by=by)


def _tie(visit: Visit, meeting: Meeting) -> None:
    if visit.meeting_id is None:
        visit.meeting = meeting
        visit.save(update_fields=["meeting"])


def _guest_words(guest: Guest) -> str:
    return f"{guest.full_name} ({guest.post})" if guest.post else guest.full_name


def _made_by(meeting: Meeting, names: set[str], day: date) -> list[Visit]:
    """The plans these guests carried out; where none did, the visit that nobody had planned."""
    cell, month = meeting.unit, meeting.period
    plans = list(_plans(cell, month).select_related("visitor"))
    if plans:
        met = [p for p in plans if p.visitor is not None and fold(p.visitor.full_name) in names]
        return met or plans[:1]
    following = Following.objects.on(day).filter(unit=cell).select_related("member", "committee")
    came = (row for row in following if fold(row.member.full_name) in names)
    committee = next((row.committee for row in came), cell.parent)
    return [Visit(unit=cell, committee=committee, month=month)] if committee else []


def _plans(cell: Unit, month: date) -> VisitQuerySet:
    """Of the committee nearest to the cell first."""
    rows = Visit.objects.planned().filter(unit=cell, month=month)
    return rows.select_for_update(of=("self",)).order_by("-committee__depth", "id")


def _planned(visit: Visit) -> Visit:
    visit = _locked(visit)
    if visit.made_on is not None:
        raise Refusal(_("This visit was made already."), code="made")
    if visit.cancelled_on is not None:
        raise Refusal(_("This visit was cancelled. Plan another one."), code="cancelled")
    return visit


def _locked(visit: Visit) -> Visit:
    rows = Visit.objects.select_for_update(of=("self",)).select_related("unit", "meeting")
    return rows.get(pk=visit.pk)
