"""Supervision on paper: the plan of visits of a quarter, the list of recommendations."""

from collections.abc import Sequence

from nennep.core import clock
from nennep.core.text import vn_date
from nennep.meetings.queries.in_force import hanoi_day
from nennep.organisation.models import Unit
from nennep.organisation.queries import place_of
from nennep.organisation.rules import committee_name
from nennep.papers.paper import (
    Align,
    Block,
    Column,
    Masthead,
    Orientation,
    Paper,
    Paragraph,
    SignatureBlock,
    Signer,
    Table,
)
from nennep.papers.symbols import place_and_date
from nennep.quality.models import Recommendation
from nennep.quality.queries.visits import PlanCell, PlanRow, VisitPlan
from nennep.quality.rules.presets import worded
from nennep.quality.rules.supervision import RecommendationState, VisitState

VISIT_COLUMNS = (
    ("number", 0.5, Align.CENTER),
    ("month", 0.9, Align.CENTER),
    ("cell", 2.6, Align.LEFT),
    ("who", 2.2, Align.LEFT),
    ("when", 1.3, Align.CENTER),
    ("result", 1.7, Align.LEFT),
)
ASKED_COLUMNS = (
    ("number", 0.5, Align.CENTER),
    ("unit", 2.2, Align.LEFT),
    ("what", 3.4, Align.LEFT),
    ("source", 1.8, Align.LEFT),
    ("due", 1.2, Align.CENTER),
    ("answer", 3.4, Align.LEFT),
)


def plan_paper(plan: VisitPlan) -> Paper:
    """Month by month: which cell, who goes, when it meets, and whether it was done."""
    words = {"quarter": plan.quarter.number, "year": plan.quarter.year}
    committee = committee_name(plan.committee.name)
    blocks: list[Block] = [Paragraph(worded("visits.intro", committee=committee, **words))]
    rows = [_visit_row(number, *found) for number, found in enumerate(plan.visits, 1)]
    if rows:
        blocks.append(Table(_columns("visits", VISIT_COLUMNS), rows))
        blocks.append(Paragraph(worded("visits.total", planned=plan.planned, made=plan.made)))
    else:
        blocks.append(Paragraph(worded("visits.none")))
    return _paper(
        plan.committee, "visits", worded("visits.summary", **words), blocks, plan.quarter.code
    )


def recommendations_paper(unit: Unit, rows: Sequence[Recommendation]) -> Paper:
    """What was asked, after which visit or inspection, until when, and the answer."""
    day = clock.today()
    words = {"day": vn_date(day), "unit": committee_name(unit.name), "count": len(rows)}
    blocks: list[Block] = [Paragraph(worded("asked.intro", **words))]
    lines = [_asked_row(number, row) for number, row in enumerate(rows, 1)]
    if lines:
        blocks.append(Table(_columns("asked", ASKED_COLUMNS), lines))
        # The last block keeps with the signature: a line of its own, or a long table moves whole.
        answered = sum(1 for row in rows if row.answered_on is not None)
        blocks.append(Paragraph(worded("asked.total", count=len(rows), answered=answered)))
    else:
        blocks.append(Paragraph(worded("asked.none")))
    return _paper(unit, "asked", worded("asked.summary"), blocks, f"{day:%Y-%m-%d}", is_wide=True)


def _columns(section: str, columns: Sequence[tuple[str, float, Align]]) -> list[Column]:
    return [Column(worded(f"{section}.{key}"), width, align) for key, width, align in columns]


def _visit_row(number: int, row: PlanRow, each: PlanCell) -> tuple[str, ...]:
    moment = each.meeting.planned_at if each.meeting else None
    who = each.visit.who if each.visit else ""
    return (
        str(number),
        f"{each.month.month}/{each.month.year}",
        row.cell.name,
        who or worded("visits.unfollowed"),
        vn_date(hanoi_day(moment)) if moment else "",
        _result(each),
    )


def _result(each: PlanCell) -> str:
    visit = each.visit
    if visit is None or visit.state == VisitState.PLANNED:
        return ""
    if visit.state == VisitState.MISSED:
        return worded("visits.missed")
    return worded("visits.made", day=vn_date(visit.made_on))


def _asked_row(number: int, row: Recommendation) -> tuple[str, ...]:
    return (
        str(number),
        row.unit.name,
        row.what,
        _source(row),
        vn_date(row.due_on),
        _answer(row),
    )


def _source(row: Recommendation) -> str:
    if row.visit is not None:
        return worded("asked.visit", day=vn_date(row.visit.made_on))
    found = row.inspection
    if found is None:
        return ""
    kind = str(found.get_kind_display())
    return worded("asked.inspection", kind=kind, symbol=found.conclusion_symbol).strip()


def _answer(row: Recommendation) -> str:
    if row.answered_on is not None:
        return worded("asked.answered", day=vn_date(row.answered_on), text=row.answer)
    is_late = row.state == RecommendationState.OVERDUE
    return worded("asked.overdue" if is_late else "asked.open")


def _paper(
    unit: Unit,
    section: str,
    summary: str,
    blocks: Sequence[Block],
    code: str,
    *,
    is_wide: bool = False,
) -> Paper:
    """A paper of the unit's committee, with room for its number, its day and the signature."""
    day = clock.today()
    return Paper(
        Masthead(
            superior_body=committee_name(unit.parent.name) if unit.parent else "",
            issuing_body=committee_name(unit.name),
            place_and_date=place_and_date(place_of(unit) or "…", None, year=day.year),
        ),
        worded(f"{section}.kind"),
        blocks,
        summary=summary,
        signatures=SignatureBlock(right=Signer(worded("sign.authority"), worded("sign.post"))),
        day=day,
        orientation=Orientation.LANDSCAPE if is_wide else Orientation.PORTRAIT,
        file_stem=f"{worded(f'{section}.file')}-{unit.code.lower()}-{code}",
    )
