"""The rules on tasks that hold for a unit on a day."""

from datetime import date

from nennep.organisation.models import Unit
from nennep.regulations.queries import RuleBook
from nennep.regulations.rules import InForce
from nennep.tasks.models import Task
from nennep.tasks.rules import TaskRules


def rules_on(unit: Unit, day: date) -> InForce[TaskRules]:
    """By where the unit stands now: what is given now is given there."""
    return RuleBook.load().in_force(TaskRules, unit.path, day)


def questions_of(task: Task) -> dict[str, str]:
    """The words of the clear questions that were in force where and when the task was given."""
    scheme = rules_on(task.unit, task.given_on).values.scheme
    return {question.code: question.question for question in scheme.others}
