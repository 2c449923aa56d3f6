from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from nennep.core.person import Reach
from nennep.regulations import actions, queries
from nennep.regulations.choices import CELL_LABELS
from nennep.regulations.forms import ReplaceForm, ReplacementForm
from nennep.regulations.models import Basis, CalendarDay, RuleValue
from nennep.regulations.tests.factories import BasisFactory, PersonFactory, RuleValueFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

CITY, DISTRICT, CELL, BESIDE = "0001.", "0001.0002.", "0001.0002.0003.", "0001.0004."
EVERYTHING = ("view rules", "manage rules")
UNCHECKED = "not yet checked against the original"


@pytest.fixture
def sign_in(client, monkeypatch):
    """Somebody whose rights reach the given places."""

    def enter(*paths, can=EVERYTHING):
        person = PersonFactory()
        monkeypatch.setattr(
            type(person),
            "reaches",
            lambda self, asked: [Reach(path) for path in paths] if asked in can else [],
        )
        client.force_login(person)
        return person

    return enter


@pytest.fixture
def places(monkeypatch):
    """The tree above this app, as far as rules see it."""
    known = {"SOCSON": DISTRICT, "PHUCTHO": BESIDE}
    monkeypatch.setattr(queries.places, "_finders", [lambda person, code: known.get(code)])
    monkeypatch.setattr(
        queries.places, "_names", [lambda paths: dict.fromkeys(paths, "Đảng bộ huyện Sóc Sơn")]
    )


def shown(response):
    return [row.record for group in response.context["groups"] for row in group.rows]


def text_of(response):
    return response.content.decode()


def test_the_list_shows_value_clause_and_that_nobody_has_checked_it(client, sign_in):
    value = RuleValueFactory(clause="chỉ tiêu 4")
    sign_in(CELL, can=["view rules"])

    page = text_of(client.get(reverse("regulations:list")))

    assert "at least 90%" in page
    assert "chỉ tiêu 4" in page
    assert value.basis.symbol in page
    assert UNCHECKED in page
    assert reverse("regulations:enter") not in page


def test_the_list_shows_local_rules_of_ones_own_part_by_the_units_name(client, sign_in, places):
    general, local = RuleValueFactory(), RuleValueFactory(scope_path=DISTRICT)
    RuleValueFactory(scope_path=BESIDE)
    sign_in(CELL)

    response = client.get(reverse("regulations:list"))

    assert set(shown(response)) == {general, local}
    assert "only at Đảng bộ huyện Sóc Sơn" in text_of(response)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, {"old", "new", "task"}),
        ({"rule_set": "programme"}, {"task"}),
        ({"rule_set": "here"}, {"old", "new"}),
        ({"key": "targets.TASK"}, {"task"}),
        ({"day": "2024-06-30"}, {"old", "task"}),
        ({"unconfirmed": "on"}, {"old", "task"}),
        ({"day": "không rõ"}, {"old", "new", "task"}),
    ],
)
def test_the_filter_is_in_the_address(client, sign_in, filters, expected):
    person = sign_in(CITY)
    rules = {
        "old": RuleValueFactory(valid_to=date(2024, 6, 30)),
        "new": RuleValueFactory(
            valid_from=date(2024, 7, 1), confirmed_by=person, confirmed_at="2024-07-02T08:00Z"
        ),
        "task": RuleValueFactory(key="targets.TASK", rule_set="programme"),
    }

    response = client.get(reverse("regulations:list"), filters)

    assert set(shown(response)) == {rules[name] for name in expected}


def test_an_empty_list_says_what_to_do(client, sign_in):
    sign_in(CITY)

    assert "Take a filter away" in text_of(client.get(reverse("regulations:list")))


def queries_of(client, address):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", ["list", "bases"])
def test_a_list_of_three_costs_as_many_queries_as_a_list_of_one(client, sign_in, places, name):
    sign_in(CITY)
    address = reverse(f"regulations:{name}")
    RuleValueFactory(scope_path=DISTRICT)
    client.get(address)
    with_one = queries_of(client, address)

    RuleValueFactory(scope_path=CELL)
    RuleValueFactory(scope_path=BESIDE)

    assert queries_of(client, address) == with_one


