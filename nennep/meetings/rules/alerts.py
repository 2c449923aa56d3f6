"""What a cell is told in good time: absences that add up, spells that end, a cell too small or too large."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from nennep.meetings.choices import Presence
from nennep.meetings.rules.thresholds import MeetingRules
from nennep.regulations.rules import whole


def _(message: str) -> str:
    """Mark a text for translation; it is translated where it is shown."""
    return message


class AlertKind(StrEnum):
    """In the order in which they are told."""

    UNEXCUSED_LIMIT = "unexcused_limit"
    UNEXCUSED = "unexcused"
    EXCUSED = "excused"
    EXEMPTION_ENDS = "exemption_ends"
    STAY_ENDS = "stay_ends"
    FEW_OFFICIAL = "few_official"
    NO_GROUPS = "no_groups"


@dataclass(frozen=True, slots=True)
class AlertRules:
    """How early the cell hears of it: our own choice [D]. The limits are those of `MeetingRules`."""

    prefix: ClassVar[str] = "alerts"

    warn_months: int | None = whole(
        _("A cell is told of a member absent without a reason from"),
        1,
        12,
        _("%(number)s months of the year"),
    )
    ending_days: int | None = whole(
        _("A cell is told of an exemption or a stay that ends"), 1, 180, _("%(number)s days before")
    )


@dataclass(frozen=True, slots=True)
class Absences:
    """Of one member in the calendar year: months without a reason, and excuses up to the last meeting."""

    member_id: int
    unexcused: int = 0
    excused_running: int = 0


@dataclass(frozen=True, slots=True)
class Ending:
    """A spell of a member that ends; `kind` says which."""

    member_id: int
    kind: AlertKind
    until: date


@dataclass(frozen=True, slots=True)
class CellState:
    """What is known of a cell on a day. A unit of figures has no members here, only counts."""

    official: int
    strength: int
    party_groups: int
    absences: tuple[Absences, ...] = ()
    endings: tuple[Ending, ...] = ()


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing to see to: of a member, or of the cell. `count`: months, meetings or members."""

    kind: AlertKind
    count: int = 0
    member_id: int | None = None
    until: date | None = None


def alerts(
    state: CellState, rules: MeetingRules, early: AlertRules, today: date
) -> Iterator[Alert]:
    """In the order of the kinds. A limit that no rule names is not looked at."""
    found = [
        *_of_absences(state.absences, rules, early),
        *_of_endings(state.endings, early, today),
        *_of_size(state, rules),
    ]
    order = list(AlertKind)
    yield from sorted(found, key=lambda alert: order.index(alert.kind))


def _of_absences(
    absences: Iterable[Absences], rules: MeetingRules, early: AlertRules
) -> Iterator[Alert]:
    for each in absences:
        months = each.unexcused
        if rules.alert_months is not None and months >= rules.alert_months:
            yield Alert(AlertKind.UNEXCUSED_LIMIT, months, each.member_id)
        elif early.warn_months is not None and months >= early.warn_months:
            yield Alert(AlertKind.UNEXCUSED, months, each.member_id)
        accepted = rules.max_excused_running
        if accepted is not None and each.excused_running >= accepted:
            yield Alert(AlertKind.EXCUSED, each.excused_running, each.member_id)


def _of_endings(endings: Iterable[Ending], early: AlertRules, today: date) -> Iterator[Alert]:
    for each in endings:
        left = (each.until - today).days
        if early.ending_days is not None and 0 <= left <= early.ending_days:
            yield Alert(each.kind, left, each.member_id, each.until)


def _of_size(state: CellState, rules: MeetingRules) -> Iterator[Alert]:
    fewest, most = rules.minimum_official_members, rules.minimum_for_groups
    if fewest is not None and state.official < fewest:
        yield Alert(AlertKind.FEW_OFFICIAL, state.official)
    if most is not None and state.strength >= most and not state.party_groups:
        yield Alert(AlertKind.NO_GROUPS, state.strength)


def absences_of(member_id: int, presences: Iterable[tuple[date, str]]) -> Absences:
    """From what a member did at the regular meetings of one year, months in order."""
    months, running = 0, 0
    for _month, presence in presences:
        months += presence == Presence.UNEXCUSED
        running = running + 1 if presence == Presence.EXCUSED else 0
    return Absences(member_id, months, running)
