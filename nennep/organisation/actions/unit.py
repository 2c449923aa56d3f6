"""A unit comes into being, is renamed, becomes another kind, is given its national code."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.core import trail
from nennep.core.person import Person
from nennep.core.refusal import Refusal
from nennep.organisation.actions.closing import refuse_people
from nennep.organisation.actions.tree import (
    clean_name,
    lock_tree,
    locked,
    name_columns,
    place_anew,
    present_place,
    refuse_future,
    refuse_parent_on,
    refuse_place,
    told,
    unusual,
)
from nennep.organisation.choices import CELL_KINDS, Block, UnitKind
from nennep.organisation.models import Placement, Unit
from nennep.organisation.rules import (
    depth_of,
    is_code,
    keeps_figures_only,
    may_stand_under,
    path_of,
    plain_national_code,
)


@transaction.atomic
def create_root(
    name: str,
    *,
    code: str,
    founded_on: date,
    by: Person,
    kind: str = UnitKind.CITY,
    national_code: str = "",
) -> Unit:
    """The top of the tree; there is one."""
    lock_tree()
    if Unit.objects.exists():
        raise Refusal(
            _("The organisation is made already. Add others below its top."), code="root_exists"
        )
    if kind in CELL_KINDS:
        raise Refusal(
            _("The top of the tree is a committee, not a cell."),
            code="root_is_a_cell",
            field="kind",
        )
    unit = _insert(
        Unit(code=code, kind=kind, founded_on=founded_on, **name_columns(clean_name(name))),
        national_code,
    )
    return told("unit created", unit, by=by, code=unit.code, name=unit.name, kind=unit.kind)


@transaction.atomic
def create_unit(
    name: str,
    *,
    code: str,
    kind: str,
    parent: Unit,
    founded_on: date,
    by: Person,
    block: str = "",
    national_code: str = "",
) -> Unit:
    """A unit under another from its founding on. A place that is unusual is recorded and noted."""
    parent = locked(parent)
    refuse_place(kind, parent, field="kind")
    refuse_parent_on(parent, founded_on, field="founded_on")
    unit = _insert(
        Unit(
            code=code,
            kind=kind,
            block=block,
            parent=parent,
            founded_on=founded_on,
            is_figures_only=keeps_figures_only(
                block, parent_keeps_figures_only=parent.is_figures_only
            ),
            **name_columns(clean_name(name)),
        ),
        national_code,
    )
    return told(
        "unit created",
        unit,
        by=by,
        code=unit.code,
        name=unit.name,
        kind=unit.kind,
        parent=parent.code,
        **unusual(kind, parent, founded_on),
    )


@transaction.atomic
def rename_unit(unit: Unit, name: str, *, on: date, by: Person) -> Unit:
    unit = locked(unit)
    new_name = clean_name(name)
    if new_name == unit.name:
        raise Refusal(_("That is its name already."), code="same_name", field="name")
    before = place_anew(unit, on, name=new_name)
    trail.record("unit renamed", unit, by=by, before=before["name"], after=new_name, on=on)
    return unit


@transaction.atomic
def change_kind(unit: Unit, kind: str, *, on: date, by: Person) -> Unit:
    """From that day the unit is of another kind: its earlier months stay those of the old kind."""
    unit = locked(unit)
    if kind == unit.kind:
        raise Refusal(_("That is its kind already."), code="same_kind", field="kind")
    if unit.parent is not None:
        refuse_place(kind, unit.parent, field="kind")
    _refuse_children_of(unit, kind)
    before = place_anew(unit, on, kind=kind)
    noted = unusual(kind, unit.parent, on) if unit.parent else {}
    return told("unit kind changed", unit, by=by, before=before["kind"], after=kind, on=on, **noted)


@transaction.atomic
def change_block(unit: Unit, block: str, *, on: date, by: Person) -> Unit:
    """From that day the unit is of another block. One that keeps figures only holds no persons."""
    unit = locked(unit)
    if block == unit.block:
        raise Refusal(_("That is its block already."), code="same_block", field="block")
    above = unit.parent is not None and unit.parent.is_figures_only
    figures_only = keeps_figures_only(block, parent_keeps_figures_only=above)
    if figures_only and not unit.is_figures_only:
        _refuse_units_below(unit)
        present_place(unit)
        refuse_people(unit, on)
    before = place_anew(unit, on, block=block)
    Unit.objects.filter(pk=unit.pk).update(is_figures_only=figures_only)
    unit.is_figures_only = figures_only
    return told("unit block changed", unit, by=by, before=before["block"], after=block, on=on)


@transaction.atomic
def set_national_code(unit: Unit, text: str, *, by: Person) -> Unit:
    """The code is an identifier, not a period of life: it has no date, only a line in the trail."""
    unit = locked(unit)
    before, unit.national_code = unit.national_code, _national_code(text, unit)
    unit.save(update_fields=["national_code"])
    trail.record("unit national code set", unit, by=by, before=before, after=unit.national_code)
    return unit


def _insert(unit: Unit, national_code: str) -> Unit:
    """Write a new unit and its first placement; the path needs the id, so it comes second."""
    refuse_future(unit.founded_on, field="founded_on")
    _refuse_code(unit.code)
    _refuse_unknown(unit)
    unit.national_code = _national_code(national_code, unit)
    unit.path, unit.depth = f"~{unit.code}", 0 if unit.parent is None else 1
    unit.save(force_insert=True)
    unit.path = path_of(unit.pk, unit.parent.path if unit.parent else "")
    unit.depth = depth_of(unit.path)
    unit.save(update_fields=["path", "depth"])
    Placement.objects.create(
        unit=unit,
        parent=unit.parent,
        path=unit.path,
        name=unit.name,
        kind=unit.kind,
        block=unit.block,
        valid_from=unit.founded_on,
    )
    return unit


def _refuse_code(code: str) -> None:
    if not is_code(code):
        raise Refusal(
            _(
                "“%(code)s” cannot be a code. Use at most 20 capital letters without accents,"
                " digits, hyphens or underscores."
            )
            % {"code": code},
            code="bad_code",
            field="code",
        )
    holder = Unit.objects.filter(code=code).first()
    if holder:
        raise Refusal(
            _(
                "The code %(code)s belongs to “%(unit)s”. A code is never used twice; choose another."
            )
            % {"code": code, "unit": holder.name},
            code="code_taken",
            field="code",
        )


def _refuse_unknown(unit: Unit) -> None:
    if unit.kind not in UnitKind.values or unit.block not in {"", *Block.values}:
        raise Refusal(_("Choose the kind and the block from the lists."), code="unknown_kind")


def _national_code(text: str, unit: Unit) -> str:
    if not text.strip():
        return ""
    digits = plain_national_code(text)
    if digits is None:
        raise Refusal(
            _(
                "“%(text)s” is not a national code. It has 14 digits, written together or as"
                " NN.NNN.NNN.NNN.NNN."
            )
            % {"text": text},
            code="bad_national_code",
            field="national_code",
        )
    holder = Unit.objects.filter(national_code=digits).exclude(pk=unit.pk).first()
    if holder:
        raise Refusal(
            _("This national code belongs to “%(unit)s”. Look at the number again.")
            % {"unit": holder.name},
            code="national_code_taken",
            field="national_code",
        )
    return digits


def _refuse_children_of(unit: Unit, kind: str) -> None:
    misplaced = next(
        (
            child
            for child in Unit.objects.living().filter(parent=unit)
            if kind in CELL_KINDS or not may_stand_under(child.kind, kind)
        ),
        None,
    )
    if misplaced:
        raise Refusal(
            _("“%(child)s” stands under it and could not stay there. Move it first.")
            % {"child": misplaced.name},
            code="child_would_be_misplaced",
            field="kind",
        )


def _refuse_units_below(unit: Unit) -> None:
    if Unit.objects.living().filter(parent=unit).exists():
        raise Refusal(
            _(
                "There are organisations below “%(unit)s”. Change their block first: units of the"
                " army and the police keep no names."
            )
            % {"unit": unit.name},
            code="names_below",
            field="block",
        )
