"""Bring the shipped bases and rules into the database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from nennep.core import clock
from nennep.core.person import Person
from nennep.core.trail import record
from nennep.regulations.actions.bases import tell_followers
from nennep.regulations.actions.stamp import tell, turn_page
from nennep.regulations.models import Basis, RuleValue
from nennep.regulations.queries import PresetValue, preset_bases, preset_sets
from nennep.regulations.rules import known_rules, overlaps

BASIS_COLUMNS = (
    "symbol",
    "kind",
    "issuer",
    "title",
    "issued_on",
    "issued_year",
    "in_force_from",
    "in_force_to",
    "source_url",
    "mark",
    "note",
)
VALUE_COLUMNS = ("value", "valid_to", "basis_id", "clause", "mark", "note")
EMPTY = {"issued_on": None, "issued_year": None, "in_force_from": None, "in_force_to": None}


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading the presets did. `kept`: touched by a person, so left alone."""

    added: int
    updated: int
    kept: int


@transaction.atomic
def load_presets(*, by: Person) -> Loaded:
    """Add what is shipped and missing, correct what nobody touched, leave the rest alone.

    Loading twice changes nothing. A value that a person confirmed, changed, ended or entered for
    the same time is never overwritten.
    """
    turn_page()
    bases = _load_bases(by)
    added, updated, kept, since = _load_values(bases, by)
    if added or updated:
        record("loaded the shipped rules", None, by=by, added=added, updated=updated, kept=kept)
    if since is not None:
        tell("", since)
    return Loaded(added, updated, kept)


def _load_bases(by: Person) -> dict[str, int]:
    known = {basis.code: basis for basis in Basis.objects.all()}
    missing: list[Basis] = []
    changed: list[Basis] = []
    for row in preset_bases():
        columns = _basis_columns(row)
        if row["code"] not in known:
            missing.append(Basis(code=row["code"], entered_by_id=by.pk, **columns))
        elif _differs(basis := known[row["code"]], columns) and _is_untouched(basis):
            _assign(basis, columns)
            changed.append(basis)
    Basis.objects.bulk_create(missing)
    Basis.objects.bulk_update(changed, BASIS_COLUMNS)
    ids = dict(Basis.objects.values_list("code", "pk"))
    for basis in {each.pk: each for each in (*changed, *_link_bases(ids))}.values():
        tell_followers(basis)
    return ids


def _link_bases(ids: dict[str, int]) -> list[Basis]:
    """Which basis took whose place; known only when all of them have rows. Returns what changed."""
    links = {row["code"]: ids[row["replaced_by"]] for row in preset_bases() if "replaced_by" in row}
    unlinked = [
        basis
        for basis in Basis.objects.filter(code__in=links, changed_at__isnull=True)
        if basis.replaced_by_id != links[basis.code]
    ]
    for basis in unlinked:
        basis.replaced_by_id = links[basis.code]
    Basis.objects.bulk_update(unlinked, ["replaced_by"])
    return unlinked


def _basis_columns(row: dict[str, Any]) -> dict[str, Any]:
    columns = {name: row.get(name, EMPTY.get(name, "")) for name in BASIS_COLUMNS}
    if columns["issued_on"]:
        columns["issued_year"] = columns["issued_on"].year
    return columns


def _load_values(bases: dict[str, int], by: Person) -> tuple[int, int, int, date | None]:
    present = list(RuleValue.objects.filter(scope_path=""))
    shipped = {(v.rule_set, v.key, v.valid_from): v for v in present if v.rule_set}
    missing: list[RuleValue] = []
    changed: list[RuleValue] = []
    kept = 0
    for rule_set, preset in _known_presets():
        columns = _value_columns(preset, bases)
        old = shipped.get((rule_set, preset.key, preset.valid_from))
        if old is None and not _is_taken(preset, present):
            missing.append(_new_value(rule_set, preset, columns, by))
        elif old is None or not _is_untouched(old):
            kept += 1
        elif _differs(old, columns):
            _assign(old, columns)
            changed.append(old)
    RuleValue.objects.bulk_create(missing)
    RuleValue.objects.bulk_update(changed, VALUE_COLUMNS)
    since = min((v.valid_from for v in [*missing, *changed]), default=None)
    return len(missing), len(changed), kept, since


def _known_presets() -> list[tuple[str, PresetValue]]:
    """The shipped values of rules that an app here knows."""
    known = known_rules()
    return [(s.code, value) for s in preset_sets() for value in s.values if value.key in known]


def _value_columns(preset: PresetValue, bases: dict[str, int]) -> dict[str, Any]:
    return {
        "value": preset.value,
        "valid_to": preset.valid_to,
        "basis_id": bases[preset.basis],
        "clause": preset.clause,
        "mark": preset.mark,
        "note": preset.note,
    }


def _new_value(
    rule_set: str, preset: PresetValue, columns: dict[str, Any], by: Person
) -> RuleValue:
    return RuleValue(
        key=preset.key,
        valid_from=preset.valid_from,
        rule_set=rule_set,
        entered_by_id=by.pk,
        entered_at=clock.now(),
        **columns,
    )


def _is_taken(preset: PresetValue, present: Iterable[RuleValue]) -> bool:
    """Somebody entered a value for part of the same time."""
    return any(
        value.key == preset.key
        and overlaps(preset.valid_from, preset.valid_to, value.valid_from, value.valid_to)
        for value in present
    )


def _is_untouched(row: Basis | RuleValue) -> bool:
    return row.changed_at is None and row.confirmed_at is None


def _differs(row: Basis | RuleValue, columns: dict[str, Any]) -> bool:
    return any(getattr(row, name) != value for name, value in columns.items())


def _assign(row: Basis | RuleValue, columns: dict[str, Any]) -> None:
    for name, value in columns.items():
        setattr(row, name, value)
