"""Cells and people for the tests of this app, made through the product's own actions."""

from datetime import date
from itertools import count

import factory

from nennep.accounts.choices import Role
from nennep.accounts.models import Grant, User
from nennep.core.text import fold, title_key
from nennep.members.actions import admit_member
from nennep.members.choices import Sex, StandingKind
from nennep.organisation.choices import Block, BodyKind, UnitKind
from nennep.organisation.models import Body, PartyGroup, Placement, Term, Unit
from nennep.organisation.rules import path_of

FOUNDED = date(2010, 1, 1)
_codes = count(1)


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"nguoi{n}")
    display_name = factory.Sequence(lambda n: f"Người thứ {n}")


def officer(unit, role=Role.ORGANISATION_OFFICER, **grant):
    user = UserFactory()
    Grant.objects.create(user=user, role=role, unit=unit, valid_from=FOUNDED, **grant)
    return user


def unit(
    name="Đảng bộ thành phố", kind=UnitKind.CITY, parent=None, *, founded_on=FOUNDED, **fields
):
    """A unit with its placement, as the organisation's own actions leave it."""
    number = next(_codes)
    made = Unit(
        code=fields.pop("code", f"U{number}"),
        name=name,
        kind=kind,
        parent=parent,
        path=f"!{number}",
        depth=parent.depth + 1 if parent else 0,
        founded_on=founded_on,
        sort_key=title_key(name),
        folded_name=fold(name),
        **fields,
    )
    made.save()
    made.path = path_of(made.pk, parent.path if parent else "")
    made.save(update_fields=["path"])
    Placement.objects.create(
        unit=made,
        parent=parent,
        path=made.path,
        name=name,
        kind=kind,
        block=made.block,
        valid_from=founded_on,
    )
    return made


def city():
    return (
        unit(code="CITY")
        if not Unit.objects.filter(depth=0).exists()
        else Unit.objects.get(depth=0)
    )


def committee(name="Đảng bộ xã Phù Linh", **fields):
    return unit(name, UnitKind.GRASSROOTS_COMMITTEE, fields.pop("parent", None) or city(), **fields)


def cell(name="Chi bộ thôn Đoài", parent=None, **fields):
    return unit(
        name,
        fields.pop("kind", UnitKind.CELL),
        parent or committee(),
        block=fields.pop("block", Block.RESIDENTIAL),
        **fields,
    )


def figures_only_cell(name="Chi bộ Ban Chỉ huy quân sự", parent=None):
    return cell(name, parent, block=Block.ARMY, is_figures_only=True)


def body(of, kind=BodyKind.CELL_COMMITTEE, term=True):
    made = Body.objects.create(unit=of, kind=kind)
    if term:
        Term.objects.create(body=made, label="2022–2025", starts_on=date(2022, 6, 1))
    return made


def group(of, name="Tổ đảng số 1", valid_from=FOUNDED):
    return PartyGroup.objects.create(unit=of, name=name, valid_from=valid_from)


def member(
    of, name="Nguyễn Văn An", *, by=None, on=date(2020, 1, 1), kind=StandingKind.OFFICIAL, **fields
):
    fields.setdefault("birth_year", 1960)
    return admit_member(
        of,
        full_name=name,
        sex=fields.pop("sex", Sex.MALE),
        kind=kind,
        on=on,
        by=by or UserFactory(),
        **fields,
    )
