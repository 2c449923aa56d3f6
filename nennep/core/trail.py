"""The audit trail: one line for every change and every look at other people's content."""

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model

from nennep.core import clock
from nennep.core.models import TrailLine
from nennep.core.person import Person

__all__ = ["DjangoJSONEncoder", "record", "record_look"]


def record(verb: str, target: Model | None, *, by: Person, **details: Any) -> None:
    """Add a line. Call it inside the transaction that makes the change."""
    _write(verb, target, by=by, is_look=False, details=details)


def record_look(what: str, target: Model | None, *, by: Person, **details: Any) -> None:
    """Note that a person looked at what is not of their own cell, or took it away as a file."""
    _write(what, target, by=by, is_look=True, details=details)


def _write(
    verb: str, target: Model | None, *, by: Person, is_look: bool, details: dict[str, Any]
) -> None:
    TrailLine.objects.create(
        actor_id=by.pk,
        actor_label=by.label,
        verb=verb,
        is_look=is_look,
        target_type=target._meta.label_lower if target is not None else "",
        target_id=target.pk if target is not None else None,
        unit_path=_unit_path(target),
        details=details,
        happened_at=clock.now(),
    )


def _unit_path(target: Model | None) -> str:
    """Whose record it is, so that the trail itself can be read by subtree."""
    unit = getattr(target, "unit", None)
    return str(getattr(target, "path", "") or getattr(unit, "path", "") or "")
