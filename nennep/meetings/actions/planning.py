"""Planning a meeting. Here the rules may say no: nothing has happened yet."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import clock, facts, trail
from nennep.core.periods import month_end, month_index, month_of
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.text import tidy, vn_date
from nennep.meetings.actions.locks import changeable, locked, refuse_closed
from nennep.meetings.actions.passes import end_passes
from nennep.meetings.actions.preparing import follow_plan
from nennep.meetings.choices import SATISFY_REGULAR, MeetingKind
from nennep.meetings.models import Meeting
from nennep.meetings.queries.in_force import clause, hanoi_day, has_committee, rules_on
from nennep.meetings.rules.length import planned_length
from nennep.organisation.models import Unit

# February's meeting may be held in late January, or a late one after the month: not a year away.
FARTHEST_MONTHS = 2


@transaction.atomic
def plan_meeting(  # noqa: PLR0913 -- what a plan says, by name
    unit: Unit,
    *,
    kind: str,
    period: date,
    by: User,
    planned_at: datetime | None = None,
    planned_minutes: int | None = None,
    place: str = "",
    topic: str = "",
    is_model: bool = False,
    is_online: bool = False,
    online_permission: str = "",
) -> Meeting:
    """A meeting of the cell for a month; `period` is any day of that month."""
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    period = month_of(period)
    day = hanoi_day(planned_at) if planned_at else period
    refuse_secret(topic, place, online_permission)
    _refuse_cell(unit, day, period)
    _refuse_far(period, day)
    refuse_kind(unit, kind, day)
    refuse_second_regular(unit, kind, period)
    _refuse_online(unit, day, online_permission, is_online=is_online)
    meeting = Meeting.objects.create(
        unit=unit,
        kind=MeetingKind(kind),
        period=period,
        planned_at=planned_at,
        planned_minutes=length_for(unit, kind, day, planned_minutes),
        place=tidy(place),
        topic=tidy(topic),
        is_model=is_model,
        online_permission=tidy(online_permission),
    )
    trail.record("meeting planned", meeting, by=by, kind=kind, period=period, planned_at=planned_at)
    return meeting


@transaction.atomic
def move_meeting(
    meeting: Meeting,
    *,
    by: User,
    planned_at: datetime | None = None,
    planned_minutes: int | None = None,
    place: str | None = None,
    topic: str | None = None,
    period: date | None = None,
    is_model: bool | None = None,
) -> Meeting:
    """Another day, length, place, theme or month; what is None stays as it is."""
    meeting = changeable(meeting)
    refuse_secret(topic or "", place or "")
    was_at, was_for = meeting.planned_at, meeting.period
    meeting.planned_at = planned_at or meeting.planned_at
    meeting.place = meeting.place if place is None else tidy(place)
    meeting.topic = meeting.topic if topic is None else tidy(topic)
    meeting.is_model = meeting.is_model if is_model is None else is_model
    if period is not None and month_of(period) != meeting.period:
        meeting.period = month_of(period)
        refuse_second_regular(meeting.unit, meeting.kind, meeting.period, but=meeting)
    day = hanoi_day(meeting.planned_at) if meeting.planned_at else meeting.period
    _refuse_cell(meeting.unit, day, meeting.period)
    _refuse_far(meeting.period, day)
    asked = planned_minutes or meeting.planned_minutes
    if meeting.started_at is None:  # once it began, its real length is what counts
        asked = length_for(meeting.unit, meeting.kind, day, asked)
    meeting.planned_minutes = asked
    meeting.save(
        update_fields=["planned_at", "planned_minutes", "place", "topic", "period", "is_model"]
    )
    follow_plan(meeting, was_at, was_for)
    before = {"planned_at": was_at, "period": was_for}
    trail.record("meeting moved", meeting, by=by, before=before, planned_at=meeting.planned_at)
    return meeting


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, reason: str, by: User) -> Meeting:
    """It will not be held, or was opened by mistake. Nothing recorded of it is thrown away."""
    meeting = locked(meeting)
    refuse_closed(meeting)
    reason = tidy(reason)
    refuse_secret(reason)
    if not reason:
        raise Refusal(
            _("Write why the meeting is cancelled."), code="reason_missing", field="reason"
        )
    if meeting.cancelled_at is None:
        meeting.cancelled_at = clock.now()
        meeting.cancel_reason = reason
        meeting.save(update_fields=["cancelled_at", "cancel_reason"])
        end_passes(meeting, by=by)
        trail.record("meeting cancelled", meeting, by=by)
    return meeting


@transaction.atomic
def undo_cancel(meeting: Meeting, *, by: User) -> Meeting:
    meeting = locked(meeting)
    if meeting.cancelled_at is None:
        return meeting
    refuse_second_regular(meeting.unit, meeting.kind, meeting.period, but=meeting)
    meeting.cancelled_at = None
    meeting.cancel_reason = ""
    meeting.save(update_fields=["cancelled_at", "cancel_reason"])
    trail.record("cancellation undone", meeting, by=by)
    facts.facts_changed.send(sender=Meeting, cell=meeting.unit, month=meeting.period, kind="month")
    return meeting


def refuse_second_regular(
    unit: Unit, kind: str, period: date, *, but: Meeting | None = None
) -> None:
    """One regular meeting a month: a combined session is the regular one as well."""
    if kind not in SATISFY_REGULAR:
        return
    others = Meeting.objects.live().filter(
        unit=unit, period=period, kind__in=sorted(SATISFY_REGULAR)
    )
    if but is not None:
        others = others.exclude(pk=but.pk)
    if other := others.first():
        raise Refusal(
            _(
                "There is a regular meeting for %(month)s already%(day)s. Open that one, or plan"
                " this one as thematic or extraordinary."
            )
            % {
                "month": f"{period.month}/{period.year}",
                "day": f" ({vn_date(hanoi_day(other.planned_at))})" if other.planned_at else "",
            },
            code="second_regular",
            field="period",
        )


def length_for(unit: Unit, kind: str, day: date, minutes: int | None) -> int | None:
    """The planned length: the rule's least for a combined session of which nothing was said.

    A combined session may not be planned shorter than the rules ask; a regular one may, and its
    page warns.
    """
    rule = rules_on(unit, day)
    planned, short_of = planned_length(kind, minutes, 0, rule.values)
    if short_of is None or kind != MeetingKind.COMBINED:
        return planned
    raise Refusal(
        _(
            "A regular meeting with a thematic one after it takes at least %(least)s minutes in all"
            " (%(clause)s). Plan a longer session, or two meetings on two days."
        )
        % {"least": short_of.minutes, "clause": clause(rule.source_of(short_of.rule))},
        code="combined_too_short",
        field="planned_minutes",
    )


def refuse_kind(unit: Unit, kind: str, day: date) -> None:
    if kind not in MeetingKind.values:
        raise Refusal(_("There is no such kind of meeting."), code="no_such_kind", field="kind")
    if kind == MeetingKind.CELL_COMMITTEE and not has_committee(unit, day):
        raise Refusal(
            _(
                "“%(unit)s” has no cell committee on %(day)s. Enter the committee and its term"
                " first, or plan another kind."
            )
            % {"unit": unit.name, "day": vn_date(day)},
            code="no_cell_committee",
            field="kind",
        )


def _refuse_cell(unit: Unit, day: date, period: date) -> None:
    if not unit.is_cell:
        raise Refusal(
            _("“%(unit)s” is not a cell: only cells hold these meetings.") % {"unit": unit.name},
            code="not_a_cell",
        )
    last = unit.ended_on
    if max(day, month_end(period)) < unit.founded_on or (last is not None and day > last):
        raise Refusal(
            _("“%(unit)s” did not exist on %(day)s. Give a day within its life.")
            % {"unit": unit.name, "day": vn_date(day)},
            code="cell_not_living",
            field="planned_at",
        )


def _refuse_far(period: date, day: date) -> None:
    if abs(month_index(month_of(day)) - month_index(period)) > FARTHEST_MONTHS:
        raise Refusal(
            _("The day %(day)s is far from the month %(month)s. Check the day or the month.")
            % {"day": vn_date(day), "month": f"{period.month}/{period.year}"},
            code="period_far_from_day",
            field="planned_at",
        )


def _refuse_online(unit: Unit, day: date, permission: str, *, is_online: bool) -> None:
    if not is_online or tidy(permission):
        return
    if rules_on(unit, day).values.online_allowed is not False:  # no rule: nothing to refuse
        return
    raise Refusal(
        _(
            "Meetings are held online only as a pilot that was permitted. Write the number of the"
            " document that permits it, or meet in person."
        ),
        code="online_needs_permission",
        field="online_permission",
    )
