"""A measure is a line of JSON on the output; everything else is said on the error stream."""

import json
import re
import sys


def say(
    name: str, value: float, unit: str, goal: float, database: str, *, at_least: bool = False
) -> None:
    met = value >= goal if at_least else value <= goal
    line = {"name": name, "value": round(value, 3), "unit": unit, "goal": goal, "met": met}
    sys.stdout.write(json.dumps(line | {"database": database}, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def whole(text: str) -> int:
    """The first whole number of a text."""
    found = re.search(r"\d+", text)
    return int(found[0]) if found else 0
