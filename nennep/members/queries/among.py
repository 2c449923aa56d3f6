"""Asking about many records at once: one parameter, however many ids there are."""

import json
from collections.abc import Collection

from django.db import connection
from django.db.models.expressions import RawSQL

FEW = 300


def among(ids: Collection[int]) -> Collection[int] | RawSQL:
    """The right-hand side of `…__in`. Databases limit how many parameters a statement may have."""
    if len(ids) <= FEW:
        return ids
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", [list(ids)])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(ids))])
