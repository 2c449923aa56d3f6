"""`nennep backup`, `restore` and `backup verify`, as the person who keeps an installation meets them."""

import json
import shutil
import tarfile
from pathlib import Path

import pytest

from nennep.config import backups
from tests.assurance.installation import Installation

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """A small organisation on SQLite with one kept file."""
    folder = tmp_path_factory.mktemp("installation")
    installation = Installation(folder)
    installation.ask("prepare()")
    installation.ask("index()")
    installation.file = Path(installation.ask("keep_signed_copy()"))
    return installation


@pytest.fixture(scope="module")
def kept(original, tmp_path_factory):
    """A backup that anybody can read."""
    path = tmp_path_factory.mktemp("kept") / "a.backup"
    answer = original.run("backup", "--out", str(path))
    assert answer.returncode == 0, answer.stderr
    assert "không mã hóa" in answer.stdout
    assert "NENNEP_BACKUP_KEY" in answer.stderr
    return path


def restored(folder: Path) -> Installation:
    return Installation(folder, is_restored=True)


def test_a_backup_is_restored_as_it_was_and_says_so(original, kept, tmp_path):
    answer = original.run("restore", str(kept), "--into", str(tmp_path / "data"))

    assert answer.returncode == 0, answer.stderr
    assert "đúng như bản sao lưu" in answer.stdout
    assert "khóa bí mật" in answer.stderr
    assert not (tmp_path / "data" / "secret-key").exists()
    there = restored(tmp_path)
    then, now = original.ask("contents()"), there.ask("contents()")
    # Restoring is noted in the trail; making the backup was, behind its own moment.
    assert {label for label in now if now[label] != then[label]} <= {"core.TrailLine"}
    assert there.run("audit", "verify").returncode == 0
    copy = tmp_path / "data" / "files" / original.file.relative_to(original.file.parents[2])
    assert copy.read_bytes() == original.file.read_bytes()


def test_the_index_of_the_search_is_left_out_and_made_again_by_a_restore(original, kept, tmp_path):
    with tarfile.open(kept) as members:
        tables = {name.split("/")[1] for name in members.getnames() if name.startswith("tables/")}
    assert "library_piece" in tables
    assert not tables & {"library_term", "library_posting", "accounts_opensession"}

    answer = original.run("restore", str(kept), "--into", str(tmp_path / "data"))
    assert "dựng lại chỉ mục tìm kiếm" in answer.stderr
    asked = ("search", "chi bo hop", "--collection", "luat", "--json")
    found = restored(tmp_path).run(*asked)
    assert found.stdout == original.run(*asked).stdout
    assert json.loads(found.stdout)[0]["id"] == "a"


def test_nobody_stays_signed_in_after_a_restore(original, kept, tmp_path):
    assert original.ask("sessions()") > 0
    original.run("restore", str(kept), "--into", str(tmp_path / "data"))

    assert restored(tmp_path).ask("sessions()") == 0


def test_only_an_empty_place_is_restored_into(original, kept, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "mine").write_text("kept")
    answer = original.run("restore", str(kept), "--into", str(tmp_path / "data"))

    assert answer.returncode == 2
    assert "không trống" in answer.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["data"]
    assert (tmp_path / "data" / "mine").read_text() == "kept"


def test_a_closed_backup_carries_the_secret_key_and_needs_the_private_one(original, tmp_path):
    key = tmp_path / "private"
    public = original.run("backup", "keys", "--out", str(key)).stdout.strip()
    path = tmp_path / "closed.backup"
    original.environment["NENNEP_BACKUP_KEY"] = public
    made = original.run("backup", "--out", str(path), "--verify")
    del original.environment["NENNEP_BACKUP_KEY"]
    assert made.returncode == 0, made.stderr
    assert "đã mã hóa" in made.stdout
    assert "không có bảng khác" in made.stdout  # verified without the private key
    assert key.stat().st_mode & 0o077 == path.stat().st_mode & 0o077 == 0

    without = original.run("restore", str(path), "--into", str(tmp_path / "data"))
    assert (without.returncode, "--key" in without.stderr) == (2, True)

    answer = original.run("restore", str(path), "--into", str(tmp_path / "data"), "--key", str(key))
    assert answer.returncode == 0, answer.stderr
    old = Path(original.environment["NENNEP_DATA"]) / "secret-key"
    assert (tmp_path / "data" / "secret-key").read_text() == old.read_text()


def test_a_sound_backup_is_verified_by_restoring_it(original, kept):
    answer = original.run("backup", "verify", str(kept))

    assert answer.returncode == 0, answer.stderr
    assert "5 tệp; không có bảng khác." in answer.stdout
    assert "nên không so: library_posting, library_term (chỉ mục tìm kiếm)" in answer.stderr
    assert "dựng lại từ library_collection, library_piece" in answer.stderr
    assert [path.name for path in kept.parent.iterdir()] == ["a.backup"]


