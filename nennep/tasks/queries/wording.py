"""How a task's basis is called, in the field's own words (`presets/wording.toml`)."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

from nennep.core.text import vn_date

WORDING = Path(__file__).parents[1] / "presets" / "wording.toml"


@cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads(WORDING.read_text(encoding="utf-8"))


def worded(key: str, **values: object) -> str:
    part, _dot, name = key.partition(".")
    return _table()[part][name].format(**values)


def basis_of(symbol: str, meeting_kind: str, day: date) -> str:
    """The symbol of the paper, else the meeting at which it was concluded."""
    if symbol:
        return worded("basis.paper", symbol=symbol, day=vn_date(day))
    return worded(f"basis.{meeting_kind}", day=vn_date(day))
