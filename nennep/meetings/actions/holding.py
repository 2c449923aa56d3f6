"""Holding the meeting: what happened, as it happened. Only what contradicts itself is refused."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import clock, trail
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.text import tidy
from nennep.meetings.actions.locks import changeable, held, not_in_future
from nennep.meetings.choices import MeetingKind
from nennep.meetings.models import GroupPart, Guest, Meeting
from nennep.meetings.queries.agenda import agenda_steps
from nennep.meetings.queries.in_force import hanoi_day
from nennep.members.choices import PositionTitle
from nennep.members.models import Member
from nennep.members.queries import PositionHolder, committee_on
from nennep.organisation.models import PartyGroup

CHAIRS = (PositionTitle.SECRETARY, PositionTitle.STANDING_DEPUTY, PositionTitle.DEPUTY)


@transaction.atomic
def open_meeting(
    meeting: Meeting,
    *,
    by: User,
    started_at: datetime | None = None,
    chair: Member | None = None,
    minute_taker: Member | None = None,
    minute_taker_name: str = "",
) -> Meeting:
    """It began. Again, while the minutes are open, it puts the moment or the persons right.

    Nobody named: the secretary of the day is in the chair.
    """
    meeting = changeable(meeting)
    refuse_secret(minute_taker_name)
    _refuse_names(meeting, chair, minute_taker, tidy(minute_taker_name))
    before = meeting.held_on
    moment = meeting.started_at if started_at is None and meeting.started_at else started_at
    meeting.started_at = not_in_future(moment, field="started_at")
    _refuse_backwards(meeting)
    if before not in {None, meeting.held_on} and hasattr(meeting, "roll_call"):
        raise Refusal(
            _("The roll call was taken for another day. Take the opening back first."),
            code="roll_call_of_another_day",
            field="started_at",
        )
    _seat_chair(meeting, chair)
    _name_minute_taker(meeting, minute_taker, minute_taker_name)
    meeting.save()
    trail.record("meeting opened", meeting, by=by, started_at=meeting.started_at)
    return meeting


@transaction.atomic
def undo_open(meeting: Meeting, *, by: User) -> Meeting:
    """Opened by mistake: what was recorded since is taken back too; the agenda stays."""
    meeting = held(meeting)
    meeting.attendances.all().delete()
    meeting.votes.all().delete()
    meeting.group_parts.all().delete()
    if hasattr(meeting, "roll_call"):
        meeting.roll_call.delete()
    for moment in ("started_at", "thematic_started_at", "ended_at", "minutes_adopted_at"):
        setattr(meeting, moment, None)
    meeting.steps_marked_at, meeting.skipped_steps = None, []
    meeting.version += 1
    meeting.save()
    trail.record("opening undone", meeting, by=by)
    return meeting


@transaction.atomic
def mark_steps(meeting: Meeting, *, by: User, skipped: Iterable[str] = ()) -> Meeting:
    """“Như chương trình, trừ …”: the steps of the rules were gone through, except these codes."""
    meeting = held(meeting)
    known = [step.code for step in agenda_steps(meeting)]
    left_out = set(skipped)
    if unknown := left_out - set(known):
        raise Refusal(
            _("There is no step “%(code)s” in the rules of that day.")
            % {"code": ", ".join(sorted(unknown))},
            code="no_such_step",
        )
    meeting.steps_marked_at = clock.now()
    meeting.skipped_steps = [code for code in known if code in left_out]
    meeting.save(update_fields=["steps_marked_at", "skipped_steps"])
    trail.record("steps marked", meeting, by=by, skipped=meeting.skipped_steps)
    return meeting


@transaction.atomic
def add_guest(
    meeting: Meeting, *, full_name: str, by: User, post: str = "", is_superior: bool = False
) -> Guest:
    meeting = changeable(meeting)
    name, post = tidy(full_name), tidy(post)
    refuse_secret(name, post)
    _refuse_names(meeting, name)
    if not name:
        raise Refusal(_("Write the guest's name."), code="name_missing", field="full_name")
    guest, is_new = Guest.objects.get_or_create(
        meeting=meeting, full_name=name, defaults={"post": post, "is_superior": is_superior}
    )
    if is_new:
        trail.record("guest added", meeting, by=by, is_superior=is_superior)
    return guest


@transaction.atomic
def remove_guest(guest: Guest, *, by: User) -> None:
    meeting = changeable(guest.meeting)
    trail.record("guest removed", meeting, by=by, is_superior=guest.is_superior)
    guest.delete()


@transaction.atomic
def set_dues(meeting: Meeting, *, paid: int, due: int, by: User) -> Meeting:
    """“Đã nộp n/m”: two numbers, no names."""
    meeting = held(meeting)
    if not 0 <= paid <= due:
        raise Refusal(
            _("%(paid)s members cannot have paid out of %(due)s. Check the two numbers.")
            % {"paid": paid, "due": due},
            code="dues_contradict",
            field="paid",
        )
    meeting.dues_paid, meeting.dues_due = paid, due
    meeting.save(update_fields=["dues_paid", "dues_due"])
    trail.record("dues noted", meeting, by=by, paid=paid, due=due)
    return meeting


@dataclass(frozen=True, slots=True)
class GroupPartGiven:
    """A party group's part of the meeting, as it was held."""

    party_group: PartyGroup
    started_at: datetime
    ended_at: datetime
    place: str = ""


