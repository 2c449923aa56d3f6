"""A district that carries out the city's scheme by one of its own, with a commune and a cell below."""

from datetime import date
from fractions import Fraction

from nennep.accounts.queries import system_person
from nennep.organisation.models import Lineage, Unit
from nennep.programmes import actions
from nennep.programmes.actions import NewBasis, NewTarget
from nennep.programmes.choices import ProgrammeKind
from nennep.programmes.rules import Aim
from nennep.regulations.models import Basis
from nennep.tasks.tests.factories import working_cell

ISSUED = date(2022, 3, 10)


def city_scheme():
    """11-ĐA/TU as shipped, at the city of `working_cell`."""
    working_cell()
    return actions.register_programme(
        Unit.objects.get(code="CITY"),
        kind=ProgrammeKind.SCHEME,
        basis=Basis.objects.get(code="da-11-tu-2021"),
        by=system_person(),
    )


def district_scheme(higher=None, unit="HUYEN", symbol="07-ĐA/HU", issued_on=ISSUED):
    return actions.register_programme(
        Unit.objects.get(code=unit),
        kind=ProgrammeKind.SCHEME,
        basis=NewBasis(symbol, "Ban Thường vụ Huyện ủy Sơn Nam", "Đề án của huyện", issued_on),
        carries_out=higher,
        by=system_person(),
    )


def target(share, indicator="ATT", bound="≥", since=ISSUED, **more):
    return NewTarget(
        indicator=indicator, aim=Aim(bound, Fraction(share)), wording="Chỉ tiêu của huyện",
        since=since, **more,
    )  # fmt: skip


def dissolve(unit, into):
    """`unit` ended on 29-2-2024, `into` goes on the day after."""
    Lineage.objects.create(predecessor=unit, successor=into, on=date(2024, 3, 1))
    Unit.objects.filter(pk=unit.pk).update(ended_on=date(2024, 2, 29))
