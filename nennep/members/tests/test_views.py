import re
from datetime import date

import pytest
from django.urls import reverse

from nennep.accounts.choices import Role
from nennep.core.models import TrailLine
from nennep.members.actions import (
    appoint,
    exempt_member,
    member_leaves,
    merge_duplicates,
    send_away,
    suspend_member,
    transfer_member,
    welcome_guest_member,
)
from nennep.members.choices import RollStatus
from nennep.members.forms import CHANGES
from nennep.members.models import Member, Standing, StrengthFigure
from nennep.members.queries import roll_on
from nennep.members.tests.factories import (
    UserFactory,
    body,
    cell,
    city,
    committee,
    figures_only_cell,
    group,
    member,
    officer,
)

pytestmark = pytest.mark.django_db
DAY = date(2024, 6, 13)


@pytest.fixture
def here():
    return cell(code="DOAI")


@pytest.fixture
def there():
    return cell("Chi bộ thôn Thượng", committee("Đảng bộ xã Tiên Dược"), code="THUONG")


@pytest.fixture
def secretary(client, here):
    user = officer(here, Role.SECRETARY)
    client.force_login(user)
    return user


@pytest.fixture
def clerk(client):
    user = officer(city())
    client.force_login(user)
    return user


def roll_url(unit):
    return reverse("members:roll", args=[unit.code])


def change_url(someone, slug):
    return reverse(f"members:change-{slug}", args=[someone.public_id])


def text_of(response):
    return response.content.decode()


def test_the_roll_of_a_cell_shows_its_people_on_a_day_and_the_counts(client, secretary, here):
    an, ba = member(here, "Nguyễn Văn An"), member(here, "Lê Thị Ba", kind="probationary")
    exempt_member(an, basis="age_or_health", valid_from=date(2024, 1, 1), by=secretary)
    page = client.get(roll_url(here))
    assert [e.name for e in page.context["entries"]] == ["Nguyễn Văn An", "Lê Thị Ba"]
    assert page.context["strength"].required == 1
    assert str(RollStatus.EXEMPT.label) in text_of(page)
    member_leaves(ba, last_day=date(2024, 5, 31), by=secretary)
    entries = client.get(roll_url(here), {"ngay": "2024-05-31"}).context["entries"]
    assert [e.name for e in entries] == ["Nguyễn Văn An", "Lê Thị Ba"]
    assert [e.name for e in client.get(roll_url(here)).context["entries"]] == ["Nguyễn Văn An"]


@pytest.mark.parametrize("people", [1, 3])
def test_the_roll_costs_the_same_for_few_and_many(
    client, secretary, here, people, django_assert_max_num_queries
):
    for _ in range(people):
        member(here, party_group=group(here, f"Tổ {_}"))
    with django_assert_max_num_queries(21):
        client.get(roll_url(here))


def test_a_secretary_sees_the_own_cell_and_nothing_beside_or_above_it(client, secretary, there):
    neighbour = member(there, "Trần Văn Kín")
    assert client.get(roll_url(there)).status_code == 404
    assert client.get(roll_url(city())).status_code == 404
    assert client.get(reverse("members:member", args=[neighbour.public_id])).status_code == 404
    assert client.post(change_url(neighbour, "roi"), {"last_day": "2024-06-01"}).status_code == 404
    found = client.get(reverse("members:search"), {"q": "Kín"})
    assert "Trần Văn Kín" not in text_of(found).replace('value="Kín"', "")


def test_a_member_of_the_cell_and_a_viewer_above_do_not_read_the_roll(client, here):
    for user in (officer(here, Role.MEMBER), officer(city(), Role.VIEWER)):
        client.force_login(user)
        assert client.get(roll_url(here)).status_code == 403


