"""The tasks of the two districts: those of past resolutions, and the sheets of each year."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from django.db.models import Q

from nennep.accounts.models import User
from nennep.core.fields import below, holding_on
from nennep.demo.passing_down import pass_down
from nennep.demo.plan.whole import Demonstration
from nennep.demo.plan.words import STANDS_ON, dice, one_of, sentences
from nennep.meetings.choices import PaperKind
from nennep.meetings.models import Resolution
from nennep.members.models import Position, Standing
from nennep.organisation.models import Unit
from nennep.tasks.actions import NewTask, Receivers, give_task, put_scheme_in_force
from nennep.tasks.actions.load import PastYear, PastYearLine, load_from_meetings, load_years
from nennep.tasks.choices import TaskSource
from nennep.tasks.rules.clarity import shipped_schemes

# The first names its members' tasks without a gap, as its review says; the second is as life is.
DISTRICTS = {"PHUCTHO": True, "SOCSON": False}
NO_SHEET, LEFT_OUT = 0.12, 0.05


class Paper(NamedTuple):
    """The resolution with which a cell's year begins."""

    unit_id: int
    code: str
    block: str
    id: int
    symbol: str
    issued_on: date


def write_tasks(plan: Demonstration, *, by: User) -> None:
    for code, is_orderly in DISTRICTS.items():
        district = Unit.objects.get(code=code)
        load_from_meetings(district.path, by=by)
        for year in sorted({month.year for month in plan.size.months if month.year > 2021}):
            sheets = _sheets(district, year, plan.seed, is_orderly=is_orderly)
            load_years(sheets, by=by)
    _ask_clearly(plan, by)
    pass_down(plan, by=by)
    _give_from_above(plan, by)


def _ask_clearly(plan: Demonstration, by: User) -> None:
    """The five clear questions are the motto of Phúc Thọ."""
    scheme = next(each for each in shipped_schemes() if each.code == "5-ro-phuc-tho")
    district = Unit.objects.get(code="PHUCTHO")
    put_scheme_in_force(district, scheme, since=plan.size.first_month, by=by)


def _give_from_above(plan: Demonstration, by: User) -> None:
    """The committee above the accounts' own cell gives its cells a task: it is on July's agenda."""
    commune = Unit.objects.get(code=plan.tree.own_cell.parent_code)
    given_on = STANDS_ON - timedelta(days=3)
    task = NewTask(
        what=sentences("above")["what"],
        source=TaskSource.DIRECTION,
        basis=sentences("above")["basis"],
        given_on=given_on,
        working_days=30,
    )
    cells = list(Unit.objects.filter(parent=commune).cells().living())
    give_task(commune, task=task, to=Receivers(units=cells), by=by)


def _sheets(district: Unit, year: int, seed: int, *, is_orderly: bool) -> Iterator[PastYear]:
    last = min(date(year, 12, 31), STANDS_ON)
    members = _working(district, date(year, 1, 1), last)
    leaders = _leaders(district, last)
    for paper in _first_papers(district, year):
        chance = dice(seed, "year", year, paper.code)
        if is_orderly or chance.random() >= NO_SHEET:
            yield PastYear(
                paper.unit_id,
                year,
                sentences("annual")["what"].format(year=year),
                paper.id,
                paper.symbol,
                paper.issued_on,
                [
                    _line(member, leaders.get(paper.unit_id, []), paper, year, chance, is_orderly)
                    for member in members.get(paper.unit_id, [])
                    if is_orderly or chance.random() >= LEFT_OUT
                ],
            )


def _first_papers(district: Unit, year: int) -> Iterator[Paper]:
    rows = Resolution.objects.filter(
        below("meeting__unit__path", district.path),
        kind=PaperKind.RESOLUTION,
        number__isnull=False,
        issued_on__year=year,
    ).order_by("meeting__unit_id", "issued_on", "id")
    seen: set[int] = set()
    columns = rows.values_list(
        "meeting__unit_id",
        "meeting__unit__code",
        "meeting__unit__block",
        "id",
        "symbol",
        "issued_on",
    )
    for unit_id, code, block, pk, symbol, issued_on in columns.iterator():
        if unit_id not in seen and issued_on is not None:
            seen.add(unit_id)
            yield Paper(unit_id, code, block, pk, symbol, issued_on)


def _working(district: Unit, first: date, last: date) -> dict[int, list[int]]:
    """By cell, its working members at some time of the span."""
    rows = Standing.objects.filter(
        below("unit__path", district.path),
        Q(valid_to__isnull=True) | Q(valid_to__gte=first),
        Q(member__working_spells__valid_to__isnull=True)
        | Q(member__working_spells__valid_to__gte=first),
        valid_from__lte=last,
        member__working_spells__valid_from__lte=last,
    )
    found: dict[int, list[int]] = defaultdict(list)
    for unit_id, member_id in (
        rows.order_by("unit_id", "member_id").values_list("unit_id", "member_id").distinct()
    ):
        found[unit_id].append(member_id)
    return found


def _leaders(district: Unit, day: date) -> dict[int, list[int]]:
    """By cell, who holds a post in its own body that day."""
    found: dict[int, list[int]] = defaultdict(list)
    rows = Position.objects.filter(holding_on(day), below("body__unit__path", district.path))
    for unit_id, member_id in rows.order_by("id").values_list("body__unit_id", "member_id"):
        found[unit_id].append(member_id)
    return found


def _line(
    member_id: int,
    leaders: list[int],
    paper: Paper,
    year: int,
    chance: Random,
    is_orderly: bool,  # noqa: FBT001 -- inside this module
) -> PastYearLine:
    words = sentences("annual")
    what = one_of(words["residential" if paper.block == "residential" else "other"], chance)
    follower = one_of(leaders, chance) if leaders else None
    if year >= STANDS_ON.year:
        return PastYearLine(member_id, what, follower)
    fate = chance.random() * (0.93 if is_orderly else 1)
    day = date(year, 12, 31) - timedelta(days=int(chance.random() * 25))
    if fate < 0.93:
        judgement = "above" if fate > 0.86 else "met"
        return PastYearLine(
            member_id,
            what,
            follower,
            one_of(words["done"], chance),
            day,
            judgement,
            date(year, 12, 31),
        )
    result = one_of(words["not_done"], chance)
    return PastYearLine(member_id, what, follower, result, None, "not_met", date(year, 12, 31))
