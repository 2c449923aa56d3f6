"""Installations to measure: a folder with a SQLite file, or a folder and a PostgreSQL database."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.machine import ROOT, postgres_address

FOLDER = Path(os.environ.get("NENNEP_BENCH", ROOT / ".data" / "bench")).resolve()
NENNEP = [sys.executable, "-P", "-m", "nennep.config.command"]
SEED = "11"


def is_reachable(database: str) -> bool:
    return database == "sqlite" or bool(postgres_address())


@dataclass(frozen=True)
class Installation:
    """A demonstration of one size, made by the command that people use."""

    database: str
    name: str
    size: str

    @property
    def folder(self) -> Path:
        return FOLDER / f"{self.database}-{self.name}"

    @property
    def _seconds(self) -> Path:
        """Written when it stands whole: how long it took."""
        return self.folder / "built-in-seconds"

    @property
    def _table(self) -> str:
        return f"nennep_bench_{self.name}"

    @property
    def environment(self) -> dict[str, str]:
        environment = os.environ | {"NENNEP_DATA": str(self.folder), "PYTHONPATH": str(ROOT)}
        environment.pop("NENNEP_TODAY", None)
        environment.pop("DATABASE_URL", None)
        if self.database == "postgresql":
            environment["DATABASE_URL"] = f"{_server()}/{self._table}"
        return environment

    @property
    def build_seconds(self) -> float:
        return float(self._seconds.read_text())

    def build_if_missing(self) -> None:
        if self._seconds.exists():
            return
        self.drop()
        self.folder.mkdir(parents=True)
        if self.database == "postgresql":
            _on_server(f'CREATE DATABASE "{self._table}"')
        begun = time.monotonic()
        subprocess.run(
            [*NENNEP, "demo", "--size", self.size, "--seed", SEED],
            env=self.environment,
            check=True,
        )
        self._seconds.write_text(f"{time.monotonic() - begun:.1f}")

    def verify(self) -> tuple[float, str]:
        """Seconds, and what the command says; CalledProcessError on any difference."""
        begun = time.monotonic()
        done = subprocess.run(
            [*NENNEP, "figures", "verify"],
            env=self.environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        return time.monotonic() - begun, done.stdout

    def run(self, subject: str) -> int:
        """Measure one subject in a process of its own: 1 where it broke off."""
        command = [sys.executable, "-m", "benchmarks.one", self.database, subject]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, check=False)
        return 0 if done.returncode == 0 else 1

    @contextmanager
    def copied(self, name: str) -> Iterator["Installation"]:
        copy = Installation(self.database, name, self.size)
        copy.drop()
        shutil.copytree(self.folder, copy.folder)
        if self.database == "postgresql":
            _on_server(f'CREATE DATABASE "{copy._table}" TEMPLATE "{self._table}"')
        try:
            yield copy
        finally:
            copy.drop()

    @contextmanager
    def for_once(self) -> Iterator["Installation"]:
        self.drop()
        self.build_if_missing()
        try:
            yield self
        finally:
            self.drop()

    def drop(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        if self.database == "postgresql":
            _on_server(f'DROP DATABASE IF EXISTS "{self._table}" WITH (FORCE)')


def _server() -> str:
    return postgres_address().rpartition("/")[0]


def _on_server(statement: str) -> None:
    with psycopg.connect(f"{_server()}/postgres", autocommit=True) as connection:
        connection.execute(statement)
