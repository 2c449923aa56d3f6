"""The rules on supervision that hold for a unit, and the steps a visitor looks at."""

from datetime import date

from nennep.meetings.choices import MeetingKind
from nennep.meetings.queries.agenda import agenda_steps
from nennep.meetings.queries.in_force import rules_on as meeting_rules_on
from nennep.meetings.rules import Step
from nennep.meetings.rules.steps import steps_of
from nennep.organisation.models import Unit
from nennep.quality.models import Visit
from nennep.quality.rules.supervision import SupervisionRules
from nennep.regulations.queries import RuleBook, add_working_days
from nennep.regulations.rules import InForce


def rules_on(unit: Unit, day: date) -> InForce[SupervisionRules]:
    """By where the unit stands now: what is asked now is asked there."""
    return RuleBook.load().in_force(SupervisionRules, unit.path, day)


def answer_due(unit: Unit, given_on: date) -> date | None:
    """The last day to answer what is recommended that day; None where no rule says it."""
    days = rules_on(unit, given_on).values.answer_working_days
    return add_working_days(given_on, days) if days else None


def steps_on(visit: Visit) -> tuple[Step, ...]:
    """The set order of the meeting that was attended; where it is not held here, of a regular one."""
    if visit.meeting is not None:
        return agenda_steps(visit.meeting)
    return regular_steps(visit.unit, visit.made_on or visit.month)


def regular_steps(cell: Unit, day: date) -> tuple[Step, ...]:
    """Empty where no rule has a set order."""
    return steps_of(MeetingKind.REGULAR, meeting_rules_on(cell, day).values) or ()
