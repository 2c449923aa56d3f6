"""Writes the demonstration with the bulk actions: one line of the trail for each."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from nennep.accounts.models import User
from nennep.demo.plan.calendar import PlannedExplanation
from nennep.demo.plan.gatherings import CellHistory, PlannedMeeting
from nennep.demo.plan.people import PlannedPerson, terms_of
from nennep.demo.plan.texts import PlannedText
from nennep.demo.plan.tree import PlannedUnit
from nennep.demo.plan.whole import Demonstration
from nennep.meetings.actions.history import (
    PastExplanation,
    PastItem,
    PastLine,
    PastMeeting,
    PastResolution,
    PastRoll,
    PastVote,
    load_explanations,
    load_history,
)
from nennep.members.actions.load import NewMember, load_roll, load_strength_figures
from nennep.organisation.actions.load import NewBody, NewUnit, load_units
from nennep.organisation.models import Body, PartyGroup

Report = Callable[[int, int], None]
# Cells whose meetings are written in one transaction: a city in one would double the space it needs.
CELLS_TOGETHER = 2_000


@dataclass(frozen=True)
class Places:
    """The ids of what was loaded, by what the plan calls it."""

    units: dict[str, int]
    bodies: dict[tuple[str, str], int]
    groups: dict[tuple[str, str], int]


def write_units(plan: Demonstration, *, by: User) -> Places:
    units = load_units((_new_unit(unit) for unit in plan.tree.units()), by=by)
    bodies = Body.objects.values_list("unit__code", "kind", "id")
    groups = PartyGroup.objects.values_list("unit__code", "name", "id")
    return Places(
        units,
        {(code, kind): body_id for code, kind, body_id in bodies},
        {(code, name): group_id for code, name, group_id in groups},
    )


def _new_unit(unit: PlannedUnit) -> NewUnit:
    return NewUnit(
        code=unit.code,
        name=unit.name,
        kind=unit.kind,
        parent_code=unit.parent_code,
        founded_on=unit.founded_on,
        block=unit.block,
        bodies=(NewBody(unit.body_kind, terms_of(unit)),),
        party_groups=unit.party_groups,
    )


def write_roll(plan: Demonstration, places: Places, *, by: User, report: Report) -> int:
    """Everybody on the rolls, and the totals of units of figures only; the id of the first member."""
    total = len(plan.tree.households)

    def rows() -> Iterator[NewMember]:
        for number, (_, people) in enumerate(plan.rolls(), 1):
            yield from (new_member(person, places) for person in people)
            report(number, total)

    loaded = load_roll(rows(), by=by)
    figures = (
        (places.units[cell.code], *strength_of(cell), 0, cell.founded_on, None)
        for cell in plan.tree.cells()
        if cell.is_armed
    )
    load_strength_figures(figures, by=by)
    return loaded.first_id


def strength_of(cell: PlannedUnit) -> tuple[int, int]:
    """Official and probationary members of a unit of figures only."""
    probationary = cell.strength // 12
    return cell.strength - probationary, probationary


def new_member(person: PlannedPerson, places: Places) -> NewMember:
    units = places.units
    return NewMember(
        unit_id=units[person.cell],
        full_name=person.full_name,
        sex=person.sex,
        birth_year=person.birth_year,
        birth_date=person.birth_date,
        admitted_on=person.admitted_on,
        recognised_on=person.recognised_on,
        standings=[
            (
                units[s.cell],
                s.kind,
                places.groups[s.cell, s.party_group] if s.party_group else None,
                s.valid_from,
                s.valid_to,
                s.is_suspended,
            )
            for s in person.standings
        ],
        exemptions=person.exemptions,
        stays=[(units.get(host), since, until) for host, since, until in person.stays],
        working=person.working,
        positions=[
            (places.bodies[unit, body], title, since, until)
            for unit, body, title, since, until in person.positions
        ],
        office_phone=person.office_phone,
    )


def write_history(
    plan: Demonstration, places: Places, first_id: int, *, by: User, report: Report
) -> None:
    total = sum(1 for _ in plan.tree.cells())
    histories = plan.histories(first_id)
    explanations: list[PlannedExplanation] = []
    done = 0

    def rows(some: Iterable[CellHistory]) -> Iterator[PastMeeting]:
        nonlocal done
        for history in some:
            unit_id = places.units[history.cell.code]
            explanations.extend(history.explanations)
            yield from (past_meeting(meeting, unit_id) for meeting in history.meetings)
            done += 1
            report(done, total)

    for _ in range(0, total, CELLS_TOGETHER):
        load_history(rows(islice(histories, CELLS_TOGETHER)), by=by)
    load_explanations((_past_explanation(said, places) for said in explanations), by=by)


def _past_explanation(said: PlannedExplanation, places: Places) -> PastExplanation:
    return PastExplanation(
        unit_id=places.units[said.cell],
        kind=said.kind,
        period=said.period,
        reason=said.reason,
        recorded_at=said.recorded_at,
        is_accepted=said.is_accepted,
        answer=said.answer,
        answered_at=said.answered_at,
    )


def past_meeting(meeting: PlannedMeeting, unit_id: int) -> PastMeeting:
    chair, taker, counts, text = meeting.chair, meeting.minute_taker, meeting.counts, meeting.text
    return PastMeeting(
        unit_id=unit_id,
        kind=meeting.kind,
        period=meeting.period,
        started_at=meeting.started_at,
        ended_at=meeting.ended_at,
        closed_at=meeting.closed_at,
        roll=PastRoll(*counts),
        attendance=meeting.rows,
        thematic_started_at=meeting.thematic_started_at,
        place=meeting.place,
        topic=meeting.topic,
        planned_at=meeting.started_at,
        chair_id=chair.member_id if chair else None,
        chair_name=chair.name if chair else "",
        chair_post=chair.title if chair else "",
        minute_taker_id=taker.member_id if taker else None,
        minute_taker_name=taker.name if taker else "",
        invited_at=meeting.invited_at,
        superior_told_at=meeting.invited_at,
        papers_sent_at=meeting.papers_sent_at,
        finished_sent_at=meeting.finished_sent_at,
        steps_marked_at=meeting.closed_at,
        skipped_steps=meeting.skipped_steps,
        opening_text=text.opening if text else "",
        declared_free_of_secrets_at=meeting.closed_at,
        minutes_adopted_at=meeting.ended_at,
        items=[
            PastItem(
                item.title, step=item.step, discussion=item.discussion, conclusion=item.conclusion
            )
            for item in (text.items if text else ())
        ],
        votes=_votes(text),
        resolutions=_resolutions(text),
    )


def _votes(text: PlannedText | None) -> list[PastVote]:
    if text is None or text.vote is None:
        return []
    vote = text.vote
    return [PastVote("resolution", vote.question, vote.in_favour, vote.against, vote.other, item=0)]


def _resolutions(text: PlannedText | None) -> list[PastResolution]:
    if text is None or text.vote is None:
        return []
    return [
        PastResolution(
            summary=text.summary,
            last_month=text.last_month,
            next_month=text.next_month,
            lines=[
                PastLine(line.what, line.who_id, "", line.due_on, line.result, line.done_on)
                for line in text.lines
            ],
        )
    ]
