"""Writes the same demonstration action by action, as people would: slow, and the yardstick.

What the bulk actions write must equal this, field by field; a test compares the two.
"""

from datetime import date

from nennep.accounts.models import User
from nennep.core.clock import HANOI
from nennep.demo.bulk import strength_of
from nennep.demo.plan.calendar import PlannedExplanation
from nennep.demo.plan.gatherings import PlannedMeeting
from nennep.demo.plan.people import PlannedPerson, terms_of
from nennep.demo.plan.texts import PlannedText
from nennep.demo.plan.tree import PlannedUnit
from nennep.demo.plan.whole import Demonstration
from nennep.meetings import actions as meetings
from nennep.meetings.models import Meeting, Resolution
from nennep.meetings.rules.attendance import Absence
from nennep.meetings.rules.figures import RollFigures
from nennep.members import actions as members
from nennep.members.models import Member, Position
from nennep.organisation.actions.body import begin_term, establish_body
from nennep.organisation.actions.party_group import open_party_group
from nennep.organisation.actions.unit import create_root, create_unit
from nennep.organisation.models import Body, PartyGroup, Unit


def write_units(plan: Demonstration, *, by: User) -> None:
    for planned in plan.tree.units():
        unit = _unit(planned, by)
        body = establish_body(unit, planned.body_kind, by=by)
        for label, starts_on, ends_on in terms_of(planned):
            begin_term(body, label, starts_on=starts_on, ends_on=ends_on, by=by)
        for name in planned.party_groups:
            open_party_group(unit, name, on=planned.founded_on, by=by)


def _unit(planned: PlannedUnit, by: User) -> Unit:
    if not planned.parent_code:
        return create_root(
            planned.name, code=planned.code, founded_on=planned.founded_on, kind=planned.kind, by=by
        )
    return create_unit(
        planned.name,
        code=planned.code,
        kind=planned.kind,
        parent=Unit.objects.get(code=planned.parent_code),
        founded_on=planned.founded_on,
        block=planned.block,
        by=by,
    )


def write_roll(plan: Demonstration, *, by: User) -> int:
    """Everybody in the order of the plan; the posts afterwards, in the order of their days."""
    pairs = [(_member(person, by), person) for _, people in plan.rolls() for person in people]
    _write_posts(pairs, by)
    for cell in plan.tree.cells():
        if cell.is_armed:
            official, probationary = strength_of(cell)
            members.enter_strength_figures(
                Unit.objects.get(code=cell.code),
                official=official,
                probationary=probationary,
                exempt=0,
                on=cell.founded_on,
                by=by,
            )
    return pairs[0][0].pk


def _member(person: PlannedPerson, by: User) -> Member:
    if not person.standings:
        host, since, until = person.stays[0]
        return members.welcome_guest_member(
            Unit.objects.get(code=host),
            full_name=person.full_name,
            sex=person.sex,
            birth_date=person.birth_date,
            birth_year=person.birth_year,
            valid_from=since,
            valid_to=until,
            by=by,
        )
    first = person.standings[0]
    is_official = first.kind == "official"
    unit = Unit.objects.get(code=first.cell)
    member = members.admit_member(
        unit,
        full_name=person.full_name,
        sex=person.sex,
        birth_date=person.birth_date,
        birth_year=person.birth_year,
        kind=first.kind,
        on=first.valid_from,
        admitted_on=person.admitted_on,
        recognised_on=person.recognised_on if is_official else None,
        party_group=_group(unit, first.party_group),
        by=by,
    )
    _write_spells(member, person, by)
    return member


def _group(unit: Unit, name: str) -> PartyGroup | None:
    return PartyGroup.objects.get(unit=unit, name=name) if name else None


def _write_spells(member: Member, person: PlannedPerson, by: User) -> None:
    for basis, since, until in person.exemptions:
        members.exempt_member(member, basis=basis, valid_from=since, valid_to=until, by=by)
    for host, since, until in person.stays:
        where = Unit.objects.get(code=host) if host else None
        members.send_away(member, host=where, valid_from=since, valid_to=until, by=by)
    for since, until in person.working:
        members.set_working(member, is_working=True, on=since, by=by)
        if until is not None:
            members.set_working(member, is_working=False, on=_next_day(until), by=by)
    _write_standings(member, person, by)


def _write_standings(member: Member, person: PlannedPerson, by: User) -> None:
    for before, standing in zip(person.standings, person.standings[1:], strict=False):
        if standing.is_suspended != before.is_suspended:
            change = members.suspend_member if standing.is_suspended else members.lift_suspension
            change(member, on=standing.valid_from, by=by)
        elif standing.cell == before.cell:
            members.recognise_member(member, on=standing.valid_from, by=by)
        else:
            unit = Unit.objects.get(code=standing.cell)
            group = _group(unit, standing.party_group)
            members.transfer_member(
                member, to=unit, on=standing.valid_from, party_group=group, by=by
            )
    last_day = person.standings[-1].valid_to
    if last_day is not None:
        members.member_leaves(member, last_day=last_day, by=by)