def test_a_rule_is_shown_with_its_past_and_its_local_values(client, sign_in, places):
    old = RuleValueFactory(valid_to=date(2024, 6, 30))
    new = RuleValueFactory(valid_from=date(2024, 7, 1), value={"share": "0.95", "bound": ">"})
    local = RuleValueFactory(scope_path=DISTRICT)
    sign_in(CELL, can=["view rules"])

    response = client.get(reverse("regulations:detail", args=[new.public_id]))

    assert [row.record for row in response.context["past"]] == [new, old]
    assert [row.record for row in response.context["overrides"]] == [local]
    page = text_of(response)
    assert "more than 95%" in page
    assert "probable: one secondary source" in page
    assert reverse("regulations:confirm", args=[new.public_id]) not in page


def test_the_source_address_is_text_and_no_link(client, sign_in):
    address = "https://example.vn/van-ban"
    value = RuleValueFactory(basis__source_url=address)
    sign_in(CITY)

    page = text_of(client.get(reverse("regulations:detail", args=[value.public_id])))

    assert address in page
    assert f'href="{address}"' not in page


def test_an_administrator_confirms_and_takes_it_back(client, sign_in):
    value = RuleValueFactory()
    person = sign_in(CITY)

    answer = client.post(reverse("regulations:confirm", args=[value.public_id]), follow=True)
    value.refresh_from_db()
    assert value.confirmed_by == person
    assert UNCHECKED not in text_of(answer)
    assert person.display_name in text_of(answer)

    client.post(reverse("regulations:unconfirm", args=[value.public_id]))
    value.refresh_from_db()
    assert not value.is_confirmed


@pytest.mark.parametrize("name", ["confirm", "unconfirm", "withdraw", "replace"])
@pytest.mark.parametrize(
    ("held_at", "can", "status"),
    [
        (CITY, ["view rules"], 403),
        (DISTRICT, EVERYTHING, 403),
        (BESIDE, EVERYTHING, 403),
    ],
)
def test_a_rule_for_all_is_left_alone_by_who_manages_a_part(
    client, sign_in, name, held_at, can, status
):
    value = RuleValueFactory()
    sign_in(held_at, can=can)

    assert client.post(reverse(f"regulations:{name}", args=[value.public_id])).status_code == status


@pytest.mark.parametrize("name", ["detail", "replace"])
def test_a_rule_of_a_neighbour_is_not_found(client, sign_in, name):
    value = RuleValueFactory(scope_path=BESIDE)
    sign_in(DISTRICT)

    assert client.get(reverse(f"regulations:{name}", args=[value.public_id])).status_code == 404


def test_who_holds_nothing_here_sees_nothing(client, sign_in):
    sign_in()

    assert client.get(reverse("regulations:list")).status_code == 403
    assert client.get(reverse("regulations:bases")).status_code == 403


def test_a_value_is_changed_from_a_day_on(client, sign_in):
    value = RuleValueFactory()
    sign_in(CITY)
    address = reverse("regulations:replace", args=[value.public_id])
    given = {
        "since": "2024-07-01",
        "bound": "≥",
        "value": "92,5%",
        "basis": value.basis.pk,
        "clause": "mục 4",
        "mark": "C",
    }

    assert "92,5" not in text_of(client.get(address))
    assert client.post(address, given).status_code == 302

    old, new = RuleValue.objects.of("targets.ATT", "")
    assert old.valid_to == date(2024, 6, 30)
    assert new.value == {"share": "0.925", "bound": "≥"}


