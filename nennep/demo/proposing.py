"""What cells and a district asked of their superiors, and what these answered."""

from collections.abc import Iterator
from datetime import date, timedelta

from nennep.accounts.models import User
from nennep.core.periods import add_months
from nennep.demo.plan.whole import Demonstration
from nennep.demo.plan.words import STANDS_ON, dice, one_of, sentences
from nennep.dialogue.actions import PastProposal, load_proposals
from nennep.library.models import Entry
from nennep.meetings.choices import MeetingKind
from nennep.meetings.models import Meeting
from nennep.organisation.models import Unit

DISTRICTS = ("SOCSON", "PHUCTHO")
# The day of the review at which Phúc Thọ asked for the handbook (article of 14-6-2024).
ASKED_FOR_A_HANDBOOK = date(2024, 6, 14)
ASKS, PASSED_ON, LATE = 0.09, 0.2, 0.07
MONTHS = 12
LATE_AFTER = 27  # days; fifteen working days are about three weeks


def write_proposals(plan: Demonstration, *, by: User) -> None:
    """Before the figures are counted; needs the past meetings and the handbook."""
    asked = [each for code in DISTRICTS for each in _of_cells(Unit.objects.get(code=code), plan)]
    load_proposals([_for_a_handbook(), *asked], by=by)


def _for_a_handbook() -> PastProposal:
    words = sentences("proposing")["handbook"]
    district = Unit.objects.select_related("parent").get(code="PHUCTHO")
    city = Unit.objects.get(pk=district.ancestor_ids[0])
    return PastProposal(
        unit=district,
        owner=city,
        subject=words["subject"],
        text=words["text"],
        asked_on=ASKED_FOR_A_HANDBOOK,
        way=[(city, ASKED_FOR_A_HANDBOOK)],
        answer=words["answer"],
        answered_on=ASKED_FOR_A_HANDBOOK,
        entry=Entry.objects.get(code=words["entry"]),
    )


def _of_cells(district: Unit, plan: Demonstration) -> Iterator[PastProposal]:
    """Out of the minutes of one meeting of the last year, of one cell in ten."""
    cells = Unit.objects.within(district).cells().living().filter(is_figures_only=False)
    asking = {
        (cell.pk, month): cell
        for cell in cells.select_related("parent").order_by("path")
        for month in _months(cell, plan)
    }
    held = Meeting.objects.closed().filter(
        unit__in=[cell_id for cell_id, _month in asking], kind=MeetingKind.REGULAR
    )
    for meeting in held.order_by("unit__path", "period"):
        cell = asking.get((meeting.unit_id, meeting.period))
        if cell is not None and cell.parent is not None and meeting.held_on is not None:
            yield _asked(cell, meeting, district, plan)


def _months(cell: Unit, plan: Demonstration) -> list[date]:
    """The own cell asked in May, and again in June, which is not answered yet."""
    this = STANDS_ON.replace(day=1)
    if cell.code == plan.tree.own_cell.code:
        return [add_months(this, -1), this]
    chance = dice(plan.seed, "proposal", cell.code)
    return [add_months(this, -int(chance.random() * MONTHS))] if chance.random() < ASKS else []


def _asked(cell: Unit, meeting: Meeting, district: Unit, plan: Demonstration) -> PastProposal:
    chance = dice(plan.seed, "proposed", cell.code, meeting.period)
    words = one_of(sentences("proposing")["asked"], chance)
    held_on, above = meeting.held_on, cell.parent
    assert held_on is not None  # noqa: S101 -- the caller has looked
    assert above is not None  # noqa: S101 -- likewise
    asked_on = min(held_on + timedelta(days=1), STANDS_ON)
    way, since = [(above, asked_on)], asked_on
    passed_on = asked_on + timedelta(days=2 + int(chance.random() * 8))
    if above.pk != district.pk and chance.random() < PASSED_ON and passed_on < STANDS_ON:
        way, since = [*way, (district, passed_on)], passed_on
    is_own_last = cell.code == plan.tree.own_cell.code and meeting.period.month == STANDS_ON.month
    wait = LATE_AFTER if is_own_last or chance.random() < LATE else 3 + int(chance.random() * 16)
    answered_on = since + timedelta(days=wait)
    is_answered = answered_on < STANDS_ON
    return PastProposal(
        unit=cell,
        owner=way[-1][0],
        subject=words["subject"],
        text=words["text"],
        asked_on=asked_on,
        way=way,
        answer=words["answer"] if is_answered else "",
        answered_on=answered_on if is_answered else None,
        meeting_id=meeting.pk,
    )
