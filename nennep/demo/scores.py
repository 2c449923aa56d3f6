"""Scores of the demonstration: a district's own sheet from January 2024 on, invented and named so.

Before that 12-HD/BTCTW holds, which has criteria and no points: nothing is scored, and no class
is invented.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from fractions import Fraction
from random import Random

from nennep.accounts.models import User
from nennep.demo.examples import enter_examples
from nennep.demo.plan.calendar import moment
from nennep.demo.plan.habits import GOOD, LOOSE, ORDERLY, USUAL, WEAK, Temper, temper_of
from nennep.demo.plan.whole import Demonstration
from nennep.demo.plan.words import STANDS_ON, dice, one_of, sentences
from nennep.meetings.choices import SATISFY_REGULAR
from nennep.meetings.models import Meeting
from nennep.organisation.models import Unit
from nennep.quality.actions.history import PastScore, load_scores
from nennep.quality.choices import CLASSES, SheetKind
from nennep.quality.queries.filled import Filled, filled_sheets
from nennep.quality.rules.in_force import KEYS, QualityRules
from nennep.quality.rules.presets import examples
from nennep.quality.rules.scoring import Given, Line, score
from nennep.regulations.choices import BasisKind

SCORED_FROM = date(2024, 1, 1)
DISTRICT = "SOCSON"
NOTE = "Ví dụ minh họa, không có thật. Các mức điểm lấy theo mẫu của một phường nơi khác."
TITLE = "Phiếu chấm điểm ví dụ của huyện (minh họa, không có thật)"
DECIDED_THROUGH = date(2024, 4, 1)  # later months wait for the superior, wholly or in part
# How often a cell of each temper marks itself down on what only people judge.
STRICTNESS = {ORDERLY: 0.06, GOOD: 0.12, USUAL: 0.25, LOOSE: 0.4, WEAK: 0.55}
GROUND = {
    "meetings.scoring": True,
    f"{QualityRules.prefix}.half_year": {
        "title": "Xếp loại 6 tháng (ví dụ)",
        "classes": [
            {"class": "good", "at_least": {"good": 5}, "none_of": ["medium", "poor"]},
            {"class": "fair", "none_of": ["poor"], "all_regular": True},
        ],
    },
}


def enter_sheet(first_day: date, *, by: User, code: str = DISTRICT) -> None:
    """The example sheet, with the rules of the half-year and the year, for one district alone."""
    unit = Unit.objects.get(code=code)
    sheet = dict(examples()["rb2"].sheet_regular) | {"code": "vd-soc-son", "title": TITLE}
    year = dict(examples()["rb3"].year or {}) | {"title": "Xếp loại năm (ví dụ)"}
    values = {KEYS[SheetKind.REGULAR]: sheet, f"{QualityRules.prefix}.year": year, **GROUND}
    enter_examples(
        unit,
        values,
        symbol="02-HD/HU",
        kind=BasisKind.GUIDANCE,
        title="Hướng dẫn ví dụ về chấm điểm, xếp loại sinh hoạt chi bộ",
        note=NOTE,
        since=first_day,
        by=by,
    )


def score_past(plan: Demonstration, *, by: User) -> int:
    """What the cells of the district said of their meetings since the sheet is in force."""
    tempers = _tempers(plan)
    unit = Unit.objects.get(code=DISTRICT)
    meetings = (
        Meeting.objects.closed()
        .within(unit)
        .filter(period__gte=SCORED_FROM, kind__in=sorted(SATISFY_REGULAR))
    )
    known = {m.pk: m for m in meetings.select_related("unit", "roll_call").order_by("pk")}
    rows = (
        _past(filled, known[filled.found.meeting_id], plan, tempers)
        for filled in filled_sheets(known, with_kept=False)
    )
    return load_scores(rows, by=by)


def _tempers(plan: Demonstration) -> dict[str, Temper]:
    own = plan.tree.own_cell.code
    return {
        cell.code: temper_of(household, cell.code, plan.seed, is_own=cell.code == own)
        for household in plan.tree.households
        for cell in household.cells
    }


def _past(
    filled: Filled, meeting: Meeting, plan: Demonstration, tempers: dict[str, Temper]
) -> PastScore:
    code, month = meeting.unit.code, meeting.period
    chance = dice(plan.seed, "score", code, month.isoformat())
    given = dict(_given(filled.now.missing, STRICTNESS[tempers[code]], chance))
    found = score(filled.sheet, filled.found.facts, given)
    official = _official(found.klass or "", month, tempers[code], chance)
    return PastScore(
        meeting_id=meeting.pk,
        agreed_at=meeting.ended_at or moment(filled.found.held_on, 21 * 60),
        given=given,
        vote=(min(meeting.roll_call.voting_base, meeting.roll_call.present), 0, 0),
        remedies=_remedies([line for line in found.lines if line.lost > 1], chance),
        official=official,
        decided_at=_decided_at(filled.found.held_on) if official else None,
        worked_out=(filled, found),
    )


def _given(
    lines: tuple[Line, ...], strictness: float, chance: Random
) -> Iterator[tuple[str, Given]]:
    for line in lines:
        most = int(line.max)
        loss = 0
        if chance.random() < strictness:
            loss = 1 + int(chance.random() * most * strictness * 0.5)
        yield line.criterion.code, Given(Fraction(max(most - loss, 0)))


def _remedies(weak: list[Line], chance: Random) -> str:
    if not weak:
        return ""
    names = ", ".join(line.criterion.title.lower() for line in weak[:2])
    sentence: str = one_of(sentences("remedies")["text"], chance)
    return sentence.format(what=names)


def _official(klass: str, month: date, temper: Temper, chance: Random) -> tuple[str, str] | None:
    """Mostly as the cell says; now and then a class lower, with the reason."""
    draw = chance.random()
    if not klass or month > DECIDED_THROUGH:
        return None
    if draw < 0.03 + 0.1 * (temper in {LOOSE, WEAK}) and klass != CLASSES[-1]:
        lower = CLASSES[CLASSES.index(klass) + 1]
        return lower, one_of(sentences("remedies")["lowered"], chance)
    return klass, ""


def _decided_at(held_on: date) -> datetime:
    return min(moment(held_on + timedelta(days=12), 9 * 60), moment(STANDS_ON, 8 * 60))
