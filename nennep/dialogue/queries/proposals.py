"""Lists of proposals, and what the pages of units and meetings say of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nennep.core import clock
from nennep.core.periods import month_of
from nennep.core.person import Person
from nennep.dialogue.choices import Can
from nennep.dialogue.models import Proposal, ProposalQuerySet, ProposalStep, asked_from, own_paths
from nennep.library.models import Document
from nennep.meetings.models import Meeting
from nennep.meetings.queries.additions import Hint, Panel
from nennep.organisation.models import Unit, UnitQuerySet

WAITING, OWN, PASSED = "cho", "cua-minh", "da-qua"
MEETINGS_OFFERED = 12


def with_way(rows: ProposalQuerySet) -> ProposalQuerySet:
    """Two queries, however many proposals."""
    steps = ProposalStep.objects.select_related("unit", "giver")
    return rows.select_related("unit", "owner").prefetch_related(Prefetch("steps", steps))


def listed(person: Person, which: str) -> ProposalQuerySet:
    """Waiting here, the oldest first; asked from here; answered here or passed on."""
    rows = Proposal.objects.visible_to(person)
    paths = own_paths(person, Can.VIEW_PROPOSALS)
    if which == WAITING:
        return with_way(rows.open().held_at(paths).order_by("asked_on", "pk"))
    if which == OWN:
        asking = asked_from(person, Can.VIEW_PROPOSALS)
        return with_way(rows.filter(unit__path__in=asking))
    dealt_with = rows.held_at(paths).exclude(pk__in=rows.open().values("pk"))
    return with_way(rows.filter(pk__in=rows.passed_by(paths).values("pk")) | dealt_with)


def own_rows(unit: Unit) -> list[Proposal]:
    """What the unit asked and what came to it, the latest first."""
    came = ProposalStep.objects.filter(unit=unit).order_by().values("proposal")
    return list(with_way(Proposal.objects.filter(Q(unit=unit) | Q(pk__in=came))))


def askers(person: Person) -> UnitQuerySet:
    """The units for which the person may ask a superior."""
    own = Unit.objects.living().filter(path__in=own_paths(person, Can.MAKE_PROPOSALS))
    return own.filter(parent__isnull=False).order_by("path")


def levels_above(unit: Unit) -> list[Unit]:
    """The organisations above, the nearest first."""
    return list(Unit.objects.above(unit).order_by("-depth"))


def meetings_of(unit: Unit, person: Person) -> list[Meeting]:
    """The latest that were held and that the person may see."""
    seen = Meeting.objects.visible_to(person).filter(unit=unit, started_at__isnull=False)
    return list(seen.order_by("-started_at")[:MEETINGS_OFFERED])


def documents_of(unit: Unit, person: Person) -> Any:
    """Open documents that the unit issued, which those below can read."""
    seen = Document.objects.visible_to(person).issued().filter(unit=unit, is_open=True)
    return seen.order_by("-issued_on", "-pk")


@dataclass(frozen=True)
class Waiting:
    """What a unit owes an answer to today."""

    open: int
    overdue: int


def waiting_at(unit: Unit) -> Waiting:
    days = ProposalStep.objects.filter(
        unit=unit,
        left_on__isnull=True,
        proposal__answered_on__isnull=True,
        proposal__withdrawn_on__isnull=True,
    ).values_list("due_on", flat=True)
    found, today = list(days), clock.today()
    return Waiting(len(found), sum(day is not None and day < today for day in found))


def notices(unit: Unit, person: Person) -> Iterator[Hint]:
    """On the page of a unit, for those who answer there."""
    if unit.path not in own_paths(person, Can.ANSWER_PROPOSALS):
        return
    waiting = waiting_at(unit)
    url = f"{reverse('dialogue:home')}?loc={WAITING}"
    if waiting.overdue:
        yield Hint(_past(waiting.overdue), url)
    if rest := waiting.open - waiting.overdue:
        said = ngettext(
            "%(count)s proposal from below waits for an answer.",
            "%(count)s proposals from below wait for an answer.",
            rest,
        )
        yield Hint(said % {"count": rest}, url)


def _past(count: int) -> str:
    said = ngettext(
        "%(count)s proposal from below waits for an answer past its day.",
        "%(count)s proposals from below wait for an answer past their day.",
        count,
    )
    return said % {"count": count}


def alerts(cell: Unit, person: Person) -> Iterator[Hint]:
    """On the first page of the cell: what its superiors answered this month."""
    if cell.path not in own_paths(person, Can.VIEW_PROPOSALS):
        return
    first: date = month_of(clock.today())
    rows = Proposal.objects.filter(unit=cell, answered_on__gte=first).order_by("-answered_on")
    answered: list[tuple[UUID, str]] = list(rows.values_list("public_id", "subject"))
    for public_id, subject in answered:
        yield Hint(
            _("Answered by the superior: %(subject)s") % {"subject": subject},
            reverse("dialogue:proposal", args=[public_id]),
        )


def after_meeting(meeting: Meeting, person: Person) -> Panel | None:
    """Step 5: what the meeting asks of superiors, and the way to ask."""
    cell = meeting.unit
    if cell.path not in own_paths(person, Can.VIEW_PROPOSALS) or meeting.started_at is None:
        return None
    asked = list(with_way(Proposal.objects.filter(unit=cell, meeting=meeting)))
    may_ask = cell.parent_id is not None and cell.path in own_paths(person, Can.MAKE_PROPOSALS)
    if not asked and not may_ask:
        return None
    url = f"{reverse('dialogue:ask', args=[cell.code])}?buoi={meeting.public_id}"
    return Panel(
        "proposals",
        _("Proposals to superiors"),
        "dialogue/_after.html",
        {"asked": asked},
        icon="chat",
        url=url if may_ask else "",
        button=_("Make a proposal"),
    )
