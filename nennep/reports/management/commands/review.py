import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand

from nennep.core.output import write_file
from nennep.core.periods import Period, parse_day, parse_month
from nennep.indicators.choices import Structure
from nennep.organisation.queries import unit_by_code
from nennep.papers.render import render
from nennep.reports.queries.review import Review, review
from nennep.reports.queries.review_files import review_json, review_workbook
from nennep.reports.queries.review_paper import review_paper


class Command(BaseCommand):
    help = "Báo cáo sơ kết của một tổ chức: DOCX, PDF, XLSX hoặc JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", metavar="CODE", help="mã tổ chức")
        parser.add_argument(
            "--from", dest="first", required=True, metavar="YYYY-MM", help="tháng đầu"
        )
        parser.add_argument(
            "--to", dest="last", required=True, metavar="YYYY-MM", help="tháng cuối"
        )
        parser.add_argument(
            "--format", choices=["json", "docx", "pdf", "xlsx"], required=True, help="dạng tệp"
        )
        parser.add_argument(
            "--structure",
            choices=Structure.values,
            default=Structure.THEN.value,
            help="theo cơ cấu tổ chức ngày ấy (then) hay hiện nay (now)",
        )
        parser.add_argument(
            "--stated", default="", metavar="TEXT", help="cách gọi khoảng thời gian, ví dụ “3 năm”"
        )
        parser.add_argument("--first-day", metavar="YYYY-MM-DD", help="ngày đầu thực tế")
        parser.add_argument("--last-day", metavar="YYYY-MM-DD", help="ngày cuối thực tế")
        parser.add_argument("--out", required=True, type=Path, metavar="FILE", help="tệp xuất ra")

    def handle(self, *_args: Any, **options: Any) -> None:
        period = Period(parse_month(options["first"]), parse_month(options["last"]))
        unit = unit_by_code(options["code"])
        days = (_day(options["first_day"]), _day(options["last_day"]))
        found = review(unit, period, Structure(options["structure"]), options["stated"], days)
        write_file(options["out"], as_file(found, options["format"]))


def _day(text: str | None) -> date | None:
    return parse_day(text) if text else None


def as_file(found: Review, form: str) -> bytes:
    if form == "json":
        return json.dumps(review_json(found), ensure_ascii=False, indent=1).encode()
    if form == "xlsx":
        return review_workbook(found)
    return render(review_paper(found), "pdf" if form == "pdf" else "docx")
