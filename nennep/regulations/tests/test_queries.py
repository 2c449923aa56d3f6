from datetime import date
from time import perf_counter

import pytest

from nennep.core.person import Reach
from nennep.regulations import actions
from nennep.regulations.models import RuleStamp, RuleValue
from nennep.regulations.queries import RuleBook, may_manage, shown_value
from nennep.regulations.rules import TARGETS
from nennep.regulations.tests.factories import PersonFactory, RuleValueFactory
from nennep.regulations.tests.test_rules import SampleRules, entry

pytestmark = pytest.mark.django_db

CITY, DISTRICT, CELL, BESIDE = "0001.", "0001.0002.", "0001.0002.0003.", "0001.0004."


class Holder:
    pk = None
    label = "người thử"

    def __init__(self, *paths, only=None):
        self.paths, self.only = paths, only

    def reaches(self, can):
        return [Reach(path, self.only) for path in self.paths]


def test_a_book_is_read_once_until_something_changes(django_assert_num_queries):
    value = RuleValueFactory()
    with django_assert_num_queries(2):
        book = RuleBook.load()
    with django_assert_num_queries(1):
        assert RuleBook.load() is book

    actions.withdraw_value(value, last_day=date(2024, 6, 30), by=PersonFactory())

    with django_assert_num_queries(2):
        assert RuleBook.load() is not book


@pytest.mark.parametrize("count", [1, 3])
def test_reading_a_book_costs_the_same_for_any_number_of_values(count, django_assert_num_queries):
    for number in range(count):
        RuleValueFactory(scope_path=f"000{number}.")

    with django_assert_num_queries(2):
        RuleBook.load()


def test_a_book_without_a_stamp_is_never_kept():
    RuleValueFactory()
    RuleStamp.objects.all().delete()
    before = RuleBook.load()
    RuleValue.objects.all().delete()

    assert before.target("ATT", CELL, date(2024, 6, 1)) is not None
    assert RuleBook.load().target("ATT", CELL, date(2024, 6, 1)) is None


def test_an_answer_given_before_costs_less_than_five_microseconds():
    book = RuleBook([entry(90), entry(120, scope=DISTRICT)])
    day = date(2024, 6, 1)
    book.in_force(SampleRules, CELL, day)

    fastest = 1.0
    for _attempt in range(5):
        start = perf_counter()
        for _time in range(10_000):
            book.in_force(SampleRules, CELL, day)
        fastest = min(fastest, (perf_counter() - start) / 10_000)

    assert fastest < 5e-6


def test_local_rules_are_seen_from_above_and_below_and_not_from_beside():
    general, local, below, beside = (
        RuleValueFactory(scope_path=path) for path in ("", DISTRICT, CELL, BESIDE)
    )

    def seen(*paths):
        return set(RuleValue.objects.visible_to(Holder(*paths)))

    assert seen(CITY) == {general, local, below, beside}
    assert seen(DISTRICT) == {general, local, below}
    assert seen(CELL) == {general, local, below}
    assert seen(BESIDE) == {general, beside}
    assert seen() == set()


@pytest.mark.parametrize(
    ("held_at", "scope", "allowed"),
    [
        (CITY, "", True),
        (CITY, DISTRICT, True),
        (DISTRICT, "", False),
        (DISTRICT, CITY, False),
        (DISTRICT, DISTRICT, True),
        (DISTRICT, CELL, True),
        (DISTRICT, BESIDE, False),
    ],
)
def test_rules_are_managed_where_the_right_reaches(held_at, scope, allowed):
    value = RuleValueFactory(scope_path=scope)
    holder = Holder(held_at)

    assert may_manage(holder, scope) is allowed
    assert (
        RuleValue.objects.where_may(holder, "manage rules").filter(pk=value.pk).exists() is allowed
    )


def test_a_right_for_one_meeting_reaches_no_rule():
    RuleValueFactory()
    holder = Holder(CITY, only="x")

    assert not RuleValue.objects.visible_to(holder).exists()
    assert not may_manage(holder, "")


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ({"share": "0.9", "bound": "≥"}, "90%"),
        ({"share": "1", "bound": "="}, "100%"),
        ({"share": "0.925", "bound": ">"}, "92,5%"),
    ],
)
def test_a_norm_is_shown_as_a_percentage_with_its_side(raw, words):
    assert words in shown_value(f"{TARGETS}.ATT", raw)


def test_a_value_nobody_can_read_any_more_is_shown_as_it_stands():
    assert shown_value("gone.rule", 12) == "12"
