"""G11: a backup is one only after it was restored.

A real installation on one database is backed up, closed to a public key, while somebody writes;
restored into the other database with the private key; then every row of every model is compared,
as Django reads it, and every kept file. One flipped byte is noticed.
"""

import random
import sys
from pathlib import Path

import pytest

from tests import machine
from tests.assurance.conftest import postgres
from tests.assurance.installation import Installation, create_anew

pytestmark = pytest.mark.assure

FLIPS = 6


@pytest.fixture
def other_database(installation):
    """PostgreSQL for what was on SQLite, and SQLite for what was on PostgreSQL."""
    if "DATABASE_URL" in installation.environment:
        return ""
    if not machine.postgres_address():
        pytest.skip("no PostgreSQL server answers")
    create_anew(postgres("nennep_assurance_restored"))
    return postgres("nennep_assurance_restored")


def test_everything_comes_back_in_the_other_database(
    installation, other_database, tmp_path, capsys
):
    installation.ask("prepare()")
    installation.ask("index()")
    installation.ask("keep_signed_copy()")
    key, path = tmp_path / "private", tmp_path / "a.backup"
    installation.environment["NENNEP_BACKUP_KEY"] = installation.run(
        "backup", "keys", "--out", str(key)
    ).stdout.strip()
    before = installation.ask("contents()")
    assert installation.run("backup", "--out", str(path), "--verify").returncode == 0

    place = tmp_path / "restored"
    words = ["restore", str(path), "--into", str(place / "data"), "--key", str(key)]
    answer = installation.run(*words, *(["--database", other_database] if other_database else []))
    assert answer.returncode == 0, answer.stderr

    there = Installation(place, other_database, is_restored=True)
    after = there.ask("contents()")
    different = {label for label in before if before[label] != after[label]}
    with capsys.disabled():
        kind = "PostgreSQL" if other_database else "SQLite"
        sys.stdout.write(
            f"\nG11 into {kind}: {len(before)} models compared, different: {sorted(different)}\n"
        )
    assert before.keys() == after.keys()
    assert different == {"core.TrailLine"}  # one line more: that it was restored
    assert after["core.TrailLine"][0] == before["core.TrailLine"][0] + 1
    assert kept_files(installation) == kept_files(there)
    assert there.run("audit", "verify").returncode == 0


def kept_files(installation):
    folder = Path(installation.environment["NENNEP_DATA"]) / "files"
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_flipped_byte_is_noticed(tmp_path, capsys):
    installation = Installation(tmp_path)
    installation.ask("prepare()")
    path = tmp_path / "a.backup"
    assert installation.run("backup", "--out", str(path)).returncode == 0
    content = path.read_bytes()
    places = random.Random(11).sample(range(len(content)), FLIPS)
    noticed = 0
    for place in places:
        other = bytearray(content)
        other[place] ^= 1
        (tmp_path / "b.backup").write_bytes(other)
        answer = installation.run("backup", "verify", str(tmp_path / "b.backup"))
        noticed += answer.returncode == 1 and "bị hỏng" in answer.stderr

    with capsys.disabled():
        sys.stdout.write(f"\nG11: {FLIPS} bytes flipped one by one, {noticed} noticed\n")
    assert noticed == FLIPS
