from datetime import date
from fractions import Fraction

import pytest

from nennep.core.facts import rules_changed
from nennep.core.models import TrailLine
from nennep.core.refusal import Refusal
from nennep.regulations import actions
from nennep.regulations.actions import bases
from nennep.regulations.choices import Force
from nennep.regulations.models import Basis, CalendarDay, RuleValue, begun_on, ended_by
from nennep.regulations.queries import RuleBook, add_working_days, forerunners, is_working_day
from nennep.regulations.tests.factories import BasisFactory, PersonFactory, RuleValueFactory

pytestmark = pytest.mark.django_db

DISTRICT = "0001.0002."
CELL = "0001.0002.0003."
NORM = {"share": "0.95", "bound": "≥"}


@pytest.fixture
def person():
    return PersonFactory()


@pytest.fixture
def told():
    """What the rules said to those who keep figures."""
    heard = []

    def hear(sender, scope_path, since, **kwargs):
        heard.append((scope_path, since))

    rules_changed.connect(hear)
    yield heard
    rules_changed.disconnect(hear)


def enter(by, **changes):
    given = {
        "value": NORM,
        "scope_path": DISTRICT,
        "valid_from": date(2024, 1, 1),
        "basis": BasisFactory(),
        "clause": "mục 3",
    }
    given.update(changes)
    return actions.enter_value(given.pop("key", "targets.ATT"), **given, by=by)


def share_on(path, day):
    norm = RuleBook.load().target("ATT", path, day)
    return norm.share if norm else None


def test_a_local_value_goes_before_the_general_one(person, told):
    RuleValueFactory()

    entered = enter(person, valid_from=date(2024, 3, 1))

    assert share_on(CELL, date(2024, 2, 29)) == Fraction(9, 10)
    assert share_on(CELL, date(2024, 3, 1)) == Fraction(95, 100)
    assert share_on("0001.", date(2024, 3, 1)) == Fraction(9, 10)
    assert (entered.entered_by, entered.is_confirmed) == (person, False)
    assert told == [(DISTRICT, date(2024, 3, 1))]
    assert TrailLine.objects.get().unit_path == DISTRICT


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"key": "meetings.colour"}, "unknown_rule", "key"),
        ({"value": {"share": "9", "bound": "≥"}}, "not_a_norm", "value"),
        ({"clause": " "}, "clause_missing", "clause"),
        ({"mark": "N"}, "wrong_mark", "mark"),
        ({"note": "TỐI MẬT"}, "secret", ""),
        ({"scope_path": "Sóc Sơn"}, "unknown_place", "place"),
        ({"valid_to": date(2023, 12, 31)}, "ends_before_it_begins", "valid_to"),
    ],
)
def test_a_value_that_cannot_be_is_refused_in_words(person, changes, code, field):
    with pytest.raises(Refusal) as refusal:
        enter(person, **changes)

    assert (refusal.value.code, refusal.value.field) == (code, field)
    assert refusal.value.message
    assert not RuleValue.objects.exists()


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2024, 1, 1), None),
        (date(2023, 1, 1), date(2024, 1, 1)),
        (date(2024, 6, 30), date(2024, 12, 31)),
    ],
)
def test_one_rule_has_one_value_a_day_at_one_place(person, first, last):
    RuleValueFactory(scope_path=DISTRICT, valid_to=date(2024, 6, 30))

    with pytest.raises(Refusal) as refusal:
        enter(person, valid_from=first, valid_to=last)

    assert refusal.value.code == "overlap"
    assert "30-6-2024" in refusal.value.message


def test_the_same_time_at_another_place_is_no_overlap(person):
    RuleValueFactory()

    enter(person)

    assert RuleValue.objects.count() == 2


