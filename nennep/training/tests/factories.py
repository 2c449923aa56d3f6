"""A committee with cells, their officers, and courses held for them."""

from datetime import date

from nennep.accounts.queries import system_person
from nennep.members.choices import PositionTitle
from nennep.members.models import Position
from nennep.members.tests import factories as members
from nennep.organisation.choices import BodyKind
from nennep.training import actions
from nennep.training.actions import Came, NewCourse, NewSession
from nennep.training.choices import CELL_POSTS
from nennep.training.models import CourseSession

TODAY = date(2024, 6, 13)
SPRING = date(2024, 3, 5)


def cell_with_officers(name="Chi bộ thôn Đoài", parent=None, since=date(2022, 6, 1), **fields):
    """Secretary An, deputy Bình, committee member Chi, and Dung without a post."""
    made = members.cell(name, parent, **fields)
    body = members.body(made)
    titles = (PositionTitle.SECRETARY, PositionTitle.DEPUTY, PositionTitle.COMMITTEE_MEMBER, None)
    made.people = {}
    for given, title in zip(("An", "Bình", "Chi", "Dung"), titles, strict=True):
        person = members.member(made, f"Nguyễn Thị {given} {made.code}")
        made.people[given] = person
        if title:
            post(person, body, title, since)
    made.body = body
    return made


def post(person, body, title, since, until=None):
    return Position.objects.create(
        member=person, body=body, title=title, valid_from=since, valid_to=until
    )


def committee_body(unit):
    return members.body(unit, BodyKind.COMMITTEE)


def session(unit, on=SPRING, posts=CELL_POSTS, title="Nghiệp vụ sinh hoạt chi bộ", **more):
    course = actions.plan_course(
        unit,
        course=NewCourse(title, posts),
        session=NewSession(on, **more),
        by=system_person(),
    )
    return CourseSession.objects.get(course=course)


def held(unit, on=SPRING, posts=CELL_POSTS, absent=(), others=()):
    """Everybody it was meant for was invited and came, except the members named."""
    made = session(unit, on, posts)
    actions.invite_holders(made, by=system_person())
    lines = made.participants.filter(member__in=absent)
    came = Came(list(lines.values_list("pk", flat=True)), others)
    actions.record_training(made, came=came, by=system_person())
    made.refresh_from_db()
    return made
