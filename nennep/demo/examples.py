"""Rules of the demonstration that no document knows: invented, and named so wherever they are read."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from nennep.accounts.models import User
from nennep.organisation.models import Unit
from nennep.regulations.actions import add_basis, enter_value
from nennep.regulations.choices import BasisKind, Mark


def enter_examples(
    unit: Unit,
    values: Mapping[str, Any],
    *,
    symbol: str,
    kind: BasisKind,
    title: str,
    note: str,
    since: date,
    by: User,
) -> None:
    """A document of the unit's own, and the values it gives there from that day on."""
    basis = add_basis(
        f"{symbol} (ví dụ minh họa)",
        kind=kind,
        title=title,
        issuer=unit.name,
        issued_on=since,
        in_force_from=since,
        mark=Mark.DERIVED,
        note=note,
        by=by,
    )
    for key, value in values.items():
        enter_value(
            key,
            value=value,
            scope_path=unit.path,
            valid_from=since,
            basis=basis,
            clause="ví dụ minh họa",
            mark=Mark.DERIVED,
            note=note,
            by=by,
        )
