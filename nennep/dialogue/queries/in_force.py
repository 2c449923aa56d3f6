"""By which day a level answers, under the rule that holds there."""

from datetime import date

from nennep.dialogue.rules import DialogueRules
from nennep.organisation.models import Unit
from nennep.regulations.queries import RuleBook, add_working_days


def answer_due(unit: Unit, came_on: date, book: RuleBook | None = None) -> date | None:
    """The last day to answer or pass on what came that day; None where no rule says it."""
    rules = (book or RuleBook.load()).in_force(DialogueRules, unit.path, came_on)
    days = rules.values.answer_working_days
    return add_working_days(came_on, days) if days else None
