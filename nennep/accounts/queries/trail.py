"""What the trail tells, to whom, and in which words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from nennep.accounts.choices import TRAIL_DETAILS, Can, Role
from nennep.core import clock, trail
from nennep.core.models import TrailLine
from nennep.core.person import Person
from nennep.core.scoping import ScopedQuerySet
from nennep.core.text import tidy, vn_date
from nennep.organisation.models import Unit
from nennep.organisation.queries import scope_names
from nennep.organisation.rules import depth_of

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[^ ]*$")


class TrailOfUnits(ScopedQuerySet[TrailLine]):
    """The audit trail as a person sees it: the lines of the part of the tree they reach.

    What belongs to no unit (rules, sign-in, the installation) is seen by who reaches the top.
    """

    to_view = Can.VIEW_TRAIL
    path_lookup = "unit_path"


def trail_for(person: Person, unit: Unit | None = None) -> QuerySet[TrailLine]:
    """The lines in the person's sight; with `unit`, those of that part of the tree."""
    lines = TrailOfUnits(TrailLine)
    if unit is not None:
        return lines.visible_to(person).within(unit)
    reaches_top = any(depth_of(reach.path) == 0 for reach in person.reaches(Can.VIEW_TRAIL))
    if reaches_top:
        return lines.all()
    return lines.visible_to(person)


def lines_found(
    lines: QuerySet[TrailLine],
    who: str = "",
    first: date | None = None,
    last: date | None = None,
    looks: bool = False,  # noqa: FBT001, FBT002 -- a filter of the page, given by name
) -> QuerySet[TrailLine]:
    """The lines a person asked for. Days are those of Hà Nội, both included."""
    if who:
        lines = lines.filter(actor_label__icontains=tidy(who))
    if first:
        lines = lines.filter(happened_at__date__gte=first)
    if last:
        lines = lines.filter(happened_at__date__lte=last)
    return lines.filter(is_look=True) if looks else lines


@dataclass(frozen=True)
class ToldLine:
    """One line of the trail in words."""

    happened_at: datetime
    who: str
    what: str | Promise
    where: str
    is_look: bool
    details: list[tuple[str | Promise, str]]


def told(lines: Sequence[TrailLine]) -> list[ToldLine]:
    names = scope_names({line.unit_path for line in lines})
    return [
        ToldLine(
            happened_at=line.happened_at,
            who=line.actor_label,
            what=trail.label_of(line.verb),
            where=names.get(line.unit_path, ""),
            is_look=line.is_look,
            details=_details_of(line),
        )
        for line in lines
    ]


def _details_of(line: TrailLine) -> list[tuple[str | Promise, str]]:
    """What a line says besides, in the order people would say it, whatever order it was kept in."""
    order = {key: place for place, key in enumerate(TRAIL_DETAILS)}
    said = sorted(line.details.items(), key=lambda pair: (order.get(pair[0], len(order)), pair[0]))
    return [
        (TRAIL_DETAILS.get(key, key), _in_words(value))
        for key, value in said
        if value not in (None, False, "", [], {})
    ]


def _in_words(value: object) -> str:
    if value is True:
        return _("yes")
    if isinstance(value, list):
        return ", ".join(_in_words(part) for part in value)
    text = str(value)
    if DAY.fullmatch(text):
        return vn_date(date.fromisoformat(text))
    if MOMENT.match(text):
        moment = datetime.fromisoformat(text).astimezone(clock.HANOI)
        return f"{moment:%H:%M} {vn_date(moment.date())}"
    return str(Role(text).label if text in Role.values else trail.word_of(text))
