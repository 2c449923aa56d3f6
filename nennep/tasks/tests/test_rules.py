from datetime import date

import pytest

from nennep.tasks.choices import Asked, Judgement, TaskState
from nennep.tasks.rules.clarity import ClarityScheme, ClearQuestion, shipped_schemes
from nennep.tasks.rules.coverage import CoverageChange, Held, coverage_changes
from nennep.tasks.rules.outcomes import Outcome, outcome_of
from nennep.tasks.rules.states import last_day, proposed_judgement, state_of

D = date


@pytest.mark.parametrize(
    ("accepted", "reported", "judged", "withdrawn", "state"),
    [
        (False, False, False, False, TaskState.GIVEN),
        (True, False, False, False, TaskState.ACCEPTED),
        (False, True, False, False, TaskState.REPORTED),
        (True, True, True, False, TaskState.JUDGED),
        (True, True, False, True, TaskState.WITHDRAWN),
    ],
)
def test_the_state_is_the_last_thing_that_happened(accepted, reported, judged, withdrawn, state):
    assert state is state_of(
        is_accepted=accepted, is_reported=reported, is_judged=judged, is_withdrawn=withdrawn
    )


@pytest.mark.parametrize(
    ("due", "done", "on", "judgement"),
    [
        (D(2024, 6, 20), D(2024, 6, 20), D(2024, 7, 3), Judgement.MET),
        (D(2024, 6, 20), D(2024, 6, 21), D(2024, 7, 3), Judgement.LATE),
        (None, D(2024, 6, 21), D(2024, 7, 3), Judgement.MET),
        (D(2024, 6, 20), None, D(2024, 7, 3), Judgement.NOT_MET),
        (D(2024, 7, 3), None, D(2024, 7, 3), None),
        (D(2024, 7, 20), None, D(2024, 7, 3), None),
        (None, None, D(2024, 7, 3), None),
    ],
)
def test_days_alone_propose_a_judgement_or_none(due, done, on, judgement):
    assert proposed_judgement(due, done, on) is judgement


@pytest.mark.parametrize(
    ("due", "judged", "withdrawn", "months", "until"),
    [
        (D(2024, 6, 20), D(2024, 7, 3), None, 3, D(2024, 7, 3)),
        (D(2024, 6, 20), None, D(2024, 6, 10), 3, D(2024, 6, 10)),
        (D(2024, 6, 20), None, None, 3, D(2024, 9, 20)),
        (D(2024, 6, 20), None, None, None, D(2024, 6, 20)),
        (None, None, None, 3, D(2024, 9, 3)),
    ],
)
def test_a_task_is_somebodys_until_it_is_judged_and_not_for_ever(
    due, judged, withdrawn, months, until
):
    assert until == last_day(
        given_on=D(2024, 6, 3),
        due_on=due,
        judged_on=judged,
        withdrawn_on=withdrawn,
        open_months=months,
    )


@pytest.mark.parametrize(
    ("done", "judgement", "outcome"),
    [
        (D(2024, 6, 20), "", Outcome.DONE),
        (D(2024, 6, 20), "above", Outcome.DONE),
        (D(2024, 6, 21), "", Outcome.LATE),
        (D(2024, 6, 20), "late", Outcome.LATE),
        (D(2024, 6, 20), "not_met", Outcome.NOT_DONE),
        (None, "not_met", Outcome.NOT_DONE),
        (None, "", Outcome.OPEN),
    ],
)
def test_what_a_due_task_counts_as(done, judgement, outcome):
    assert outcome_of(D(2024, 6, 20), done, judgement) is outcome


def test_coverage_changes_on_the_days_on_which_it_changes():
    """One works and is tasked with a gap; one works without a task; one leaves."""
    changes = coverage_changes(
        D(2024, 1, 5),
        {
            1: [(D(2020, 1, 1), None)],
            2: [(D(2020, 1, 1), None)],
            3: [(D(2020, 1, 1), D(2024, 2, 29))],
        },
        {
            1: [
                Held((D(2024, 1, 5), D(2024, 2, 3)), is_of_cell=True),
                Held((D(2024, 1, 20), D(2024, 2, 10)), is_of_cell=False),
            ],
            3: [Held((D(2023, 12, 1), D(2024, 6, 1)), is_of_cell=True)],
        },
    )

    assert changes == [
        CoverageChange(D(2024, 1, 5), 3, 2, 2),
        CoverageChange(D(2024, 2, 4), 0, -1, 0),
        CoverageChange(D(2024, 2, 11), 0, 0, -1),
        CoverageChange(D(2024, 3, 1), -1, -1, -1),
    ]


QUESTIONS = ClarityScheme(
    (
        ClearQuestion("nguoi", "Rõ người", Asked.ALWAYS),
        ClearQuestion("process", "Rõ quy trình", Asked.PROGRAMME),
        ClearQuestion("note", "Ghi chú", Asked.NEVER),
        ClearQuestion("result", "Rõ hiệu quả", Asked.ALWAYS),
    )
)


@pytest.mark.parametrize(
    ("is_programme", "is_to_units", "missing"),
    [
        (True, True, ["process", "result"]),
        (True, False, ["result"]),
        (False, True, ["result"]),
    ],
)
def test_what_must_be_answered_depends_on_the_task(is_programme, is_to_units, missing):
    left = QUESTIONS.unanswered({}, is_programme=is_programme, is_to_units=is_to_units)
    assert [question.code for question in left] == missing


def test_an_answer_of_spaces_is_no_answer():
    left = QUESTIONS.unanswered(
        {"process": " ", "result": "x"}, is_programme=True, is_to_units=True
    )
    assert [question.code for question in left] == ["process"]


def test_without_a_scheme_nothing_else_is_asked():
    assert ClarityScheme().unanswered({}, is_programme=True, is_to_units=True) == []


@pytest.mark.parametrize(
    ("code", "name", "questions"),
    [
        ("5-ro-phuc-tho", "5 rõ", ["người", "việc", "quy trình", "trách nhiệm", "hiệu quả"]),
        (
            "6-ro-kl-226",
            "6 rõ",
            ["người", "việc", "thời gian", "trách nhiệm", "thẩm quyền", "sản phẩm"],
        ),
    ],
)
def test_the_shipped_schemes_ask_what_their_sources_say(code, name, questions):
    scheme = next(each for each in shipped_schemes() if each.code == code)
    read = tuple(ClearQuestion.read(row) for row in scheme.rows)

    assert [q.question.removeprefix("Rõ ") for q in read] == questions
    assert ClarityScheme(read).name == name
    assert (scheme.mark, bool(scheme.clause)) == ("C", True)
