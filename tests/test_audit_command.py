"""`nennep audit`, the sealing of the worker and of the night, as the person who runs them meets it."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from nennep.config import audit_words, working
from nennep.core.auditing import AT_MOST, Finding, Kind, Verdict
from nennep.core.models import TrailSeal
from nennep.core.refusal import Refusal
from nennep.core.tests.trails import by_force, numbers, write_lines

pytestmark = pytest.mark.django_db


def test_a_sound_trail_says_how_much_is_sealed_and_how_much_is_not(capsys):
    write_lines(3)
    call_command("audit", "seal")
    write_lines(1, begin=4)
    call_command("audit", "verify")

    said = capsys.readouterr()
    assert "Niêm phong 3 dòng nhật ký." in said.err
    assert said.out == "3 dòng trong 1 niêm phong, 1 dòng chưa niêm phong: không có sai lệch.\n"


def test_a_changed_trail_names_the_line_and_ends_with_1(capsys):
    write_lines(3)
    call_command("audit", "seal")
    line = numbers()[1]
    by_force(f"UPDATE core_trailline SET verb = 'x' WHERE id = {line}")

    with pytest.raises(SystemExit) as ended:
        call_command("audit", "verify")

    said = capsys.readouterr()
    assert ended.value.code == 1
    assert f"Dòng {line}: nội dung đã bị sửa sau khi niêm phong." in said.err
    assert said.out == "3 dòng trong 1 niêm phong, 0 dòng chưa niêm phong: 1 sai lệch.\n"


def test_a_checkpoint_is_written_once_and_agrees_with_its_trail(tmp_path, capsys):
    write_lines(2)
    path = tmp_path / "doi-chung.json"
    call_command("audit", "checkpoint", "--out", str(path))
    call_command("audit", "verify", "--checkpoint", str(path))
    with pytest.raises(Refusal, match="Đã có tệp"):
        call_command("audit", "checkpoint", "--out", str(path))

    assert "Hãy giữ ở một máy khác" in capsys.readouterr().err


def test_a_checkpoint_signed_elsewhere_is_said_to_be(tmp_path, settings, capsys):
    path = tmp_path / "doi-chung.json"
    settings.SECRET_KEY = "another installation"
    call_command("audit", "checkpoint", "--out", str(path))
    settings.SECRET_KEY = "this one"
    call_command("audit", "verify", "--checkpoint", str(path))

    assert "do một khóa khác ký" in capsys.readouterr().err


def test_a_checkpoint_needs_a_place():
    with pytest.raises(Refusal, match="--out"):
        call_command("audit", "checkpoint")


def test_of_many_findings_the_first_are_told_and_the_others_counted():
    verdict = Verdict()
    for line in range(1, AT_MOST + 5):
        verdict.add(Finding(Kind.DELETED, line=line))

    sentences = audit_words.told(verdict)
    assert len(sentences) == audit_words.SHOWN + 1
    assert sentences[-1] == "… và ít nhất 950 chỗ nữa."


def test_the_night_seals_the_trail_and_reports_what_was_changed():
    write_lines(3)
    call_command("nightly")
    assert TrailSeal.objects.count() == 1

    by_force(f"DELETE FROM core_trailline WHERE id = {numbers()[0]}")
    with pytest.raises(CommandError, match="đã bị xóa"):
        call_command("nightly")


def test_the_worker_seals_and_outlives_a_database_that_is_away(monkeypatch):
    """Closing the connection is the thread's own business; here it would end the test's."""
    monkeypatch.setattr(working.connections, "close_all", lambda: None)
    write_lines(2)
    working.seal_once()
    assert TrailSeal.objects.count() == 1

    def fail():
        raise DatabaseError

    monkeypatch.setattr(working, "seal_lines", fail)
    working.seal_once()
