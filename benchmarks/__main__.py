"""The measures of the product: `make bench` prints one JSON line for each.

Two installations are built once and kept in `.data/bench` (or NENNEP_BENCH): a city on SQLite and,
where a server answers, on PostgreSQL. NENNEP_BENCH_SIZE=district makes a quicker, smaller run.
"""

import os
import subprocess
import sys
from pathlib import Path

import psycopg

from tests.machine import ROOT, postgres_address

SIZE = os.environ.get("NENNEP_BENCH_SIZE", "city")
FOLDER = Path(os.environ.get("NENNEP_BENCH", ROOT / ".data" / "bench")).resolve()


def main() -> int:
    failed = 0
    for database in ("sqlite", "postgresql"):
        address = "" if database == "sqlite" else postgres_address()
        if database == "postgresql" and not address:
            sys.stderr.write("PostgreSQL is not measured: no server answers.\n")
            continue
        failed |= _measure(database, address)
    return failed


def _measure(database: str, address: str) -> int:
    folder = FOLDER / f"{database}-{SIZE}"
    folder.mkdir(parents=True, exist_ok=True)
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "nennep.config.settings",
        "NENNEP_DATA": str(folder),
    }
    environment.pop("NENNEP_TODAY", None)
    if address:
        name = f"nennep_bench_{SIZE}"
        _create(address, name)
        environment["DATABASE_URL"] = f"{address.rpartition('/')[0]}/{name}"
    return subprocess.run(
        [sys.executable, "-m", "benchmarks.measures", database, SIZE],
        cwd=ROOT,
        env=environment,
        check=False,
    ).returncode


def _create(address: str, name: str) -> None:
    server = address.rpartition("/")[0]
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if known.fetchone() is None:
            connection.execute(f'CREATE DATABASE "{name}"')


if __name__ == "__main__":
    sys.exit(main())
