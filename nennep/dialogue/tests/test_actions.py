from datetime import date

import pytest

from nennep.accounts.queries import system_person
from nennep.core.models import TrailLine
from nennep.core.refusal import Refusal
from nennep.dialogue import actions
from nennep.dialogue.actions import PastProposal
from nennep.dialogue.choices import Can, ProposalState
from nennep.dialogue.models import Proposal
from nennep.dialogue.tests.factories import DUE, TODAY, answer, ask, levels, pass_on, withdraw
from nennep.library.models import Entry
from nennep.meetings.tests.factories import (
    committee_user,
    make_cell,
    make_figures_only_cell,
    planned,
    ready,
)
from nennep.regulations.actions import withdraw_value
from nennep.regulations.models import RuleValue

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    return levels()


def refused(code, act):
    with pytest.raises(Refusal) as said:
        act()
    assert said.value.code == code
    return said.value.message


def way(proposal):
    return [(step.giver.code, step.unit.code, step.came_on, step.left_on) for step in proposal.way]


def seen_by(*people):
    return [
        list(Proposal.objects.visible_to(person).values_list("subject", flat=True))
        for person in people
    ]


def test_a_proposal_comes_to_the_level_directly_above_and_is_due_there_in_working_days(here):
    found = ask(here, owner=here.city)

    assert way(found) == [("CB1", "XA", TODAY, None)]
    assert (found.owner, found.held.due_on, found.state) == (here.city, DUE, ProposalState.OPEN)
    line = TrailLine.objects.get(verb="proposal made")
    assert line.details == {"to": "Đảng bộ xã Bình An", "due_on": "2024-07-04"}


def test_where_no_rule_gives_a_number_of_days_nothing_is_due(here):
    rule = RuleValue.objects.get(key="dialogue.answer_working_days")
    withdraw_value(rule, last_day=date(2024, 5, 31), by=system_person())

    assert ask(here).held.due_on is None


def test_a_proposal_goes_up_level_by_level_and_keeps_its_way(here, on_day):
    found = ask(here)
    on_day(date(2024, 6, 17))
    found = pass_on(here, found, note="Ngoài thẩm quyền của xã")
    on_day(date(2024, 6, 20))
    found = pass_on(here, found, "HUYEN")

    assert way(found) == [
        ("CB1", "XA", TODAY, date(2024, 6, 17)),
        ("XA", "HUYEN", date(2024, 6, 17), date(2024, 6, 20)),
        ("HUYEN", "CITY", date(2024, 6, 20), None),
    ]
    assert [step.note for step in found.way] == ["", "Ngoài thẩm quyền của xã", ""]
    refused("no_superior", lambda: pass_on(here, found, "CITY"))


def test_a_level_may_be_passed_over(here):
    found = pass_on(here, ask(here), to=here.city)

    assert [step.unit.code for step in found.way] == ["XA", "CITY"]


def test_it_is_passed_on_upwards_only(here):
    found = pass_on(here, ask(here), to=here.district)

    for to in (here.commune, here.district, here.cell.unit):
        refused("not_above", lambda to=to: pass_on(here, found, "HUYEN", to=to))


def test_whoever_asked_and_each_level_it_passed_sees_it_and_nobody_else(here):
    neighbour = make_cell("CB2", "Chi bộ thôn Tây")
    people = [
        here.cell.secretary, here.offices["XA"], here.offices["HUYEN"], here.offices["CITY"],
        neighbour.secretary, committee_user("XA", "administrator"),
    ]  # fmt: skip
    found = ask(here, "Một")

    assert seen_by(*people) == [["Một"], ["Một"], [], [], [], []]

    pass_on(here, found, to=here.city)  # the district was passed over
    assert seen_by(*people) == [["Một"], ["Một"], [], ["Một"], [], []]


def test_only_the_level_that_has_it_may_answer_it_and_only_who_asked_may_withdraw_it(here):
    pass_on(here, ask(here))

    def may(person, can):
        return Proposal.objects.where_may(person, can).exists()

    offices = here.offices
    answering = {code: may(offices[code], Can.ANSWER_PROPOSALS) for code in offices}
    assert answering == {"XA": False, "HUYEN": True, "CITY": False}
    assert not may(here.cell.secretary, Can.ANSWER_PROPOSALS)
    assert may(here.cell.secretary, Can.MAKE_PROPOSALS)
    assert not may(offices["HUYEN"], Can.MAKE_PROPOSALS)


