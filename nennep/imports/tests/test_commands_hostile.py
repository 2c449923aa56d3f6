"""Hostile files through the whole commands, in a process of their own with real limits.

The process may not have more memory or time than was promised: the system itself would end it. What
is answered is a Vietnamese sentence and JSON; not one row of the database is another afterwards. One
process takes all the files, so that they cost the time of starting it once.
"""

import io
import json
import os
import resource
import subprocess
import sys
import zipfile
from pathlib import Path

import pysqlite3
import pytest

from nennep.core.tests.workbooks import package, sheet_xml, xlsx

MEMORY_AT_MOST = 512 * 1024 * 1024
SECONDS_AT_MOST = 60
MIB = 1024 * 1024
ROOT = Path(__file__).parents[3]
VIETNAMESE = set("ăâđêôơưáàảãạếềệốồộớờợứừựíìịýỳấầậắằặéèẹóòọúùụ")
# One cell with a roll, and a meeting of it that is held.
MAKE = """
import django; django.setup()
from datetime import timedelta
from nennep.core import clock
from nennep.meetings import actions
from nennep.meetings.tests.factories import make_cell
cell = make_cell(official=5)
start = clock.now() - timedelta(hours=3)
meeting = actions.plan_meeting(
    cell.unit, kind="extraordinary", period=start.date().replace(day=1), planned_at=start, by=cell.secretary
)
print(actions.open_meeting(meeting, started_at=start, by=cell.secretary).public_id)
"""
# Reads a list of command lines, and answers with what each printed, how it ended and what it took.
RUN = """
import contextlib, io, json, sys, time, traceback
from nennep.config import command

answers = []
for words in json.load(sys.stdin):
    out, err, began = io.StringIO(), io.StringIO(), time.process_time()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = command._run(["nennep", *words])
        except SystemExit as end:
            code = end.code
        except BaseException:
            code = 70
            traceback.print_exc()
    answers.append([code, out.getvalue(), err.getvalue(), time.process_time() - began])
# Not what the system counts for a process: that begins with what its parent held.
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
megabytes = int(status["VmHWM"].split()[0]) / 1024
print(json.dumps({"answers": answers, "megabytes": megabytes}))
"""
COMMANDS = {
    "import-units": ("--under", "XA"),
    "import-members": ("--under", "CB1"),
    "import-attendance": ("--meeting", "{meeting}"),
    "import-history": ("--under", "CB1"),
}
# Headings by which each command finds its table, and a row of harmless cells below them.
HEADINGS = {
    "import-units": (["Mã", "Tên tổ chức đảng"], ["CB-9", "Chi bộ 9"]),
    "import-members": (["Họ và tên", "Giới tính", "Ngày sinh", "Đối tượng"],
                       ["An", "Nam", "1960", "Chính thức"]),
    "import-attendance": (["Họ và tên", "Điểm danh"], ["Nguyễn Văn An", "Có mặt"]),
    "import-history": (["Ngày họp", "Bắt đầu", "Kết thúc", "Có mặt"],
                       ["3-5-2024", "19:30", "21:00", "5"]),
}  # fmt: skip


def inline(letter, row, text):
    return f'<c r="{letter}{row}" t="inlineStr"><is><t>{text}</t></is></c>'


def head_xml(titles):
    cells = "".join(inline("ABCDEFGH"[n], 1, title) for n, title in enumerate(titles))
    return f'<row r="1">{cells}</row>'


def png(titles, row):
    return b"\x89PNG\r\n\x1a\n" + bytes(500)


def bomb(titles, row):
    return package(sheet_xml(head_xml(titles)), extra={"x": bytes(120_000_000)}).getvalue()


def external_entity(titles, row):
    declared = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    return package(sheet_xml(head_xml(titles) + f'<row r="2">{inline("A", 2, "&e;")}</row>',
                             before=declared)).getvalue()  # fmt: skip


def laughing_entities(titles, row):
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    declared = f'<!DOCTYPE x [<!ENTITY l0 "ha">{lines}]>'
    return package(sheet_xml(head_xml(titles) + f'<row r="2">{inline("A", 2, "&l9;")}</row>',
                             before=declared)).getvalue()  # fmt: skip


def formulas(titles, row):
    return xlsx([titles, ['=CONCAT("a","b")'] * len(titles)]).getvalue()


def command_formulas(titles, row):
    return xlsx([titles, ["=cmd|' /C calc'!A0"] * len(titles)]).getvalue()


def a_million_empty_rows(titles, row):
    return package(
        sheet_xml(head_xml(titles) + "".join(f'<row r="{n}"/>' for n in range(2, 1_000_001)))
    ).getvalue()


def headings_twice(titles, row):
    return xlsx([[*titles, titles[0]], [*row, row[0]]]).getvalue()


def one_text_of_20_mib(titles, row):
    noise = os.urandom(10 * MIB).hex()
    return package(
        sheet_xml(head_xml(titles) + f'<row r="2">{inline("A", 2, noise)}</row>')
    ).getvalue()