def test_a_changed_value_keeps_its_past(person, told):
    old = RuleValueFactory()

    new = actions.replace_value(
        old,
        value=NORM,
        since=date(2024, 7, 1),
        basis=old.basis,
        clause="mục 4",
        by=person,
    )

    assert share_on(CELL, date(2024, 6, 30)) == Fraction(9, 10)
    assert share_on(CELL, date(2024, 7, 1)) == Fraction(95, 100)
    assert list(RuleValue.objects.of("targets.ATT", "")) == [old, new]
    assert told == [("", date(2024, 7, 1))]


@pytest.mark.parametrize(
    ("since", "value", "code"),
    [
        (date(2024, 1, 1), NORM, "past_would_be_lost"),
        (date(2023, 1, 1), NORM, "past_would_be_lost"),
        (date(2025, 1, 1), NORM, "ended_already"),
        (date(2024, 7, 1), "95%", "not_a_norm"),
    ],
)
def test_a_value_is_replaced_only_inside_its_time(person, since, value, code):
    old = RuleValueFactory(valid_to=date(2024, 12, 31))

    with pytest.raises(Refusal) as refusal:
        actions.replace_value(
            old, value=value, since=since, basis=old.basis, clause="mục 4", by=person
        )

    assert refusal.value.code == code
    assert RuleValue.objects.get() == old


def test_a_value_with_an_end_hands_its_end_on(person):
    old = RuleValueFactory(valid_to=date(2024, 12, 31))

    new = actions.replace_value(
        old, value=NORM, since=date(2024, 7, 1), basis=old.basis, clause="mục 4", by=person
    )

    old.refresh_from_db()
    assert (old.valid_to, new.valid_to) == (date(2024, 6, 30), date(2024, 12, 31))


def test_after_its_last_day_the_general_rule_holds_again(person, told):
    RuleValueFactory()
    local = RuleValueFactory(scope_path=DISTRICT, value=NORM)

    actions.withdraw_value(local, last_day=date(2024, 6, 30), by=person)

    assert share_on(CELL, date(2024, 6, 30)) == Fraction(95, 100)
    assert share_on(CELL, date(2024, 7, 1)) == Fraction(9, 10)
    assert told == [(DISTRICT, date(2024, 7, 1))]


@pytest.mark.parametrize(
    ("last_day", "code"),
    [(date(2023, 12, 31), "ends_before_it_begins"), (date(2024, 12, 31), "ended_already")],
)
def test_a_rule_ends_inside_its_time(person, last_day, code):
    local = RuleValueFactory(valid_to=date(2024, 12, 31))

    with pytest.raises(Refusal) as refusal:
        actions.withdraw_value(local, last_day=last_day, by=person)

    assert refusal.value.code == code


def test_a_check_says_who_and_when_and_can_be_taken_back(person):
    value = RuleValueFactory()

    checked = actions.confirm(value, by=person)

    assert (checked.confirmed_by, checked.is_confirmed) == (person, True)
    assert RuleBook.load().target("ATT", CELL, date(2024, 6, 1)).source.is_confirmed

    actions.unconfirm(value, by=person)

    assert not RuleBook.load().target("ATT", CELL, date(2024, 6, 1)).source.is_confirmed


def test_a_value_is_checked_once(person):
    value = RuleValueFactory()

    with pytest.raises(Refusal, match=r".") as refusal:
        actions.unconfirm(value, by=person)
    assert refusal.value.code == "not_confirmed"

    actions.confirm(value, by=person)
    with pytest.raises(Refusal) as refusal:
        actions.confirm(value, by=person)
    assert refusal.value.code == "confirmed_already"


def test_local_rules_move_with_their_unit_and_leave_their_past(person, told):
    RuleValueFactory(scope_path=CELL, value=NORM)
    RuleValueFactory(scope_path=CELL, key="targets.TASK", valid_from=date(2024, 9, 1))
    ended = RuleValueFactory(scope_path=CELL, key="targets.TRAIN", valid_to=date(2024, 2, 1))

    count = actions.carry_scope(
        old_path=DISTRICT, new_path="0001.0009.", since=date(2024, 7, 1), by=person
    )

    moved = "0001.0009.0003."
    assert count == 2
    assert share_on(CELL, date(2024, 6, 30)) == Fraction(95, 100)
    assert share_on(CELL, date(2024, 7, 1)) is None
    assert share_on(moved, date(2024, 7, 1)) == Fraction(95, 100)
    assert RuleValue.objects.get(key="targets.TASK").scope_path == moved
    ended.refresh_from_db()
    assert ended.scope_path == CELL
    assert told == [("0001.0009.", date(2024, 7, 1))]


