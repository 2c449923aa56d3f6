from datetime import date

import pytest

from nennep.core import facts
from nennep.core.refusal import Refusal
from nennep.meetings import actions
from nennep.meetings.models import Explanation
from nennep.meetings.queries.ledger import ledger
from nennep.organisation.models import Unit

pytestmark = pytest.mark.django_db
MAY = date(2024, 5, 1)


@pytest.fixture
def changed():
    heard = []

    def listen(sender, **told):
        heard.append((told["cell"].code, told["month"], told["kind"]))

    facts.facts_changed.connect(listen)
    yield heard
    facts.facts_changed.disconnect(listen)


def explain(cell, reason="bão lụt", kind="regular", period=MAY):
    return actions.explain_absence(
        cell.unit, kind=kind, period=period, reason=reason, by=cell.secretary
    )


def outcome(cell):
    return next(row.outcome for row in ledger(cell.unit, MAY).rows if row.kind == "regular")


def refused(code, call, *args, **more):
    with pytest.raises(Refusal) as no:
        call(*args, **more)
    assert no.value.code == code


def test_a_reason_waits_is_accepted_or_rejected_and_the_ledger_follows(cell, changed):
    assert outcome(cell) == "silent"
    reason = explain(cell)
    assert outcome(cell) == "waiting"
    actions.answer_explanation(reason, is_accepted=True, by=cell.officer)
    assert outcome(cell) == "excused"
    refused(
        "answer_missing", actions.answer_explanation, reason, is_accepted=False, by=cell.officer
    )
    actions.answer_explanation(reason, is_accepted=False, answer="Hãy họp bù", by=cell.officer)
    assert outcome(cell) == "silent"
    assert changed == [("CB1", MAY, "month")] * 3


def test_new_words_wait_again(cell):
    actions.answer_explanation(explain(cell), is_accepted=False, answer="x", by=cell.officer)
    again = explain(cell, "đường ngập, có xác nhận")
    assert (again.is_accepted, again.answered_at, Explanation.objects.count()) == (None, None, 1)


def test_a_thematic_row_sits_in_the_last_month_of_its_quarter(cell):
    assert explain(cell, kind="thematic", period=date(2024, 4, 1)).period == date(2024, 6, 1)


def test_a_reason_is_withdrawn_until_it_was_answered(cell):
    reason = explain(cell)
    actions.withdraw_explanation(reason, by=cell.secretary)
    assert outcome(cell) == "silent"
    reason = explain(cell)
    actions.answer_explanation(reason, is_accepted=True, by=cell.officer)
    refused("already_answered", actions.withdraw_explanation, reason, by=cell.secretary)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"reason": " "}, "reason_missing"),
        ({"kind": "party"}, "no_such_kind"),
        ({"reason": "TỐI MẬT"}, "secret"),
    ],
)
def test_what_is_unclear_is_refused(cell, given, code):
    refused(code, explain, cell, **given)


def test_only_cells_explain(cell):
    commune = Unit.objects.get(code="XA")
    refused(
        "not_a_cell",
        actions.explain_absence,
        commune,
        kind="regular",
        period=MAY,
        reason="x",
        by=cell.officer,
    )
