"""The audit trail: one line for every change and every look at other people's content."""

from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from django.utils.functional import Promise

from nennep.core import clock
from nennep.core.person import Person

__all__ = [
    "DjangoJSONEncoder",
    "label_of",
    "record",
    "record_look",
    "register_labels",
    "register_words",
    "word_of",
]

_labels: dict[str, str | Promise] = {}
_words: dict[str, str | Promise] = {}


def register_labels(labels: Mapping[str, str | Promise]) -> None:
    """What people call each verb of the trail. Every app registers its own in `ready()`."""
    _labels.update(labels)


def label_of(verb: str) -> str | Promise:
    return _labels.get(verb, verb)


def register_words(words: Mapping[str, str | Promise]) -> None:
    """What people call the codes that an app writes among the details of its lines."""
    _words.update(words)


def word_of(code: str) -> str | Promise:
    return _words.get(code, code)


def record(verb: str, target: Model | None, *, by: Person, **details: Any) -> None:
    """Add a line. Call it inside the transaction that makes the change."""
    _write(verb, target, by=by, is_look=False, details=details)


def record_look(what: str, target: Model | None, *, by: Person, **details: Any) -> None:
    """Note that a person looked at what is not of their own cell, or took it away as a file."""
    _write(what, target, by=by, is_look=True, details=details)


def _write(
    verb: str, target: Model | None, *, by: Person, is_look: bool, details: dict[str, Any]
) -> None:
    from nennep.core.models import TrailLine  # noqa: PLC0415 -- apps register labels before models exist

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