def test_nothing_is_said_where_no_rule_moves(person, told):
    assert (
        actions.carry_scope(old_path=CELL, new_path="0001.", since=date(2024, 1, 1), by=person) == 0
    )
    assert told == []
    assert not TrailLine.objects.exists()


def test_a_basis_is_added_with_the_facts_about_it(person):
    basis = actions.add_basis(
        " 05-KH/ĐU ",
        kind="plan",
        title="Kế hoạch",
        issued_on=date(2024, 2, 1),
        by=person,
    )

    assert (basis.symbol, basis.code, basis.issued_year) == (
        "05-KH/ĐU",
        "05-kh-du-2024-02-01",
        2024,
    )


@pytest.mark.parametrize(
    ("symbol", "changes", "code", "field"),
    [
        (" ", {}, "symbol_missing", "symbol"),
        ("06-KH/ĐU", {"title": " "}, "symbol_missing", "title"),
        ("06-KH/ĐU", {"title": "MẬT"}, "secret", ""),
        (
            "06-KH/ĐU",
            {"in_force_from": date(2024, 2, 1), "in_force_to": date(2024, 1, 1)},
            "ends_before_it_begins",
            "in_force_to",
        ),
        ("05-KH/ĐU", {"issued_on": date(2024, 1, 5)}, "basis_known", "symbol"),
    ],
)
def test_a_basis_that_says_nothing_new_is_refused(person, symbol, changes, code, field):
    BasisFactory(symbol="05-KH/ĐU", issued_on=date(2024, 1, 5))
    given = {"kind": "plan", "title": "Kế hoạch", **changes}

    with pytest.raises(Refusal) as refusal:
        actions.add_basis(symbol, **given, by=person)

    assert (refusal.value.code, refusal.value.field) == (code, field)


def test_a_replaced_basis_ends_the_day_before(person):
    old, new = BasisFactory(in_force_from=date(2024, 1, 5)), BasisFactory()

    replaced = actions.replace_basis(old, replacement=new, since=date(2024, 6, 1), by=person)

    assert (replaced.replaced_by, replaced.in_force_to) == (new, date(2024, 5, 31))
    assert replaced.is_in_force(date(2024, 5, 31))
    assert not replaced.is_in_force(date(2024, 6, 1))


@pytest.mark.parametrize(
    ("day", "old", "new", "force"),
    [
        (date(2024, 6, 13), {"in_force_from": date(2018, 7, 6)}, None, Force.RUNNING),
        (date(2024, 6, 13), {"in_force_from": date(2025, 7, 1)}, None, Force.COMING),
        (date(2024, 6, 13), {"issued_on": date(2024, 6, 14)}, None, Force.COMING),
        (date(2025, 10, 28), {"in_force_to": date(2025, 10, 27)}, {}, Force.OVER),
        (date(2025, 10, 27), {"in_force_to": date(2025, 10, 27)}, {}, Force.RUNNING),
        (date(2026, 1, 1), {}, None, Force.RUNNING),
        # Only the year is known; no last day is known: it holds until what replaces it does.
        (date(2024, 6, 13), {"issued_year": 2021}, {"issued_year": 2025}, Force.RUNNING),
        (date(2025, 1, 1), {"issued_year": 2021}, {"issued_year": 2025}, Force.OVER),
        (date(2020, 6, 13), {"issued_year": 2021}, {"issued_year": 2025}, Force.COMING),
        (date(2024, 6, 13), {"issued_year": 2021}, {}, Force.OVER),
    ],
)
def test_a_basis_turns_by_itself_and_the_database_says_the_same(day, old, new, force):
    undated = {"issued_on": None, "issued_year": None, "in_force_from": None, "in_force_to": None}
    replacement = BasisFactory(**undated | new) if new is not None else None
    basis = BasisFactory(**undated | old, replaced_by=replacement)
    rows = Basis.objects.filter(pk=basis.pk)

    assert Basis.objects.select_related("replaced_by").get(pk=basis.pk).force_on(day) == force
    assert rows.filter(begun_on(day)).exists() == (force != Force.COMING)
    assert rows.filter(~begun_on(day)).exists() == (force == Force.COMING)
    assert rows.filter(begun_on(day) & ended_by(day)).exists() == (force == Force.OVER)
    assert rows.filter(begun_on(day) & ~ended_by(day)).exists() == (force == Force.RUNNING)


