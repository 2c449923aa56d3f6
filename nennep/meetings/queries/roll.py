"""Whom the roll call of a meeting names, and what is said of its figures."""

from datetime import date

from django.utils.translation import gettext as _

from nennep.meetings.choices import MeetingKind
from nennep.meetings.models import Meeting
from nennep.meetings.queries.in_force import day_of
from nennep.meetings.rules.figures import FiguresProblem
from nennep.members.queries import RollEntry, committee_on, roll_on
from nennep.organisation.models import Unit


def roll_of(meeting: Meeting) -> list[RollEntry]:
    """The cell's roll on the meeting's day; for the cell committee, its members alone."""
    return roll_for(meeting.unit, meeting.kind, day_of(meeting))


def roll_for(unit: Unit, kind: str, day: date) -> list[RollEntry]:
    roll = roll_on(unit, day)
    if kind != MeetingKind.CELL_COMMITTEE:
        return roll
    members = {holder.member_id for holder in committee_on(unit, day)}
    return [entry for entry in roll if entry.member_id in members]


def keeps_figures(meeting: Meeting) -> bool:
    """Totals instead of names: in units of the police and the army, and where a paper was entered."""
    return meeting.unit.is_figures_only or meeting.is_return


def figures_sentence(problem: FiguresProblem) -> str:
    return {
        FiguresProblem.NEGATIVE: _("A number of members cannot be below zero."),
        FiguresProblem.REQUIRED_DIFFERS: _(
            "Present, absent with and without a reason must add up to those required to attend:"
            " official and probationary, less exempt, away and suspended, with those here."
        ),
        FiguresProblem.MORE_EXEMPT_THAN_EXEMPT: _("More exempt members came than there are."),
        FiguresProblem.MORE_VOTERS_THAN_MEMBERS: _(
            "More official members are deducted from the vote than there are."
        ),
        FiguresProblem.MORE_VOTERS_THAN_EXCUSED: _(
            "More official members are absent with a reason than members are."
        ),
        FiguresProblem.MORE_SPEAKERS_THAN_PRESENT: _("More members spoke than came."),
    }[problem]
