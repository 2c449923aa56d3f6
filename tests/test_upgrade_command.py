"""What a start does when the program is newer or older than its data, and the way back."""

import tarfile
from pathlib import Path

import pytest
from django.core.management import call_command

from nennep.config import upgrading
from nennep.core.models import Installation as InstallationRow
from nennep.organisation.tests.factories import make_root
from tests.assurance.installation import Installation

FUTURE = "INSERT INTO django_migrations (app, name, applied) VALUES ('core', '9999_future', '2030-01-01')"


@pytest.fixture
def older(tmp_path):
    """An organisation whose tables are those of an older program."""
    installation = Installation(tmp_path / "older")
    installation.ask("prepare()")
    installation.ask("index()")
    assert installation.run("migrate", "core", "0001", "--verbosity", "0").returncode == 0
    return installation


def backups_of(installation):
    return list((Path(installation.environment["NENNEP_DATA"]) / "backups").glob("*.backup"))


@pytest.mark.slow
def test_a_newer_program_saves_first_and_there_is_a_way_back(older, tmp_path):
    before = older.ask("migrations()")
    answer = older.run("upgrade")

    assert answer.returncode == 0, answer.stderr
    assert "sao lưu trước" in answer.stderr
    assert older.run("audit", "verify").returncode == 0
    [backup] = backups_of(older)
    assert f"nennep restore {backup}" in answer.stderr

    back = older.run("restore", str(backup), "--into", str(tmp_path / "back" / "data"))
    assert back.returncode == 0, back.stderr
    there = Installation(tmp_path / "back", is_restored=True)
    assert there.ask("titles()")["titles"] == older.ask("titles()")["titles"]
    assert older.ask("migrations()") == there.ask("migrations()") != before
    # An older program may not know how to make the index again: it is in this backup.
    with tarfile.open(backup) as members:
        assert any(name.startswith("tables/library_posting/") for name in members.getnames())
    assert "dựng lại chỉ mục" not in back.stderr
    assert older.ask("contents()")["library.Posting"] == there.ask("contents()")["library.Posting"]
    assert "không có gì phải cập nhật" in older.run("upgrade").stderr


@pytest.mark.slow
def test_an_upgrade_that_breaks_off_changes_nothing_and_says_so(older):
    before = older.ask("migrations()")
    answer = older.ask("fail_upgrade()")

    assert answer["pending"] > 0
    assert "Dữ liệu vẫn y như trước." in answer["said"]
    assert str(backups_of(older)[0]) in answer["said"]
    assert older.ask("migrations()") == before
    assert older.run("upgrade").returncode == 0


@pytest.mark.slow
def test_an_older_program_refuses_data_that_a_newer_one_has_written(tmp_path):
    installation = Installation(tmp_path)
    installation.sql(FUTURE)
    for command in (["upgrade"], ["serve", "--port", str(installation.port)]):
        answer = installation.run(*command)
        assert answer.returncode == 2
        assert "phiên bản mới hơn của Nền Nếp ghi (có thêm core.9999_future)" in answer.stderr
        assert "Traceback" not in answer.stderr


@pytest.mark.django_db
def test_only_an_organisation_of_its_own_is_saved_before_an_upgrade():
    """An empty database holds nothing, and a demonstration can be built again."""
    assert not upgrading.is_real()
    make_root()
    assert upgrading.is_real()
    InstallationRow.objects.create(is_demonstration=True)
    assert not upgrading.is_real()


@pytest.mark.django_db
def test_where_nothing_is_pending_nothing_is_done(monkeypatch, capsys):
    monkeypatch.setattr(upgrading, "is_pending", lambda: False)
    call_command("upgrade")

    assert "không có gì phải cập nhật" in capsys.readouterr().err
