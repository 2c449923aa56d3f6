"""Numbers of documents: within the term of the unit's body, without gaps or doubles."""

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.core.refusal import Refusal
from nennep.library.models import NumberSeries
from nennep.library.queries.numbers import is_given
from nennep.organisation.models import Term


@transaction.atomic
def take_number(term: Term, kind: str) -> int:
    """The next number of the series, whose row is held until the transaction ends: no gap, no double."""
    series = _locked(term, kind)
    series.last += 1
    series.save(update_fields=["last"])
    return series.last


@transaction.atomic
def enter_number(term: Term, kind: str, number: int) -> None:
    """A number that was given on paper: the series goes on behind it. Refused where it is taken."""
    series = _locked(term, kind)
    if is_given(term, kind, number):
        raise Refusal(
            _(
                "Number %(number)s of this kind has been given in this term already. Look in the"
                " book of numbers."
            )
            % {"number": f"{number:02d}"},
            code="number_taken",
            field="symbol",
        )
    if number > series.last:
        series.last = number
        series.save(update_fields=["last"])


def _locked(term: Term, kind: str) -> NumberSeries:
    NumberSeries.objects.get_or_create(term=term, kind=kind)
    return NumberSeries.objects.select_for_update().get(term=term, kind=kind)
