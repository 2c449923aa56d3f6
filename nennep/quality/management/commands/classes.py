"""The monthly class table of a unit."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from nennep.accounts.queries import system_person
from nennep.core import trail
from nennep.core.output import read_named_file, write_file
from nennep.core.periods import parse_month
from nennep.core.sheets.filling import Form
from nennep.organisation.queries import unit_by_code
from nennep.quality.choices import FormKind
from nennep.quality.queries.class_files import classes_json, classes_workbook
from nennep.quality.queries.classes import ClassTable, class_table
from nennep.quality.queries.form_lines import month_lines
from nennep.quality.queries.office_forms import fill_form, find_form_head


class Command(BaseCommand):
    help = "Bảng xếp loại sinh hoạt chi bộ trong một tháng, 10 cột"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", metavar="CODE", help="mã tổ chức")
        parser.add_argument("--month", required=True, metavar="YYYY-MM", help="tháng")
        parser.add_argument("--format", choices=["json", "xlsx"], required=True, help="dạng tệp")
        parser.add_argument(
            "--template",
            type=Path,
            metavar="FILE",
            help="mẫu biểu của cơ quan (.xlsx): điền bảng vào các dòng trống của mẫu này",
        )
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
            self._put(options["out"], self._workbook(table, options["template"]))

    def _workbook(self, table: ClassTable, template: Path | None) -> bytes:
        """Of ten columns; or the form of an office, by what its headings say."""
        if template is None:
            return classes_workbook(table)
        content = read_named_file(template)
        found = find_form_head(Form(content), FormKind.MONTH)
        lines = month_lines(table)
        return fill_form(content, found.sheet.name, found.head.last, found.columns, lines)

    def _put(self, file: Path | None, content: bytes, text: str = "") -> None:
        """Into the file named; else JSON as text, a workbook as its bytes."""
        if file is not None:
            write_file(file, content)
        elif text:
            self.stdout.write(text)
        else:
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()
