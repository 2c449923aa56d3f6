from datetime import date

import pytest

from nennep.core.models import TrailLine
from nennep.core.periods import Period
from nennep.core.refusal import Refusal
from nennep.indicators.queries.figures import figure_sheet
from nennep.indicators.tests.factories import month
from nennep.organisation.models import Unit
from nennep.recognition.actions.past_commending import (
    Corrected,
    PastDecision,
    PastLine,
    correct_commendation,
    enter_past_commendations,
    strike_commendation,
)
from nennep.recognition.models import Commendation
from nennep.recognition.tests.factories import LAST, a_round, by, cells_of, commune_with_cells

pytestmark = pytest.mark.django_db
ON = date(2024, 5, 19)


@pytest.fixture
def commune():
    return commune_with_cells()


def entered(commune, *lines, **more):
    told = {"symbol": "7-QĐ/ĐU", "on": ON, "occasion": "Tổng kết năm 2023", "award": "Giấy khen"}
    decision = PastDecision(**told | more)
    return enter_past_commendations(commune, decision=decision, lines=lines, by=by())


def refused(code, act):
    with pytest.raises(Refusal) as said:
        act()
    assert said.value.code == code


def rewards(unit):
    sheet = figure_sheet(unit, Period(month("2024-01"), month("2024-06")))
    return sheet["REWARD.collectives"].numerator, sheet["REWARD.persons"].numerator


def test_an_earlier_decision_counts_as_reward_of_its_day(commune):
    first, second, _third = cells_of(commune)
    rows = entered(commune, PastLine(first), PastLine(second, "Nguyễn Văn An", "Bí thư chi bộ"))

    assert [(row.name, row.post, row.path, row.round_id) for row in rows] == [
        (first.name, "", first.path, None), ("Nguyễn Văn An", "Bí thư chi bộ", second.path, None),
    ]  # fmt: skip
    assert rewards(commune) == (1, 1)
    assert TrailLine.objects.get(verb="entered past commendations").details["count"] == 2


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"symbol": " "}, "left_empty"),
        ({"award": ""}, "left_empty"),
        ({"on": date(2024, 6, 14)}, "in_future"),
        ({"on": date(1900, 1, 1)}, "not_below"),
    ],
)
def test_what_does_not_make_a_decision_is_refused(commune, more, code):
    refused(code, lambda: entered(commune, PastLine(cells_of(commune)[0]), **more))
    assert not Commendation.objects.exists()


def test_nobody_the_body_itself_and_the_same_twice_are_refused(commune):
    cell = cells_of(commune)[0]
    entered(commune, PastLine(cell))

    refused("nobody", lambda: entered(commune))
    refused("its_own_body", lambda: entered(commune, PastLine(commune)))
    refused("commended_already", lambda: entered(commune, PastLine(cell)))
    refused("commended_already", lambda: entered(commune, *[PastLine(cell, "Lê Văn Bình")] * 2))


def test_names_of_the_army_and_the_police_are_not_entered(commune):
    cell = cells_of(commune)[0]
    Unit.objects.filter(pk=cell.pk).update(is_figures_only=True)
    cell.refresh_from_db()

    refused("figures_only", lambda: entered(commune, PastLine(cell, "Nguyễn Văn An")))


def test_a_slip_is_corrected_with_its_reason_and_the_trail_keeps_what_it_was(commune):
    (row,) = entered(commune, PastLine(cells_of(commune)[0], "Nguyễn Văn Ann"))
    new = Corrected(name="Nguyễn Văn An", post="", award="Giấy khen", occasion=row.occasion)

    refused("no_reason", lambda: correct_commendation(row, new=new, reason=" ", by=by()))
    correct_commendation(row, new=new, reason="Gõ nhầm tên", by=by())

    row.refresh_from_db()
    assert row.name == "Nguyễn Văn An"
    details = TrailLine.objects.get(verb="corrected a commendation").details
    assert (details["what"], details["reason"]) == ("Nguyễn Văn Ann: Giấy khen", "Gõ nhầm tên")


def test_what_was_entered_by_mistake_is_struck_out_and_no_longer_counts(commune):
    (row,) = entered(commune, PastLine(cells_of(commune)[0]))

    strike_commendation(row, reason="Nhập hai lần", by=by())

    assert rewards(commune) == (0, 0)
    assert TrailLine.objects.get(verb="struck a commendation").details["reason"] == "Nhập hai lần"


def test_what_a_round_decided_here_is_neither_corrected_nor_struck(commune):
    (row,) = entered(commune, PastLine(cells_of(commune)[0]), on=LAST)
    row.round = a_round(commune)
    row.save()

    refused("decided_here", lambda: strike_commendation(row, reason="Nhầm", by=by()))
