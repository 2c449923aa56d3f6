"""Beginning the review of a programme, and saying anew what it is of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import clock, trail
from nennep.core.periods import Period, month_of
from nennep.core.refusal import Refusal
from nennep.core.text import tidy
from nennep.indicators.choices import Structure
from nennep.organisation.models import Unit
from nennep.programmes.models import Programme
from nennep.programmes.queries.finding import binding_at
from nennep.reports.choices import ReviewKind
from nennep.reports.models import ProgrammeReview

LONGEST_MONTHS = 120


@dataclass(frozen=True)
class Terms:
    """What a review is of. `stated` is the period as people call it ("3 năm"), `held_on` the day of
    the conference.
    """

    programme: Programme
    kind: ReviewKind
    first_day: date
    last_day: date
    stated: str = ""
    structure: Structure = Structure.THEN
    held_on: date | None = None


@transaction.atomic
def begin_review(unit: Unit, *, terms: Terms, by: User) -> ProgrammeReview:
    """Refused: a programme that does not bind here, days in a wrong order, to come or too far apart."""
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    _refuse_terms(unit, terms)
    review = ProgrammeReview(unit=unit, begun_by=by, begun_at=clock.now())
    return _kept(review, terms, "began a review", by)


@transaction.atomic
def change_review(review: ProgrammeReview, *, terms: Terms, by: User) -> ProgrammeReview:
    """Refused as at the beginning, and once it is published."""
    review = open_review(review)
    _refuse_terms(review.unit, terms)
    return _kept(review, terms, "changed a review", by)


def open_review(review: ProgrammeReview) -> ProgrammeReview:
    """The row, locked. Refused once it is published."""
    rows = ProgrammeReview.objects.select_for_update(of=("self",)).select_related("unit")
    review = rows.get(pk=review.pk)
    if review.published_id is not None:
        raise Refusal(
            _("This review is published and stays as it is. Begin a new one."), code="published"
        )
    return review


def _kept(review: ProgrammeReview, terms: Terms, verb: str, by: User) -> ProgrammeReview:
    review.programme = terms.programme
    review.kind, review.stated = terms.kind, tidy(terms.stated)
    review.first_day, review.last_day = terms.first_day, terms.last_day
    review.structure, review.held_on = terms.structure, terms.held_on
    review.save()
    trail.record(
        verb,
        review,
        by=by,
        symbol=terms.programme.symbol,
        valid_from=terms.first_day,
        valid_to=terms.last_day,
    )
    return review


def _refuse_terms(unit: Unit, terms: Terms) -> None:
    if not binding_at(unit, Programme.objects.filter(pk=terms.programme.pk)).exists():
        raise Refusal(
            _("%(symbol)s does not bind here. Choose a programme of this organisation.")
            % {"symbol": terms.programme.symbol},
            code="not_bound",
            field="programme",
        )
    if terms.last_day < terms.first_day:
        raise Refusal(
            _("The last day comes before the first. Put them in order."),
            code="wrong_order",
            field="last_day",
        )
    if terms.last_day > clock.today():
        raise Refusal(
            _("The last day has not come yet. Choose today or a day before."),
            code="to_come",
            field="last_day",
        )
    period = Period(month_of(terms.first_day), month_of(terms.last_day))
    if len(period.months) > LONGEST_MONTHS:
        raise Refusal(_("Choose ten years at most."), code="too_long", field="first_day")
