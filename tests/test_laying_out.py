"""An empty database laid out at once has the tables that all migrations come to."""

import re
import sqlite3
from collections import Counter
from pathlib import Path

import pytest

from tests.assurance.installation import Installation

# What an index of a foreign key is called follows from what its table was called at first.
OWN_NAME = re.compile(r'(?<=^CREATE INDEX )"\w+_[0-9a-f]{8}"')


def laid_out(folder: Path, *command: str) -> tuple[dict[str, Counter[str]], set[str]]:
    """Of each table the parts of what made it, in any order; every index and trigger as it was made."""
    installation = Installation(folder, is_restored=True)  # no tables yet
    (folder / "data").mkdir(parents=True)
    answer = installation.run(*command)
    assert answer.returncode == 0, answer.stderr
    with sqlite3.connect(folder / "data" / "nennep.sqlite3") as database:
        rows = database.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        made = [(kind, name, sql) for kind, name, sql in rows]
    tables = {name: Counter(parts(sql)) for kind, name, sql in made if kind == "table"}
    return tables, {OWN_NAME.sub("", sql) for kind, _name, sql in made if kind != "table"}


def parts(sql: str) -> list[str]:
    """What stands between the outermost commas, without the spaces."""
    depth, found = 0, [""]
    for sign in sql[sql.index("(") + 1 : sql.rindex(")")]:
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 0:
            found.append("")
        elif not sign.isspace():
            found[-1] += sign
    return found


@pytest.mark.slow
def test_an_empty_database_laid_out_at_once_equals_one_brought_up_step_by_step(tmp_path):
    tables, others = laid_out(tmp_path / "at_once", "upgrade")
    tables_of_steps, others_of_steps = laid_out(tmp_path / "by_steps", "migrate", "-v", "0")

    assert set(tables) == set(tables_of_steps)
    assert {name: p for name, p in tables.items() if p != tables_of_steps[name]} == {}
    assert others == others_of_steps
