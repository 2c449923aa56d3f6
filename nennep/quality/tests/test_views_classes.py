"""The table of a month: every cell of it, confirmed together, and the exceptions one by one."""

import io
from datetime import date

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from nennep.core.models import TrailLine
from nennep.meetings import actions as meetings
from nennep.meetings.tests.factories import make_cell, ready
from nennep.quality import actions
from nennep.quality.choices import Part
from nennep.quality.models import ScoreSheet
from nennep.quality.queries.classes import class_table
from nennep.quality.queries.periods import period_table
from nennep.quality.tests.factories import closed, scored, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def cell():
    return make_cell(official=9)


@pytest.fixture
def signed_in(client, cell):
    client.force_login(cell.secretary)
    return client


def table(code="XA", month="2024-06"):
    return f"{reverse('quality:classes', args=[code])}?thang={month}"


@pytest.fixture
def officer(client, cell):
    client.force_login(cell.officer)
    return client


def test_the_table_has_every_cell_of_the_month_none_hidden(officer, cell, an_phu):
    closed(cell)
    make_cell("CB2", "Chi bộ thôn Tây")

    text = text_of(officer.get(table()))

    assert "1. Chi bộ thôn Đông" in text
    assert "2. Chi bộ thôn Tây" in text
    assert "86,3" in text
    assert "(Fairly good)" in text
    assert "3.3: −2" in text
    assert "Not yet due" in text


def test_above_the_committee_a_cell_stands_with_it_for_many_share_a_name(cell, an_phu):
    month, ward = date(2024, 6, 1), cell.unit.parent
    assert [row.name for row in class_table(ward, month).rows] == ["Chi bộ thôn Đông"]
    assert [row.name for row in period_table(ward, 2024, Part.FIRST).rows] == ["Chi bộ thôn Đông"]

    apart = ["Chi bộ thôn Đông, Đảng bộ xã Bình An"]
    assert [row.name for row in class_table(ward.parent, month).rows] == apart
    assert [row.name for row in period_table(ward.parent, 2024, Part.FIRST).rows] == apart


def test_confirming_makes_the_cells_classes_official_but_for_those_kept_back(officer, cell, an_phu):
    other = make_cell("CB2", "Chi bộ thôn Tây", official=9)
    kept, confirmed = closed(cell), closed(other)

    officer.post(
        reverse("quality:confirm", args=["XA"]), {"thang": "2024-06", "but": [str(kept.pk)]}
    )

    classes = dict(ScoreSheet.objects.values_list("meeting_id", "official_class"))
    assert classes == {kept.pk: "", confirmed.pk: "fair"}


def test_what_is_unusual_is_offered_for_a_look_first(officer, cell, an_phu):
    meeting = ready(cell)
    sheet = scored(cell, meeting)
    meetings.close_minutes(meeting, by=cell.secretary)
    other = make_cell("CB2", "Chi bộ thôn Tây", official=9)
    voted = ready(other)
    scored(other, voted)
    actions.record_class_vote(voted, in_favour=9, by=other.secretary)
    meetings.close_minutes(voted, by=other.secretary)

    text = text_of(officer.get(table()))

    assert "1 meeting deserves a look first" in text
    assert f'name="but" value="{sheet.pk}" checked' in " ".join(text.split())
    assert "no vote carried the class" in text


def test_one_meeting_is_decided_with_a_reason(officer, cell, an_phu):
    meeting = closed(cell)
    address = reverse("quality:decide", args=[meeting.public_id])

    shown = text_of(officer.get(address))
    refused = officer.post(address, {"klass": "good", "reason": ""})
    taken = officer.post(address, {"klass": "good", "reason": "Dự họp thấy tốt"})

    assert "Fairly good, 86,3 points" in shown
    assert refused.status_code == 422
    assert taken.url == table()
    assert ScoreSheet.objects.get().official_class == "good"


def test_a_superior_sees_points_and_facts_but_no_words_of_the_cell(officer, cell, an_phu):
    from fractions import Fraction

    from nennep.quality.rules.scoring import Given

    meeting = ready(cell)
    scored(cell, meeting, c2_1=Given(Fraction(3), reason="Hai đồng chí về sớm"))
    meetings.close_minutes(meeting, by=cell.secretary)

    text = text_of(officer.get(reverse("quality:decide", args=[meeting.public_id])))

    assert "<b>3</b>/4" in text
    assert "về sớm" not in text


def test_the_secretary_sees_the_table_of_the_own_cell_and_decides_nothing(signed_in, cell, an_phu):
    meeting = closed(cell)

    assert "86,3" in text_of(signed_in.get(table("CB1")))
    assert signed_in.get(table("XA")).status_code == 404
    assert signed_in.post(reverse("quality:confirm", args=["CB1"])).status_code == 403
    assert signed_in.get(reverse("quality:decide", args=[meeting.public_id])).status_code == 403


def test_the_table_costs_the_same_queries_for_one_cell_and_for_four(
    officer, cell, an_phu, django_assert_max_num_queries
):
    closed(cell)
    officer.get(table())
    with django_assert_max_num_queries(60) as one:
        officer.get(table())
    for n in range(3):
        closed(make_cell(f"C{n}", f"Chi bộ {n}", official=9))
    with django_assert_max_num_queries(60) as four:
        officer.get(table())

    assert len(one) == len(four)


def test_the_workbook_has_the_ten_columns_a_total_and_the_change_of_the_rolls(
    officer, cell, an_phu
):
    closed(cell)

    answer = officer.get(reverse("quality:classes-file", args=["XA", "xlsx"]) + "?thang=2024-06")
    rows = (
        CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    )
    head = next(i for i, row in enumerate(rows) if row[0] == "No.")

    assert rows[head] == [
        "No.", "Unit", "Present / required", "Day of the meeting", "Points", "Good",
        "Fairly good", "Medium", "Poor", "Note: points lost",
    ]  # fmt: skip
    assert rows[head + 1][:3] == [1.0, "Chi bộ thôn Đông", "10/10"]
    assert rows[head + 1][5:9] == ["", "(x)", "", ""]
    assert rows[head + 2][1] == "Total"
    assert any(
        "Members: 10 before the month, 10 at its end" in str(row[0]) for row in rows[head + 3 :]
    )
    assert TrailLine.objects.filter(verb="classes taken as a file").count() == 1
