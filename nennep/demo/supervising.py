"""Who follows which cell in the two districts, what was seen, and what was asked and answered."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from nennep.accounts.models import User
from nennep.core.fields import below, holding_on
from nennep.core.periods import add_months
from nennep.demo.plan.calendar import moment
from nennep.demo.plan.whole import Demonstration
from nennep.demo.plan.words import STANDS_ON, dice, one_of, sentences
from nennep.meetings.actions import plan_meeting
from nennep.meetings.choices import MeetingKind
from nennep.meetings.models import Meeting
from nennep.meetings.queries.in_force import hanoi_day
from nennep.members.actions.load_changes import load_positions
from nennep.members.actions.offices import link_account
from nennep.members.choices import PositionTitle
from nennep.members.models import Member, Position
from nennep.members.queries import secretaries_on
from nennep.members.queries.among import among
from nennep.organisation.choices import BodyKind
from nennep.organisation.models import Body, Unit
from nennep.quality.actions import InspectionPlan, PlannedVisit, plan_inspection, plan_visits
from nennep.quality.actions.past import (
    PastFollowing,
    PastInspection,
    PastModel,
    PastRecommendation,
    PastVisit,
    load_models,
    load_supervision,
)
from nennep.quality.choices import InspectionKind
from nennep.quality.models import Following

DISTRICTS = ("SOCSON", "PHUCTHO")
SEATS = 7  # secretaries of cells who sit in the committee above them
VISITED, DESCRIBED, ASKED, LEFT_OUT_A_STEP = 0.22, 0.8, 0.25, 0.12
UNFOLLOWED = 0.02
WATCHING = 3  # the fewest cells of which a committee holds a model meeting
MODEL_MONTHS = (1, 2, 3)  # of the first quarter
ANSWER_DAYS = 21  # about the fifteen working days of the rule
LATE = 0.06
FOLLOWER = "capuy"  # the account of a committee member who follows cells


@dataclass(frozen=True)
class Led:
    """A committee with the cells directly under it, and who sits in it."""

    committee: Unit
    cells: Sequence[Unit]
    members: Sequence[Member]


def write_supervision(plan: Demonstration, *, by: User) -> None:
    """Before the figures are counted; needs the roll, the past meetings and nothing else."""
    for code in DISTRICTS:
        led = list(_seated(Unit.objects.get(code=code), plan.size.first_month, by))
        followings = [row for each in led for row in _followings(each, plan)]
        follower = {row.unit_id: row.member_id for row in followings}
        load_supervision(
            followings,
            _visits(led, follower, plan),
            [found for each in led for found in _inspections(each, plan)],
            by=by,
        )
        load_models(_models(led, plan), by=by)


def plan_supervision(plan: Demonstration, *, by: User) -> None:
    """What is to come in the commune of the accounts: visits, an inspection, a model meeting."""
    commune = Unit.objects.get(code=plan.tree.own_cell.parent_code)
    rows = Following.objects.filter(committee=commune).select_related("unit", "member")
    followings = list(rows.order_by("unit__sort_key", "pk"))
    visits = [
        PlannedVisit(row.unit, add_months(date(2024, 6, 1), number % 4), row.member)
        for number, row in enumerate(followings)
    ]
    plan_visits(commune, visits, by=by)
    words = sentences("supervising")
    coming = InspectionPlan(
        kind=InspectionKind.INSPECTION,
        subject=words["planned_subject"],
        planned_from=date(2024, 8, 5),
        planned_to=date(2024, 8, 9),
        team=words["team"],
    )
    plan_inspection(commune, Unit.objects.get(code=plan.tree.own_cell.code), plan=coming, by=by)
    _plan_model(commune, plan, by)
    _link_follower(followings, by)


def _plan_model(commune: Unit, plan: Demonstration, by: User) -> None:
    cell = Unit.objects.filter(parent=commune).cells().living().exclude(
        code=plan.tree.own_cell.code
    ).order_by("sort_key").first()  # fmt: skip
    if cell is not None:
        plan_meeting(
            cell,
            kind=MeetingKind.THEMATIC,
            period=date(2024, 7, 1),
            planned_at=moment(date(2024, 7, 10), 19 * 60 + 30),
            place="Nhà văn hóa",
            topic=sentences("supervising")["model_topic"],
            is_model=True,
            by=by,
        )


def _link_follower(followings: Sequence[Following], by: User) -> None:
    user = User.objects.filter(username=FOLLOWER).first()
    free = [row.member for row in followings if row.member.user_id is None]
    if user is not None and free:
        link_account(free[0], user, by=by)


def _seated(district: Unit, since: date, by: User) -> Iterator[Led]:
    """The committees that lead cells; secretaries of cells get seats in them."""
    units = Unit.objects.within(district).living().select_related("parent").order_by("path")
    cells: dict[int, list[Unit]] = defaultdict(list)
    committees: dict[int, Unit] = {}
    for unit in units:
        if unit.is_cell and unit.parent is not None:
            cells[unit.parent.pk].append(unit)
            committees[unit.parent.pk] = unit.parent
    secretaries = secretaries_on([c.pk for group in cells.values() for c in group], STANDS_ON)
    bodies = dict(
        Body.objects.filter(unit_id__in=committees, kind=BodyKind.COMMITTEE).values_list(
            "unit_id", "id"
        )
    )
    seats = {
        pk: [secretaries[c.pk].member_id for c in cells[pk] if c.pk in secretaries][:SEATS]
        for pk in committees
        if pk in bodies
    }
    title = PositionTitle.COMMITTEE_MEMBER
    load_positions(
        ((member_id, bodies[pk], title, since) for pk in seats for member_id in seats[pk]), by=by
    )
    people = _people(district)
    for pk in seats:
        yield Led(committees[pk], cells[pk], people[pk])


def _people(district: Unit) -> dict[int, list[Member]]:
    found: dict[int, list[Member]] = defaultdict(list)
    rows = Position.objects.filter(
        holding_on(STANDS_ON),
        below("body__unit__path", district.path),
        body__kind=BodyKind.COMMITTEE,
    )
    for row in rows.select_related("member", "body").order_by("body_id", "member_id"):
        if row.member not in found[row.body.unit_id]:
            found[row.body.unit_id].append(row.member)
    return found


def _followings(led: Led, plan: Demonstration) -> Iterator[PastFollowing]:
    """In turn, nobody the own cell."""
    for number, cell in enumerate(led.cells):
        others = [member for member in led.members if member.unit_id != cell.pk]
        chance = dice(plan.seed, "follow", cell.code)
        if others and (chance.random() > UNFOLLOWED or cell.code == plan.tree.own_cell.code):
            member = others[number % len(others)]
            yield PastFollowing(cell.pk, led.committee.pk, member.pk, plan.size.first_month)


def _visits(
    led: Sequence[Led], follower: dict[int, int], plan: Demonstration
) -> Iterator[PastVisit]:
    """Now and then a follower comes to the regular meeting; figures-only cells keep days alone."""
    cells = {cell.pk: (cell, each.committee.pk) for each in led for cell in each.cells}
    names = {member.pk: member.full_name for each in led for member in each.members}
    held = Meeting.objects.closed().filter(
        unit_id__in=[pk for pk in cells if pk in follower], kind=MeetingKind.REGULAR
    )
    for pk, unit_id, month, started_at in (
        held.order_by("unit_id", "period")
        .values_list("pk", "unit_id", "period", "started_at")
        .iterator()
    ):
        cell, committee_id = cells[unit_id]
        chance = dice(plan.seed, "visit", cell.code, month.isoformat())
        if started_at is not None and chance.random() < VISITED:
            made_on, member_id = hanoi_day(started_at), follower[unit_id]
            yield PastVisit(
                unit_id=unit_id,
                committee_id=committee_id,
                month=month,
                made_on=made_on,
                visitor_id=member_id,
                visitors="" if cell.is_figures_only else names[member_id],
                meeting_id=pk,
                **({} if cell.is_figures_only else _seen(made_on, chance)),
            )


def _models(led: Sequence[Led], plan: Demonstration) -> Iterator[PastModel]:
    """One a year and committee: a thematic meeting of spring that the cells beside came to watch."""
    words = sentences("supervising")
    wide = {each.committee.pk: each for each in led if len(each.cells) >= WATCHING}
    leader = {c.pk: pk for pk in wide for c in wide[pk].cells if not c.is_figures_only}
    held: dict[tuple[int, int], list[tuple[int, int, datetime]]] = defaultdict(list)
    rows = Meeting.objects.closed().filter(
        unit_id__in=among(leader), kind=MeetingKind.THEMATIC, period__month__in=MODEL_MONTHS
    )
    for pk, unit_id, month, at in rows.order_by("pk").values_list(
        "pk", "unit_id", "period", "started_at"
    ):
        if at is not None:
            held[leader[unit_id], month.year].append((pk, unit_id, at))
    for (committee_id, year), meetings in sorted(held.items()):
        each = wide[committee_id]
        chance = dice(plan.seed, "model", each.committee.code, year)
        pk, own_cell, at = one_of(meetings, chance)
        watching = [c for c in each.cells if c.pk != own_cell][: WATCHING * 3]
        yield PastModel(
            meeting_id=pk,
            lessons=one_of(words["lessons"], chance),
            written_at=_written_at(hanoi_day(at)),
            audience=[(c.pk, c.name, 1 + int(chance.random() * 3)) for c in watching],
        )


def _seen(made_on: date, chance: Random) -> dict[str, Any]:
    if chance.random() > DESCRIBED:
        return {}
    words = sentences("supervising")
    is_asked = chance.random() < ASKED
    missed = [one_of(words["missed"], chance)] if chance.random() < LEFT_OUT_A_STEP else []
    return {
        "strengths": one_of(words["strengths"], chance),
        "weaknesses": one_of(words["weaknesses"], chance) if is_asked or missed else "",
        "missed_steps": missed,
        "seen_at": _written_at(made_on),
        "asked": _asked(made_on, chance) if is_asked else None,
    }


def _written_at(made_on: date) -> datetime:
    return min(moment(made_on + timedelta(days=1), 9 * 60), moment(STANDS_ON, 8 * 60))


def _asked(seen_on: date, chance: Random) -> PastRecommendation:
    """Answered within its days, seldom later; what is recent may still be open."""
    words = sentences("supervising")
    given_on = min(seen_on + timedelta(days=1), STANDS_ON)
    due_on = given_on + timedelta(days=ANSWER_DAYS)
    wait = ANSWER_DAYS + 6 if chance.random() < LATE else 4 + int(chance.random() * 16)
    answered_on = given_on + timedelta(days=wait)
    is_answered = answered_on < STANDS_ON
    return PastRecommendation(
        what=one_of(words["asked"], chance),
        given_on=given_on,
        due_on=due_on,
        answer=one_of(words["answers"], chance) if is_answered else "",
        answered_on=answered_on if is_answered else None,
    )


def _inspections(led: Led, plan: Demonstration) -> Iterator[PastInspection]:
    """One cell a year and committee, in September; the year that runs has its own still to come."""
    words, open_cells = sentences("supervising"), [c for c in led.cells if not c.is_figures_only]
    for year in sorted({month.year for month in plan.size.months if month.year < STANDS_ON.year}):
        began_on = date(year, 9, 11)
        if not open_cells or began_on < plan.size.first_month:
            continue
        chance = dice(plan.seed, "inspect", led.committee.code, year)
        yield PastInspection(
            unit_id=one_of(open_cells, chance).pk,
            committee_id=led.committee.pk,
            subject=words["subject"],
            team=words["team"],
            began_on=began_on,
            ended_on=began_on + timedelta(days=3),
            findings=words["findings"],
            conclusion_symbol=f"{12 + year % 7}-KL/ĐU",
            concluded_on=began_on + timedelta(days=10),
            follow_up=words["after"],
            followed_up_on=began_on + timedelta(days=60),
            asked=_asked(began_on + timedelta(days=10), chance),
        )
