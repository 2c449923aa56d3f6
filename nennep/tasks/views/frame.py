"""What the pages of tasks share."""

from collections.abc import Callable
from uuid import UUID

from django.forms import Form
from django.urls import reverse
from django.utils.translation import gettext as _

from nennep.core import trail
from nennep.core.refusal import Refusal
from nennep.core.scoping import fetch
from nennep.organisation.models import Unit
from nennep.tasks.choices import Can
from nennep.tasks.forms import kept
from nennep.ui.http import Request

Crumbs = list[tuple[str, str]]


def unit_to(request: Request, can: str, code: str) -> Unit:
    units = Unit.objects.select_related("parent")
    return fetch(units, request.user, can, code=code)


def is_own(request: Request, unit: Unit) -> bool:
    """Whether the person has a place in this very unit, not above it."""
    return any(reach.path == unit.path for reach in request.user.reaches(Can.VIEW_TASKS))


def note_look(request: Request, unit: Unit, what: str, **details: object) -> None:
    """Names of another cell's people were looked at."""
    if not is_own(request, unit):
        trail.record_look(what, unit, by=request.user, **details)


def crumbs(unit: Unit, *more: str) -> Crumbs:
    found = [(_("Tasks"), reverse("tasks:home"))]
    found.append((unit.name, reverse("tasks:unit", args=[unit.code])))
    found += [(words, "") for words in more]
    return [*found[:-1], (found[-1][0], "")]


def taken(form: Form, act: Callable[[], object]) -> bool:
    try:
        act()
    except Refusal as refusal:
        kept(form, refusal)
        return False
    return True


def address(name: str, public_id: UUID) -> str:
    return reverse(f"tasks:{name}", args=[public_id])
