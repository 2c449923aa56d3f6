"""The rules a meeting is judged by: those of its day, at the place the cell had then."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from nennep.core import clock
from nennep.core.fields import holding_on
from nennep.meetings.models import Meeting
from nennep.meetings.rules import MeetingRules
from nennep.organisation.choices import BodyKind
from nennep.organisation.models import Placement, Term, Unit
from nennep.regulations.queries import RuleBook
from nennep.regulations.rules import InForce, RuleSource


def hanoi_day(moment: datetime) -> date:
    """The day of a moment in Hà Nội's time."""
    return moment.astimezone(clock.HANOI).date()


def day_of(meeting: Meeting) -> date:
    """The day it was held; until then the day it is planned for, else its month's first day."""
    moment = meeting.started_at or meeting.planned_at
    return hanoi_day(moment) if moment else meeting.period


def placement_of(meeting: Meeting) -> Placement | None:
    return place_of(meeting.unit, day_of(meeting))


def has_committee(unit: Unit, day: date) -> bool:
    """Whether the cell had a cell committee that day."""
    terms = Term.objects.filter(body__unit=unit, body__kind=BodyKind.CELL_COMMITTEE)
    return terms.on(day).exists()


def place_of(unit: Unit, day: date) -> Placement | None:
    return unit.placements.filter(holding_on(day)).first()


def rules_on(unit: Unit, day: date, place: Placement | None = None) -> InForce[MeetingRules]:
    """Rules in force for a unit on a day, by where it stood then."""
    place = place or place_of(unit, day)
    path = place.path if place else unit.path
    return RuleBook.load().in_force(MeetingRules, path, day)


def rules_of(meeting: Meeting, place: Placement | None = None) -> InForce[MeetingRules]:
    return rules_on(meeting.unit, day_of(meeting), place)


def clause(source: RuleSource | None) -> str:
    """“50-CT/TW, toàn Đảng sinh hoạt …”: how a mark names what it rests on."""
    return ", ".join(part for part in (source.symbol, source.clause) if part) if source else ""


def clause_as_checked(source: RuleSource | None) -> str:
    """The same with the mark of what nobody has compared with its original yet."""
    named = clause(source)
    if source is None or source.is_confirmed or not named:
        return named
    return f"{named} ({_('not yet checked against the original')})"
