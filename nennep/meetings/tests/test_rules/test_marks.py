from datetime import date

import pytest

from nennep.meetings.rules import MeetingRules
from nennep.meetings.rules.carrying import is_routine, routine_lines
from nennep.meetings.rules.checklist import asked, due_on, tasks
from nennep.meetings.rules.marks import HeldFacts, marks_of

RULES = MeetingRules(
    minimum_minutes=90,
    combined_minutes=120,
    small_cell_minutes=60,
    small_cell_members=5,
    minimum_official_members=3,
    papers_days_before=1,
    finished_days_after=2,
)
DAY = date(2026, 1, 3)


@pytest.mark.parametrize(
    ("facts", "kinds"),
    [
        (HeldFacts("regular", 20, 18, 90, DAY), []),
        (HeldFacts("regular", 20, 18, 89, DAY), [("too_short", 90, 89, "minimum_minutes")]),
        (HeldFacts("regular", 5, 5, 60, DAY), []),
        (HeldFacts("regular", 5, 5, 59, DAY), [("too_short", 60, 59, "small_cell_minutes")]),
        (
            HeldFacts("combined", 20, 18, 119, DAY),
            [("combined_too_short", 120, 119, "combined_minutes")],
        ),
        (HeldFacts("combined", 20, 18, 120, DAY), []),
        (HeldFacts("thematic", 20, 18, 20, DAY), []),
        (
            HeldFacts("regular", 4, 2, 90, DAY),
            [("too_few_official", 3, 2, "minimum_official_members")],
        ),
        (HeldFacts("cell_committee", 2, 2, 30, DAY), []),
        (HeldFacts("regular", 20, 18, 90, DAY, DAY), [("papers_late", 1, 0, "papers_days_before")]),
        (HeldFacts("regular", 20, 18, 90, DAY, date(2026, 1, 2)), []),
        (
            HeldFacts("regular", 20, 18, 90, DAY, None, date(2026, 1, 6)),
            [("finished_late", 2, 3, "finished_days_after")],
        ),
        (HeldFacts("regular", 20, 18, 90, DAY, None, date(2026, 1, 5)), []),
        (HeldFacts("regular"), []),
    ],
)
def test_what_is_marked_and_with_which_rule(facts, kinds):
    assert [(m.kind, m.asked, m.found, m.rule) for m in marks_of(facts, RULES)] == kinds


def test_without_rules_nothing_is_marked():
    assert marks_of(HeldFacts("regular", 1, 1, 5, DAY, DAY, date(2026, 3, 1)), MeetingRules()) == ()


def test_the_checklist_asks_by_the_shape_of_the_cell():
    def codes(kind, *, is_large):
        return {t.code for t in asked(kind, has_committee=is_large, has_groups=is_large)}

    large, small = codes("regular", is_large=True), codes("regular", is_large=False)
    assert large - small == {"committee_meeting", "group_discussion"}
    assert small - large == {"small_committee_meeting"}
    everywhere = {"draft", "notice", "papers", "not_secret"}
    assert codes("cell_committee", is_large=True) == everywhere
    assert codes("congress", is_large=True) == everywhere | {"notice_superior"}
    assert codes("self_review", is_large=False) == everywhere | {"notice_superior"}


@pytest.mark.parametrize(
    ("days", "expected"), [(1, date(2026, 1, 2)), (3, date(2025, 12, 31)), (None, date(2026, 1, 2))]
)
def test_papers_are_due_as_the_rule_says_or_the_day_before(days, expected):
    papers = next(task for task in tasks() if task.code == "papers")
    assert due_on(papers, DAY, days) == expected


def test_routine_lines_are_of_the_next_month_and_known_again():
    lines = routine_lines(date(2024, 1, 1))
    assert [line.due_on for line in lines] == [date(2024, 2, 5), date(2024, 2, 29)]
    assert all(is_routine(line.what, date(2024, 1, 1)) for line in lines)
    assert not is_routine(lines[0].what, date(2024, 2, 1))
    assert not is_routine("Thu gom rác", date(2024, 1, 1))
