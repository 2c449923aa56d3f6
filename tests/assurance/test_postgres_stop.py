"""G1: what was confirmed is never lost, though PostgreSQL stops without finishing anything.

A cluster of its own is stopped in the mode “immediate” (no checkpoint, no goodbye: as after a fault
of the machine) while phones write, and started again. The server answers 503 meanwhile and goes on
by itself. Afterwards every confirmed title is there, with its line in the trail.
"""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.assurance.installation import Installation
from tests.assurance.phones import Phones, lost

pytestmark = pytest.mark.assure

STOPS = 3
FAULT = 500
PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


class Cluster:
    """A PostgreSQL of its own, run by a person who is not root."""

    def __init__(self) -> None:
        self.programs = PROGRAMS[-1].parent
        self.folder = Path(tempfile.mkdtemp(prefix="nennep-cluster-"))
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.person = []
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
            self.person = ["runuser", "-u", "postgres", "--"]
        self._run(
            "initdb", "-D", self.folder / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8"
        )
        self.start()

    @property
    def database(self) -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/nennep"

    def start(self) -> None:
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"
        self._control("start", "-o", options, "-l", str(self.folder / "log"))

    def stop(self) -> None:
        self._control("stop", "-m", "immediate")

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder)

    def _control(self, *words: str) -> None:
        self._run("pg_ctl", "-D", self.folder / "data", "-w", *words)

    def _run(self, program: str, *words: object) -> None:
        subprocess.run(
            [*self.person, self.programs / program, *map(str, words)],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            check=True,
        )


@pytest.fixture
def cluster():
    if not PROGRAMS:
        pytest.skip("no programs of PostgreSQL on this machine")
    cluster = Cluster()
    yield cluster
    cluster.remove()


def test_what_was_confirmed_survives_an_immediate_stop(cluster, tmp_path, capsys):
    installation = Installation(tmp_path, cluster.database)
    ticket = installation.ask("prepare()")
    installation.start()
    try:
        with Phones(installation, ticket, "stop") as phones:
            for _ in range(STOPS):
                phones.wait_for_confirmed(20)
                cluster.stop()
                cluster.start()
            phones.wait_for_confirmed(20)
    finally:
        installation.kill()

    gone = lost(installation, phones.confirmed)
    with capsys.disabled():
        sys.stdout.write(
            f"\nG1 PostgreSQL stopped {STOPS} times: {len(phones.confirmed)} confirmed,"
            f" {phones.answers[503]} times 503, {phones.answers[FAULT]} times 500, {len(gone)} lost\n"
        )
    assert gone == set()
    assert phones.answers[FAULT] == 0
