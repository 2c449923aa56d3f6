from datetime import date

import pytest

from nennep.accounts.queries import system_person
from nennep.core.refusal import Refusal
from nennep.meetings import actions as meetings
from nennep.meetings.models import CompulsoryTopic
from nennep.meetings.tests.factories import at, make_cell, ready, resolve
from nennep.organisation.models import Unit
from nennep.training import actions
from nennep.training.actions import NewDissemination, Reached
from nennep.training.models import Receipt

pytestmark = pytest.mark.django_db

SCHEME = {
    "title": "Nâng cao chất lượng sinh hoạt chi bộ",
    "symbol": "11-ĐA/TU",
    "begins_on": date(2024, 6, 1),
    "due_on": date(2024, 6, 30),
}


def give(unit=None, **more):
    unit = unit or Unit.objects.get(code="XA")
    new = NewDissemination(**{**SCHEME, **more})
    return actions.give_dissemination(unit, new=new, by=system_person())


def refused(act):
    with pytest.raises(Refusal) as no:
        act()
    return no.value.code


@pytest.fixture
def cell():
    return make_cell()


def hold(cell, topic="", item="", line="", day=3, asked=None):
    """A closed meeting of the cell on a day of June."""
    meeting = ready(cell, started_at=at(day))
    if topic:
        type(meeting).objects.filter(pk=meeting.pk).update(topic=topic)
    if item:
        meetings.add_item(meeting, title=item, by=cell.secretary)
    if asked:
        meeting.items.create(position=9, title=asked.title, topic=asked)
    resolve(meeting, cell, lines=[line] if line else ["Thu gom rác"])
    meetings.close_minutes(meeting, by=cell.secretary)
    return meeting


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"title": " "}, "title_missing"),
        ({"due_on": date(2024, 5, 1)}, "due_before_it_begins"),
        ({"title": "TỐI MẬT"}, "secret"),
    ],
)
def test_what_cannot_be_made_known_is_refused(cell, more, code):
    assert refused(lambda: give(**more)) == code
    assert Receipt.objects.count() == 0


def test_only_cells_below_are_asked(cell):
    other = make_cell("CB2")
    assert refused(lambda: give(under=[Unit.objects.get(code="HUYEN")])) == "not_below"

    given = give(under=[other.unit])

    asked = given.receipts.get()
    assert (asked.unit, asked.strength) == (other.unit, len(other.members))


@pytest.mark.parametrize(
    ("says", "is_reached"),
    [
        ({"topic": "Quán triệt Đề án 11-ĐA/TU"}, True),
        ({"item": "Học tập đề án 11-đa/tu của Thành ủy"}, True),
        ({"line": "Triển khai 11-ĐA/TU tới từng đảng viên"}, True),
        ({"item": "Đề án 111-ĐA/TW"}, False),
        ({}, False),
    ],
)
def test_closed_minutes_that_name_the_document_count_by_themselves(cell, says, is_reached):
    given = give()

    meeting = hold(cell, **says)

    receipt = given.receipts.get(unit=cell.unit)
    assert (receipt.reached_on is not None) == is_reached
    if is_reached:
        roll = meeting.roll_call
        assert (receipt.reached_on, receipt.form) == (date(2024, 6, 3), "regular")
        assert receipt.pair == (roll.present + roll.exempt_present, roll.strength)
        assert (
            refused(lambda: actions.take_back_reached(receipt, by=system_person()))
            == "shown_by_minutes"
        )


def test_minutes_closed_before_it_was_entered_count_as_well(cell):
    hold(cell, line="Triển khai 11-ĐA/TU tới từng đảng viên")

    assert give().receipts.get(unit=cell.unit).reached_on == date(2024, 6, 3)
    assert give(begins_on=date(2024, 6, 4)).receipts.get(unit=cell.unit).reached_on is None


def test_a_topic_on_the_agenda_counts_even_if_nobody_writes_the_symbol(cell):
    give(symbol="", title="Nghị quyết", is_on_agendas=True)
    topic = CompulsoryTopic.objects.get()
    assert topic.title == "Phổ biến, quán triệt Nghị quyết"

    hold(cell, asked=topic)

    assert Receipt.objects.get(unit=cell.unit).reached_on == date(2024, 6, 3)


def test_an_office_reports_cells_in_one_go_and_numbers_must_be_possible(cell):
    given = give()
    receipt = given.receipts.get(unit=cell.unit)

    def report(members, on=date(2024, 6, 10)):
        reached = Reached(on, "conference", {receipt.pk: members})
        return actions.record_reached(given, reached=reached, by=system_person())

    assert refused(lambda: report(len(cell.members) + 1)) == "too_many"
    assert refused(lambda: report(0)) == "too_many"
    assert refused(lambda: report(1, date(2024, 6, 20))) == "in_future"
    assert refused(lambda: report(1, date(2024, 5, 20))) == "before_it_begins"
    assert report(5) == 1
    receipt.refresh_from_db()
    assert (receipt.members, receipt.form) == (5, "conference")

    actions.take_back_reached(receipt, by=system_person())
    receipt.refresh_from_db()
    assert (receipt.reached_on, receipt.members) == (None, 0)


def test_a_report_reaches_no_cell_of_another_document(cell):
    given, other = give(), give(symbol="", title="Một văn bản khác")
    foreign = other.receipts.get(unit=cell.unit)

    reached = Reached(date(2024, 6, 10), "regular", {foreign.pk: 1})
    assert actions.record_reached(given, reached=reached, by=system_person()) == 0

    foreign.refresh_from_db()
    assert foreign.reached_on is None


def test_what_is_withdrawn_takes_no_more_and_counts_for_nobody(cell):
    given = give()
    assert (
        refused(lambda: actions.withdraw_dissemination(given, reason="", by=system_person()))
        == "reason_missing"
    )

    actions.withdraw_dissemination(given, reason="Văn bản mới thay", by=system_person())

    assert Receipt.objects.counted().count() == 0
    assert (
        refused(lambda: actions.withdraw_dissemination(given, reason="Lại", by=system_person()))
        == "withdrawn"
    )
