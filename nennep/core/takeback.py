"""Taking a piece of work back: what it made, changed and removed, and whether that still stands.

A watch is set before the work and read after it, in one transaction. Rows that were made are known
by their numbers: whoever loads many rows is alone with the tables (`bulk.alone_with`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Max, Model, QuerySet
from django.utils.translation import gettext as _

from nennep.core.bulk import reset_sequences
from nennep.core.models import TrailLine
from nennep.core.refusal import Refusal

Rows = dict[int, dict[str, Any]]
Log = dict[str, Any]


class Watch:
    """`made`: tables in which rows are made, what is referred to first. `rows`: rows that may change."""

    def __init__(self, made: Sequence[type[Model]], rows: Iterable[QuerySet[Any]] = ()) -> None:
        self._made = {model: _last_id(model) for model in made}
        self._rows = list(rows)
        self._before = [_values(queryset) for queryset in self._rows]
        self._trail = _last_id(TrailLine)

    def also(self, rows: Iterable[QuerySet[Any]]) -> None:
        """More rows that may change, from now on."""
        added = list(rows)
        self._rows += added
        self._before += [_values(queryset) for queryset in added]

    def log(self) -> Log:
        """What happened since, as JSON can keep it."""
        changed: dict[str, dict[str, Any]] = {}
        removed: dict[str, list[dict[str, Any]]] = {}
        for queryset, before in zip(self._rows, self._before, strict=True):
            after, label = _values(queryset.all()), queryset.model._meta.label_lower
            changed.setdefault(label, {}).update(
                (str(pk), [_differing(row, after[pk]), _differing(after[pk], row)])
                for pk, row in before.items()
                if pk in after and after[pk] != row
            )
            gone = [{"id": pk, **row} for pk, row in before.items() if pk not in after]
            removed.setdefault(label, []).extend(gone)
        made = {m._meta.label_lower: [last + 1, _last_id(m)] for m, last in self._made.items()}
        log = {"made": made, "changed": changed, "removed": removed, "trail": _last_id(TrailLine)}
        return dict(json.loads(json.dumps(log, cls=DjangoJSONEncoder)))


def refuse_built_on(log: Log, derived: Sequence[type[Model]] = ()) -> None:
    """Refuses where anybody has gone on from it. `derived` rows are worked out and stop nobody."""
    for model, ids in _made(log):
        _refuse_later_lines(model, ids, log["trail"])
        for relation in _relations_to(model):
            if ids and relation.model not in derived:
                _refuse_strangers(relation, ids, log)
    for model, changes in _changed(log):
        now = _values(QuerySet(model).filter(pk__in=[int(pk) for pk in changes]))
        for pk, (_before, after) in changes.items():
            if not _stands(model, now.get(int(pk), {}), after):
                raise _built_on()


def delete_made(log: Log, only: Sequence[type[Model]] | None = None) -> None:
    """Deletes what was made. What changed may refer to it until it is restored: keys are checked late."""
    for model, ids in reversed(list(_made(log))):
        if ids and (only is None or model in only):
            rows: QuerySet[Any] = QuerySet(model).filter(pk__gte=ids.start, pk__lt=ids.stop)
            rows._raw_delete(rows.db)  # noqa: SLF001 -- nothing refers to them (refuse_built_on)


def restore_changed(log: Log) -> None:
    """Writes back what the rows said before, and the rows that were removed."""
    for model, changes in _changed(log):
        for pk, (before, _after) in changes.items():
            QuerySet(model).filter(pk=int(pk)).update(**_typed(model, before))
    for label, rows in log["removed"].items():
        model = apps.get_model(label)
        QuerySet(model).bulk_create(model(**_typed(model, row)) for row in rows)
        if rows:
            reset_sequences(model)


def _built_on() -> Refusal:
    return Refusal(
        _(
            "Others have gone on from what was taken in, so it can no longer be undone as a whole."
            " Correct the single entries instead."
        ),
        code="built_on",
    )


def _made(log: Log) -> Iterator[tuple[type[Model], range]]:
    for label, (first, last) in log["made"].items():
        yield apps.get_model(label), range(first, last + 1)


def _changed(log: Log) -> Iterator[tuple[type[Model], dict[str, Any]]]:
    for label, changes in log["changed"].items():
        if changes:
            yield apps.get_model(label), changes


def _refuse_later_lines(model: type[Model], ids: range, trail: int) -> None:
    """The trail tells of every change of these rows since."""
    lines = TrailLine.objects.filter(
        target_type=model._meta.label_lower,
        target_id__gte=ids.start,
        target_id__lt=ids.stop,
        is_look=False,
        pk__gt=trail,
    )
    if ids and lines.exists():
        raise _built_on()


def _refuse_strangers(relation: models.ForeignKey[Any, Any], ids: range, log: Log) -> None:
    """Rows that refer to what was made, and were neither made nor changed with it."""
    within = {f"{relation.name}__gte": ids.start, f"{relation.name}__lt": ids.stop}
    rows: QuerySet[Any] = QuerySet(relation.model).filter(**within)
    label = relation.model._meta.label_lower
    if own := log["made"].get(label):
        rows = rows.exclude(pk__gte=own[0], pk__lte=own[1])
    changed = log["changed"].get(label, {})
    if any(str(pk) not in changed for pk in rows.values_list("pk", flat=True).iterator()):
        raise _built_on()


def _relations_to(model: type[Model]) -> Iterator[models.ForeignKey[Any, Any]]:
    """Every column anywhere that refers to rows of this table."""
    for relation in model._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and relation.is_relation:
            field = getattr(relation, "field", None)
            if isinstance(field, models.ForeignKey):
                yield field


def _last_id(model: type[Model]) -> int:
    return int(QuerySet(model).aggregate(last=Max("pk"))["last"] or 0)


def _values(queryset: QuerySet[Any]) -> Rows:
    names = [f.attname for f in queryset.model._meta.concrete_fields if not f.primary_key]
    return {
        row[0]: dict(zip(names, row[1:], strict=True))
        for row in queryset.order_by().values_list("pk", *names)
    }


def _differing(row: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if other[name] != value}


def _typed(model: type[Model], values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as the fields have them, from what JSON kept."""
    fields = {f.attname: f for f in model._meta.concrete_fields}
    return {name: fields[name].to_python(value) for name, value in values.items()}


def _stands(model: type[Model], now: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    return all(now.get(name, ...) == value for name, value in _typed(model, after).items())
