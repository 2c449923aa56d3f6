"""The `nennep` command, as a person at a terminal meets it."""

import errno
import gc
import os
import shutil
import socket
import subprocess
import sys
from types import SimpleNamespace

import pytest
from django.db import OperationalError
from django.template import engines

from nennep.config import command, preparation, serving, warming
from nennep.core.refusal import Refusal
from nennep.core.trouble import FilesAway


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-m", "nennep.config.command", *words],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "nennep.config.settings"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_help_lists_our_commands_and_starts_quickly():
    answer = run("--help")

    assert answer.returncode == 0
    assert "Các lệnh:" in answer.stdout
    assert "\n  serve " in answer.stdout
    assert "runserver" not in answer.stdout


def test_listing_the_commands_does_not_start_django():
    answer = run("--help", DJANGO_SETTINGS_MODULE="no.such.settings")

    assert answer.returncode == 0


def test_an_unknown_command_is_a_sentence_and_exit_2(tmp_path):
    answer = run("khong-co", NENNEP_DATA=str(tmp_path))

    assert answer.returncode == 2
    assert answer.stdout == ""
    assert answer.stderr == ("Không có lệnh “khong-co”. Gõ “nennep --help” để xem các lệnh.\n")


def test_a_database_without_tables_says_what_to_do(tmp_path):
    answer = run(
        "figures", "HANOI", "--from", "2024-01", "--to", "2024-03", NENNEP_DATA=str(tmp_path)
    )

    assert answer.returncode == 2
    assert answer.stdout == ""
    assert "make run" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_rules_no_is_a_sentence_and_exit_2(monkeypatch, capsys):
    def refuse(self, *_, **__) -> None:
        raise Refusal("Không được.", code="no")

    monkeypatch.setattr("nennep.members.management.commands.check_data.Command.execute", refuse)
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)

    assert command._run(["nennep", "check-data"]) == 2
    assert capsys.readouterr() == ("", "Không được.\n")


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (OperationalError("database is locked"), "Cơ sở dữ liệu đang bận"),
        (OperationalError("database or disk is full"), "Ổ đĩa của máy chủ đã đầy"),
        (OSError(errno.ENOSPC, "No space left on device"), "Ổ đĩa của máy chủ đã đầy"),
        (FilesAway(), "Không thấy kho tệp"),
    ],
)
def test_a_trouble_of_the_machine_is_a_sentence_and_exit_2(monkeypatch, capsys, error, says):
    def fail(_argv):
        raise error

    monkeypatch.setattr(command, "_execute", fail)

    assert command._run(["nennep", "check-data"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(says)


def test_a_database_that_does_not_answer_is_a_sentence_and_exit_2(tmp_path):
    answer = run(
        "check-data",
        NENNEP_DATA=str(tmp_path),
        DATABASE_URL="postgres://nobody@127.0.0.1:1/none",
    )

    assert answer.returncode == 2
    assert answer.stdout == ""
    assert answer.stderr.startswith("Không kết nối được cơ sở dữ liệu.")


def test_a_disk_that_is_nearly_full_is_said_every_night(monkeypatch, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=5_000_000))

    assert "chỉ còn 5 MB" in preparation.nearly_full()[0]


def test_a_taken_port_is_said_before_anything_is_prepared():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(Refusal, match=f"NENNEP_PORT={port + 1} make run"):
            serving.refuse_taken_port("127.0.0.1", port)


def test_a_full_disk_is_said_before_the_demonstration_is_begun(monkeypatch, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=5_000_000))

    with pytest.raises(Refusal, match="chỉ còn 5 MB trống"):
        preparation.refuse_full_disk()


def test_a_process_that_serves_has_read_every_template_and_leaves_it_to_no_collection(monkeypatch):
    left_alone = []
    monkeypatch.setattr(gc, "freeze", lambda: left_alone.append(True))

    warming.warm_up()

    (loader,) = engines["django"].engine.template_loaders
    assert "indicators/board.html" in loader.get_template_cache
    assert left_alone == [True]


def test_a_command_typed_with_hyphens_is_found_under_its_module_name():
    assert command._module_name("check-data") == "check_data"
    assert command._module_name("--version") == "--version"


@pytest.mark.parametrize("line", command.own_commands().values())
def test_a_line_of_help_is_vietnamese(line):
    assert set(line.lower()) & set("ăâđêôơưáàảãạếềệốồộớờợứừựíìịýỳấầậắằặéèẹóòọúùụ")
