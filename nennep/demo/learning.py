"""Courses, documents made known and counts of the e-handbook in the two districts."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta
from decimal import Decimal

from nennep.accounts.models import User
from nennep.demo.plan.whole import Demonstration
from nennep.demo.plan.words import STANDS_ON, dice, one_of, sentences
from nennep.members.queries import Strength, strength_on
from nennep.organisation.models import Unit
from nennep.training.actions import (
    CellCount,
    NewCourse,
    NewDissemination,
    NewQuiz,
    NewSession,
    PastReach,
    PastSession,
    invite_holders,
    load_adoption,
    load_course,
    load_dissemination,
    load_sheets,
    make_quiz,
    plan_course,
)
from nennep.training.choices import CellGroup, ReachForm, Reason, TrainPost
from nennep.training.queries.coverage import coverage_of
from nennep.training.queries.holders import Holder, holders_under
from nennep.training.queries.sessions import each_once

DISTRICTS = ("SOCSON", "PHUCTHO")
FIRST_YEAR = 2022
# How often somebody who was invited does not come: secretaries are taught once more.
ABSENT, ABSENT_OFFICER = 0.03, 0.06
OFFICERS = (TrainPost.DEPUTY, TrainPost.CELL_COMMITTEE, TrainPost.COMMITTEE)
# A first count before all had it; on the day of the review, all have it (article of 13-6-2024).
COUNTED_FIRST = date(2023, 12, 15)
# So the article tells of Sóc Sơn; in the neighbouring district some are still without it.
GOT_IT, GOT_IT_NEXT_DOOR, SIGNS_IN = 0.94, 0.985, 0.97


def write_learning(plan: Demonstration, *, by: User) -> None:
    for code in DISTRICTS:
        district = Unit.objects.get(code=code)
        for year in range(max(FIRST_YEAR, plan.size.first_month.year), STANDS_ON.year + 1):
            _teach_secretaries(district, year, plan.seed, by)
            _teach_officers(district, year, plan.seed, by)
        _make_known(district, plan, by)
        _count_handbook(district, plan, by)
        _ask(district, plan, by)
    _plan_next(plan, by)


def _teach_secretaries(district: Unit, year: int, seed: int, by: User) -> None:
    """Both groups in March, and once more those who missed it or took the post since: everybody."""
    day = date(year, 3, 12)
    holders = [h for h in holders_under(district, day) if h.post == TrainPost.SECRETARY]
    groups = (CellGroup.UNDER_COMMITTEE, CellGroup.GRASSROOTS)
    main = [
        _held(day + timedelta(days=7 * n), [h for h in holders if h.group == group], seed, ABSENT)
        for n, group in enumerate(groups)
    ]
    course = _course("secretaries", year, [TrainPost.SECRETARY])
    load_course(district, course=course, sessions=main, by=by)
    again = min(date(year, 12, 18), STANDS_ON - timedelta(days=6))
    missing = [h for h in coverage_of(district, year).missing if h.post == TrainPost.SECRETARY]
    if missing:
        load_course(district, course=course, sessions=[_held(again, missing, seed, 0)], by=by)


def _teach_officers(district: Unit, year: int, seed: int, by: User) -> None:
    day = date(year, 4, 16)
    holders = each_once(
        h for h in holders_under(district, day) if h.post in OFFICERS and h.member_id
    )
    session = _held(day, holders, seed, ABSENT_OFFICER)
    load_course(district, course=_course("officers", year, OFFICERS), sessions=[session], by=by)


def _course(which: str, year: int, posts: Sequence[TrainPost]) -> NewCourse:
    words = sentences("training")
    return NewCourse(words[which].format(year=year), posts, words["documents"].strip())


def _held(day: date, holders: Sequence[Holder], seed: int, absent: float) -> PastSession:
    chance = dice(seed, "session", day, len(holders))
    missing = [place for place in range(len(holders)) if chance.random() < absent]
    session = NewSession(
        day, starts_at=time(8), hours=Decimal(7), place=sentences("training")["place"]
    )
    return PastSession(session, holders, missing)


def _make_known(district: Unit, plan: Demonstration, by: User) -> None:
    """The scheme, by every cell early in 2022; the plan of the review is still on its way."""
    words, seed = sentences("training"), plan.seed
    scheme = NewDissemination(
        title=words["scheme"],
        symbol="11-ĐA/TU",
        begins_on=date(2021, 12, 15),
        due_on=date(2022, 3, 31),
    )
    running = NewDissemination(
        title=words["running"], begins_on=date(2024, 5, 20), due_on=date(2024, 6, 30)
    )
    cells = list(Unit.objects.within(district).cells().values_list("pk", "code"))
    known = {
        pk: _reach(date(2022, 1, 3), dice(seed, "scheme", code).random()) for pk, code in cells
    }
    done = {
        pk: _reach(date(2024, 6, 3), chance)
        for pk, code in cells
        if code != plan.tree.own_cell.code
        and (chance := dice(seed, "running", code).random()) < 0.6
    }
    load_dissemination(district, new=scheme, reached=known, by=by)
    load_dissemination(district, new=running, reached=done, by=by)


def _reach(first: date, chance: float) -> PastReach:
    """At the meeting of the first days of the month; now and then a member or two missed it."""
    missed = 0 if chance < 0.7 else 1 if chance < 0.9 else 2
    return PastReach(first + timedelta(days=int(chance * 7)), ReachForm.REGULAR, missed)


def _count_handbook(district: Unit, plan: Demonstration, by: User) -> None:
    for on in (COUNTED_FIRST, STANDS_ON):
        if on >= plan.size.first_month:
            cells = list(Unit.objects.within(district).cells().living_on(on))
            strengths = strength_on([cell.pk for cell in cells], on)
            counts = _counts(cells, strengths, on, plan.seed, _has_it(district, on))
            load_adoption(district, counts=counts, strengths=strengths, on=on, by=by)


def _has_it(district: Unit, on: date) -> float:
    if on < STANDS_ON:
        return GOT_IT
    return 1 if district.code == DISTRICTS[0] else GOT_IT_NEXT_DOOR


def _counts(
    cells: Sequence[Unit], strengths: dict[int, Strength], on: date, seed: int, has_it: float
) -> Iterator[CellCount]:
    for cell in cells:
        strength, chance = strengths[cell.pk], dice(seed, "handbook", on, cell.code)
        missing = sum(chance.random() > has_it for _ in range(strength.total)) if has_it < 1 else 0
        installed = strength.total - missing
        signing = sum(chance.random() < SIGNS_IN for _ in range(installed))
        reasons = Counter(one_of(list(Reason)[:5], chance).value for _ in range(missing))
        exempt = max(strength.exempt - missing, 0)
        yield CellCount(cell, installed, signing, exempt, reasons)


def _ask(district: Unit, plan: Demonstration, by: User) -> None:
    """A short quiz on the scheme; two cells of three have handed in their paper sheets."""
    words, seed = sentences("training"), plan.seed
    new = NewQuiz(words["quiz"], words["questions"], date(2024, 6, 1), date(2024, 6, 30))
    quiz = make_quiz(district, quiz=new, by=by)
    cells = list(Unit.objects.within(district).cells().living())
    strengths = strength_on([cell.pk for cell in cells], STANDS_ON)
    counts = []
    for cell in cells:
        chance = dice(seed, "quiz", cell.code)
        sheets = int(strengths[cell.pk].required * (0.7 + 0.25 * chance.random()))
        if cell.code != plan.tree.own_cell.code and chance.random() < 2 / 3:
            right = [int(sheets * (0.75 + 0.25 * chance.random())) for _ in quiz.questions]
            counts.append((cell, sheets, right))
    load_sheets(quiz, counts=counts, by=by)


def _plan_next(plan: Demonstration, by: User) -> None:
    """The committee above the accounts' own cell teaches its secretaries and deputies in June."""
    commune, words = Unit.objects.get(code=plan.tree.own_cell.parent_code), sentences("training")
    session = NewSession(
        STANDS_ON + timedelta(days=12),
        starts_at=time(8),
        hours=Decimal(4),
        place=words["planned_place"],
    )
    course = NewCourse(words["planned"], [TrainPost.SECRETARY, TrainPost.DEPUTY])
    planned = plan_course(commune, course=course, session=session, by=by)
    invite_holders(planned.sessions.get(), by=by)
