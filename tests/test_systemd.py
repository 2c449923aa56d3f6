"""The unit files of docs/systemd run commands that exist, with options they take."""

import shutil
import subprocess
from importlib import import_module

import pytest

from nennep.config.command import own_commands
from tests.machine import ROOT
from tests.test_docs import OPERATING

FOLDER = ROOT / "docs" / "systemd"
PROGRAM = "/opt/nennep/.venv/bin/nennep"
UNITS = sorted([*FOLDER.glob("*.service"), *FOLDER.glob("*.timer")])
RUN = {
    path.name: line.removeprefix("ExecStart=").split()
    for path in FOLDER.glob("*.service")
    for line in path.read_text().splitlines()
    if line.startswith("ExecStart=")
}


def app_of(command):
    [path] = ROOT.glob(f"nennep/*/management/commands/{command}.py")
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


@pytest.mark.parametrize("unit", RUN)
def test_a_unit_runs_a_command_of_ours_with_options_it_takes(unit):
    program, name, *words = RUN[unit]
    command = import_module(app_of(name)).Command()

    assert program == PROGRAM
    assert name in own_commands()
    assert command.create_parser("nennep", name).parse_args(words)


def test_every_service_is_started_by_itself_or_by_its_timer():
    timers = {path.stem for path in FOLDER.glob("*.timer")}
    for path in FOLDER.glob("*.service"):
        assert path.stem in timers or "[Install]" in path.read_text()
    assert timers <= {path.stem for path in FOLDER.glob("*.service")}


def test_every_setting_of_the_environment_file_is_explained():
    lines = (FOLDER / "nennep.env").read_text().splitlines()
    names = [line.lstrip("# ").partition("=")[0] for line in lines if "=" in line]
    text = OPERATING.read_text()

    assert len(names) > 5
    assert [name for name in names if f"`{name}`" not in text] == []


def test_the_guide_names_every_file():
    text = OPERATING.read_text()

    assert [p.name for p in FOLDER.iterdir() if p.name not in text] == []


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd on this machine")
def test_systemd_takes_the_units(tmp_path):
    """With the program and the person of this machine: systemd looks whether they are there."""
    for path in UNITS:
        text = path.read_text().replace(PROGRAM, str(ROOT / ".venv/bin/nennep"))
        text = text.replace("=nennep\n", "=root\n").replace(" postgresql.service", "")
        (tmp_path / path.name).write_text(text)

    answer = subprocess.run(
        ["systemd-analyze", "verify", *sorted(tmp_path.iterdir())],
        capture_output=True,
        text=True,
        check=False,
    )
    complaints = [line for line in answer.stderr.splitlines() if "nennep" in line]
    assert complaints == []
