"""What the pages of supervision share: the unit, who acts for which committee, what was refused."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.urls import reverse
from django.utils.translation import gettext as _

from nennep.core import clock
from nennep.core.person import Person
from nennep.core.refusal import Refusal
from nennep.core.scoping import fetch, may
from nennep.organisation.models import Unit
from nennep.quality.choices import Can
from nennep.quality.models import Following
from nennep.quality.queries.supervision import SupervisedUnits
from nennep.ui.http import Request

Crumbs = list[tuple[str, str]]


def unit_to(request: Request, can: str, code: str) -> Unit:
    return fetch(SupervisedUnits(Unit).select_related("parent"), request.user, can, code=code)


def follows(person: Person, cell: Unit) -> Following | None:
    """That the person follows this cell today: who follows may plan, record and recommend."""
    rows = Following.objects.own(person).on(clock.today()).filter(unit=cell)
    return rows.select_related("committee", "member").first()


def may_visit(person: Person, cell: Unit) -> bool:
    return may(person, Can.RECORD_VISITS, cell) or follows(person, cell) is not None


def refuse_strangers(person: Person, cell: Unit) -> None:
    if not may_visit(person, cell):
        raise PermissionDenied


def acting_for(person: Person, unit: Unit, can: str) -> Unit | None:
    """The committee a person acts for: the one of the grant nearest to the unit, else whose follower."""
    paths = [
        reach.path
        for reach in person.reaches(can)
        if reach.only is None and unit.path.startswith(reach.path) and reach.path != unit.path
    ]
    if paths:
        return Unit.objects.filter(path=max(paths, key=len)).first()
    following = follows(person, unit)
    return following.committee if following else None


def committee_for(person: Person, unit: Unit, can: str) -> Unit:
    committee = acting_for(person, unit, can)
    if committee is None:
        raise PermissionDenied
    return committee


def crumbs(request: Request, unit: Unit, *more: str) -> Crumbs:
    """The units above whose supervision the person sees, the unit, then where in it."""
    reaches = [reach.path for reach in request.user.reaches(Can.VIEW_SUPERVISION)]
    chain = [
        each
        for each in Unit.objects.above(unit)
        if any(each.path.startswith(path) for path in reaches)
    ]
    found = [
        (each.name, reverse("quality:supervision", args=[each.code])) for each in [*chain, unit]
    ]
    found += [(words, "") for words in more]
    return [*found[:-1], (found[-1][0], "")]


def taken(form: Form, act: Callable[[], object]) -> bool:
    """Whether the act was done; a refusal stands beside its field, and what was typed stays."""
    if not form.is_valid():
        return False
    try:
        act()
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return False
    return True


def of_unit(name: str, unit: Unit) -> str:
    return reverse(f"quality:{name}", args=[unit.code])


def kept() -> str:
    return _("Kept.")
