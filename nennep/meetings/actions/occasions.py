"""What apps above do when something happens to a meeting, in the same transaction.

They say so in `apps.ready()`. What one of them refuses is refused altogether.
"""

from collections import defaultdict
from enum import StrEnum
from typing import Protocol

from nennep.accounts.models import User
from nennep.meetings.models import Meeting, ResolutionItem


class Occasion(StrEnum):
    """`PREPARED` comes as often as somebody prepares again; `CLOSED` comes once for a meeting."""

    PREPARED = "prepared"
    CLOSED = "closed"


class MeetingAct(Protocol):
    def __call__(self, meeting: Meeting, *, by: User) -> None: ...


class LineAct(Protocol):
    def __call__(self, line: ResolutionItem, *, by: User) -> None: ...


_acts: dict[Occasion, list[MeetingAct]] = defaultdict(list)
_line_acts: list[LineAct] = []


def register(occasion: Occasion, act: MeetingAct) -> None:
    """In the order in which apps are installed. The meeting comes locked, as it now stands."""
    if act not in _acts[occasion]:
        _acts[occasion].append(act)


def register_result(act: LineAct) -> None:
    """Called with the line after its result was written or taken back."""
    if act not in _line_acts:
        _line_acts.append(act)


def act_on(occasion: Occasion, meeting: Meeting, *, by: User) -> None:
    for act in _acts[occasion]:
        act(meeting, by=by)


def act_on_result(line: ResolutionItem, *, by: User) -> None:
    for act in _line_acts:
        act(line, by=by)
