"""Past meetings as a register says them: figures without names, the way the demonstration's go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import bulk
from nennep.core.refusal import Refusal
from nennep.core.takeback import Log, Watch, delete_made, refuse_built_on
from nennep.imports.rules import Judged
from nennep.meetings.actions import record_returns, tell_months
from nennep.meetings.models import Meeting, RollCall
from nennep.organisation.models import Unit


def take_in_history(rows: Iterable[Judged], under: Unit, *, by: User) -> Log:
    """Written in one go; the counters of every month touched are counted anew."""
    bulk.alone_with(Meeting, RollCall)
    watch = Watch((Meeting,))
    entered = record_returns([row.plan for row in rows], under=under, by=by)
    if entered.refused:
        raise Refusal(
            _("What is recorded here has changed meanwhile. Look at the verdicts again."),
            code="verdicts_changed",
        )
    log = watch.log()
    # A roll call has the number of its meeting.
    log["made"][RollCall._meta.label_lower] = log["made"][Meeting._meta.label_lower]
    return log


def take_back_history(log: Log) -> None:
    """Refused where anybody has gone on from one of the meetings: a score, an addendum, a signed page."""
    refuse_built_on(log)
    first, last = log["made"][Meeting._meta.label_lower]
    touched: dict[date, set[int]] = defaultdict(set)
    made = Meeting.objects.filter(pk__gte=first, pk__lte=last)
    for unit_id, period in made.order_by().values_list("unit_id", "period"):
        touched[period].add(unit_id)
    delete_made(log)
    tell_months(touched)
