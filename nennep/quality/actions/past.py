"""Supervision of the past, loaded in bulk: what the single actions would have written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from nennep.accounts.models import User
from nennep.core import trail
from nennep.core.secret_guard import refuse_secret
from nennep.meetings.models import Meeting
from nennep.quality.choices import InspectionKind
from nennep.quality.models import (
    Audience,
    Following,
    Inspection,
    ModelLesson,
    Recommendation,
    Visit,
)


@dataclass(frozen=True, slots=True)
class PastFollowing:
    unit_id: int
    committee_id: int
    member_id: int
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRecommendation:
    """`answered_on` None: not answered yet."""

    what: str
    given_on: date
    due_on: date
    answer: str = ""
    answered_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PastVisit:
    """A visit that was made to a meeting; `seen_at` None: nothing was written of it."""

    unit_id: int
    committee_id: int
    month: date
    made_on: date
    visitor_id: int
    visitors: str
    meeting_id: int | None = None
    strengths: str = ""
    weaknesses: str = ""
    missed_steps: Sequence[str] = ()
    seen_at: datetime | None = None
    asked: PastRecommendation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PastInspection:
    unit_id: int
    committee_id: int
    subject: str
    team: str
    began_on: date
    ended_on: date
    findings: str
    conclusion_symbol: str
    concluded_on: date
    follow_up: str = ""
    followed_up_on: date | None = None
    asked: PastRecommendation | None = None
    kind: str = InspectionKind.SUPERVISION


@dataclass(frozen=True, slots=True, kw_only=True)
class PastModel:
    """A closed meeting that others came to watch: how many from which unit (id, name, people)."""

    meeting_id: int
    lessons: str
    written_at: datetime
    audience: Sequence[tuple[int, str, int]]


@transaction.atomic
def load_models(models: Iterable[PastModel], *, by: User) -> int:
    """As `load_supervision`: whoever loads many recounts afterwards."""
    held = list(models)
    refuse_secret(*{past.lessons for past in held})
    Meeting.objects.filter(pk__in=[past.meeting_id for past in held]).update(is_model=True)
    ModelLesson.objects.bulk_create(
        ModelLesson(
            meeting_id=past.meeting_id,
            lessons=past.lessons,
            written_by=by,
            written_at=past.written_at,
        )
        for past in held
    )
    Audience.objects.bulk_create(
        Audience(lesson_id=past.meeting_id, watching_id=unit_id, name=name, people=people)
        for past in held
        for unit_id, name, people in past.audience
    )
    trail.record("past supervision loaded", None, by=by, count=len(held))
    return len(held)


@transaction.atomic
def load_supervision(
    followings: Iterable[PastFollowing],
    visits: Iterable[PastVisit],
    inspections: Iterable[PastInspection],
    *,
    by: User,
) -> int:
    """Nobody follows these cells yet. Sends no signal: whoever loads many recounts afterwards.

    Returns how many visits there were.
    """
    Following.objects.bulk_create(
        Following(
            unit_id=each.unit_id,
            committee_id=each.committee_id,
            member_id=each.member_id,
            valid_from=each.since,
        )
        for each in followings
    )
    made = list(visits)
    inspected = list(inspections)
    refuse_secret(*{text for past in made for text in (past.strengths, past.weaknesses)})
    refuse_secret(*{text for past in inspected for text in (past.findings, past.follow_up)})
    rows = Visit.objects.bulk_create([_visit(past, by) for past in made])
    checked = Inspection.objects.bulk_create([_inspection(past) for past in inspected])
    asked = [_asked(row, past.asked, by, visit=row) for row, past in zip(rows, made, strict=True)]
    asked += [
        _asked(row, past.asked, by, inspection=row)
        for row, past in zip(checked, inspected, strict=True)
    ]
    Recommendation.objects.bulk_create([each for each in asked if each is not None])
    trail.record("past supervision loaded", None, by=by, count=len(rows))
    return len(rows)


def _visit(past: PastVisit, by: User) -> Visit:
    return Visit(
        unit_id=past.unit_id,
        committee_id=past.committee_id,
        month=past.month,
        made_on=past.made_on,
        visitor_id=past.visitor_id,
        visitors=past.visitors,
        meeting_id=past.meeting_id,
        strengths=past.strengths,
        weaknesses=past.weaknesses,
        missed_steps=list(past.missed_steps),
        seen_at=past.seen_at,
        seen_by=by if past.seen_at else None,
    )


def _inspection(past: PastInspection) -> Inspection:
    return Inspection(
        unit_id=past.unit_id,
        committee_id=past.committee_id,
        kind=past.kind,
        year=past.began_on.year,
        subject=past.subject,
        team=past.team,
        planned_from=past.began_on,
        planned_to=past.ended_on,
        began_on=past.began_on,
        ended_on=past.ended_on,
        findings=past.findings,
        conclusion_symbol=past.conclusion_symbol,
        concluded_on=past.concluded_on,
        follow_up=past.follow_up,
        followed_up_on=past.followed_up_on,
    )


def _asked(
    source: Visit | Inspection,
    past: PastRecommendation | None,
    by: User,
    *,
    visit: Visit | None = None,
    inspection: Inspection | None = None,
) -> Recommendation | None:
    if past is None:
        return None
    return Recommendation(
        unit_id=source.unit_id,
        committee_id=source.committee_id,
        visit=visit,
        inspection=inspection,
        what=past.what,
        given_on=past.given_on,
        given_by=by,
        due_on=past.due_on,
        answer=past.answer,
        answered_on=past.answered_on,
        answered_by=by if past.answered_on else None,
    )
