from datetime import date

import pytest

from nennep.core.refusal import Refusal
from nennep.meetings.actions.merging import refuse_two_at_one_meeting
from nennep.meetings.models import Attendance
from nennep.meetings.tests.factories import by, make_cell, ready
from nennep.members.actions import merge_duplicates
from nennep.members.models import Standing

pytestmark = pytest.mark.django_db


def test_two_people_called_at_one_meeting_are_not_merged():
    cell = make_cell()
    ready(cell)
    keep, drop = cell.members[:2]

    with pytest.raises(Refusal) as refusal:
        refuse_two_at_one_meeting(keep, drop)

    assert refusal.value.code == "both_at_one_meeting"


def test_the_roll_calls_of_a_merged_entry_become_those_of_the_one_that_stays():
    cell = make_cell()
    keep, drop = cell.members[4:6]
    # Entered twice: until June as one entry, from June on as the other.
    Standing.objects.filter(member=keep).update(valid_to=date(2024, 5, 31))
    meeting = ready(cell)
    assert set(
        Attendance.objects.filter(member__in=[keep, drop]).values_list("member_id", flat=True)
    ) == {drop.pk}

    drop.__class__.objects.filter(pk=drop.pk).update(
        full_name=keep.full_name, birth_year=keep.birth_year
    )
    merge_duplicates(keep=keep, drop=drop, by=by())

    assert Attendance.objects.filter(meeting=meeting, member=keep).count() == 1
    assert not Attendance.objects.filter(member=drop).exists()
