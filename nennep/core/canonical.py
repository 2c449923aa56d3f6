"""JSON spelled in one way only, so that what it says can be compared and summed up in a hash.

The two databases keep JSON differently: SQLite as the text it was given, PostgreSQL with its keys
in an order of its own and its numbers without exponents. The canonical text is the same for both.
"""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

WHOLE_FROM = 1e16  # from here on Python writes an exponent, and PostgreSQL gives back an integer


def canonical(value: Any) -> str:
    return canonical_text(json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False))


def canonical_text(text: str) -> str:
    """The canonical spelling of a JSON text: keys sorted, no spaces, letters as they are."""
    return json.dumps(
        json.loads(text, parse_float=_number),
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
    )


def _number(text: str) -> int | float:
    number = float(text)
    return int(number) if abs(number) >= WHOLE_FROM else number
