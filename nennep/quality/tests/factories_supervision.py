"""A committee whose members follow its cells, for tests of supervision."""

from datetime import date

from django.urls import reverse

from nennep.accounts.models import User
from nennep.meetings import actions as meetings
from nennep.meetings.tests.factories import FOUNDED, TERM_BEGAN, at, by, ready
from nennep.members.choices import PositionTitle
from nennep.members.models import Position
from nennep.organisation.choices import BodyKind
from nennep.organisation.models import Body, Unit
from nennep.quality import actions
from nennep.quality.models import Visit
from nennep.quality.tests.factories import text_of

JUNE = date(2024, 6, 1)
TODAY = date(2024, 6, 13)


def commune():
    return Unit.objects.get(code="XA")


def seat(member, title=PositionTitle.COMMITTEE_MEMBER, unit=None):
    """A post in the committee of the commune, or of another unit."""
    body, _is_new = Body.objects.get_or_create(unit=unit or commune(), kind=BodyKind.COMMITTEE)
    return Position.objects.create(member=member, body=body, title=title, valid_from=TERM_BEGAN)


def follow(cell, member, since=FOUNDED):
    """The member sits in the committee of the commune and follows the cell."""
    if not Position.objects.filter(member=member, body__unit=commune()).exists():
        seat(member)
    actions.name_followers(commune(), {cell.unit: member}, since=max(since, TERM_BEGAN), by=by())


def account_of(member, name="cap-uy"):
    """An account of their own, without any role yet."""
    user = User.objects.create(username=name, display_name=name)
    member.user = user
    member.save()
    return user


def attended(cell, *names, kind="regular", **more):
    """A meeting held on 3 June, closed with these superiors among the guests."""
    meeting = ready(cell, kind, at(3), **more)
    for name in names:
        meetings.add_guest(meeting, full_name=name, is_superior=True, by=cell.secretary)
    meetings.close_minutes(meeting, by=cell.secretary)
    meeting.refresh_from_db()
    return meeting


def made(cell, on=date(2024, 6, 3)):
    """A visit written down by hand."""
    return actions.record_visit(cell.unit, committee=commune(), made_on=on, by=cell.officer)


def visits(cell):
    return list(Visit.objects.filter(unit=cell.unit).order_by("pk"))


def address(name, record):
    """Of a unit by its code, of anything else by its public id."""
    key = record.code if isinstance(record, Unit) else record.public_id
    return reverse(f"quality:{name}", args=[key])


def shown(client, name, record, **query):
    response = client.get(address(name, record), query)
    assert response.status_code == 200
    return text_of(response)