def _next_day(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def _write_posts(pairs: list[tuple[Member, PlannedPerson]], by: User) -> None:
    posts = [
        (since, until, member, unit, body, title)
        for member, person in pairs
        for unit, body, title, since, until in person.positions
    ]
    for since, until, member, unit, kind, title in sorted(posts, key=lambda post: post[0]):
        body = Body.objects.get(unit__code=unit, kind=kind)
        position: Position = members.appoint(
            member, body=body, title=title, valid_from=since, by=by
        )
        if until is not None:
            members.dismiss(position, last_day=until, by=by)
    for member, person in pairs:
        if person.office_phone:
            members.set_office_phone(member, phone=person.office_phone, by=by)


def write_history(plan: Demonstration, first_id: int, *, by: User) -> None:
    said: list[PlannedExplanation] = []
    for history in plan.histories(first_id):
        unit = Unit.objects.get(code=history.cell.code)
        said += history.explanations
        for planned in history.meetings:
            _hold(unit, planned, by)
    for explanation in said:
        _explain(explanation, by)


def _explain(said: PlannedExplanation, by: User) -> None:
    explanation = meetings.explain_absence(
        Unit.objects.get(code=said.cell),
        kind=said.kind,
        period=said.period,
        reason=said.reason,
        by=by,
    )
    if said.is_accepted is not None:
        meetings.answer_explanation(
            explanation, is_accepted=said.is_accepted, answer=said.answer, by=by
        )


def _hold(unit: Unit, planned: PlannedMeeting, by: User) -> None:
    meeting = meetings.plan_meeting(
        unit,
        kind=planned.kind,
        period=planned.period,
        planned_at=planned.started_at,
        place=planned.place,
        topic=planned.topic,
        by=by,
    )
    if planned.invited_at:
        meetings.mark_invited(meeting, at=planned.invited_at, by=by)
        meetings.mark_superior_told(meeting, at=planned.invited_at, by=by)
    if planned.papers_sent_at:
        meetings.mark_papers_sent(meeting, at=planned.papers_sent_at, by=by)
    _open(meeting, planned, by)
    _call_roll(meeting, planned, by)
    if planned.text is not None:
        _write(meeting, planned.text, by)
    meetings.mark_steps(meeting, skipped=planned.skipped_steps, by=by)
    if planned.thematic_started_at:
        meetings.start_thematic(meeting, at=planned.thematic_started_at, by=by)
    meetings.end_meeting(meeting, ended_at=planned.ended_at, by=by)
    meetings.adopt_minutes(meeting, at=planned.ended_at, by=by)
    meetings.declare_free_of_secrets(meeting, by=by)
    meetings.close_minutes(meeting, by=by)
    if planned.finished_sent_at:
        meetings.mark_finished_sent(meeting, at=planned.finished_sent_at, by=by)
    if planned.text is not None:
        _record_results(meeting, planned.text, by)


def _open(meeting: Meeting, planned: PlannedMeeting, by: User) -> None:
    chair, taker = planned.chair, planned.minute_taker
    meetings.open_meeting(
        meeting,
        started_at=planned.started_at.astimezone(HANOI),
        chair=Member.objects.get(pk=chair.member_id) if chair else None,
        minute_taker=Member.objects.get(pk=taker.member_id) if taker else None,
        by=by,
    )


def _call_roll(meeting: Meeting, planned: PlannedMeeting, by: User) -> None:
    counts = planned.counts
    if counts.typed is not None:
        present, excused, unexcused = counts.typed
        figures = RollFigures(counts.official, counts.probationary, present, excused, unexcused)
        meetings.take_roll_figures(meeting, figures=figures, by=by)
        return
    meetings.take_roll(
        meeting,
        absences={row[0]: Absence(row[2], row[7]) for row in planned.rows if row[2] != "present"},
        late=[row[0] for row in planned.rows if row[4]],
        left_early=[row[0] for row in planned.rows if row[5]],
        exempt_came=[row[0] for row in planned.rows if row[1] == "exempt"],
        by=by,
    )
    meetings.who_spoke(meeting, ids=[row[0] for row in planned.rows if row[6]], by=by)


def _write(meeting: Meeting, text: PlannedText, by: User) -> None:
    meeting.refresh_from_db()
    meetings.write_opening(meeting, text=text.opening, version=meeting.version, by=by)
    items = []
    for item in text.items:
        added = meetings.add_item(meeting, title=item.title, step=item.step, by=by)
        items.append(added)
        meetings.write_item(
            added, discussion=item.discussion, conclusion=item.conclusion, version=0, by=by
        )
    if text.vote is None:
        return
    vote = text.vote
    meetings.record_vote(
        meeting,
        subject="resolution",
        question=vote.question,
        in_favour=vote.in_favour,
        against=vote.against,
        other=vote.other,
        item=items[0],
        by=by,
    )
    _resolve(meeting, text, by)


def _resolve(meeting: Meeting, text: PlannedText, by: User) -> None:
    paper = meetings.write_resolution(
        meeting,
        summary=text.summary,
        last_month=text.last_month,
        next_month=text.next_month,
        by=by,
    )
    for line in text.lines:
        who = Member.objects.get(pk=line.who_id) if line.who_id else None
        meetings.add_line(paper, what=line.what, who=who, due_on=line.due_on, by=by)


def _record_results(meeting: Meeting, text: PlannedText, by: User) -> None:
    paper = Resolution.objects.filter(meeting=meeting).first()
    if paper is None:
        return
    for stored, line in zip(paper.items.order_by("position"), text.lines, strict=True):
        if line.result:
            meetings.record_result(stored, result=line.result, done_on=line.done_on, by=by)
