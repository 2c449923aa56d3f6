"""A commune with cells, a round of commendation there, and a district counted in the roll-up."""

from datetime import date

from nennep.accounts.queries import system_person
from nennep.core import clock
from nennep.core.facts import facts_changed
from nennep.indicators.tests.factories import keep_ledger_from, month
from nennep.meetings.tests.factories import make_cell
from nennep.organisation.choices import UnitKind
from nennep.organisation.models import Unit
from nennep.organisation.queries import place_on
from nennep.organisation.tests.factories import make_cell as make_counted_cell
from nennep.organisation.tests.factories import make_committee, make_district, make_root
from nennep.recognition.actions.rounds import Candidate, NewRound, open_round, propose
from nennep.recognition.choices import Honoured, Rhythm
from nennep.recognition.models import Commendation
from nennep.tasks.tests.factories import working_cell

FIRST, LAST = date(2021, 12, 6), date(2024, 6, 13)
GROUNDS = "01-HD/TW, khen thưởng không theo định kỳ"


def by():
    return system_person()


def commune_with_cells(count=3):
    working_cell()
    for number in range(2, count + 1):
        make_cell(f"CB{number}", f"Chi bộ {number}")
    return Unit.objects.get(code="XA")


def cells_of(commune):
    return list(Unit.objects.within(commune).cells().order_by("code"))


def a_round(commune, **more):
    new = {
        "occasion": "Sơ kết 3 năm thực hiện Đề án 11-ĐA/TU", "first_day": FIRST, "last_day": LAST,
        "grounds": GROUNDS, "body": "standing",
    }  # fmt: skip
    return open_round(commune, new=NewRound(**new | more), by=by())


def a_candidate(unit, name="", **more):
    kind = Honoured.PERSON if name else Honoured.COLLECTIVE
    asked = {"kind": kind, "unit": unit, "reasons": "Sinh hoạt đều, đúng bước", "name": name}
    return Candidate(**asked | more)


def proposed(round_, unit, name="", **more):
    return propose(round_, unit, candidate=a_candidate(unit, name, **more), declares=True, by=by())


def commended(unit, on, name="", decision="9-QĐ/HU"):
    """A line of the register that no round led to."""
    stood = place_on(unit, on) or unit
    return Commendation.objects.create(
        unit=unit, path=stood.path, block=stood.block, name=name or unit.name,
        kind=Honoured.PERSON if name else Honoured.COLLECTIVE, award="Giấy khen",
        rhythm=Rhythm.ONCE, occasion="Sơ kết", awarded_by=unit, decision=decision, on=on,
        entered_by=by(), entered_at=clock.now(),
    )  # fmt: skip


def counted_district():
    """A district whose three cells are counted: two below a committee, one directly below it."""
    keep_ledger_from(month("2022-01"))
    make_root()
    made = make_district("Huyện A")
    made.committee = make_committee("Đảng bộ xã Một", parent=made)
    made.cells = [
        make_counted_cell("Chi bộ thôn Đoài", parent=made.committee),
        make_counted_cell("Chi bộ thôn Đông", parent=made.committee),
        make_counted_cell("Chi bộ Bưu điện", parent=made, kind=UnitKind.GRASSROOTS_CELL),
    ]
    for cell in made.cells:
        facts_changed.send(sender=Unit, cell=cell, month=None, kind="place")
    return made
