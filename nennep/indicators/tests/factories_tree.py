"""A district with three cells in two committees, for tests of what is counted about them."""

from datetime import date
from types import SimpleNamespace

from nennep.core.periods import add_months
from nennep.indicators.tests.factories import hold, keep_ledger_from, month, people
from nennep.organisation.tests.factories import make_cell, make_committee, make_district

FIRST = month("2024-01")
TODAY = date(2024, 6, 13)


def grow(members=4):
    """District DIST ⊃ committee NEAR ⊃ cells N1, N2; committee FAR ⊃ cell F1. Nothing held yet."""
    keep_ledger_from(FIRST)
    district = make_district("Đảng bộ huyện A", code="DIST")
    near = make_committee("Đảng bộ xã Gần", parent=district, code="NEAR")
    far = make_committee("Đảng bộ xã Xa", parent=district, code="FAR")
    tree = SimpleNamespace(
        district=district,
        near=near,
        far=far,
        n1=make_cell("Chi bộ Một", parent=near, code="N1"),
        n2=make_cell("Chi bộ Hai", parent=near, code="N2"),
        f1=make_cell("Chi bộ Ba", parent=far, code="F1"),
    )
    for cell in (tree.n1, tree.n2, tree.f1):
        people(cell, members)
    return tree


def hold_all(cell, first="2024-01", last="2024-05", presences="pppp", but=()):
    """A regular meeting in each month from first to last, except some."""
    at = month(first)
    while at <= month(last):
        if f"{at:%Y-%m}" not in but:
            hold(cell, at, presences)
        at = add_months(at, 1)
