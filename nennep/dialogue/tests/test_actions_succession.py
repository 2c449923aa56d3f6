"""Requests outlive who made them and who was to answer them."""

from datetime import date

import pytest

from nennep.accounts.actions import end_grant
from nennep.accounts.models import Grant
from nennep.accounts.queries import system_person
from nennep.accounts.tests.factories import make_person
from nennep.core.models import TrailLine
from nennep.dialogue import actions
from nennep.dialogue.choices import Can
from nennep.dialogue.models import Proposal
from nennep.dialogue.queries.counting import owed_counts
from nennep.dialogue.queries.proposals import OWN, WAITING, listed
from nennep.dialogue.tests.factories import DUE, TODAY, answer, ask, levels, pass_on
from nennep.meetings.tests.factories import committee_user
from nennep.organisation.actions import close_unit, move_unit, write_lineage
from nennep.organisation.choices import UnitKind
from nennep.organisation.tests.factories import make_unit

pytestmark = pytest.mark.django_db
LAST_DAY = date(2024, 6, 12)


@pytest.fixture
def here():
    return levels()


def by():
    return system_person()


def may(person, can, proposal):
    return Proposal.objects.where_may(person, can).filter(pk=proposal.pk).exists()


def new_commune(here):
    return make_unit(
        "Đảng bộ xã mới", kind=UnitKind.GRASSROOTS_COMMITTEE, code="XA2", parent=here.district
    )


def end_commune(here, successor=None):
    """Its cells stand under the new commune from the day after its last one."""
    target = successor or here.district
    move_unit(here.cell.unit, target, on=TODAY, by=by())
    return close_unit(here.commune, last_day=LAST_DAY, successor=successor, by=by())


def test_a_new_secretary_sees_and_withdraws_what_the_one_before_asked(here):
    proposal = ask(here)
    for grant in Grant.objects.filter(user=here.cell.secretary):
        end_grant(grant, by=by())
    successor = make_person("secretary", here.cell.unit, username="moi", valid_from=TODAY)

    assert list(listed(successor, OWN)) == [proposal]
    assert may(successor, Can.MAKE_PROPOSALS, proposal)
    assert not may(here.cell.secretary, Can.VIEW_PROPOSALS, proposal)
    actions.withdraw(proposal, reason="Đã giải quyết", by=successor)


def test_what_waits_at_a_commune_that_ends_comes_to_its_successor_with_a_trail(here):
    proposal = ask(here)
    merged = new_commune(here)
    office = committee_user("XA2", name="vp-xa2")

    end_commune(here, merged)

    way = Proposal.objects.get().way
    assert [(step.unit.code, step.came_on, step.left_on) for step in way] == [
        ("XA", TODAY, TODAY),
        ("XA2", TODAY, None),
    ]
    assert way[-1].due_on == DUE
    assert list(listed(office, WAITING)) == [proposal]
    assert TrailLine.objects.filter(verb="proposal taken over").count() == 1
    assert {key[0]: due for key, (due, _in_time, _open) in owed_counts(TODAY).items()} == {
        merged.pk: 1
    }
    actions.answer(proposal, answer=actions.Answer("Đã rõ."), by=office)


def test_without_a_successor_it_comes_to_the_organisation_above(here):
    proposal = ask(here)

    end_commune(here)

    assert Proposal.objects.get().held.unit == here.district
    assert list(listed(here.offices["HUYEN"], WAITING)) == [proposal]


def test_a_successor_that_is_written_later_gets_back_what_went_up(here):
    proposal = ask(here)
    merged = new_commune(here)
    office = committee_user("XA2", name="vp-xa2")
    end_commune(here)

    write_lineage(here.commune, merged, on=TODAY, by=by())

    way = Proposal.objects.get().way
    assert [(step.giver.code, step.unit.code) for step in way] == [
        ("CB1", "XA"), ("XA", "HUYEN"), ("HUYEN", "XA2"),
    ]  # fmt: skip
    assert list(listed(office, WAITING)) == [proposal]
    assert TrailLine.objects.filter(verb="proposal taken over").count() == 2


def test_what_somebody_passed_on_before_the_end_stays_above(here, on_day):
    pass_on(here, ask(here))
    merged = new_commune(here)
    on_day(date(2024, 6, 15))
    move_unit(here.cell.unit, here.district, on=date(2024, 6, 14), by=by())
    close_unit(here.commune, last_day=TODAY, by=by())

    write_lineage(here.commune, merged, on=date(2024, 6, 14), by=by())

    assert [step.unit.code for step in Proposal.objects.get().way] == ["XA", "HUYEN"]


def test_what_the_successor_passed_on_before_comes_to_the_one_above_it(here):
    proposal = ask(here)
    pass_on(here, proposal)
    close_district = make_unit(
        "Đảng bộ mới", kind=UnitKind.UPPER_COMMITTEE, code="HUYEN2", parent=here.city
    )
    move_unit(here.commune, close_district, on=TODAY, by=by())

    close_unit(here.district, last_day=LAST_DAY, successor=here.commune, by=by())

    assert [step.unit.code for step in Proposal.objects.get().way] == ["XA", "HUYEN", "HUYEN2"]


def test_what_was_answered_stays_where_it_was_answered(here):
    proposal = ask(here)
    answer(here, proposal)

    end_commune(here, new_commune(here))

    assert [step.unit.code for step in Proposal.objects.get().way] == ["XA"]


def test_the_successor_of_a_cell_sees_and_withdraws_what_that_asked(here):
    proposal = ask(here)
    merged = make_unit("Chi bộ mới", code="CBM", parent=here.commune)
    secretary = make_person("secretary", merged, username="bi-thu-moi", valid_from=TODAY)
    assert not may(secretary, Can.VIEW_PROPOSALS, proposal)

    write_lineage_of_ended(here, merged)

    assert list(listed(secretary, OWN)) == [proposal]
    actions.withdraw(proposal, reason="Chi bộ đã sáp nhập", by=secretary)


def write_lineage_of_ended(here, merged):
    """As recorded after the fact: the cell has ended, its roll elsewhere already."""
    here.cell.unit.ended_on = LAST_DAY
    here.cell.unit.save(update_fields=["ended_on"])
    write_lineage(here.cell.unit, merged, on=TODAY, by=by())
