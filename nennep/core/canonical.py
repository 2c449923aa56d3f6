"""JSON spelled in one way only, so that what it says can be compared and summed up in a hash.

The two databases keep JSON differently: SQLite as the text it was given, PostgreSQL with its keys
in an order of its own and its numbers without exponents. The canonical text is the same for both.
"""

import json
from functools import lru_cache
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

WHOLE_FROM = 1e16  # from here on Python writes an exponent, and PostgreSQL gives back an integer


def _number(text: str) -> int | float:
    number = float(text)
    return int(number) if abs(number) >= WHOLE_FROM else number


# Made once: there is one of these texts in nearly every row of some tables.
_READER = json.JSONDecoder(parse_float=_number)
_WRITER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def canonical(value: Any) -> str:
    return canonical_text(json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False))


@lru_cache(maxsize=1024)
def canonical_text(text: str) -> str:
    """The canonical spelling of a JSON text: keys sorted, no spaces, letters as they are."""
    return _WRITER.encode(_READER.decode(text))
