"""The bulk way writes what the single actions write, column by column."""

from datetime import date
from fractions import Fraction

import pytest

from nennep.core.models import TrailLine
from nennep.core.refusal import Refusal
from nennep.meetings import actions as meetings
from nennep.meetings.models import Vote
from nennep.meetings.rules.attendance import Absence
from nennep.meetings.tests.factories import at, by, make_cell, ready
from nennep.quality import actions
from nennep.quality.actions.history import PastScore, load_scores
from nennep.quality.models import ScoreSheet
from nennep.quality.queries.filled import filled_sheet
from nennep.quality.rules.scoring import Given
from nennep.quality.tests.factories import given, put_in_force

pytestmark = pytest.mark.django_db
# What tells the two apart by nature: who did it when, and the ids.
OWN = {"agreed_at", "agreed_by", "decided_at", "decided_by", "vote", "scorer"}
OWN_OF_VOTE = {"id", "public_id", "item"}


def columns(record, own):
    names = [f.name for f in record._meta.local_fields if f.name not in own]
    return {name: getattr(record, name) for name in names}


@pytest.fixture
def meeting():
    cell = make_cell(official=9)
    put_in_force("rb2")
    held = ready(cell, absences={cell.members[4].pk: Absence("excused", "ốm")})
    held.cell = cell
    return held


def test_loading_a_score_is_the_same_as_agreeing_voting_and_deciding(meeting):
    cell, points = meeting.cell, None
    points = given(filled_sheet(meeting), c7=Given(Fraction(24), reason="Còn dở"), c3_1=2)
    actions.agree_score(meeting, given=points, remedies="Mời cả tổ phát biểu.", by=cell.secretary)
    actions.record_class_vote(meeting, in_favour=7, against=1, by=cell.secretary)
    meetings.close_minutes(meeting, by=cell.secretary)
    sheet = ScoreSheet.objects.get()
    actions.decide_class(sheet, klass="medium", reason="Gửi muộn", by=cell.officer)
    singly = columns(ScoreSheet.objects.get(), OWN)
    vote = columns(Vote.objects.get(), OWN_OF_VOTE)
    ScoreSheet.objects.all().delete()
    Vote.objects.all().delete()

    count = load_scores(
        [
            PastScore(
                meeting.pk, at(3), points, vote=(7, 1, 0), remedies="Mời cả tổ phát biểu.",
                official=("medium", "Gửi muộn"), decided_at=at(9),
            )
        ],
        by=by(),
    )  # fmt: skip

    loaded = ScoreSheet.objects.get()
    assert count == 1
    assert columns(loaded, OWN) == singly
    assert columns(Vote.objects.get(), OWN_OF_VOTE) == vote
    assert (loaded.vote, loaded.agreed_at, loaded.decided_at) == (Vote.objects.get(), at(3), at(9))
    assert TrailLine.objects.get(verb="scores loaded").details == {"count": 1}


def test_a_load_with_one_wrong_score_writes_nothing(meeting):
    other = ready(make_cell("CB2"), started_at=at(4))
    good = given(filled_sheet(meeting))
    rows = [
        PastScore(meeting.pk, at(3), good),
        PastScore(other.pk, at(3), good | {"1": Given(Fraction(2))}),
    ]

    with pytest.raises(Refusal) as refusal:
        load_scores(rows, by=by())

    assert refusal.value.code == "reason_missing"
    assert not ScoreSheet.objects.exists()


def test_meetings_without_a_sheet_are_passed_over(meeting):
    meeting.unit.refresh_from_db()
    committee = ready(meeting.cell, "cell_committee", started_at=at(2), period=date(2024, 6, 1))

    assert load_scores([PastScore(committee.pk, at(3))], by=by()) == 0
