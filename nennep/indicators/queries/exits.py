"""Where a board leads to in apps above this one; they say so in `apps.ready()`."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from nennep.core.person import Person
from nennep.core.scoping import may
from nennep.organisation.models import Unit


@dataclass(frozen=True)
class Exit:
    """A page about a unit (its address takes the code), for those who hold the verb there."""

    label: str | Promise
    url_name: str
    icon: str
    verb: str


@dataclass(frozen=True)
class ExitLink:
    label: str | Promise
    url: str
    icon: str


_exits: dict[str, Exit] = {}


def register_exit(label: str | Promise, url_name: str, *, icon: str, verb: str) -> None:
    _exits[url_name] = Exit(label, url_name, icon, verb)


def exits_from(unit: Unit, person: Person, query: str) -> list[ExitLink]:
    """Only what the person may open: a board never leads to a refusal."""
    return [
        ExitLink(each.label, f"{reverse(each.url_name, args=[unit.code])}?{query}", each.icon)
        for each in _exits.values()
        if may(person, each.verb, unit)
    ]
