"""What apps above add to the pages and papers of a meeting; they say so in `apps.ready()`.

Each function is asked once for a page, or for all papers that are printed together, costs a fixed
number of queries, and answers None or nothing where it has nothing to say. It guards its own
content: the meeting is in the person's sight, what hangs on it may not be.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from nennep.core.person import Person
from nennep.meetings.choices import PaperPlace, StepPage
from nennep.meetings.models import Meeting
from nennep.organisation.models import Unit
from nennep.papers.paper import Block


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel below the step's own form. `template` is shown with `shown`.

    `url` is a page of the app above. Where the form can still be sent, the way there keeps what was
    typed first, so `key` names the panel on its page.
    """

    key: str
    title: str | Promise
    template: str
    shown: Mapping[str, Any] = field(default_factory=dict)
    icon: str = "info"
    url: str = ""
    button: str | Promise = ""


@dataclass(frozen=True, slots=True)
class Hint:
    """A sentence that says what is still open, and the page on which it is done.

    `advice` says what to do, `source` which rule it rests on, where there is more to say.
    """

    sentence: str
    url: str = ""
    advice: str = ""
    source: str = ""


AskPanel = Callable[[Meeting, Person], Panel | None]
BlocksOf = Mapping[int, Iterable[Block]]
AskBlocks = Callable[[Collection[Meeting]], BlocksOf]
AskLacking = Callable[[Meeting], Iterable[Hint]]
AskAlerts = Callable[[Unit, Person], Iterable[Hint]]

_panels: dict[StepPage, list[AskPanel]] = defaultdict(list)
_blocks: dict[PaperPlace, list[AskBlocks]] = defaultdict(list)
_lacking: list[AskLacking] = []
_alerts: list[AskAlerts] = []


def register_panel(page: StepPage, ask: AskPanel) -> None:
    """In the order in which apps are installed."""
    if ask not in _panels[page]:
        _panels[page].append(ask)


def register_blocks(place: PaperPlace, ask: AskBlocks) -> None:
    """Asked for several meetings at once; a meeting without blocks is left out of the answer."""
    if ask not in _blocks[place]:
        _blocks[place].append(ask)


def register_lacking(ask: AskLacking) -> None:
    """What should be looked at before closing. It is shown and never stands in the way."""
    if ask not in _lacking:
        _lacking.append(ask)


def register_alerts(ask: AskAlerts) -> None:
    """What a cell should know of itself, on the first page of those who run its month."""
    if ask not in _alerts:
        _alerts.append(ask)


def panels_on(page: StepPage, meeting: Meeting, person: Person) -> list[Panel]:
    asked = (ask(meeting, person) for ask in _panels[page])
    return [panel for panel in asked if panel is not None]


class AddedBlocks:
    """What is added to the papers of these meetings, asked for once for each place."""

    def __init__(self, meetings: Collection[Meeting]) -> None:
        self._meetings = meetings
        self._known: dict[PaperPlace, list[BlocksOf]] = {}

    def at(self, place: PaperPlace, meeting: Meeting) -> list[Block]:
        if place not in self._known:
            self._known[place] = [ask(self._meetings) for ask in _blocks[place]]
        return [block for found in self._known[place] for block in found.get(meeting.pk, ())]


def lacking(meeting: Meeting) -> list[Hint]:
    return [hint for ask in _lacking for hint in ask(meeting)]


def alerts_of(unit: Unit, person: Person) -> list[Hint]:
    return [hint for ask in _alerts for hint in ask(unit, person)]
