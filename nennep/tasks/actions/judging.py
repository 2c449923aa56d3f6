"""What the cell, or the giver, makes of a result."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import trail
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.text import tidy
from nennep.tasks.actions.ground import locked, not_in_future, open_one, tell
from nennep.tasks.choices import Judgement
from nennep.tasks.models import Assignment

DONE = frozenset({Judgement.MET, Judgement.ABOVE, Judgement.LATE})


@transaction.atomic
def judge(
    assignment: Assignment,
    *,
    judgement: str,
    by: User,
    on: date | None = None,
    remark: str = "",
) -> Assignment:
    """“Met”, “above” and “late” rest on a result; “not met” may be said without one."""
    fresh, remark = open_one(assignment), tidy(remark)
    refuse_secret(remark)
    day = not_in_future(on, field="on")
    if judgement in DONE and fresh.done_on is None:
        raise Refusal(
            _("Write the result and the day on which it was done first."),
            code="not_done",
            field="judgement",
        )
    if fresh.done_on is not None and day < fresh.done_on:
        raise Refusal(
            _("The task cannot be judged before it was done."), code="judged_early", field="on"
        )
    fresh.judgement, fresh.judged_on, fresh.remark = Judgement(judgement), day, remark
    fresh.save(update_fields=["judgement", "judged_on", "remark"])
    trail.record("task judged", fresh, by=by, result=fresh.judgement)
    tell(fresh)
    return fresh


@transaction.atomic
def take_judgement_back(assignment: Assignment, *, by: User) -> Assignment:
    fresh = locked(assignment)
    if fresh.judgement:
        fresh.judgement, fresh.judged_on, fresh.judged_in = "", None, None
        fresh.save(update_fields=["judgement", "judged_on", "judged_in"])
        trail.record("judgement taken back", fresh, by=by)
        tell(fresh)
    return fresh
