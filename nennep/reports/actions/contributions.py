"""What organisations below say to a review: asked for, given, chosen."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import clock, trail
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.text import tidy
from nennep.organisation.models import Unit
from nennep.reports.actions.programme_reviews import open_review
from nennep.reports.choices import ContributionKind
from nennep.reports.models import Contribution, Contributor, ProgrammeReview

MOST_LINES = 5  # of one kind: short contributions, which an office can read from a hundred units
LONGEST_LINE = 300


@transaction.atomic
def ask_for(review: ProgrammeReview, *, due_on: date, by: User) -> int:
    """Asks everybody directly below, and the unit itself; again, it moves the day and asks who is new.

    Returns how many are asked now. Refused: a day that is past, a published review.
    """
    review = open_review(review)
    if due_on < clock.today():
        raise Refusal(
            _("This day is past. Choose a day that leaves time to answer."),
            code="past_day",
            field="due_on",
        )
    review.due_on = due_on
    review.save(update_fields=["due_on"])
    asked = set(review.contributors.values_list("unit_id", flat=True))
    units = [review.unit, *Unit.objects.filter(parent=review.unit).living().order_by("sort_key")]
    new = [Contributor(review=review, unit=unit) for unit in units if unit.pk not in asked]
    Contributor.objects.bulk_create(new)
    trail.record("asked for contributions", review, by=by, due_on=due_on, count=len(new))
    return len(asked) + len(new)


@transaction.atomic
def contribute(
    contributor: Contributor, *, lines: Mapping[ContributionKind, Sequence[str]], by: User
) -> Contributor:
    """The answer as a whole, in place of the one before; no line at all means nothing to say.

    After the day it is taken too: late is shown as late. Refused: too many or too long lines, marks
    of secrecy, a published review.
    """
    rows = Contributor.objects.select_for_update(of=("self",)).select_related("review", "unit")
    contributor = rows.get(pk=contributor.pk)
    open_review(contributor.review)
    told = [
        (kind, text) for kind in ContributionKind for text in _tidied(kind, lines.get(kind, ()))
    ]
    chosen = set(contributor.lines.filter(is_chosen=True).values_list("kind", "text"))
    contributor.lines.all().delete()
    Contribution.objects.bulk_create(
        Contribution(
            contributor=contributor, kind=kind, text=text, is_chosen=(kind.value, text) in chosen
        )
        for kind, text in told
    )
    contributor.answered_by, contributor.answered_at = by, clock.now()
    contributor.save(update_fields=["answered_by", "answered_at"])
    trail.record("contributed to a review", contributor, by=by, count=len(told))
    return contributor


@transaction.atomic
def choose(review: ProgrammeReview, *, lines: Collection[int], by: User) -> int:
    """These lines go into the report and no others. Returns how many. Refused once published."""
    review = open_review(review)
    own = Contribution.objects.filter(contributor__review=review)
    own.filter(is_chosen=True).exclude(pk__in=lines).update(is_chosen=False)
    own.filter(pk__in=lines).update(is_chosen=True)
    count = own.filter(is_chosen=True).count()
    trail.record("chose contributions", review, by=by, count=count)
    return count


def _tidied(kind: ContributionKind, lines: Sequence[str]) -> list[str]:
    told = list(dict.fromkeys(line for line in map(tidy, lines) if line))
    refuse_secret("\n".join(told))
    if len(told) > MOST_LINES:
        raise Refusal(
            _("Five lines at most of each kind. Put together what belongs together."),
            code="too_many_lines",
            field=kind.value,
        )
    if any(len(line) > LONGEST_LINE for line in told):
        raise Refusal(
            _("A line has 300 letters at most. Make the long one shorter, or two of it."),
            code="line_too_long",
            field=kind.value,
        )
    return told
