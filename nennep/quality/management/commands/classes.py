"""The monthly class table of a unit."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from nennep.accounts.queries import system_person
from nennep.core import trail
from nennep.core.output import write_file
from nennep.core.periods import parse_month
from nennep.organisation.queries import unit_by_code
from nennep.quality.queries.class_files import classes_json, classes_workbook
from nennep.quality.queries.classes import class_table


class Command(BaseCommand):
    help = "Bảng xếp loại sinh hoạt chi bộ trong một tháng, 10 cột"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", metavar="CODE", help="mã tổ chức")
        parser.add_argument("--month", required=True, metavar="YYYY-MM", help="tháng")
        parser.add_argument("--format", choices=["json", "xlsx"], required=True, help="dạng tệp")
        parser.add_argument(
            "--out", type=Path, metavar="FILE", help="tệp xuất ra; không ghi thì in ra màn hình"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        unit = unit_by_code(options["code"])
        table = class_table(unit, parse_month(options["month"]))
        trail.record_look(
            "classes taken as a file", unit, by=system_person(), month=options["month"]
        )
        if options["format"] == "json":
            text = json.dumps(classes_json(table), ensure_ascii=False, indent=1)
            self._put(options["out"], text.encode(), text)
        else:
            self._put(options["out"], classes_workbook(table))

    def _put(self, file: Path | None, content: bytes, text: str = "") -> None:
        """Into the file named; else JSON as text, a workbook as its bytes."""
        if file is not None:
            write_file(file, content)
        elif text:
            self.stdout.write(text)
        else:
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()
