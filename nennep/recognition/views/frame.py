"""What the pages of commendation and rating share."""

from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from nennep.core import clock
from nennep.core.scoping import fetch
from nennep.core.text import whole_number
from nennep.organisation.models import Unit
from nennep.recognition.models import CommendationRound
from nennep.ui.http import Request

ROUNDS = CommendationRound.objects.select_related("unit__parent", "basis", "document")
FIRST_YEAR = 2000


def unit_to(request: Request, can: str, code: str) -> Unit:
    return fetch(Unit.objects.select_related("parent"), request.user, can, code=code)


def round_to(request: Request, can: str, public_id: UUID) -> CommendationRound:
    return fetch(ROUNDS, request.user, can, public_id=public_id)


def year_or_404(year: int) -> int:
    if not FIRST_YEAR <= year <= clock.today().year:
        raise Http404
    return year


def year_of(request: Request) -> int | None:
    asked = whole_number(request.GET.get("nam", ""))
    is_year = asked is not None and FIRST_YEAR <= asked <= clock.today().year
    return asked if is_year else None


def crumbs(unit: Unit, round_: CommendationRound | None = None) -> list[tuple[str, str]]:
    found = [(_("Commendation"), reverse("recognition:commendations", args=[unit.code]))]
    if round_ is not None:
        address = reverse("recognition:commendation-round", args=[round_.public_id])
        found.append((round_.occasion, address))
    return found
