"""The rules on training that hold for a unit on a day."""

from datetime import date

from nennep.members.rules import DAY, Span
from nennep.organisation.models import Unit
from nennep.regulations.queries import RuleBook
from nennep.regulations.rules import InForce
from nennep.training.rules import TrainingRules

APP_KEY = f"{TrainingRules.prefix}.handbook_app"


def rules_on(unit: Unit, day: date) -> InForce[TrainingRules]:
    return RuleBook.load().in_force(TrainingRules, unit.path, day)


def days_of_app(book: RuleBook, path: str, app: str, day: date) -> Span | None:
    """From the day to the last one on which this app is the one asked about; None: it is not."""
    entry = book.entry_on(APP_KEY, path, day)
    if entry is None or entry.value != app:
        return None
    while entry.valid_to is not None:
        following = book.entry_on(APP_KEY, path, entry.valid_to + DAY)
        if following is None or following.value != app:
            return day, entry.valid_to
        entry = following
    return day, None
