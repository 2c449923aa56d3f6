"""Who is reminded before the day, and what goes up after it, as text to copy or print."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nennep.core import clock
from nennep.core.text import vn_date
from nennep.organisation.models import Unit
from nennep.regulations.queries import add_working_days
from nennep.tasks.models import Assignment
from nennep.tasks.queries.in_force import rules_on
from nennep.tasks.queries.wording import worded
from nennep.tasks.queries.work import work_of_cell


@dataclass(frozen=True)
class Reminders:
    """`raised`: overdue for so long that who follows it, else the secretary, is told."""

    soon: Sequence[Assignment]
    overdue: Sequence[Assignment]
    raised: Sequence[Assignment]

    @property
    def text(self) -> str:
        """The whole list in words, one line each."""
        said = [_line("remind.soon", each) for each in self.soon]
        said += [_line("remind.overdue", each) for each in self.overdue]
        said += [_line("remind.raised", each) for each in self.raised]
        return "\n".join(said)


def reminders_of(cell: Unit) -> Reminders:
    work = work_of_cell(cell)
    before = _raised_before(cell)
    raised = [a for a in work.overdue if before and a.due_on and a.due_on < before]
    overdue = [each for each in work.overdue if each not in raised]
    return Reminders(work.soon, overdue, raised)


def _raised_before(cell: Unit) -> date | None:
    """Tasks due before this day have been overdue for the working days of the rule."""
    today = clock.today()
    days = rules_on(cell, today).values.escalate_working_days
    return add_working_days(today, -days) if days else None


def _line(key: str, each: Assignment) -> str:
    follower = each.follower.full_name if each.follower else worded("remind.secretary")
    return worded(
        key, what=each.words, who=each.receiver, day=vn_date(each.due_on), follower=follower
    )
