import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand
from django.utils.translation import gettext as _

from nennep.core.periods import Period, parse_month
from nennep.core.refusal import Refusal
from nennep.indicators.choices import Structure
from nennep.organisation.queries import unit_by_code
from nennep.papers.render import render
from nennep.reports.queries.review import Review, review
from nennep.reports.queries.review_files import review_json, review_workbook
from nennep.reports.queries.review_paper import review_paper


class Command(BaseCommand):
    help = "Báo cáo sơ kết của một tổ chức: DOCX, PDF, XLSX hoặc JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="mã tổ chức")
        parser.add_argument("--from", dest="first", required=True, metavar="YYYY-MM")
        parser.add_argument("--to", dest="last", required=True, metavar="YYYY-MM")
        parser.add_argument("--format", choices=["json", "docx", "pdf", "xlsx"], required=True)
        parser.add_argument("--structure", choices=Structure.values, default=Structure.THEN.value)
        parser.add_argument("--stated", default="", help="cách gọi khoảng thời gian, ví dụ “3 năm”")
        parser.add_argument("--first-day", metavar="YYYY-MM-DD", help="ngày đầu thực tế")
        parser.add_argument("--last-day", metavar="YYYY-MM-DD", help="ngày cuối thực tế")
        parser.add_argument("--out", required=True, type=Path, metavar="FILE")

    def handle(self, *_args: Any, **options: Any) -> None:
        period = Period(parse_month(options["first"]), parse_month(options["last"]))
        unit = unit_by_code(options["code"])
        days = (_day(options["first_day"]), _day(options["last_day"]))
        found = review(unit, period, Structure(options["structure"]), options["stated"], days)
        _write(options["out"], as_file(found, options["format"]))


def _day(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refusal(
            _("“%(text)s” is not a day. Write it as year-month-day, for example 2024-06-13.")
            % {"text": text},
            code="not_a_day",
        ) from error


def as_file(found: Review, form: str) -> bytes:
    if form == "json":
        return json.dumps(review_json(found), ensure_ascii=False, indent=1).encode()
    if form == "xlsx":
        return review_workbook(found)
    return render(review_paper(found), "pdf" if form == "pdf" else "docx")


def _write(out: Path, content: bytes) -> None:
    try:
        out.write_bytes(content)
    except OSError as error:
        raise Refusal(
            _("The file %(file)s cannot be written: %(why)s. Choose another place.")
            % {"file": out, "why": error.strerror},
            code="cannot_write",
        ) from error