def test_what_held_before_a_document_is_found_through_all_that_came_between():
    last = BasisFactory(in_force_from=date(2026, 1, 1))
    middle = BasisFactory(in_force_from=date(2025, 1, 1), replaced_by=last)
    first = BasisFactory(in_force_from=date(2021, 1, 1), replaced_by=middle)

    assert forerunners([last], date(2024, 6, 13)) == [first]
    assert forerunners([last, middle], date(2025, 6, 13)) == [middle]
    assert forerunners([last], date(2020, 6, 13)) == []


def test_who_follows_a_basis_is_told_when_it_is_replaced_and_when_shipped_dates_change(
    person, monkeypatch
):
    told = []
    monkeypatch.setattr(bases, "_followers", [lambda basis: told.append(basis.code)])
    old, new = BasisFactory(in_force_from=date(2024, 1, 5)), BasisFactory()
    actions.replace_basis(old, replacement=new, since=date(2024, 6, 1), by=person)
    assert told == [old.code]

    actions.load_presets(by=person)
    told.clear()
    Basis.objects.filter(code="hd-12-btctw-2018").update(in_force_to=None, replaced_by=None)
    actions.load_presets(by=person)
    assert told == ["hd-12-btctw-2018"]


def test_a_basis_is_replaced_once_later_and_by_another(person):
    old, new = BasisFactory(in_force_from=date(2024, 1, 5)), BasisFactory()

    def code_of(basis, replacement, since):
        with pytest.raises(Refusal) as refusal:
            actions.replace_basis(basis, replacement=replacement, since=since, by=person)
        return refusal.value.code

    assert code_of(old, old, date(2024, 6, 1)) == "replaces_itself"
    assert code_of(old, new, date(2024, 1, 5)) == "ends_before_it_begins"
    actions.replace_basis(old, replacement=new, since=date(2024, 6, 1), by=person)
    assert code_of(old, new, date(2024, 7, 1)) == "replaced_already"
    assert code_of(new, old, date(2024, 7, 1)) == "replaces_itself"


def test_a_basis_is_checked_once_and_the_check_can_be_taken_back(person):
    basis = BasisFactory()

    def code_of(act):
        with pytest.raises(Refusal) as refusal:
            act(basis, by=person)
        return refusal.value.code

    assert code_of(actions.unconfirm) == "not_confirmed"
    assert actions.confirm(basis, by=person).confirmed_by == person
    assert code_of(actions.confirm) == "confirmed_already"
    assert not actions.unconfirm(basis, by=person).is_confirmed


def test_the_calendar_knows_tet_and_what_was_entered_against_it(person):
    tet, saturday = date(2024, 2, 12), date(2024, 6, 15)
    assert not is_working_day(tet)
    assert not is_working_day(saturday)
    assert is_working_day(date(2024, 6, 13))
    # The day off of 29-4-2024 was worked for on this Saturday.
    assert is_working_day(date(2024, 5, 4))

    actions.mark_day(saturday, is_working=True, note="làm bù", by=person)
    actions.mark_day(date(2024, 6, 13), is_working=False, by=person)

    assert is_working_day(saturday)
    assert add_working_days(date(2024, 6, 12), 1) == date(2024, 6, 14)

    actions.clear_day(saturday, by=person)
    assert not is_working_day(saturday)
    with pytest.raises(Refusal) as refusal:
        actions.clear_day(saturday, by=person)
    assert refusal.value.code == "day_not_marked"


