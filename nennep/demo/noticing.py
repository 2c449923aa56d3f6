"""What deserved a second look in the last months of the district, and what cells said to it."""

from datetime import date, timedelta

from nennep.accounts.models import User
from nennep.core.periods import add_months
from nennep.demo.plan.words import STANDS_ON, sentences
from nennep.demo.scores import DISTRICT
from nennep.organisation.models import Unit
from nennep.quality.actions import explain_oddity, look_again
from nennep.quality.models import Oddity

SINCE = date(2024, 3, 1)
EXPLAINED = 12  # of the district's cells: enough to see how it looks


def notice(*, by: User) -> None:
    """As if it had been found each month: told on the tenth of the month after, the last ones now."""
    unit, month = Unit.objects.get(code=DISTRICT), SINCE
    while month <= STANDS_ON:
        told_on = min(add_months(month, 1) + timedelta(days=9), STANDS_ON)
        look_again(unit, month, told_on=told_on, by=by)
        month = add_months(month, 1)
    words = sentences("noticed")
    for oddity in Oddity.objects.open_above(STANDS_ON).order_by("pk")[:EXPLAINED:2]:
        explain_oddity(oddity, explanation=words[oddity.kind], by=by)