def test_looks_from_above_are_recorded_and_those_from_inside_are_not(client, here, secretary):
    someone = member(here)
    own_page = reverse("members:member", args=[someone.public_id])
    looks = TrailLine.objects.filter(is_look=True).order_by("id")
    for url in (roll_url(here), own_page, reverse("members:search") + "?q=an"):
        client.get(url)
    assert not looks.exists()
    above = officer(city())
    client.force_login(above)
    for url in (roll_url(here), own_page, reverse("members:search") + "?q=an"):
        client.get(url)
    assert list(looks.values_list("verb", "actor_id")) == [
        ("roll of a cell", above.pk),
        ("member", above.pk),
        ("members by name", above.pk),
    ]
    assert looks.last().details == {"shown": [str(someone.public_id)]}


def test_above_the_cell_the_page_shows_strength_and_no_names(client, clerk, here, there):
    member(here, "Nguyễn Văn An")
    page = client.get(roll_url(city()))
    assert page.context["total"] == 1
    assert [(unit, count) for unit, count in page.context["rows"]] == [
        (here.parent, 1),
        (there.parent, 0),
    ]
    assert "Nguyễn Văn An" not in text_of(page)


NEW = {
    "full_name": "Phạm Thị Hoa",
    "sex": "female",
    "birth_date": "1990-08-19",
    "kind": "official",
    "on": "2024-06-01",
}


def test_a_secretary_receives_a_member_onto_the_roll(client, secretary, here):
    first = group(here)
    assert client.get(reverse("members:admit", args=["DOAI"])).status_code == 200
    sent = client.post(
        reverse("members:admit", args=["DOAI"]), NEW | {"party_group": first.pk, "is_working": "on"}
    )
    assert sent.url == roll_url(here)
    entry = roll_on(here, DAY)[0]
    assert (entry.name, entry.party_group_id, entry.is_working) == ("Phạm Thị Hoa", first.pk, True)


def test_a_refusal_stands_beside_its_field_and_keeps_what_was_typed(client, secretary, here):
    page = client.post(reverse("members:admit", args=["DOAI"]), NEW | {"on": "2024-07-01"})
    assert page.status_code == 422
    assert page.context["form"].errors["on"]
    assert "Phạm Thị Hoa" in text_of(page)
    assert not Member.objects.exists()


def test_the_same_person_is_not_entered_twice_by_mistake(client, secretary, here):
    twin = member(here, "Phạm Thị Hoà", birth_year=None, birth_date=date(1990, 8, 19))
    twin = twin if twin.folded_name == "pham thi hoa" else None
    page = client.post(reverse("members:admit", args=["DOAI"]), NEW)
    assert page.status_code == 422
    assert page.context["twins"] == [twin]
    assert (
        client.post(reverse("members:admit", args=["DOAI"]), NEW | {"is_another": "on"}).status_code
        == 302
    )
    assert Member.objects.count() == 2


def test_an_entry_out_of_sight_is_no_duplicate(client, secretary, here, there):
    member(there, "Phạm Thị Hoa", birth_year=None, birth_date=date(1990, 8, 19))
    assert client.post(reverse("members:admit", args=["DOAI"]), NEW).status_code == 302


def test_a_guest_from_outside_is_welcomed(client, secretary, here):
    url = reverse("members:welcome", args=["DOAI"])
    given = {
        "full_name": "Lê Khách",
        "sex": "male",
        "birth_year": "1980",
        "valid_from": "2024-06-01",
        "valid_to": "2024-08-31",
    }
    assert client.get(url).status_code == 200
    assert client.post(url, given).status_code == 302
    assert [e.status for e in roll_on(here, DAY)] == [RollStatus.HERE]
    guest = Member.objects.get()
    assert client.get(reverse("members:member", args=[guest.public_id])).status_code == 200


def test_figures_only_cells_take_numbers_and_no_person(client, clerk):
    army = figures_only_cell()
    assert client.get(roll_url(army)).status_code == 200
    url = reverse("members:figures", args=[army.code])
    assert client.get(url).status_code == 200
    assert (
        client.post(
            url, {"official": 9, "probationary": 1, "exempt": 0, "on": "2024-06-01"}
        ).status_code
        == 302
    )
    assert StrengthFigure.objects.get().official == 9
    assert client.get(roll_url(army)).context["strength"].total == 10
    refused = client.post(reverse("members:admit", args=[army.code]), NEW)
    assert refused.status_code == 422
    assert not Member.objects.exists()


