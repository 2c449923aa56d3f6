from datetime import date

import pytest

from nennep.accounts.queries import system_person
from nennep.core.models import TrailLine
from nennep.core.refusal import Refusal
from nennep.members.choices import PositionTitle
from nennep.members.tests import factories as members
from nennep.training import actions
from nennep.training.actions import Came, NewCourse, NewSession
from nennep.training.actions.merging import follow_person
from nennep.training.choices import TrainPost
from nennep.training.models import Course, Participant
from nennep.training.tests.factories import cell_with_officers, held, post, session

pytestmark = pytest.mark.django_db


def refused(act):
    with pytest.raises(Refusal) as no:
        act()
    return no.value.code


@pytest.mark.parametrize(
    ("title", "posts", "days", "code"),
    [
        ("", ["secretary"], {}, "title_missing"),
        ("Nghiệp vụ", [], {}, "posts_missing"),
        ("Nghiệp vụ", ["secretary"], {"ends_on": date(2024, 3, 4)}, "ends_before_it_begins"),
        ("MẬT", ["secretary"], {}, "secret"),
    ],
)
def test_a_course_that_cannot_be_is_refused(title, posts, days, code):
    unit = members.committee()
    course, first = NewCourse(title, posts), NewSession(date(2024, 3, 5), **days)

    said = refused(
        lambda: actions.plan_course(unit, course=course, session=first, by=system_person())
    )

    assert (said, Course.objects.count()) == (code, 0)


def test_inviting_by_post_brings_those_who_hold_it_on_the_day_and_nobody_twice():
    cell = cell_with_officers()
    former = members.member(cell, "Trần Văn Cũ")
    post(former, cell.body, PositionTitle.DEPUTY, date(2021, 1, 1), date(2022, 5, 31))
    made = session(cell.parent, posts=[TrainPost.SECRETARY, TrainPost.DEPUTY])

    assert actions.invite_holders(made, by=system_person()) == 2
    assert refused(lambda: actions.invite_holders(made, by=system_person())) == "nobody_to_invite"

    names = made.participants.values_list("member__full_name", "post")
    assert set(names) == {
        (cell.people["An"].full_name, "secretary"),
        (cell.people["Bình"].full_name, "deputy"),
    }


def test_everybody_came_except_some_and_somebody_more():
    cell = cell_with_officers()
    made = held(cell.parent, absent=[cell.people["Chi"]], others=[cell.people["Dung"]])

    came = {p.member.full_name.split()[2]: p.came for p in made.participants.all()}
    assert came == {"An": True, "Bình": True, "Chi": False, "Dung": True}
    assert made.recorded_at is not None
    line = TrailLine.objects.get(verb="training recorded")
    assert line.details["count"] == 3


def test_recording_again_says_anew_who_came():
    cell = cell_with_officers()
    made = held(cell.parent, others=[cell.people["Dung"]])
    lines = {p.member.full_name.split()[2]: p.pk for p in made.participants.all()}

    actions.record_training(made, came=Came([lines["An"], lines["Dung"]]), by=system_person())

    came = {p.member.full_name.split()[2]: p.came for p in made.participants.all()}
    assert came == {"An": False, "Bình": True, "Chi": True}


def test_what_has_not_happened_cannot_be_recorded():
    cell = cell_with_officers()
    later = session(cell.parent, on=date(2024, 7, 1))
    actions.invite_holders(later, by=system_person())
    empty = session(cell.parent)

    assert (
        refused(lambda: actions.record_training(later, came=Came(), by=system_person()))
        == "not_begun"
    )
    assert (
        refused(lambda: actions.record_training(empty, came=Came(), by=system_person()))
        == "nobody_invited"
    )


def test_somebody_from_elsewhere_is_not_trained_here():
    cell, far = (
        cell_with_officers(),
        cell_with_officers("Chi bộ xa", members.committee("Đảng bộ xa")),
    )
    made = session(cell.parent)

    act = lambda: actions.invite(made, people=[far.people["An"]], by=system_person())  # noqa: E731 -- one line

    assert refused(act) == "not_below"


def test_a_cancelled_session_takes_no_change():
    cell = cell_with_officers()
    made = held(cell.parent)
    assert (
        refused(lambda: actions.cancel_session(made, reason=" ", by=system_person()))
        == "reason_missing"
    )

    actions.cancel_session(made, reason="Nhập nhầm", by=system_person())

    made.refresh_from_db()
    assert made.cancelled_on == date(2024, 6, 13)
    assert Participant.objects.trained().count() == 0
    assert (
        refused(lambda: actions.record_training(made, came=Came(), by=system_person()))
        == "cancelled"
    )


def test_a_name_comes_off_the_list_until_who_came_is_recorded():
    cell = cell_with_officers()
    made = session(cell.parent)
    actions.invite_holders(made, by=system_person())
    first, second, _third = made.participants.order_by("pk")

    actions.take_back_invitation(first, by=system_person())
    actions.record_training(made, came=Came(), by=system_person())

    assert made.participants.count() == 2
    assert refused(lambda: actions.take_back_invitation(second, by=system_person())) == "recorded"


def test_the_secretary_of_a_unit_of_figures_only_is_on_the_list_without_a_name():
    cell = members.figures_only_cell()
    made = held(cell.parent, posts=[TrainPost.SECRETARY])

    line = made.participants.get()
    assert (line.unit, line.member, line.post, line.came) == (cell, None, "secretary", True)


def test_joining_two_entries_of_a_person_keeps_that_they_came():
    cell = cell_with_officers()
    keep, drop = cell.people["An"], cell.people["Bình"]
    made = held(cell.parent, absent=[keep])

    follow_person(keep, drop)

    line = made.participants.get(member=keep)
    assert line.came is True
    assert not made.participants.filter(member=drop).exists()
