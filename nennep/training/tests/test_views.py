import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nennep.accounts.choices import Role
from nennep.core.models import TrailLine
from nennep.members.tests import factories as members
from nennep.training.choices import TrainPost
from nennep.training.models import Course, CourseSession
from nennep.training.tests.factories import cell_with_officers, held, session

pytestmark = pytest.mark.django_db


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.fixture
def cell():
    return cell_with_officers()


@pytest.fixture
def look(client):
    """`look(user, address)`: the words that person is shown, or the status of a refusal."""

    def words(user, address):
        client.force_login(user)
        answer = client.get(address, follow=True)
        return text_of(answer) if answer.status_code == 200 else answer.status_code

    return words


def test_a_committee_sees_how_many_are_missing_and_who_may_see_names_sees_who(cell, look):
    held(cell.parent, absent=[cell.people["Chi"]])
    name = cell.people["Chi"].full_name
    address = f"/tap-huan/{cell.parent.code}/"

    figures = look(members.officer(cell.parent, Role.VIEWER), address)
    names = look(members.officer(cell.parent), address)

    assert "0% (0/1)" in figures
    assert "100% (1/1)" in figures
    assert name not in figures
    assert name in names


def test_names_of_a_cell_are_not_shown_above_it_and_a_look_is_recorded(cell, look):
    held(cell.parent, absent=[cell.people["An"]])
    name, address = cell.people["An"].full_name, f"/tap-huan/{cell.code}/"

    assert name not in look(members.officer(cell.parent, Role.OFFICER), address)
    assert not TrailLine.objects.filter(verb="who was trained").exists()
    assert name in look(members.officer(cell.parent, Role.OFFICER, reads_content=True), address)
    assert TrailLine.objects.get(verb="who was trained").is_look
    assert name in look(members.officer(cell, Role.SECRETARY), address)
    assert TrailLine.objects.filter(verb="who was trained").count() == 1


def test_a_cell_sees_the_sessions_of_its_superior_without_their_lists(cell, look):
    made = session(cell.parent, on=date(2024, 6, 20), place="Hội trường xã")
    secretary = members.officer(cell, Role.SECRETARY)

    shown = look(secretary, f"/tap-huan/{cell.code}/")

    assert "Hội trường xã" in shown
    assert look(secretary, f"/buoi-tap-huan/{made.public_id}/") == 404


def test_a_course_is_planned_invited_to_and_recorded(cell, client):
    client.force_login(members.officer(cell.parent))
    plan = f"/tap-huan/{cell.parent.code}/khoa-moi/"

    wrong = client.post(plan, {"title": "Nghiệp vụ", "starts_on": "2024-06-10"})
    assert wrong.status_code == 422
    assert "Nghiệp vụ" in wrong.content.decode()

    right = {"title": "Nghiệp vụ", "starts_on": "2024-06-10", "posts": ["secretary", "deputy"]}
    assert client.post(plan, right | {"hours": "7,5"}).status_code == 302
    made = CourseSession.objects.get()
    assert str(made.hours) == "7.5"

    client.post(f"/buoi-tap-huan/{made.public_id}/doi/", {"do": "invite"})
    absent = made.participants.get(post="deputy")
    client.post(f"/buoi-tap-huan/{made.public_id}/co-mat/", {"absent": [absent.pk]})

    assert list(made.participants.values_list("post", "came").order_by("-post")) == [
        ("secretary", True),
        ("deputy", False),
    ]


def test_a_list_of_names_fills_in_the_screen_and_writes_nothing(cell, client):
    client.force_login(members.officer(cell.parent))
    made = session(cell.parent)
    client.post(f"/buoi-tap-huan/{made.public_id}/doi/", {"do": "invite"})
    address = f"/buoi-tap-huan/{made.public_id}/co-mat/"
    names = f"{cell.people['An'].full_name}\n{cell.people['Dung'].full_name}\nTrần Không Ai"

    shown = client.post(address, {"do": "list", "names": names})

    html = re.sub(r"\s+", " ", shown.content.decode())
    ticked = re.findall(r'name="absent" value="(\d+)" checked', html)
    lines = {p.member.full_name.split()[2]: str(p.pk) for p in made.participants.all()}
    assert set(ticked) == {lines["Bình"], lines["Chi"]}
    assert f'name="others" value="{cell.people["Dung"].pk}" checked' in html
    assert "Trần Không Ai" in html
    assert set(made.participants.values_list("came", flat=True)) == {None}

    client.post(address, {"absent": ticked, "others": [cell.people["Dung"].pk]})
    came = made.participants.filter(came=True).values_list("member__full_name", flat=True)
    assert set(came) == {cell.people["An"].full_name, cell.people["Dung"].full_name}


def test_people_from_elsewhere_cannot_be_slipped_in(cell, client):
    far = cell_with_officers("Chi bộ xa", members.committee("Đảng bộ xa"))
    client.force_login(members.officer(cell.parent))
    made = held(cell.parent)

    answer = client.post(
        f"/buoi-tap-huan/{made.public_id}/co-mat/", {"others": [far.people["An"].pk]}
    )

    assert answer.status_code == 422
    assert not made.participants.filter(member=far.people["An"]).exists()


def test_a_session_is_cancelled_for_a_reason(cell, client):
    client.force_login(members.officer(cell.parent))
    made = session(cell.parent)
    address = f"/buoi-tap-huan/{made.public_id}/doi/"

    assert client.post(address, {"do": "cancel", "reason": ""}).status_code == 422
    assert client.post(address, {"do": "cancel", "reason": "Mưa bão"}).status_code == 302
    made.refresh_from_db()
    assert made.cancelled_on == date(2024, 6, 13)


def test_one_more_session_of_the_course(cell, client):
    client.force_login(members.officer(cell.parent))
    made = session(cell.parent)

    client.post(f"/khoa-tap-huan/{made.course.public_id}/", {"starts_on": "2024-06-25"})

    assert Course.objects.get().sessions.count() == 2


@pytest.mark.parametrize("file", ["ky-ten.docx", "ky-ten.pdf", "da-du.docx", "da-du.xlsx"])
def test_lists_are_files_for_those_who_may_see_names_and_the_look_is_recorded(cell, client, file):
    made = held(cell.parent)
    address = f"/buoi-tap-huan/{made.public_id}/{file}"
    client.force_login(members.officer(cell.parent, Role.OFFICER))
    assert client.get(address).status_code == 403

    client.force_login(members.officer(cell.parent.parent))
    answer = client.get(address)

    assert (answer.status_code, len(answer.content) > 1000) == (200, True)
    assert TrailLine.objects.get(verb="list of trained taken").details["count"] == 3


def test_a_list_over_several_committees_names_the_committee_of_a_cell(cell, client):
    own, above = held(cell.parent), held(cell.parent.parent)
    client.force_login(members.officer(cell.parent.parent))

    def places(made):
        return {person.place for person in made.participants.select_related("unit__parent")}

    assert places(own) == {cell.name}
    assert places(above) == {f"{cell.name}, {cell.parent.name}"}
    page = client.get(f"/buoi-tap-huan/{above.public_id}/").content.decode()
    assert f"{cell.name}, {cell.parent.name}</small>" in page


def test_the_page_of_a_committee_costs_the_same_with_one_cell_and_with_many(cell, client):
    held(cell.parent, posts=[TrainPost.SECRETARY])
    client.force_login(members.officer(cell.parent, Role.OFFICER))
    address = f"/tap-huan/{cell.parent.code}/"
    client.get(address)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    of_one = asked()
    for number in range(3):
        cell_with_officers(f"Chi bộ {number}", cell.parent)
    assert asked() == of_one
