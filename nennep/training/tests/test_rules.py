"""Who counts at which post, and from when to when as trained: by table, without a database."""

from datetime import date

import pytest

from nennep.training.choices import TrainPost
from nennep.training.rules import PostSpan, train_steps
from nennep.training.rules.coverage import highest, without

SECRETARY, DEPUTY, MEMBER = (
    TrainPost.SECRETARY,
    TrainPost.DEPUTY,
    TrainPost.CELL_COMMITTEE,
)
JAN, MAR, JUN, DEC = (date(2024, month, 1) for month in (1, 3, 6, 12))
END = date(2024, 12, 31)


def counts_on(day, held, came):
    steps = [step.counts for step in train_steps({1: held}, {1: came}) if step.on <= day]
    return tuple(map(sum, zip(*steps, strict=True))) if steps else (0,) * 6


SINCE_JANUARY = [PostSpan(SECRETARY, (JAN, None))]
TURNED_SECRETARY = [
    PostSpan(DEPUTY, (JAN, date(2024, 5, 31))),
    PostSpan(SECRETARY, (JUN, None)),
]


@pytest.mark.parametrize(
    ("held", "came", "day", "counts"),
    [
        (SINCE_JANUARY, {SECRETARY: [MAR]}, date(2024, 2, 29), (1, 0, 0, 0, 0, 0)),
        (SINCE_JANUARY, {SECRETARY: [MAR]}, MAR, (1, 1, 0, 0, 0, 0)),
        (SINCE_JANUARY, {SECRETARY: [MAR, JUN]}, DEC, (1, 1, 0, 0, 0, 0)),
        (SINCE_JANUARY, {SECRETARY: [MAR]}, date(2025, 1, 1), (1, 0, 0, 0, 0, 0)),
        (SINCE_JANUARY, {DEPUTY: [MAR]}, DEC, (1, 0, 0, 0, 0, 0)),
        # Trained as a deputy, secretary since June: missing as a secretary.
        (TURNED_SECRETARY, {DEPUTY: [MAR]}, MAR, (0, 0, 1, 1, 0, 0)),
        (TURNED_SECRETARY, {DEPUTY: [MAR]}, DEC, (1, 0, 0, 0, 0, 0)),
        # The course was for both: trained from the first day of the new post.
        (TURNED_SECRETARY, {DEPUTY: [MAR], SECRETARY: [MAR]}, JUN, (1, 1, 0, 0, 0, 0)),
        # The post ended: nobody holds it, nobody is trained in it.
        ([PostSpan(MEMBER, (JAN, MAR))], {MEMBER: [JAN]}, JUN, (0, 0, 0, 0, 0, 0)),
        # Two posts at once count as the higher one.
        (
            [PostSpan(SECRETARY, (JAN, None)), PostSpan(MEMBER, (JAN, None))],
            {MEMBER: [MAR]},
            JUN,
            (1, 0, 0, 0, 0, 0),
        ),
    ],
)
def test_a_person_counts_at_the_post_of_the_day_and_as_trained_in_its_year(held, came, day, counts):
    assert counts_on(day, held, came) == counts


def test_the_lower_post_counts_on_the_days_on_which_it_is_the_highest():
    spans = [PostSpan(MEMBER, (JAN, None)), PostSpan(SECRETARY, (MAR, date(2024, 5, 31)))]

    assert sorted(highest(spans)) == [
        (MEMBER, (JAN, date(2024, 2, 29))),
        (MEMBER, (JUN, None)),
        (SECRETARY, (MAR, date(2024, 5, 31))),
    ]


@pytest.mark.parametrize(
    ("days", "taken", "left"),
    [
        ((JAN, None), [], [(JAN, None)]),
        ((JAN, None), [(JAN, None)], []),
        ((JAN, END), [(MAR, None)], [(JAN, date(2024, 2, 29))]),
        ((JAN, END), [(JAN, MAR)], [(date(2024, 3, 2), END)]),
        ((MAR, JUN), [(DEC, None)], [(MAR, JUN)]),
        ((MAR, JUN), [(JAN, END)], []),
    ],
)
def test_days_that_others_take_are_left_away(days, taken, left):
    assert list(without(days, taken)) == left
