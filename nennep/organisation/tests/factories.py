"""Units for tests, made through the actions people use."""

from dataclasses import dataclass
from datetime import date
from itertools import count

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model

from nennep.core.models import TrailLine
from nennep.core.person import Reach
from nennep.core.refusal import Refusal
from nennep.organisation import actions
from nennep.organisation.choices import Block, UnitKind
from nennep.organisation.models import Placement, Unit

FOUNDED = date(2020, 1, 1)

_numbers = count(1)


@dataclass(frozen=True)
class Somebody:
    """A person without an account: the apps below accounts know people by their protocol only."""

    pk: int | None = None
    label: str = "somebody"
    paths: tuple[str, ...] = ("",)

    def reaches(self, can):
        return [Reach(path) for path in self.paths]


SOMEBODY = Somebody()


def make_user(*grants):
    """An account with roles, given as pairs of role and unit; for tests of pages."""
    user = get_user_model().objects.create(
        username=f"person-{next(_numbers)}", display_name="Nguyễn Văn An"
    )
    for role, unit in grants:
        apps.get_model("accounts", "Grant").objects.create(
            user=user, role=role, unit=unit, valid_from=FOUNDED
        )
    return user


def _code() -> str:
    return f"U{next(_numbers)}"


def make_root(name="Đảng bộ Thành phố", *, code="CITY", founded_on=FOUNDED):
    """The top of the tree, made once in a test."""
    there = Unit.objects.filter(depth=0).first()
    return there or actions.create_root(name, code=code, founded_on=founded_on, by=SOMEBODY)


def make_unit(
    name="Chi bộ thôn Đông",
    *,
    kind=UnitKind.CELL,
    parent=None,
    block="",
    code=None,
    founded_on=FOUNDED,
    national_code="",
):
    if not block and kind in {UnitKind.CELL, UnitKind.GRASSROOTS_CELL}:
        block = Block.RESIDENTIAL
    return actions.create_unit(
        name,
        code=code or _code(),
        kind=kind,
        parent=parent or (make_committee() if kind == UnitKind.CELL else make_root()),
        block=block,
        founded_on=founded_on,
        national_code=national_code,
        by=SOMEBODY,
    )


def make_committee(
    name="Đảng bộ xã Bình An", *, parent=None, code=None, founded_on=FOUNDED, **more
):
    return make_unit(
        name,
        kind=UnitKind.GRASSROOTS_COMMITTEE,
        parent=parent or make_root(),
        code=code,
        founded_on=founded_on,
        **more,
    )


def make_district(name="Đảng bộ huyện Sơn Nam", *, code=None, founded_on=FOUNDED):
    return make_unit(
        name, kind=UnitKind.DISTRICT, parent=make_root(), code=code, founded_on=founded_on
    )


def make_cell(name="Chi bộ thôn Đông", *, parent=None, code=None, founded_on=FOUNDED, **more):
    return make_unit(name, parent=parent, code=code, founded_on=founded_on, **more)


def refused(code, act):
    """The refusal with this code that `act` raises."""
    with pytest.raises(Refusal) as refusal:
        act()
    assert refusal.value.code == code
    return refusal.value


def places(unit):
    return [
        (p.name, p.kind, p.block, p.path, p.valid_from, p.valid_to)
        for p in Placement.objects.filter(unit=unit).order_by("valid_from")
    ]


def verbs():
    """What the trail says was done, in order."""
    return list(TrailLine.objects.order_by("id").values_list("verb", flat=True))