@transaction.atomic
def set_group_parts(
    meeting: Meeting, *, parts: Sequence[GroupPartGiven], by: User
) -> list[GroupPart]:
    """All parts at once; the ones from before are replaced. One roll call, one base, one paper."""
    meeting = held(meeting)
    for part in parts:
        _refuse_part(meeting, part)
    meeting.group_parts.all().delete()
    kept = GroupPart.objects.bulk_create(
        GroupPart(
            meeting=meeting,
            party_group=part.party_group,
            place=tidy(part.place),
            started_at=part.started_at,
            ended_at=part.ended_at,
        )
        for part in parts
    )
    trail.record("group parts noted", meeting, by=by, count=len(kept))
    return kept


@transaction.atomic
def start_thematic(meeting: Meeting, *, by: User, at: datetime | None = None) -> Meeting:
    """The regular part is over, the thematic one begins, in the same session."""
    meeting = held(meeting)
    if meeting.kind != MeetingKind.COMBINED:
        raise Refusal(
            _("Only a combined session has a thematic part of its own."), code="not_combined"
        )
    meeting.thematic_started_at = not_in_future(at, field="at")
    _refuse_backwards(meeting)
    meeting.save(update_fields=["thematic_started_at"])
    trail.record("thematic part begun", meeting, by=by, at=meeting.thematic_started_at)
    return meeting


@transaction.atomic
def end_meeting(meeting: Meeting, *, by: User, ended_at: datetime | None = None) -> Meeting:
    meeting = held(meeting)
    meeting.ended_at = not_in_future(ended_at, field="ended_at")
    _refuse_backwards(meeting)
    meeting.save(update_fields=["ended_at"])
    trail.record("meeting ended", meeting, by=by, ended_at=meeting.ended_at)
    return meeting


def _refuse_names(meeting: Meeting, *names: object) -> None:
    """Units of the police and the army keep no person's name."""
    if meeting.unit.is_figures_only and any(names):
        raise Refusal(
            _("“%(unit)s” keeps figures only: no person's name is kept here.")
            % {"unit": meeting.unit.name},
            code="figures_only",
        )


def _refuse_backwards(meeting: Meeting) -> None:
    """Start, thematic part and end come in this order, the end within a day of the start."""
    start, middle, end = meeting.started_at, meeting.thematic_started_at, meeting.ended_at
    moments = [moment for moment in (start, middle, end) if moment is not None]
    if moments != sorted(set(moments)):
        raise Refusal(
            _("The meeting cannot end before it starts. Check the two times."),
            code="end_before_start",
            field="ended_at",
        )
    if start is not None and end is not None and (end - start).days >= 1:
        raise Refusal(
            _("The meeting cannot have lasted longer than a day. Check the day of its end."),
            code="too_long",
            field="ended_at",
        )


def _seat_chair(meeting: Meeting, chair: Member | None) -> None:
    if chair is None and meeting.chair_name:
        return
    day = hanoi_day(meeting.started_at or clock.now())
    holders = committee_on(meeting.unit, day)
    holder = _usual_chair(holders) if chair is None else _holder(holders, chair)
    if chair is not None:
        meeting.chair, meeting.chair_name = chair, chair.full_name
    elif holder is not None:
        meeting.chair_id, meeting.chair_name = holder.member_id, holder.name
    meeting.chair_post = holder.title if holder else ""


def _usual_chair(holders: Sequence[PositionHolder]) -> PositionHolder | None:
    return next((h for title in CHAIRS for h in holders if h.title == title), None)


def _holder(holders: Sequence[PositionHolder], member: Member) -> PositionHolder | None:
    return next((holder for holder in holders if holder.member_id == member.pk), None)


def _name_minute_taker(meeting: Meeting, member: Member | None, name: str) -> None:
    if member is not None:
        meeting.minute_taker, meeting.minute_taker_name = member, member.full_name
    elif tidy(name):
        meeting.minute_taker, meeting.minute_taker_name = None, tidy(name)


def _refuse_part(meeting: Meeting, part: GroupPartGiven) -> None:
    refuse_secret(part.place)
    if part.party_group.unit_id != meeting.unit_id:
        raise Refusal(
            _("“%(group)s” is not a party group of this cell.") % {"group": part.party_group.name},
            code="group_of_another_cell",
        )
    if part.ended_at <= part.started_at:
        raise Refusal(
            _("The part of “%(group)s” cannot end before it starts. Check the two times.")
            % {"group": part.party_group.name},
            code="end_before_start",
        )