def test_the_members_page_tells_the_history_in_words(client, clerk, here, there):
    someone = member(here, "Nguyễn Văn An", party_group=group(here), is_working=True)
    appoint(
        someone,
        body=body(here),
        title="secretary",
        valid_from=date(2022, 6, 1),
        office_phone="024 3885 1234",
        by=clerk,
    )
    exempt_member(
        someone, basis="case", valid_from=date(2023, 1, 1), valid_to=date(2023, 3, 31), by=clerk
    )
    send_away(someone, valid_from=date(2024, 1, 1), valid_to=date(2024, 2, 1), by=clerk)
    suspend_member(someone, on=date(2024, 5, 1), by=clerk)
    page = text_of(client.get(reverse("members:member", args=[someone.public_id])))
    for words in (
        "1-1-2020",
        "30-4-2024",
        "1-6-2022",
        "31-3-2023",
        "024 3885 1234",
        "Tổ đảng số 1",
        "1-2-2024",
    ):
        assert words in page


@pytest.mark.parametrize("slug", CHANGES)
def test_every_change_has_a_page_that_opens(client, clerk, here, there, slug):
    someone = member(here, kind="probationary")
    assert client.get(change_url(someone, slug)).status_code == 200


@pytest.mark.parametrize(
    ("slug", "given", "became"),
    [
        ("chuyen", {"to": "THUONG", "on": "2024-06-01"}, lambda m: m.unit.code == "THUONG"),
        (
            "chuyen",
            {"to": "chi bo thon thuong", "on": "2024-06-01"},
            lambda m: m.unit.code == "THUONG",
        ),
        (
            "roi",
            {"last_day": "2024-06-01"},
            lambda m: not m.standings.filter(valid_to=None).exists(),
        ),
        ("dinh-chi", {"on": "2024-06-01"}, lambda m: m.standings.get(valid_to=None).is_suspended),
        (
            "mien",
            {"basis": "age_or_health", "valid_from": "2024-06-01"},
            lambda m: m.exemptions.exists(),
        ),
        (
            "tam-thoi",
            {"host": "THUONG", "valid_from": "2024-06-01", "valid_to": "2024-07-01"},
            lambda m: m.stays.get().host.code == "THUONG",
        ),
        (
            "cong-tac",
            {"is_working": "1", "on": "2024-06-01"},
            lambda m: m.working_spells.get().valid_to is None,
        ),
        (
            "sua",
            {"full_name": "Lê Văn Ân", "sex": "male", "birth_year": "1961"},
            lambda m: m.full_name == "Lê Văn Ân",
        ),
    ],
)
def test_a_change_is_recorded_through_its_page(client, clerk, here, there, slug, given, became):
    someone = member(here)
    sent = client.post(change_url(someone, slug), given)
    assert sent.status_code == 302, sent.context["form"].errors
    assert became(Member.objects.get())


def test_posts_are_given_and_ended_on_their_pages(client, clerk, here):
    someone, chi_uy = member(here), body(here)
    client.post(
        change_url(someone, "chuc-vu"),
        {
            "body": chi_uy.pk,
            "title": "secretary",
            "valid_from": "2024-01-01",
            "office_phone": "0912345678",
        },
    )
    held = someone.positions.get()
    assert (held.title, Member.objects.get().office_phone) == ("secretary", "0912345678")
    client.post(change_url(someone, "dien-thoai"), {"phone": "024 3885 1234"})
    assert Member.objects.get().office_phone == "024 3885 1234"
    client.post(
        change_url(someone, "thoi-chuc-vu"), {"position": held.pk, "last_day": "2024-06-01"}
    )
    assert someone.positions.get().valid_to == date(2024, 6, 1)