def test_a_flipped_byte_ends_with_1_and_a_sentence_and_restores_nothing(original, kept, tmp_path):
    content = bytearray(kept.read_bytes())
    content[len(content) // 2] ^= 1
    damaged = tmp_path / "damaged.backup"
    damaged.write_bytes(content)

    answer = original.run("backup", "verify", str(damaged))
    assert answer.returncode == 1
    assert "Bản sao lưu bị hỏng" in answer.stderr
    assert original.run("restore", str(damaged), "--into", str(tmp_path / "d")).returncode == 2
    assert [path.name for path in tmp_path.iterdir()] == ["damaged.backup"]


def test_right_after_a_backup_nothing_differs_and_what_changes_later_is_told(original, tmp_path):
    path = tmp_path / "now.backup"
    original.run("backup", "--out", str(path))
    # The line of the trail about the backup itself, written behind its moment, is no difference.
    at_once = original.run("backup", "verify", str(path), "--against-live")
    assert at_once.returncode == 0, at_once.stderr
    assert "So với dữ liệu đang chạy: không có bảng khác." in at_once.stdout

    original.run("backup", "--out", str(tmp_path / "another.backup"))
    later = original.run("backup", "verify", str(path), "--against-live")
    told = [line for line in later.stderr.splitlines() if line.startswith("Bảng ")]
    assert later.returncode == 1
    assert [line.split(":")[0] for line in told] == ["Bảng core_trailline"]


def test_a_lost_and_a_damaged_file_are_named_and_the_backup_stands(original, tmp_path):
    aside = tmp_path / "aside"
    shutil.copy(original.file, aside)
    original.file.write_bytes(b"other")
    damaged = original.run("backup", "--out", str(tmp_path / "damaged.backup"))
    original.file.unlink()
    lost = original.run("backup", "--out", str(tmp_path / "lost.backup"))
    shutil.copy(aside, original.file)

    assert damaged.returncode == lost.returncode == 1
    assert f"Tệp hỏng: signed/{original.file.parent.name}/{original.file.name}" in damaged.stderr
    assert f"Tệp mất: signed/{original.file.parent.name}/{original.file.name}" in lost.stderr
    assert (tmp_path / "lost.backup").exists()


def test_a_backup_never_writes_over_a_file(original, kept):
    before = kept.read_bytes()
    answer = original.run("backup", "--out", str(kept))

    assert answer.returncode == 2
    assert f"Đã có tệp {kept}" in answer.stderr
    assert kept.read_bytes() == before


def test_a_folder_keeps_the_newest_and_touches_nothing_else(original, tmp_path):
    old = ["nennep-2024-01-01-010000.backup", "nennep-2024-01-02-010000.backup"]
    for name in (*old, "mine.backup"):
        (tmp_path / name).write_text("old")
    answer = original.run("backup", "--out", str(tmp_path), "--keep", "2")

    assert answer.returncode == 0, answer.stderr
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names[:2] == ["mine.backup", old[1]]
    assert len(names) == 3
    assert backups.DATED.fullmatch(names[2])


def test_a_backup_of_a_newer_program_is_refused_by_name(original, tmp_path):
    future = "INSERT INTO django_migrations (app, name, applied) VALUES ('core', '9999_future', '2030-01-01')"
    original.sql(future)
    original.run("backup", "--out", str(tmp_path / "future.backup"))
    original.sql("DELETE FROM django_migrations WHERE name = '9999_future'")
    answer = original.run("restore", str(tmp_path / "future.backup"), "--into", str(tmp_path / "d"))

    assert answer.returncode == 2
    assert "mới hơn chương trình này (có thêm core.9999_future)" in answer.stderr
    assert not (tmp_path / "d").exists()


def test_a_backup_of_an_older_program_is_restored_and_brought_up_to_date(original, tmp_path):
    older = Installation(tmp_path / "older")
    older.ask("prepare()")
    assert older.run("migrate", "core", "0001", "--verbosity", "0").returncode == 0
    assert older.run("backup", "--out", str(tmp_path / "older.backup")).returncode == 0
    answer = older.run("restore", str(tmp_path / "older.backup"), "--into", str(tmp_path / "data"))

    assert answer.returncode == 0, answer.stderr
    assert "đã được cập nhật" in answer.stderr
    assert restored(tmp_path).run("audit", "verify").returncode == 0


def test_a_place_without_an_organisation_is_no_backup(tmp_path):
    """A timer with the wrong folder would push the good backups out one by one."""
    empty = Installation(tmp_path)
    answer = empty.run("backup", "--out", str(tmp_path), "--keep", "1")

    assert answer.returncode == 2
    assert "NENNEP_DATA" in answer.stderr
    assert list(tmp_path.glob("*.backup")) == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["backup"], "--out"),
        (["backup", "verify"], "backup verify FILE"),
        (["backup", "verify", "khong-co"], "Không có tệp khong-co"),
        (["backup", "--out", "khong-co/a.backup"], "Không có thư mục khong-co"),
        (["backup", "--out", "a.backup", "--keep", "3"], "thư mục"),
    ],
)
def test_what_is_missing_is_a_sentence_and_exit_2(original, words, says):
    answer = original.run(*words)

    assert answer.returncode == 2
    assert says in answer.stderr
    assert "Traceback" not in answer.stderr
