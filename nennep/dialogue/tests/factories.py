"""A cell with its secretary, the levels above it with their offices, and what it asks of them."""

from dataclasses import dataclass
from datetime import date

from nennep.accounts.models import User
from nennep.dialogue import actions
from nennep.dialogue.actions import Answer, NewProposal
from nennep.meetings.tests.factories import Cell, committee_user, make_cell
from nennep.organisation.models import Unit

TODAY = date(2024, 6, 13)
DUE = date(2024, 7, 4)  # fifteen working days later


@dataclass
class Levels:
    """CB1 under the commune XA, the district HUYEN and CITY; an office at each of the three."""

    cell: Cell
    commune: Unit
    district: Unit
    city: Unit
    offices: dict[str, User]


def levels():
    cell = make_cell()
    offices = {code: committee_user(code, name=f"vp-{code.lower()}") for code in ("XA", "HUYEN")}
    offices["CITY"] = committee_user("CITY", name="vp-city")
    commune, district, city = (Unit.objects.get(code=code) for code in ("XA", "HUYEN", "CITY"))
    return Levels(cell, commune, district, city, offices)


def ask(levels, subject="Cẩm nang công tác tổ chức", text="Đề nghị ban hành cẩm nang.", **more):
    new = NewProposal(subject, text, **more)
    return actions.ask(levels.cell.unit, proposal=new, by=levels.cell.secretary)


def pass_on(levels, proposal, code="XA", **more):
    """By the office that has it now."""
    return actions.pass_on(proposal, by=levels.offices[code], **more)


def answer(levels, proposal, code="XA", text="Đã ban hành.", **more):
    return actions.answer(proposal, answer=Answer(text, **more), by=levels.offices[code])


def withdraw(levels, proposal, reason="Đã giải quyết tại chi bộ"):
    return actions.withdraw(proposal, reason=reason, by=levels.cell.secretary)