def test_what_is_wrong_is_said_beside_the_field(client, sign_in):
    value = RuleValueFactory()
    sign_in(CITY)
    given = {
        "since": "2023-07-01",
        "bound": "≥",
        "value": "92,5%",
        "basis": value.basis.pk,
        "clause": "mục 4",
        "mark": "C",
    }

    response = client.post(reverse("regulations:replace", args=[value.public_id]), given)

    assert response.status_code == 422
    assert "1-1-2024" in response.context["form"].errors["since"][0]


@pytest.mark.parametrize(
    ("held_at", "code", "scope"),
    [(CITY, "", ""), (CITY, "SOCSON", DISTRICT), (DISTRICT, "SOCSON", DISTRICT)],
)
def test_a_rule_is_entered_for_all_or_for_a_unit(client, sign_in, places, held_at, code, scope):
    sign_in(held_at)
    given = {
        "place": code,
        "bound": "≥",
        "value": "0,9",
        "none_unexcused": "on",
        "basis": BasisFactory().pk,
        "clause": "mục 2",
        "mark": "P",
        "valid_from": "2024-01-01",
    }

    response = client.post(reverse("regulations:enter") + "?key=criteria.ATT", given)

    assert response.status_code == 302
    entered = RuleValue.objects.get()
    assert (entered.scope_path, entered.value) == (
        scope,
        {"share": "0.9", "bound": "≥", "none_unexcused": True},
    )


@pytest.mark.parametrize("code", ["PHUCTHO", "KHONGCO", ""])
def test_a_rule_is_not_entered_outside_ones_part(client, sign_in, places, code):
    sign_in(DISTRICT)
    given = {
        "place": code,
        "bound": "≥",
        "value": "0,9",
        "basis": BasisFactory().pk,
        "clause": "mục 2",
        "mark": "P",
        "valid_from": "2024-01-01",
    }

    response = client.post(reverse("regulations:enter") + "?key=criteria.ATT", given)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["place"]
    assert not RuleValue.objects.exists()


def test_a_unit_out_of_sight_is_refused_in_the_words_for_one_that_is_not(client, sign_in, places):
    sign_in(DISTRICT)
    basis = BasisFactory()

    def answer(code):
        given = {
            "place": code, "bound": "≥", "value": "1", "basis": basis.pk, "clause": "a",
            "mark": "P", "valid_from": "2024-01-01",
        }  # fmt: skip
        response = client.post(reverse("regulations:enter") + "?key=criteria.ATT", given)
        return response.context["form"].errors["place"]

    assert answer("PHUCTHO") == answer("KHONGCO")


def test_first_one_chooses_which_rule(client, sign_in):
    sign_in(CITY)

    page = text_of(client.get(reverse("regulations:enter")))

    assert "Target: Average attendance" in page


def test_a_rule_is_ended_with_a_day(client, sign_in):
    value = RuleValueFactory()
    sign_in(CITY)
    address = reverse("regulations:withdraw", args=[value.public_id])

    assert client.post(address, {}).status_code == 409
    assert client.post(address, {"last_day": "2024-12-31"}).status_code == 302

    value.refresh_from_db()
    assert value.valid_to == date(2024, 12, 31)


def test_a_basis_is_shown_with_the_rules_one_may_see(client, sign_in):
    basis = BasisFactory(title="Kế hoạch 05")
    mine = RuleValueFactory(basis=basis, scope_path=DISTRICT)
    RuleValueFactory(basis=basis, scope_path=BESIDE)
    older = BasisFactory(replaced_by=basis)
    sign_in(CELL, can=["view rules"])

    response = client.get(reverse("regulations:basis", args=[basis.public_id]))

    assert [row.record for row in response.context["rows"]] == [mine]
    assert older.symbol in text_of(response)
    assert reverse("regulations:confirm-basis", args=[basis.public_id]) not in text_of(response)