def test_the_first_answer_sets_the_day_and_its_words_may_be_put_right(here, on_day):
    found = answer(here, ask(here), text="Đang xem xét")
    on_day(date(2024, 6, 20))
    found = answer(here, found, text="Đã ban hành")

    assert (found.answer, found.answered_on) == ("Đã ban hành", TODAY)
    assert found.state == ProposalState.ANSWERED


def test_a_proposal_may_come_out_of_a_meeting_that_its_cell_has_held_and_of_no_other(here):
    other = make_cell("CB2", "Chi bộ thôn Tây")
    held, elsewhere, to_come = ready(here.cell), ready(other), planned(here.cell, "thematic")

    assert ask(here, meeting=held).meeting == held
    for meeting in (elsewhere, to_come):
        refused("not_its_meeting", lambda meeting=meeting: ask(here, meeting=meeting))


def test_what_cannot_be_asked_is_refused_and_nothing_is_kept(here):
    member = here.cell.members[0].full_name

    refused("subject_missing", lambda: ask(here, " "))
    refused("text_missing", lambda: ask(here, text=" "))
    refused("secret", lambda: ask(here, text="MẬT\nNội dung"))
    refused("names_a_person", lambda: ask(here, text=f"Đề nghị khen {member}."))
    refused("not_above", lambda: ask(here, owner=make_cell("CB2").unit))
    figures = make_figures_only_cell().unit
    new = actions.NewProposal("Một", "Hai")
    refused("figures_only", lambda: actions.ask(figures, proposal=new, by=here.cell.secretary))
    refused("no_superior", lambda: actions.ask(here.city, proposal=new, by=here.offices["CITY"]))
    assert not Proposal.objects.exists()


def test_what_is_over_is_not_passed_on_answered_or_withdrawn_again(here):
    answered = answer(here, ask(here))
    refused("answered", lambda: pass_on(here, answered))
    refused("answered", lambda: withdraw(here, answered))

    gone = withdraw(here, ask(here))
    assert (gone.state, gone.withdrawn_on) == (ProposalState.WITHDRAWN, TODAY)
    refused("withdrawn", lambda: answer(here, gone))
    refused("withdrawn", lambda: pass_on(here, gone))
    refused("withdrawn", lambda: withdraw(here, gone))


def test_an_answer_and_a_withdrawal_need_their_words(here):
    found = ask(here)

    refused("text_missing", lambda: answer(here, found, text=""))
    refused("reason_missing", lambda: withdraw(here, found, reason=""))


def test_proposals_of_earlier_days_are_entered_with_the_way_they_went(here):
    made, on = date(2024, 3, 4), date(2024, 3, 8)
    past = PastProposal(
        here.cell.unit, here.district, "Một", "Hai", made,
        way=[(here.commune, made), (here.district, on)], answer="Ba", answered_on=on,
    )  # fmt: skip

    assert actions.load_proposals([past], by=here.offices["CITY"]) == 1

    found = Proposal.objects.get()
    assert way(found) == [("CB1", "XA", made, on), ("XA", "HUYEN", on, None)]
    assert [step.due_on for step in found.way] == [date(2024, 3, 25), date(2024, 3, 29)]
    assert found.state == ProposalState.ANSWERED


@pytest.mark.parametrize("broken", ["none", "down", "back"])
def test_a_way_that_does_not_go_up_from_day_to_day_is_refused(here, broken):
    day, earlier = date(2024, 3, 4), date(2024, 3, 1)
    ways = {
        "none": [],
        "down": [(here.district, day), (here.commune, day)],
        "back": [(here.commune, earlier)],
    }
    past = PastProposal(here.cell.unit, here.district, "Một", "Hai", day, way=ways[broken])

    refused("broken_way", lambda: actions.load_proposals([past], by=here.offices["CITY"]))


def test_an_entry_of_the_handbook_can_be_the_answer(here):
    from nennep.library.actions import load_handbook

    load_handbook(by=here.offices["CITY"])
    entry = Entry.objects.get(code="diem-danh")

    assert answer(here, ask(here), entry=entry).entry == entry
