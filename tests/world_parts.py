"""What superiors did in the world: one row of each kind that can be addressed."""

from datetime import date, datetime
from types import SimpleNamespace

from nennep.accounts.models import User
from nennep.core import clock
from nennep.dialogue.models import Proposal, ProposalStep, Survey
from nennep.meetings.models import Meeting
from nennep.members.models import Member
from nennep.quality.models import (
    Audience,
    Following,
    Inspection,
    ModelLesson,
    ModelMeeting,
    Recommendation,
    Visit,
)
from nennep.recognition.models import Commendation, CommendationRound, Nomination
from nennep.reports.models import Contribution, Contributor, ProgrammeReview

TODAY = date(2024, 6, 13)


def supervise(place: SimpleNamespace, held: Meeting, moment: datetime, clerk: User) -> None:
    """A follower, a visit with a recommendation, an inspection; `held` was a model meeting."""
    unit, above = place.unit, place.unit.parent
    place.following = Following.objects.create(
        unit=unit, committee=above, member=place.member, valid_from=date(2021, 1, 1)
    )
    place.visit = Visit.objects.create(
        unit=unit, committee=above, month=place.closed.period, made_on=place.closed.held_on,
        meeting=place.closed, visitors=f"Người dự {unit.code}", strengths="Đúng giờ",
        seen_by=clerk, seen_at=moment,
    )  # fmt: skip
    place.recommendation = Recommendation.objects.create(
        unit=unit, committee=above, visit=place.visit, what=f"Kiến nghị {unit.code}",
        given_on=date(2024, 5, 20), given_by=clerk, due_on=date(2024, 6, 10),
    )  # fmt: skip
    place.inspection = Inspection.objects.create(
        unit=unit, committee=above, kind="supervision", year=2024, subject=f"Nền nếp {unit.code}",
        planned_from=date(2024, 4, 1), planned_to=date(2024, 4, 30), began_on=date(2024, 4, 8),
        ended_on=date(2024, 4, 12),
    )  # fmt: skip
    Meeting.objects.filter(pk=held.pk).update(is_model=True)
    place.model = ModelMeeting.objects.get(pk=held.pk)
    lesson = ModelLesson.objects.create(
        meeting=held, lessons="Chuẩn bị kỹ", written_by=clerk, written_at=moment
    )
    Audience.objects.create(lesson=lesson, name=f"Chi bộ bạn {unit.code}", people=3)


def commend(place: SimpleNamespace, moment: datetime, clerk: User) -> None:
    """An open round of the unit, what it proposed itself, and a commendation from a past decision."""
    unit = place.unit
    place.commendation_round = CommendationRound.objects.create(
        unit=unit, occasion=f"Sơ kết của {unit.code}", first_day=date(2021, 12, 6),
        last_day=date(2024, 6, 13), grounds="Điều lệ Đảng", body="standing", opened_by=clerk,
        opened_at=moment,
    )  # fmt: skip
    place.nomination = Nomination.objects.create(
        round=place.commendation_round, proposer=unit, kind="person", unit=unit,
        name=f"Người Được Đề Nghị {unit.code}", reasons="Làm tốt", declared_by=clerk,
        declared_at=moment, award="Giấy khen", votes_for=3, is_chosen=True,
    )  # fmt: skip
    place.commendation = Commendation.objects.create(
        unit=unit, path=unit.path, kind="person", name=f"Người Được Khen {unit.code}",
        award="Giấy khen", rhythm="once", occasion="Sơ kết", awarded_by=unit, decision="3-QĐ",
        on=date(2022, 12, 8), entered_by=clerk, entered_at=moment,
    )  # fmt: skip


def disturb_commendation(place: SimpleNamespace) -> None:
    Nomination.objects.filter(pk=place.nomination.pk).update(name="Người Khác")
    Commendation.objects.filter(pk=place.commendation.pk).delete()


def disturb_supervision(place: SimpleNamespace, stranger: Member) -> None:
    Following.objects.filter(pk=place.following.pk).update(member=stranger)
    Visit.objects.filter(pk=place.visit.pk).update(visitors="Người khác", made_on=None)
    Recommendation.objects.filter(pk=place.recommendation.pk).update(what="Việc khác")
    Inspection.objects.filter(pk=place.inspection.pk).update(subject="Chuyện khác")
    Audience.objects.filter(lesson=place.model.pk).delete()


def propose(place: SimpleNamespace, clerk: User) -> None:
    """What a unit asked of the one above, which passed it on where there is one above; a survey."""
    unit, above = place.unit, place.unit.parent
    place.survey = Survey.objects.create(
        unit=unit, title=f"Khảo sát {unit.code}", opens_on=date(2024, 6, 1), closes_on=TODAY,
        questions=[{"text": "Một?", "options": ["A", "B"]}], chosen=[[5, 1]], words=[[]],
        invited=9, sheets=6, made_by=clerk,
    )  # fmt: skip
    if above is None:
        return
    place.proposal = Proposal.objects.create(
        unit=unit, owner=above, subject=f"Kiến nghị của {unit.code}", text="Đề nghị xem xét.",
        asked_on=date(2024, 5, 6), asked_by=clerk,
    )  # fmt: skip
    givers = [unit, above] if above.parent else [unit]
    for number, giver in enumerate(givers):
        ProposalStep.objects.create(
            proposal=place.proposal, giver=giver, unit=giver.parent, path=giver.parent.path,
            came_on=date(2024, 5, 6), due_on=date(2024, 6, 20), by=clerk,
            left_on=date(2024, 5, 7) if number + 1 < len(givers) else None,
        )  # fmt: skip


def disturb_proposals(place: SimpleNamespace, clerk: User) -> None:
    """Another one by another way, and the one there was changes."""
    Proposal.objects.filter(pk=place.proposal.pk).update(subject="Chuyện khác", withdrawn_on=TODAY)
    Survey.objects.filter(pk=place.survey.pk).update(title="Khảo sát khác", sheets=7)
    propose(place, clerk)


def review_programme(place: SimpleNamespace, day: date, clerk: User) -> None:
    """The review of the place's own programme, to which the place itself is asked to contribute."""
    moment = datetime(day.year, day.month, day.day, 8, tzinfo=clock.HANOI)
    place.programme_review = ProgrammeReview.objects.create(
        unit=place.unit, programme=place.programme, kind="midway", last_day=day, due_on=day,
        first_day=day.replace(day=1), begun_by=clerk, begun_at=moment,
    )  # fmt: skip
    place.contributor = Contributor.objects.create(
        review=place.programme_review, unit=place.unit, answered_by=clerk, answered_at=moment
    )
    Contribution.objects.create(
        contributor=place.contributor, kind="worked", text=f"Việc tốt của {place.unit.code}"
    )
