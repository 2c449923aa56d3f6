"""What deserves a second look is found when minutes are closed, told to the cell, and explained by it."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import clock, trail
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.text import tidy
from nennep.meetings.models import Meeting
from nennep.organisation.models import Unit
from nennep.quality.actions.scoring import kept_number
from nennep.quality.models import Oddity
from nennep.quality.queries.looking import LookedAt, look_at, meetings_to_look_at
from nennep.quality.rules.oddities import Finding, open_above_on

LONGEST = 500


def look_after_closing(meeting: Meeting, *, by: User) -> None:
    """Derived from the minutes just closed; the line of the closing stands for it in the trail."""
    _keep(look_at([meeting.pk]))


@transaction.atomic
def look_again(unit: Unit, month: date, *, by: User, told_on: date | None = None) -> int:
    """All cells under the unit once more, after a rule changed or past minutes came in.

    What is found again keeps its day and its explanation; what is new has the cell's own time from
    `told_on` on, today unless said. Returns how many points stand.
    """
    _keep(look_at(meetings_to_look_at(unit, month)), told_on)
    count = Oddity.objects.within(unit).standing().filter(period=month).count()
    trail.record("oddities looked for", unit, by=by, month=f"{month:%Y-%m}", count=count)
    return count


def _keep(looked: Iterable[LookedAt], told_on: date | None = None) -> None:
    rows = {each.meeting_id: each for each in looked}
    kept = Oddity.objects.filter(meeting_id__in=rows).select_for_update()
    known = {(oddity.meeting_id, oddity.kind): oddity for oddity in kept.order_by("pk")}
    found = {
        (each.meeting_id, finding.kind): (each, finding)
        for each in rows.values()
        for finding in each.found
    }
    for key, oddity in known.items():
        oddity.still_holds = key in found
        if key in found:
            oddity.measure = kept_number(found[key][1].measure)
    Oddity.objects.bulk_update(known.values(), ["still_holds", "measure"], batch_size=500)
    day = told_on or clock.today()
    new = [_new(each, finding, day) for key, (each, finding) in found.items() if key not in known]
    Oddity.objects.bulk_create(new, batch_size=500)


def _new(each: LookedAt, finding: Finding, day: date) -> Oddity:
    return Oddity(
        meeting_id=each.meeting_id,
        unit_id=each.unit_id,
        period=each.period,
        kind=finding.kind,
        measure=kept_number(finding.measure),
        found_on=day,
        open_above_on=open_above_on(day, each.rules),
    )


@transaction.atomic
def explain_oddity(oddity: Oddity, *, explanation: str, by: User) -> Oddity:
    """The cell's own words, which a superior who may read content will read. May be written anew."""
    oddity = Oddity.objects.select_for_update(of=("self",)).select_related("unit").get(pk=oddity.pk)
    explanation = tidy(explanation)
    refuse_secret(explanation)
    if not explanation:
        raise Refusal(
            _("Write how it came about; a few words are enough."),
            code="explanation_missing",
            field="explanation",
        )
    if len(explanation) > LONGEST:
        raise Refusal(
            _("At most %(count)s characters: shorten the explanation.") % {"count": LONGEST},
            code="too_long",
            field="explanation",
        )
    oddity.explanation, oddity.explained_by, oddity.explained_at = explanation, by, clock.now()
    oddity.save(update_fields=["explanation", "explained_by", "explained_at"])
    trail.record(
        "oddity explained", oddity, by=by, kind=oddity.kind, month=f"{oddity.period:%Y-%m}"
    )
    return oddity