def test_a_basis_is_added_checked_and_replaced(client, sign_in):
    person = sign_in(CITY)
    given = {"symbol": "09-KH/ĐU", "kind": "plan", "title": "Kế hoạch", "issued_on": "2024-02-01"}
    address = reverse("regulations:add-basis")

    assert client.post(address, given).status_code == 302
    assert client.post(address, given).status_code == 422

    basis, other = Basis.objects.get(), BasisFactory()
    client.post(reverse("regulations:confirm-basis", args=[basis.public_id]))
    basis.refresh_from_db()
    assert basis.confirmed_by == person
    client.post(reverse("regulations:unconfirm-basis", args=[basis.public_id]))
    replace = reverse("regulations:replace-basis", args=[basis.public_id])
    assert client.post(replace, {}).status_code == 409
    client.post(replace, {"replacement": other.pk, "since": "2024-06-01"})
    basis.refresh_from_db()
    assert (basis.is_confirmed, basis.replaced_by) == (False, other)


def test_documents_of_one_symbol_are_told_apart_where_one_is_chosen():
    for year in (2021, 2026):
        BasisFactory(symbol="01-HD/TW", title="Thi hành Điều lệ", issued_on=date(year, 5, 19))

    labels = [str(label) for _key, label in ReplacementForm().fields["replacement"].choices]

    assert labels[1:] == [
        "01-HD/TW, 19-5-2021: Thi hành Điều lệ",
        "01-HD/TW, 19-5-2026: Thi hành Điều lệ",
    ]


@pytest.mark.parametrize(
    "name",
    ["confirm-basis", "unconfirm-basis", "replace-basis", "add-basis", "mark-day", "clear-day"],
)
def test_documents_and_calendar_are_for_those_who_manage_all(client, sign_in, name):
    basis = BasisFactory()
    args = [] if name in {"add-basis", "mark-day", "clear-day"} else [basis.public_id]
    sign_in(DISTRICT)

    assert client.post(reverse(f"regulations:{name}", args=args)).status_code == 403


def test_a_day_is_entered_against_the_calendar_and_taken_away(client, sign_in):
    sign_in(CITY)
    address = reverse("regulations:mark-day")

    assert client.post(address, {"day": "?"}).status_code == 422
    client.post(address, {"day": "2024-06-13", "is_working": "no", "note": "họp"})
    marked = CalendarDay.objects.get()
    assert not marked.is_working
    assert "13-6-2024" in text_of(client.get(reverse("regulations:calendar")))

    clear = reverse("regulations:clear-day")
    assert client.post(clear, {}).status_code == 409
    client.post(clear, {"day": "2024-06-13"})
    assert not CalendarDay.objects.exists()


def test_all_that_is_shipped_can_be_opened(client, sign_in):
    person = sign_in(CITY)
    actions.load_presets(by=person)

    assert client.get(reverse("regulations:list")).status_code == 200
    for value in RuleValue.objects.order_by("key", "valid_from"):
        page = client.get(reverse("regulations:detail", args=[value.public_id]))
        assert page.status_code == 200
        form = client.get(reverse("regulations:replace", args=[value.public_id]), follow=True)
        assert form.status_code == 200


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_list_is_edited_in_words_and_comes_back_as_it_was(language):
    lists = [
        value
        for preset in queries.preset_sets()
        for value in preset.values
        if isinstance(value.value, list)
    ]
    assert lists
    with override(language):
        for value in lists:
            text = ReplaceForm(key=value.key, shown=value.value)["value"].initial
            assert "prepare" not in text
            form = ReplaceForm({"value": text.upper()}, key=value.key)
            form.is_valid()
            assert _codes(form.value()) == _codes(value.value)


def _codes(rows):
    """What is shown in words and kept as codes."""
    return [{name: row[name] for name in CELL_LABELS if name in row} for row in rows]


@pytest.mark.parametrize(
    ("stored", "asked"), [("0.85", "85%"), ("0.905", "90,5%"), ("1", "100%"), ("2/3", "2/3")]
)
def test_a_share_is_asked_as_people_write_it(client, sign_in, stored, asked):
    value = RuleValueFactory(value={"share": stored, "bound": "≥"})
    sign_in(CITY)

    page = client.get(reverse("regulations:replace", args=[value.public_id]))

    assert f'value="{asked}"' in text_of(page)
