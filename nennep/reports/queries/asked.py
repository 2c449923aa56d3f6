"""What reviews ask of an organisation."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from nennep.core.person import Person
from nennep.core.scoping import may
from nennep.core.text import vn_date
from nennep.meetings.queries.additions import Hint
from nennep.organisation.models import Unit
from nennep.reports.choices import Can
from nennep.reports.models import Contributor


def alerts(unit: Unit, person: Person) -> Iterator[Hint]:
    """On the first page of a cell and on the page of any unit: reviews that wait for its lines."""
    if not may(person, Can.CONTRIBUTE, unit):
        return
    rows = Contributor.objects.filter(unit=unit, answered_at=None, review__published=None)
    for asked in rows.select_related("review__programme__basis").order_by("review__due_on", "pk"):
        said = {"symbol": asked.review.programme.symbol, "day": vn_date(asked.review.due_on)}
        yield Hint(
            _("The review of %(symbol)s asks for a contribution by %(day)s.") % said,
            reverse("reports:contribute", args=[asked.public_id]),
        )