def test_marking_a_day_again_changes_it(person):
    actions.mark_day(date(2024, 6, 13), is_working=False, by=person)
    actions.mark_day(date(2024, 6, 13), is_working=True, by=person)

    assert CalendarDay.objects.get().is_working


@pytest.mark.parametrize(
    ("day", "number", "expected"),
    [
        (date(2024, 2, 7), 1, date(2024, 2, 15)),
        (date(2024, 2, 15), -1, date(2024, 2, 7)),
        (date(2024, 6, 13), 60, date(2024, 9, 9)),
        (date(2023, 9, 1), 1, date(2023, 9, 5)),
    ],
)
def test_terms_in_working_days_leave_out_holidays_and_substituted_days(day, number, expected):
    assert add_working_days(day, number) == expected


def test_the_shipped_bases_and_targets_are_loaded_once(person, told):
    first = actions.load_presets(by=person)
    again = actions.load_presets(by=person)

    assert first.added == RuleValue.objects.count() > 5
    assert (first.updated, first.kept) == (0, 0)
    assert (again.added, again.updated) == (0, 0)
    assert TrailLine.objects.count() == 1
    assert [scope for scope, _since in told] == [""]
    assert share_on(CELL, date(2021, 12, 5)) is None
    assert share_on(CELL, date(2021, 12, 6)) == Fraction(9, 10)
    assert Basis.objects.get(code="hd-12-btctw-2018").replaced_by.code == "hd-42-btctw-2025"
    assert not RuleValue.objects.filter(confirmed_at__isnull=False).exists()


def test_what_nobody_touched_follows_the_presets(person):
    actions.load_presets(by=person)
    RuleValue.objects.filter(key="targets.ATT").update(value={"share": "0.5", "bound": "≥"})
    Basis.objects.filter(code="da-11-tu-2021").update(title="Đề án")

    loaded = actions.load_presets(by=person)

    assert (loaded.added, loaded.updated) == (0, 1)
    assert share_on(CELL, date(2024, 1, 1)) == Fraction(9, 10)
    assert Basis.objects.get(code="da-11-tu-2021").title != "Đề án"


def test_what_a_person_confirmed_or_changed_is_never_overwritten(person):
    actions.load_presets(by=person)
    attendance = RuleValue.objects.get(key="targets.ATT")
    actions.confirm(attendance, by=person)
    RuleValue.objects.filter(pk=attendance.pk).update(note="đối chiếu bản giấy")
    task = RuleValue.objects.get(key="targets.TASK")
    actions.replace_value(
        task, value=NORM, since=date(2023, 1, 1), basis=task.basis, clause="mục 1", by=person
    )
    training = RuleValue.objects.get(key="targets.TRAIN")
    actions.withdraw_value(training, last_day=date(2025, 12, 31), by=person)

    loaded = actions.load_presets(by=person)

    assert (loaded.added, loaded.updated, loaded.kept) == (0, 0, 3)
    attendance.refresh_from_db()
    assert attendance.note == "đối chiếu bản giấy"
    book = RuleBook.load()
    assert book.target("TASK", CELL, date(2024, 1, 1)).share == Fraction(95, 100)
    assert book.target("TRAIN", CELL, date(2026, 1, 1)) is None


def test_a_value_entered_for_the_same_time_keeps_its_place(person):
    entered = enter(person, scope_path="", valid_from=date(2022, 1, 1))

    loaded = actions.load_presets(by=person)

    assert loaded.kept == 1
    assert RuleValue.objects.get(key="targets.ATT") == entered
