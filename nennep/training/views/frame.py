"""What the pages of training share."""

from collections.abc import Callable
from uuid import UUID

from django.forms import Form
from django.urls import reverse
from django.utils.translation import gettext as _

from nennep.core import clock, trail
from nennep.core.refusal import Refusal
from nennep.core.scoping import fetch
from nennep.core.text import whole_number
from nennep.organisation.models import Unit
from nennep.training.choices import Can
from nennep.training.forms import kept
from nennep.training.models import Course, CourseSession
from nennep.ui.http import Request

Crumbs = list[tuple[str, str]]
FIRST_YEAR = 2018


def unit_to(request: Request, can: str, code: str) -> Unit:
    return fetch(Unit.objects.select_related("parent"), request.user, can, code=code)


def course_to(request: Request, can: str, public_id: UUID) -> Course:
    return fetch(Course.objects.select_related("unit"), request.user, can, public_id=public_id)


def session_to(request: Request, can: str, public_id: UUID) -> CourseSession:
    rows = CourseSession.objects.select_related("course__unit__parent")
    return fetch(rows, request.user, can, public_id=public_id)


def year_of(request: Request) -> int:
    """The year asked for, else the present one."""
    asked, this = whole_number(request.GET.get("nam", "")), clock.today().year
    return asked if asked is not None and FIRST_YEAR <= asked <= this else this


def note_look(request: Request, unit: Unit, what: str, **details: object) -> None:
    """Names of another unit's people were looked at."""
    if not any(reach.path == unit.path for reach in request.user.reaches(Can.VIEW_TRAINED)):
        trail.record_look(what, unit, by=request.user, **details)


def crumbs(unit: Unit, *more: tuple[str, str]) -> Crumbs:
    """Training, the unit, and what comes below; the last one leads nowhere."""
    found = [
        (_("Training"), reverse("training:home")),
        (unit.name, reverse("training:unit", args=[unit.code])),
        *more,
    ]
    return [*found[:-1], (found[-1][0], "")]


def taken(form: Form, act: Callable[[], object]) -> bool:
    try:
        act()
    except Refusal as refusal:
        kept(form, refusal)
        return False
    return True
