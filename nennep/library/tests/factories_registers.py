"""A district, a commune and a cell with their terms, the people who keep their registers, entries."""

from dataclasses import dataclass
from datetime import date

from nennep.accounts.choices import Role
from nennep.accounts.models import Grant, User
from nennep.accounts.queries import system_person
from nennep.library.actions.documents import Entry, Wording, draft_document, register_document
from nennep.organisation.actions.load import NewBody, NewUnit, load_units
from nennep.organisation.choices import Block, BodyKind, UnitKind
from nennep.organisation.models import Unit
from nennep.regulations.actions import load_presets

FOUNDED = date(2010, 1, 1)
TERM = ("2020–2025", date(2020, 7, 1), None)
DAY = date(2024, 6, 3)


@dataclass
class Registers:
    district: Unit
    commune: Unit
    cell: Unit
    beside: Unit
    officer: User
    secretary: User


def make_registers():
    by = system_person()
    load_presets(by=by)
    committee = (NewBody(BodyKind.COMMITTEE, (TERM,)),)
    of_cell = (NewBody(BodyKind.CELL_COMMITTEE, (TERM,)),)
    load_units(
        [
            NewUnit("TP", "Đảng bộ thành phố Hà Nội", UnitKind.CITY, "", FOUNDED),
            NewUnit("HUYEN", "Đảng bộ huyện Phúc Thọ", UnitKind.DISTRICT, "TP", FOUNDED,
                    bodies=committee),
            NewUnit("XA", "Đảng bộ xã Bình An", UnitKind.GRASSROOTS_COMMITTEE, "HUYEN", FOUNDED,
                    bodies=committee),
            NewUnit("CB1", "Chi bộ thôn Đông", UnitKind.CELL, "XA", FOUNDED,
                    block=Block.RESIDENTIAL, bodies=of_cell),
            NewUnit("XB", "Đảng bộ xã Hòa Bình", UnitKind.GRASSROOTS_COMMITTEE, "HUYEN", FOUNDED,
                    bodies=committee),
        ],
        by=by,
    )  # fmt: skip
    unit = {each.code: each for each in Unit.objects.all()}
    return Registers(
        unit["HUYEN"],
        unit["XA"],
        unit["CB1"],
        unit["XB"],
        someone("vp-huyen", Role.OFFICER, unit["HUYEN"]),
        someone("bt-cb1", Role.SECRETARY, unit["CB1"]),
    )


def someone(name, role, unit, **grant):
    user = User.objects.create(username=name, display_name=name.title(), password="!")
    Grant.objects.create(user=user, role=role, unit=unit, valid_from=FOUNDED, **grant)
    return user


def entry(symbol="13-ĐA/HU", kind="scheme", issued_on=date(2021, 12, 20), **more):
    told = {
        "subject": "Nâng cao chất lượng sinh hoạt chi bộ",
        "body": "standing",
        "in_force_from": issued_on,
        "programme_symbol": "11-ĐA/TU",
    }
    return Entry(kind=kind, symbol=symbol, issued_on=issued_on, **(told | more))


def registered(registers, symbol="13-ĐA/HU", **more):
    unit, by = more.pop("unit", registers.district), more.pop("by", registers.officer)
    return register_document(unit, entry=entry(symbol, **more), by=by)


def drafted(registers, kind="plan", **more):
    unit = more.pop("unit", registers.cell)
    by = more.pop("by", registers.secretary)
    body = more.pop("body", "cell" if unit.is_cell else "committee")
    wording = Wording(body=more.pop("text", "Chi bộ xây dựng kế hoạch."), place="Bình An")
    told = Entry(kind=kind, subject="Sinh hoạt chuyên đề quý III", body=body, **more)
    return draft_document(unit, entry=told, wording=wording, by=by)
