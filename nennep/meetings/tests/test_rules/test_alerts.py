"""What a cell is told in good time: by table, without a database."""

from datetime import date

import pytest

from nennep.meetings.choices import Presence
from nennep.meetings.rules import MeetingRules
from nennep.meetings.rules.alerts import (
    Absences,
    AlertKind,
    AlertRules,
    CellState,
    Ending,
    absences_of,
    alerts,
)

TODAY = date(2024, 6, 13)
RULES = MeetingRules(
    alert_months=3, max_excused_running=3, minimum_official_members=3, minimum_for_groups=30
)
EARLY = AlertRules(warn_months=2, ending_days=30)
K = AlertKind


def told(rules=RULES, early=EARLY, official=9, strength=10, groups=0, absences=(), endings=()):
    state = CellState(official, strength, groups, tuple(absences), tuple(endings))
    return [(alert.kind, alert.count) for alert in alerts(state, rules, early, TODAY)]


@pytest.mark.parametrize(
    ("unexcused", "expected"),
    [
        (0, []),
        (1, []),
        (2, [(K.UNEXCUSED, 2)]),
        (3, [(K.UNEXCUSED_LIMIT, 3)]),
        (5, [(K.UNEXCUSED_LIMIT, 5)]),
    ],
)
def test_the_second_and_the_third_unexcused_month_are_told(unexcused, expected):
    assert told(absences=[Absences(1, unexcused)]) == expected


@pytest.mark.parametrize(
    ("running", "expected"), [(2, []), (3, [(K.EXCUSED, 3)]), (4, [(K.EXCUSED, 4)])]
)
def test_three_excused_meetings_running_are_told(running, expected):
    assert told(absences=[Absences(1, 0, running)]) == expected


@pytest.mark.parametrize(
    ("until", "left"),
    [(date(2024, 6, 12), None), (TODAY, 0), (date(2024, 7, 13), 30), (date(2024, 7, 14), None)],
)
def test_an_exemption_or_a_stay_is_told_in_its_last_thirty_days(until, left):
    for kind in (K.EXEMPTION_ENDS, K.STAY_ENDS):
        assert told(endings=[Ending(1, kind, until)]) == ([] if left is None else [(kind, left)])


@pytest.mark.parametrize(("official", "expected"), [(3, []), (2, [(K.FEW_OFFICIAL, 2)])])
def test_fewer_than_three_official_members_are_told(official, expected):
    assert told(official=official) == expected


@pytest.mark.parametrize(
    ("strength", "groups", "expected"),
    [(29, 0, []), (30, 0, [(K.NO_GROUPS, 30)]), (45, 3, [])],
)
def test_thirty_members_without_party_groups_are_told(strength, groups, expected):
    assert told(strength=strength, groups=groups) == expected


def test_what_no_rule_limits_is_not_looked_at():
    everything = {
        "official": 1, "strength": 60, "absences": [Absences(1, 9, 9)],
        "endings": [Ending(1, K.STAY_ENDS, TODAY)],
    }  # fmt: skip
    assert told(MeetingRules(), AlertRules(), **everything) == []


def test_alerts_come_in_the_order_of_their_kinds():
    kinds = [
        kind
        for kind, _count in told(
            official=1, strength=60,
            endings=[Ending(3, K.STAY_ENDS, TODAY), Ending(4, K.EXEMPTION_ENDS, TODAY)],
            absences=[Absences(1, 2, 3), Absences(2, 3)],
        )
    ]  # fmt: skip
    assert kinds == list(AlertKind)


@pytest.mark.parametrize(
    ("presences", "unexcused", "running"),
    [("", 0, 0), ("eee", 0, 3), ("eeep", 0, 0), ("peue", 1, 1), ("uupuee", 3, 2)],
)
def test_excuses_run_up_to_the_last_meeting_and_end_with_any_other(presences, unexcused, running):
    words = {"e": Presence.EXCUSED, "u": Presence.UNEXCUSED, "p": Presence.PRESENT}
    rows = [(date(2024, n, 1), words[letter]) for n, letter in enumerate(presences, 1)]
    assert absences_of(7, rows) == Absences(7, unexcused, running)
