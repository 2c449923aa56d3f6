"""Spreadsheets on their way in: a roll of a district's size looked at and taken in, and one roll call."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

from benchmarks.installations import NENNEP
from benchmarks.printing import say
from benchmarks.timing import seconds
from nennep.accounts.queries import system_person
from nennep.core import clock
from nennep.imports.actions import judge, read_file, take_file, take_in
from nennep.imports.choices import Kind
from nennep.imports.queries.reading import Aim
from nennep.imports.rules import Answers
from nennep.meetings import actions
from nennep.meetings.queries.roll import roll_of
from nennep.organisation.actions import load_units
from nennep.organisation.actions.load import NewUnit
from nennep.organisation.choices import UnitKind
from nennep.organisation.models import Unit
from nennep.papers.xlsx import Sheet, SheetColumn, workbook

MEMBERS, IN_A_CELL = 15_420, 29
PLACE = "NHAP-THU"
FAMILIES = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Vũ",
    "Ngô",
    "Đinh",
    "Mai",
]
MIDDLE = [
    "Văn",
    "Thị",
    "Đức",
    "Minh",
    "Ngọc",
    "Quang",
    "Hồng",
    "Thanh",
    "Xuân",
    "Hữu",
    "Công",
    "Bá",
    "Thế",
]
GIVEN = [
    "An",
    "Bình",
    "Chi",
    "Dũng",
    "Đạt",
    "Giang",
    "Hà",
    "Khánh",
    "Lan",
    "Minh",
    "Nga",
    "Phúc",
    "Quân",
    "Sơn",
    "Tâm",
    "Uyên",
    "Vân",
]
TITLES = (
    "STT",
    "Họ và tên",
    "Giới tính",
    "Ngày sinh",
    "Ngày vào Đảng",
    "Ngày chính thức",
    "Chi bộ",
)


def measure(database: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        once, twice = (_list(Path(folder), MEMBERS * times) for times in (1, 2))
        _make_cells(MEMBERS * 2 // IN_A_CELL + 1)
        preview = seconds(lambda: _take(once))
        say(f"preview of {MEMBERS} members", preview, "s", 3, database)
        ratio = seconds(lambda: _take(twice)) / preview
        say(f"preview of {MEMBERS * 2} against {MEMBERS}", ratio, "times", 2.2, database)
        applied = seconds(lambda: _take(once, is_applied=True))
        say(f"{MEMBERS} members taken in", applied, "s", 5, database)
        again = seconds(lambda: _take(once))
        say(f"preview of {MEMBERS} who are there already", again, "s", 4, database)
        say(f"memory of that command, {MEMBERS} rows", _memory(once), "MB", 250, database)
    say("a roll call of one cell from a table", _roll_call() * 1000, "ms", 500, database)


def _make_cells(count: int) -> None:
    founded = date(2010, 1, 1)
    root = Unit.objects.get(parent=None)
    place = NewUnit(PLACE, "Đảng bộ nhập thử", UnitKind.DISTRICT, root.code, founded)
    cells = (
        NewUnit(f"{PLACE}-{n}", f"Chi bộ thử {n}", UnitKind.GRASSROOTS_CELL, PLACE, founded)
        for n in range(count)
    )
    load_units([place, *cells], by=system_person())


def _list(folder: Path, count: int) -> Path:
    kinds = ["date" if title.startswith("Ngày") else "text" for title in TITLES]
    columns = [SheetColumn(title, 12, kind) for title, kind in zip(TITLES, kinds, strict=True)]  # type: ignore[arg-type]  # one of the kinds
    path = folder / f"{count}.xlsx"
    path.write_bytes(workbook([Sheet("Danh sách", columns, list(_rows(count)))]))
    return path


def _rows(count: int) -> Iterator[tuple[object, ...]]:
    dice = Random(count)  # noqa: S311 -- names for a measure
    for n in range(count):
        born = date(1940, 1, 1) + timedelta(days=dice.randrange(60 * 365))
        admitted = min(born.replace(day=1) + timedelta(days=22 * 365), date(2022, 5, 19))
        words = (
            dice.choice(FAMILIES),
            dice.choice(MIDDLE),
            dice.choice(MIDDLE),
            dice.choice(GIVEN),
        )
        yield (
            n + 1, " ".join(words), "Nam" if n % 2 else "Nữ", born, admitted,
            admitted + timedelta(days=365), f"{PLACE}-{n // IN_A_CELL}",
        )  # fmt: skip


def _take(path: Path, *, is_applied: bool = False) -> None:
    aim = Aim(Unit.objects.get(code=PLACE))
    with path.open("rb") as file:
        taken = take_file(
            path.name, Kind.MEMBERS, file=file, aim=aim, by=system_person(), answers=Answers(),
            is_applied=is_applied,
        )  # fmt: skip
    assert not taken.tally.problems, taken.tally.problems[0]


def _memory(path: Path) -> float:
    """Megabytes at most, of the command in a process of its own."""
    command = [*NENNEP, "import-members", str(path), "--under", PLACE, "--json"]
    done = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=sys.stderr)
    _pid, _status, used = os.wait4(done.pid, 0)
    return used.ru_maxrss / 1024


def _roll_call() -> float:
    """Read, judged and taken in, as its pages do."""
    person, started = system_person(), clock.now() - timedelta(hours=2)
    cell = Unit.objects.get(code=f"{PLACE}-0")
    meeting = actions.plan_meeting(
        cell,
        kind="extraordinary",
        period=started.date().replace(day=1),
        planned_at=started,
        by=person,
    )
    meeting = actions.open_meeting(meeting, started_at=started, by=person)
    rows = [
        (entry.name, "Có mặt" if n else "Vắng có lý do") for n, entry in enumerate(roll_of(meeting))
    ]
    columns = [SheetColumn("Họ và tên"), SheetColumn("Điểm danh")]
    with tempfile.TemporaryFile() as file:
        file.write(workbook([Sheet("Điểm danh", columns, rows)]))

        def work() -> None:
            file.seek(0)
            taken = read_file(
                cell, Kind.ATTENDANCE, file=file, name="diem-danh.xlsx", meeting=meeting, by=person
            )
            take_in(judge(taken, by=person), by=person)

        return seconds(work)
