"""What the commands that take in tables have in common: their options, what they print, exit codes."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nennep.accounts.queries import system_person
from nennep.core.legacy import Legacy
from nennep.core.output import open_named_file, write_file
from nennep.core.refusal import Refusal
from nennep.core.sheets.cells import letters
from nennep.core.text import vn_number
from nennep.imports.actions import Faulty, Taken, take_file
from nennep.imports.choices import PLAIN, Verdict
from nennep.imports.queries.reading import Aim
from nennep.imports.queries.template import template_of
from nennep.imports.rules import Answers, Problem, Tally
from nennep.indicators.actions import refresh_dirty
from nennep.organisation.queries import unit_by_code

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

FAULTY = 1
SHOWN = 20


class TableCommand(BaseCommand):
    """`kind` is what the rows are; subclasses say nothing else but their line of help."""

    kind = ""
    lacking: StrOrPromise = gettext_lazy(
        "Name the file and, with --under, the organisation it is about."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", metavar="TỆP", help="tệp .xlsx hoặc .csv")
        self.add_place(parser)
        parser.add_argument(
            "--apply", action="store_true", help="ghi vào sổ; không có: chỉ xem thử"
        )
        parser.add_argument("--json", action="store_true", help="in ra JSON")
        parser.add_argument("--template", metavar="TỆP", help="ghi tệp mẫu rồi dừng")
        parser.add_argument("--sheet", default="", metavar="TÊN", help="trang tính cần đọc")
        parser.add_argument(
            "--convert", action="append", default=[], choices=[kind.value for kind in Legacy],
            help="chuyển chữ mã cũ sang Unicode; dùng được nhiều lần",
        )  # fmt: skip
        parser.add_argument(
            "--year-first", action="store_true", help="ngày trong tệp ghi năm-tháng-ngày"
        )
        parser.add_argument(
            "--short-years",
            action="store_true",
            help="năm hai chữ số là năm gần nhất đã qua: 70 là 1970",
        )
        parser.add_argument(
            "--thousands", action="store_true", help="15,42 trong tệp vốn là 15.420"
        )

    def add_place(self, parser: ArgumentParser) -> None:
        parser.add_argument("--under", metavar="MÃ", help="tổ chức mà bảng này thuộc về")

    def aim(self, options: dict[str, Any]) -> Aim | None:
        """Where the table goes, as the options say; None where they do not."""
        return Aim(unit_by_code(options["under"])) if options["under"] else None

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["template"]:
            write_file(Path(options["template"]), template_of(self.kind))
            return
        aim = self.aim(options) if options["file"] else None
        if aim is None:
            raise Refusal(str(self.lacking), code="answer_missing")
        with open_named_file(Path(options["file"])) as file:
            code = self._taken(file, aim, options)
        if code:
            sys.exit(code)

    def answers(self, options: dict[str, Any]) -> Answers:
        return Answers(
            converts=frozenset(map(Legacy, options["convert"])),
            is_year_first=options["year_first"],
            are_years_short=options["short_years"],
            are_thousands=options["thousands"],
        )

    def _taken(self, file: BinaryIO, aim: Aim, options: dict[str, Any]) -> int:
        """What is wrong is in the file: said cell by cell, or of the file as a whole."""
        try:
            return self._take(file, aim, options)
        except Refusal as refusal:
            self.stderr.write(refusal.message)
            if options["json"]:
                problem = {"row": 0, "column": "", "problem": refusal.message}
                self._write({**_content(Taken(Tally(), ())), "errors": [problem]})
            return FAULTY

    def _take(self, file: BinaryIO, aim: Aim, options: dict[str, Any]) -> int:
        by = system_person()
        is_refused = False
        try:
            taken = take_file(
                Path(options["file"]).name, self.kind, file=file, aim=aim, by=by,
                answers=self.answers(options), is_applied=options["apply"],
                sheet=options["sheet"],
            )  # fmt: skip
        except Faulty as faulty:
            taken = Taken(faulty.tally, faulty.left_out, other_sheets=faulty.other_sheets)
            is_refused = True
        if taken.taken is not None:
            refresh_dirty(by=by)
        self._say(taken, as_json=options["json"])
        return FAULTY if is_refused or taken.tally.problems else 0

    def _say(self, taken: Taken, *, as_json: bool) -> None:
        if as_json:
            self._write(_content(taken))
            return
        for line in _lines(taken):
            self.stdout.write(line)

    def _write(self, content: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(content, ensure_ascii=False, indent=1))


def _content(taken: Taken) -> dict[str, Any]:
    tally = taken.tally
    return {
        "rows": tally.rows,
        "new": tally.counts[Verdict.NEW],
        "changed": tally.counts[Verdict.CHANGED],
        "same": tally.counts[Verdict.SAME],
        "duplicates": tally.counts[Verdict.DUPLICATE],
        "errors": [
            {"row": p.row, "column": letters(p.column), "problem": in_words(p)}
            for p in tally.problems
        ],
        "left_out": taken.left_out,
        "applied": taken.taken is not None,
        **({"other_sheets": list(taken.other_sheets)} if taken.other_sheets else {}),
        **({"not_called": tally.counts[Verdict.OUTSIDE]} if tally.counts[Verdict.OUTSIDE] else {}),
    }


def _lines(taken: Taken) -> list[str]:
    tally = taken.tally
    lines = [_counted(tally)]
    if taken.left_out:
        said = _("Left out: %(columns)s") % {"columns": ", ".join(taken.left_out)}
        lines.append(f"  {said}")
    if taken.other_sheets:
        said = _("Not read, though such a list stands there too: sheets %(sheets)s (--sheet)")
        lines.append(f"  {said % {'sheets': ', '.join(taken.other_sheets)}}")
    lines += [f"  {in_words(problem)}" for problem in tally.problems[:SHOWN]]
    if len(tally.problems) > SHOWN:
        lines.append(f"  … {vn_number(len(tally.problems) - SHOWN)}")
    return lines


def _counted(tally: Tally) -> str:
    shown = [verdict for verdict in Verdict if verdict in PLAIN or tally.counts[verdict]]
    parts = [f"{verdict.label}: {vn_number(tally.counts[verdict])}" for verdict in shown]
    return f"{vn_number(tally.rows)} · " + " · ".join(parts)


def in_words(problem: Problem) -> str:
    return _("Cell %(cell)s (%(column)s): %(said)s") % {
        "cell": problem.address,
        "column": problem.title,
        "said": problem.said,
    }