def test_exemptions_and_stays_end_and_suspensions_are_lifted_on_their_pages(client, clerk, here):
    someone, first = member(here), group(here)
    exemption = exempt_member(someone, basis="age_or_health", valid_from=date(2024, 1, 1), by=clerk)
    stay = send_away(someone, valid_from=date(2024, 6, 1), valid_to=date(2024, 12, 31), by=clerk)
    suspend_member(someone, on=date(2024, 6, 1), by=clerk)
    for slug, given in (
        ("het-mien", {"exemption": exemption.pk, "last_day": "2024-06-10"}),
        ("het-tam-thoi", {"stay": stay.pk, "last_day": "2024-06-10"}),
        ("thoi-dinh-chi", {"on": "2024-06-10"}),
        ("to-dang", {"party_group": first.pk, "on": "2024-06-12"}),
    ):
        assert client.post(change_url(someone, slug), given).status_code == 302
    assert someone.exemptions.get().valid_to == someone.stays.get().valid_to == date(2024, 6, 10)
    present = someone.standings.get(valid_to=None)
    assert (present.is_suspended, present.party_group) == (False, first)


def test_two_entries_are_joined_on_their_page(client, clerk, here, there):
    keep, drop = member(here), member(there)
    other = member(there, "Lê Thị Khác")
    page = client.get(change_url(keep, "gop"))
    assert [m.pk for m in page.context["form"].fields["drop"].queryset] == [drop.pk]
    assert client.post(change_url(keep, "gop"), {"drop": other.pk}).status_code == 422
    assert client.post(change_url(keep, "gop"), {"drop": drop.pk}).status_code == 302
    assert client.get(reverse("members:member", args=[drop.public_id])).status_code == 200


def test_a_code_out_of_sight_is_refused_in_the_words_of_one_that_does_not_exist(
    client, secretary, here, there
):
    officer_two = officer(here, Role.DEPUTY)
    assert officer_two
    someone = member(here)
    words = [
        client.post(change_url(someone, "chuyen"), {"to": code, "on": "2024-06-01"})
        .context["form"]
        .errors["to"]
        for code in ("THUONG", "KHONG-CO")
    ]
    assert words[0] == words[1]


def test_what_lies_out_of_sight_changes_no_byte_of_a_page(client, secretary, here, there):
    someone = member(here, "Nguyễn Văn An", birth_year=None, birth_date=date(1990, 8, 19))
    pages = (
        roll_url(here),
        reverse("members:member", args=[someone.public_id]),
        reverse("members:search") + "?q=an",
        change_url(someone, "gop"),
        change_url(someone, "chuyen"),
        change_url(someone, "tam-thoi"),
    )

    def seen():
        pages_now = [text_of(client.get(url)) for url in pages]
        return [strip_tokens(page) for page in pages_now]

    before = seen()
    twin = member(there, "Nguyễn Văn An", birth_year=None, birth_date=date(1990, 8, 19))
    welcome_guest_member(
        there,
        full_name="An Khách",
        sex="male",
        birth_year=1980,
        valid_from=DAY,
        valid_to=DAY,
        by=UserFactory(),
    )
    suspend_member(twin, on=DAY, by=UserFactory())
    assert seen() == before


def strip_tokens(page):
    return re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken": )"[^"]*"', "", page)


def test_who_moved_on_is_named_on_the_old_roll_without_a_way_to_the_new_one(
    client, secretary, here, there
):
    someone = member(here, "Nguyễn Văn An")
    transfer_member(someone, to=there, on=date(2024, 6, 1), by=UserFactory())
    page = client.get(roll_url(here), {"ngay": "2024-05-31"})
    assert [e.name for e in page.context["entries"]] == ["Nguyễn Văn An"]
    assert str(someone.public_id) not in text_of(page)
    assert "Thượng" not in text_of(page)


def test_a_merged_entry_leads_to_the_one_that_goes_on(client, clerk, here):
    keep, drop = member(here), member(here, on=date(2021, 1, 1))
    merge_duplicates(keep=keep, drop=drop, by=clerk)
    page = text_of(client.get(reverse("members:member", args=[drop.public_id])))
    assert str(keep.public_id) in page
    assert client.post(change_url(drop, "dinh-chi"), {"on": "2024-06-01"}).status_code == 422
    assert Standing.objects.count() == 1