def encrypted(titles, row):
    """What Excel writes when a password is set: the old kind of container, not a package."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(4096)
        + "EncryptedPackage".encode("utf-16-le")
        + bytes(4096)
    )


def encrypted_entry(titles, row):
    """A package whose parts say that they are encrypted."""
    content = bytearray(xlsx([titles, row]).getvalue())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + at] |= 1
            place = content.find(mark, place + 4)
    return bytes(content)


def truncated(titles, row):
    content = xlsx([titles, *[row] * 200]).getvalue()
    return content[: len(content) * 2 // 3]


def rotten(titles, row):
    """Every part inflates to something else than was packed."""
    content = bytearray(xlsx([titles, *[row] * 200]).getvalue())
    for place in range(200, len(content) - 2_000, 97):
        content[place] ^= 0x5A
    return bytes(content)


def far_cell(titles, row):
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return package(sheet_xml(head_xml(titles) + far)).getvalue()


def merges_without_end(titles, row):
    merged = "".join(f'<mergeCell ref="A{n}:XFD{n}"/>' for n in range(2, 60_000))
    sheet = sheet_xml(head_xml(titles)).replace(
        "</worksheet>", f"<mergeCells>{merged}</mergeCells></worksheet>"
    )
    return package(sheet).getvalue()


def paths_outside(titles, row):
    content = io.BytesIO(xlsx([titles, row]).getvalue())
    with zipfile.ZipFile(content, "a") as made:
        made.writestr("../" * 20 + str(ROOT / "nennep-was-here").lstrip("/"), b"x")
    return content.getvalue()


def nothing(titles, row):
    return b""


# What is refused before any row is read, and what is read and found faulty or empty.
REFUSED = (png, bomb, external_entity, laughing_entities, headings_twice, one_text_of_20_mib, encrypted,
           encrypted_entry, truncated, rotten, far_cell, merges_without_end, nothing)  # fmt: skip
FAULTY = (formulas, command_formulas)
EMPTY = (a_million_empty_rows,)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """An installation with one cell, one meeting; its database is looked at row by row."""
    folder = tmp_path_factory.mktemp("installation")
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "nennep.config.settings", "NENNEP_DATA": str(folder),
        "NENNEP_TODAY": "2024-06-13",
    }  # fmt: skip
    environment.pop("DATABASE_URL", None)
    run = {"env": environment, "cwd": ROOT, "check": True, "capture_output": True, "text": True}
    subprocess.run([sys.executable, "-P", "-m", "nennep.config.command", "upgrade"], **run)
    made = subprocess.run([sys.executable, "-c", MAKE], **run)
    return folder, environment, made.stdout.split()[-1]


def rows_of(folder):
    """Everything the database holds, apart from what the framework keeps for itself."""
    connection = pysqlite3.connect(folder / "nennep.sqlite3")
    names = [
        name
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    ]
    found = {
        name: sorted(map(repr, connection.execute(f'SELECT * FROM "{name}"'))) for name in names
    }
    connection.close()
    return found


def limit():
    """For the whole process: what one file may take of memory, and of time what all may together."""
    seconds = SECONDS_AT_MOST * len(COMMANDS) * len(REFUSED + FAULTY)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_AT_MOST, MEMORY_AT_MOST))


def run_all(place, files, *words):
    """What each command said of each of the files, and how many seconds of work it took."""
    folder, environment, meeting = place
    asked = []
    for make in files:
        for name, aim in COMMANDS.items():
            file = folder / f"{make.__name__}-{name}.xlsx"
            file.write_bytes(make(*HEADINGS[name]))
            aimed = [word.format(meeting=meeting) for word in aim]
            asked.append([name, str(file), *aimed, "--json", *words])
    answer = subprocess.run(
        [sys.executable, "-P", "-c", RUN],
        input=json.dumps(asked), env=environment, cwd=ROOT, preexec_fn=limit,
        capture_output=True, text=True, check=False, timeout=900,
    )  # fmt: skip
    assert answer.returncode == 0, answer.stderr
    said = json.loads(answer.stdout)
    for _name, path, *_rest in asked:
        Path(path).unlink()
    order = [(make.__name__, name) for make in files for name in COMMANDS]
    assert said["megabytes"] <= MEMORY_AT_MOST / MIB
    return dict(zip(order, said["answers"], strict=True))


@pytest.fixture(scope="module")
def refused(place):
    """The answers to every file that is refused or faulty, and whether one row is another now."""
    before = rows_of(place[0])
    answers = run_all(place, REFUSED + FAULTY, "--apply")
    return answers, rows_of(place[0]) == before


@pytest.fixture(scope="module")
def harmless(place, refused):
    return run_all(place, (*EMPTY, paths_outside), "--apply")


@pytest.mark.slow
@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("make", REFUSED + FAULTY, ids=lambda make: make.__name__)
def test_a_hostile_file_is_a_sentence_in_time_and_memory(refused, name, make):
    code, out, stderr, seconds = refused[0][make.__name__, name]

    assert "Traceback" not in stderr
    said = json.loads(out)
    assert (code, said["applied"]) == (1, False)
    problems = [error["problem"] for error in said["errors"]]
    assert problems
    assert all(set(problem.lower()) & VIETNAMESE for problem in problems)
    assert seconds <= SECONDS_AT_MOST


@pytest.mark.slow
def test_not_one_row_of_the_database_is_another_after_them(refused):
    assert refused[1]


@pytest.mark.slow
@pytest.mark.parametrize("name", COMMANDS)
def test_a_million_empty_rows_are_no_rows(harmless, name):
    _code, out, stderr, seconds = harmless["a_million_empty_rows", name]
    said = json.loads(out)

    assert "Traceback" not in stderr
    assert (said["rows"], said["new"], said["changed"]) == (0, 0, 0) or said["errors"]
    assert seconds <= SECONDS_AT_MOST


@pytest.mark.slow
@pytest.mark.parametrize("name", COMMANDS)
def test_a_name_that_leads_outside_is_only_a_name(harmless, name):
    code, _out, stderr, _seconds = harmless["paths_outside", name]

    assert "Traceback" not in stderr
    assert code in {0, 1}
    assert not (ROOT / "nennep-was-here").exists()
