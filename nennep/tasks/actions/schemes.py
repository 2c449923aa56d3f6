"""A shipped scheme of clear questions is put in force for a part of the tree, from a day on."""

from datetime import date
from typing import Any

from django.db import transaction

from nennep.accounts.models import User
from nennep.organisation.models import Unit
from nennep.regulations.actions import enter_value, replace_value
from nennep.regulations.models import Basis, RuleValue
from nennep.tasks.rules.clarity import ShippedScheme

KEY = "tasks.clear_questions"


@transaction.atomic
def put_scheme_in_force(unit: Unit, scheme: ShippedScheme, *, since: date, by: User) -> RuleValue:
    """The value that holds there now ends the day before."""
    said: dict[str, Any] = {
        "value": [dict(row) for row in scheme.rows],
        "basis": Basis.objects.get(code=scheme.basis),
        "clause": scheme.clause,
        "mark": scheme.mark,
        "by": by,
    }
    stands = RuleValue.objects.of(KEY, unit.path).filter(valid_to__isnull=True).last()
    if stands is not None:
        return replace_value(stands, since=since, **said)
    return enter_value(KEY, scope_path=unit.path, valid_from=since, **said)
