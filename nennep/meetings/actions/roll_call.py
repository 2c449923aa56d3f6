"""Roll call: “everyone present except …”, written in one go."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import clock, trail
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.text import tidy
from nennep.meetings.actions.locks import held
from nennep.meetings.actions.voting import refresh_votes
from nennep.meetings.choices import Presence
from nennep.meetings.models import Attendance, Meeting, RollCall
from nennep.meetings.queries.roll import figures_sentence, roll_of
from nennep.meetings.rules.attendance import (
    Absence,
    Contradiction,
    RollSheet,
    attendance_rows,
    contradiction,
    presence_counts,
    strength_counts,
)
from nennep.meetings.rules.figures import RollFigures, problem_with
from nennep.members.queries import RollEntry

LONGEST_REASON = 200


@transaction.atomic
def take_roll(
    meeting: Meeting,
    *,
    absences: Mapping[int, Absence],
    by: User,
    late: Collection[int] = (),
    left_early: Collection[int] = (),
    exempt_came: Collection[int] = (),
    version: int | None = None,
) -> RollCall:
    """A row for everybody expected on the meeting's day and for exempt members who came.

    Taken again it replaces the one before; who had spoken and is present still has.
    """
    meeting = held(meeting)
    _refuse_figures_only(meeting)
    _refuse_stale(meeting, version)
    sheet = RollSheet(
        _tidied(absences), frozenset(late), frozenset(left_early), frozenset(exempt_came)
    )
    roll = roll_of(meeting)
    _refuse_contradiction(roll, sheet)
    rows = attendance_rows(roll, sheet, _who_had_spoken(meeting))
    Attendance.objects.filter(meeting=meeting).delete()
    Attendance.objects.bulk_create(
        Attendance(meeting_id=meeting.pk, **row._asdict()) for row in rows
    )
    counts = strength_counts(roll, sheet.exempt_came)._asdict() | presence_counts(rows)._asdict()
    return _keep(meeting, counts, by, is_typed=False)


@transaction.atomic
def take_roll_figures(meeting: Meeting, *, figures: RollFigures, by: User) -> RollCall:
    """For units of the police and the army: totals, no persons."""
    meeting = held(meeting)
    if not meeting.unit.is_figures_only:
        raise Refusal(_("This cell has a roll. Take the roll call by name."), code="has_a_roll")
    if problem := problem_with(figures):
        raise Refusal(figures_sentence(problem), code=f"figures_{problem}")
    return _keep(meeting, asdict(figures) | {"required": figures.required}, by, is_typed=True)


@transaction.atomic
def who_spoke(
    meeting: Meeting,
    *,
    by: User,
    except_ids: Collection[int] | None = None,
    ids: Collection[int] | None = None,
) -> int:
    """“Everybody spoke, except …” (`except_ids`), or the list of who did (`ids`)."""
    meeting = held(meeting)
    roll_call = _taken(meeting)
    here = Attendance.objects.filter(meeting=meeting, presence=Presence.PRESENT)
    present = set(here.values_list("member_id", flat=True))
    named = set(ids if ids is not None else except_ids or ())
    if stranger := named - present:
        raise Refusal(
            _("Somebody on the list was not present (%(count)s). Check the roll call.")
            % {"count": len(stranger)},
            code="speaker_not_present",
        )
    spoke = named if ids is not None else present - named
    Attendance.objects.filter(meeting=meeting).exclude(member_id__in=spoke).update(spoke=False)
    here.filter(member_id__in=spoke).update(spoke=True)
    roll_call.speakers = len(spoke)
    roll_call.save(update_fields=["speakers"])
    trail.record("speakers noted", meeting, by=by, count=len(spoke))
    return len(spoke)


@transaction.atomic
def take_roll_back(meeting: Meeting, *, by: User) -> Meeting:
    """As if no roll call had been taken. Not once a vote has its base from it."""
    meeting = held(meeting)
    if meeting.votes.exists():
        raise Refusal(
            _(
                "A vote was counted by this roll call. Remove the vote first, or take the roll again."
            ),
            code="voted_already",
        )
    meeting.attendances.all().delete()
    RollCall.objects.filter(meeting=meeting).delete()
    meeting.version += 1
    meeting.save(update_fields=["version"])
    trail.record("roll call taken back", meeting, by=by)
    return meeting


def _keep(meeting: Meeting, counts: dict[str, int], by: User, *, is_typed: bool) -> RollCall:
    roll_call, is_new = RollCall.objects.update_or_create(
        meeting=meeting,
        defaults=counts | {"taken_at": clock.now(), "taken_by": by, "is_typed": is_typed},
    )
    if not is_new:
        refresh_votes(meeting, roll_call)
    meeting.version += 1
    meeting.save(update_fields=["version"])
    trail.record(
        "roll call taken",
        meeting,
        by=by,
        present=roll_call.present,
        required=roll_call.required,
        excused=roll_call.excused,
        unexcused=roll_call.unexcused,
    )
    return roll_call


def _taken(meeting: Meeting) -> RollCall:
    roll_call = RollCall.objects.filter(meeting=meeting).first()
    if roll_call is None:
        raise Refusal(_("Take the roll call first."), code="no_roll_call")
    return roll_call


def _who_had_spoken(meeting: Meeting) -> set[int]:
    spoke = Attendance.objects.filter(meeting=meeting, spoke=True)
    return set(spoke.values_list("member_id", flat=True))


def _tidied(absences: Mapping[int, Absence]) -> dict[int, Absence]:
    for absence in absences.values():
        refuse_secret(absence.reason)
        if absence.presence not in {Presence.EXCUSED, Presence.UNEXCUSED}:
            raise Refusal(
                _("Say of each absent member whether there is a reason."), code="absence_unclear"
            )
    return {
        int(member_id): Absence(str(a.presence), tidy(a.reason)[:LONGEST_REASON])
        for member_id, a in absences.items()
    }


def _refuse_figures_only(meeting: Meeting) -> None:
    if meeting.unit.is_figures_only:
        raise Refusal(
            _("“%(unit)s” keeps figures only. Enter the totals, without names.")
            % {"unit": meeting.unit.name},
            code="figures_only",
        )


def _refuse_stale(meeting: Meeting, version: int | None) -> None:
    if version is not None and version != meeting.version:
        raise Refusal(
            _("Somebody else changed this meeting meanwhile. Look at it again, then save."),
            code="edited_meanwhile",
        )


def _refuse_contradiction(roll: Sequence[RollEntry], sheet: RollSheet) -> None:
    found = contradiction(roll, sheet)
    if found is None:
        return
    what, member_id = found
    name = next((entry.name for entry in roll if entry.member_id == member_id), "")
    sentences = {
        Contradiction.NOT_ON_ROLL: _("Somebody named is not on the cell's roll of that day."),
        Contradiction.NOT_EXPECTED: _(
            "%(name)s was not required to attend that day. Take the name off the list."
        ),
        Contradiction.PRESENT_AND_ABSENT: _(
            "%(name)s cannot be absent and also have come late or left early. Choose one."
        ),
        Contradiction.NOT_EXEMPT: _(
            "%(name)s is not exempt. Only exempt members are added to the roll call by name."
        ),
    }
    raise Refusal(sentences[what] % {"name": name}, code=what.value)
