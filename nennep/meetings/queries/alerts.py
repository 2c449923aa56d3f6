"""What cells should see to, read in sets: a fixed number of queries, however many cells.

Names stay in the cell: everybody else is told how many.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nennep.core import clock
from nennep.core.fields import holding_on
from nennep.core.person import Person
from nennep.core.scoping import may
from nennep.core.text import vn_date
from nennep.meetings.choices import Can
from nennep.meetings.queries.absences import absences_so_far
from nennep.meetings.queries.additions import Hint
from nennep.meetings.queries.in_force import clause_as_checked
from nennep.meetings.rules import MeetingRules
from nennep.meetings.rules.alerts import (
    Absences,
    Alert,
    AlertKind,
    AlertRules,
    CellState,
    Ending,
    alerts,
)
from nennep.members.models import Exemption, Member, Standing, Stay
from nennep.members.queries import strength_on
from nennep.members.queries.among import among
from nennep.organisation.models import PartyGroup, Unit
from nennep.regulations.queries import RuleBook

# The rule an alert rests on.
RESTS_ON = {
    AlertKind.UNEXCUSED_LIMIT: "alert_months",
    AlertKind.UNEXCUSED: "alert_months",
    AlertKind.EXCUSED: "max_excused_running",
    AlertKind.FEW_OFFICIAL: "minimum_official_members",
    AlertKind.NO_GROUPS: "minimum_for_groups",
}
EARLY = {AlertKind.EXEMPTION_ENDS: "ending_days", AlertKind.STAY_ENDS: "ending_days"}


@dataclass(frozen=True, slots=True)
class CellAlert:
    """Alerts of one kind in one cell, and the rule they rest on. `names` only inside the cell."""

    cell: Unit
    kind: AlertKind
    alerts: tuple[Alert, ...]
    source: str
    names: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        return _named(self) if self.names else _counted(self.kind, self.alerts)

    @property
    def short(self) -> str:
        """The same under a heading that names the kind."""
        is_of_members = self.alerts[0].member_id is not None
        return _members(len(self.alerts)) if is_of_members else self.sentence

    @property
    def title(self) -> str:
        """What all cells of this kind have in common."""
        return _kinds()[self.kind]

    @property
    def advice(self) -> str:
        return _advice()[self.kind]


def alerts_of_cells(cells: Sequence[Unit], *, with_names: bool = False) -> list[CellAlert]:
    """Cell by cell in the order given, by the rules in force there today."""
    today, book = clock.today(), RuleBook.load()
    rules = {
        cell.pk: (
            book.in_force(MeetingRules, cell.path, today),
            book.in_force(AlertRules, cell.path, today),
        )
        for cell in cells
    }
    ahead = max((early.values.ending_days or 0 for _rules, early in rules.values()), default=0)
    states = _states([cell.pk for cell in cells], today, ahead)
    found = []
    for cell in cells:
        known, early = rules[cell.pk]
        told = alerts(states[cell.pk], known.values, early.values, today)
        for kind, same in groupby(told, key=lambda alert: alert.kind):
            source = (
                early.source_of(EARLY[kind]) if kind in EARLY else known.source_of(RESTS_ON[kind])
            )
            found.append(CellAlert(cell, kind, tuple(same), clause_as_checked(source)))
    return _with_names(found) if with_names else found


def _states(ids: Collection[int], today: date, ahead: int) -> dict[int, CellState]:
    strength, groups = strength_on(ids, today), _groups(ids, today)
    absences, endings = _absences(ids, today), _endings(ids, today, today + timedelta(days=ahead))
    return {
        pk: CellState(
            strength[pk].official,
            strength[pk].official + strength[pk].probationary,
            groups.get(pk, 0),
            tuple(absences.get(pk, ())),
            tuple(endings.get(pk, ())),
        )
        for pk in ids
    }


def _groups(ids: Collection[int], today: date) -> dict[int, int]:
    groups = PartyGroup.objects.on(today).filter(unit_id__in=among(ids)).order_by()
    return dict(groups.values_list("unit_id").annotate(Count("id")))


def _absences(ids: Collection[int], today: date) -> dict[int, list[Absences]]:
    """Of members who still belong to the cell."""
    so_far = absences_so_far(ids, today.replace(month=1, day=1), today.replace(day=1))
    members = {each.member_id for rows in so_far.values() for each in rows}
    standing = Standing.objects.on(today).filter(member_id__in=among(members)).order_by()
    hosted = Stay.objects.on(today).filter(member_id__in=among(members)).order_by()
    here = {
        *standing.values_list("unit_id", "member_id"),
        *hosted.values_list("host_id", "member_id"),
    }
    return {
        cell: kept
        for cell, rows in so_far.items()
        if (kept := [each for each in rows if (cell, each.member_id) in here])
    }


def _endings(ids: Collection[int], today: date, last: date) -> dict[int, list[Ending]]:
    """Exemptions and stays that end in these days and that nothing of the same kind goes on from."""
    found: dict[int, list[Ending]] = defaultdict(list)
    for spells, kind in (
        (Exemption.objects.all(), AlertKind.EXEMPTION_ENDS),
        (Stay.objects.all(), AlertKind.STAY_ENDS),
    ):
        later = spells.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=OuterRef("valid_to")),
            member=OuterRef("member"),
        )
        ending = spells.filter(
            ~Exists(later),
            holding_on(today, "member__standings__"),
            valid_to__range=(today, last),
            member__standings__unit_id__in=among(ids),
        )
        columns = ending.order_by("valid_to", "pk").values_list(
            F("member__standings__unit_id"), "member_id", "valid_to"
        )
        for cell, member, until in columns:
            found[cell].append(Ending(member, kind, until))
    return found


def _with_names(found: Sequence[CellAlert]) -> list[CellAlert]:
    members = {a.member_id for each in found for a in each.alerts if a.member_id is not None}
    names = dict(
        Member.objects.filter(pk__in=among(members)).order_by().values_list("pk", "full_name")
    )
    return [
        CellAlert(
            each.cell, each.kind, each.alerts, each.source,
            tuple(names[a.member_id] for a in each.alerts if a.member_id is not None),
        )
        for each in found
    ]  # fmt: skip


def _named(each: CellAlert) -> str:
    pairs = zip(each.names, each.alerts, strict=True)
    who = ", ".join(f"{name} ({_measure(alert)})" for name, alert in pairs)
    return f"{_kinds()[each.kind]}: {who}."


def _measure(alert: Alert) -> str:
    if alert.until is not None:
        return vn_date(alert.until)
    if alert.kind == AlertKind.EXCUSED:
        return ngettext("%(count)s time", "%(count)s times", alert.count) % {"count": alert.count}
    return ngettext("%(count)s month", "%(count)s months", alert.count) % {"count": alert.count}


def _counted(kind: AlertKind, alerts: Sequence[Alert]) -> str:
    if kind == AlertKind.FEW_OFFICIAL:
        return _("The cell has %(count)s official members.") % {"count": alerts[0].count}
    if kind == AlertKind.NO_GROUPS:
        return _("The cell has %(count)s members and no party group.") % {"count": alerts[0].count}
    return f"{_kinds()[kind]}: {_members(len(alerts))}."


def _members(count: int) -> str:
    return ngettext("%(count)s member", "%(count)s members", count) % {"count": count}


def _kinds() -> dict[AlertKind, str]:
    return {
        AlertKind.UNEXCUSED_LIMIT: _("Absent without a reason up to the limit of the Statute"),
        AlertKind.UNEXCUSED: _("Absent without a reason more than once this year"),
        AlertKind.EXCUSED: _("Absent with a reason several times running"),
        AlertKind.EXEMPTION_ENDS: _("Exemptions that end soon"),
        AlertKind.STAY_ENDS: _("Temporary stays that end soon"),
        AlertKind.FEW_OFFICIAL: _("Too few official members"),
        AlertKind.NO_GROUPS: _("Many members and no party group"),
    }


def _advice() -> dict[AlertKind, str]:
    """What to do; help comes before consequences."""
    return {
        AlertKind.UNEXCUSED_LIMIT: _(
            "Talk to the member and write down what was said. Ask the superior before the cell considers anything."
        ),
        AlertKind.UNEXCUSED: _(
            "Talk to the member before the next meeting. A good reason that becomes known is written into the roll call."
        ),
        AlertKind.EXCUSED: _(
            "Ask how the member is. Where it goes on, an exemption or a temporary transfer may be the right thing."
        ),
        AlertKind.EXEMPTION_ENDS: _(
            "Ask whether the member comes back or applies anew; the cell resolves, the roll records it."
        ),
        AlertKind.STAY_ENDS: _(
            "Ask whether the member comes back or stays longer; the roll records it."
        ),
        AlertKind.FEW_OFFICIAL: _(
            "Tell the superior and agree how the cell is strengthened. Until then its votes have no effect."
        ),
        AlertKind.NO_GROUPS: _(
            "Divide the cell into party groups, or propose a committee to the superior; the page of the cell records it."
        ),
    }


def may_see(person: Person, unit: Unit) -> bool:
    return may(person, Can.VIEW_ALERTS, unit)


def may_be_named(person: Person, unit: Unit) -> bool:
    """Only to who has a place in this very cell: names stay in it."""
    return unit.is_cell and any(
        reach.path == unit.path and reach.only is None for reach in person.reaches(Can.VIEW_ALERTS)
    )


def hints(cell: Unit, person: Person) -> Iterator[Hint]:
    """On the cell's first page and on its page in the tree."""
    if not cell.is_cell or cell.ended_on is not None or not may_see(person, cell):
        return
    url = reverse("meetings:alerts", args=[cell.code])
    for each in alerts_of_cells([cell], with_names=may_be_named(person, cell)):
        yield Hint(each.sentence, url, each.advice, each.source)
