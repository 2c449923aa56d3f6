"""Which entries lead into the product, and how they stand together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.db.models import TextChoices
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from nennep.core.person import Person

AT_HAND = 4  # what a thumb reaches on a telephone of 360 px, beside the way to all the others


class NavGroup(TextChoices):
    """Entries that stand under one heading, in the order of this list. Home has none."""

    HOME = "home", ""
    MEETINGS = "meetings", _("Meetings and tasks")
    DIRECTION = "direction", _("Guidance and checking")
    KNOWLEDGE = "knowledge", _("Documents and learning")
    PEOPLE = "people", _("Organisations and people")
    SETUP = "setup", _("Administration")


GROUPS = list(NavGroup)


@dataclass(frozen=True)
class NavEntry:
    """One way into the product. It is offered to those who hold its verb somewhere.

    `order` says how often it is opened: the first ones are at hand on a telephone.
    `also` names the beginnings of other addresses that belong to it.
    """

    label: str | Promise
    url_name: str
    icon: str = "arrow"
    verb: str | None = None
    order: int = 50
    group: NavGroup = NavGroup.DIRECTION
    also: Sequence[str] = ()


@dataclass(frozen=True)
class NavLink:
    label: str | Promise
    url: str
    icon: str
    is_current: bool
    group: NavGroup = NavGroup.HOME


@dataclass(frozen=True)
class NavSection:
    """The links under one heading."""

    heading: str
    links: list[NavLink] = field(default_factory=list)


_entries: dict[str, NavEntry] = {}


def register_nav(
    *,
    label: str | Promise,
    url_name: str,
    icon: str = "arrow",
    verb: str | None = None,
    order: int = 50,
    group: NavGroup = NavGroup.DIRECTION,
    also: Sequence[str] = (),
) -> None:
    """Called from `apps.ready()`; one entry per address, the last one said holds."""
    _entries[url_name] = NavEntry(label, url_name, icon, verb, order, group, also)


def nav_links(request: HttpRequest) -> list[NavLink]:
    """What this person is offered, the most used first; one at most is where they are."""
    reach = reaches(request)
    offered = [each for each in _entries.values() if each.verb is None or reach(each.verb)]
    ways = [
        (entry, url)
        for entry in sorted(offered, key=lambda each: each.order)
        if (url := address_of(entry.url_name))
    ]
    beginnings = [(b, url) for entry, url in ways for b in (url, *entry.also)]
    fitting = [pair for pair in beginnings if _leads(pair[0], request.path)]
    current = max(fitting, key=lambda pair: len(pair[0]), default=("", ""))[1]
    return [
        NavLink(entry.label, url, entry.icon, is_current=url == current, group=entry.group)
        for entry, url in ways
    ]


def sections_of(links: Sequence[NavLink]) -> list[NavSection]:
    """The same links under their headings."""
    ordered = sorted(links, key=lambda link: GROUPS.index(link.group))
    return [
        NavSection(str(group.label), list(each))
        for group, each in groupby(ordered, key=lambda link: link.group)
    ]


def reaches(request: HttpRequest) -> Callable[[str], Any]:
    person: Person = request.user  # type: ignore[assignment]  # signed in: see Frame.is_signed_in
    return person.reaches


def address_of(url_name: str) -> str:
    """The address, or nothing where no app of this installation has it."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def _leads(beginning: str, path: str) -> bool:
    """Home is current only on its own page; any other entry on all the pages below it."""
    return path == beginning if beginning == "/" else path.startswith(beginning)
