"""An installation of its own: data folder, database, a real `nennep serve` that can be killed."""

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pysqlite3

from tests.machine import ROOT

CSRF = "n" * 32
STARTS_WITHIN = 60  # seconds
ON_INSTALLATION = "import django; django.setup(); from tests.assurance import within; within.{}"


class Installation:
    """`database` is a PostgreSQL address, or empty for SQLite in the data folder."""

    def __init__(self, folder: Path, database: str = "", *, is_restored: bool = False) -> None:
        self.port = _free_port()
        self.server: subprocess.Popen[bytes] | None = None
        self.log = folder / "server.log"
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "nennep.config.settings",
            "NENNEP_DATA": str(folder / "data"),
            "NENNEP_TODAY": "2024-06-13",
            "DATABASE_URL": database,
        }
        if not database:
            del self.environment["DATABASE_URL"]
        if is_restored:
            return
        if database:
            create_anew(database)
        self._run("-m", "nennep.config.command", "upgrade")

    def ask(self, call: str) -> object:
        """Run a function of `within` inside the installation; its answer comes as JSON."""
        return json.loads(self._run("-c", ON_INSTALLATION.format(call)))

    def sql(self, *statements: str) -> None:
        """As somebody who owns the database, past the product and past its triggers."""
        database = self.environment.get("DATABASE_URL", "")
        if database:
            with psycopg.connect(database, autocommit=True) as connection:
                for statement in statements:
                    connection.execute(statement)
            return
        connection = pysqlite3.connect(
            Path(self.environment["NENNEP_DATA"]) / "nennep.sqlite3", isolation_level=None
        )
        for statement in statements:
            connection.execute(statement)
        connection.close()

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A command of the product, as somebody at a terminal gives it."""
        return subprocess.run(
            [sys.executable, "-P", "-m", "nennep.config.command", *words],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def start(self, *, waits: bool = True) -> None:
        with self.log.open("ab") as log:
            self.server = subprocess.Popen(
                [
                    sys.executable, "-m", "nennep.config.command", "serve",
                    "--port", str(self.port), "--processes", "2", "--no-worker",
                ],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )  # fmt: skip
        if waits:
            self._wait_until_it_answers()

    def kill(self) -> None:
        """SIGKILL to the server and all its processes: no handler runs, nothing is flushed."""
        assert self.server is not None
        os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait()

    def post(self, path: str, session: str, fields: dict[str, str]) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(
                "POST",
                path,
                body=urlencode(fields),
                headers={
                    "Content-Type": "application/x-www-form-urlencoded",
                    "Cookie": f"csrftoken={CSRF}; sessionid={session}",
                    "X-CSRFToken": CSRF,
                },
            )
            answer = connection.getresponse()
            answer.read()
            return answer.status
        finally:
            connection.close()

    def _wait_until_it_answers(self) -> None:
        until = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < until:
            with (
                contextlib.suppress(OSError),
                socket.create_connection(("127.0.0.1", self.port), timeout=5),
            ):
                return
            time.sleep(0.1)
        raise TimeoutError("the server did not answer")

    def _run(self, *words: str) -> str:
        return subprocess.run(
            [sys.executable, *words],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        ).stdout


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def create_anew(database: str) -> None:
    server, _, name = database.rpartition("/")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
