import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from nennep.accounts.queries import system_person
from nennep.core.progress import Progress
from nennep.core.refusal import Refusal
from nennep.core.text import vn_number
from nennep.organisation.queries import unit_by_code
from nennep.statements.actions import confirm_all, take_in_report
from nennep.statements.choices import Verdict
from nennep.statements.management.commands.read import SHORT
from nennep.statements.queries.files import stored


class Command(BaseCommand):
    help = "Xác nhận số liệu đọc được trong một báo cáo là số liệu báo cáo của một tổ chức."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="tệp báo cáo, bản tin")
        parser.add_argument("--unit", required=True, metavar="CODE", help="mã tổ chức")
        parser.add_argument(
            "--all", action="store_true", help="xác nhận mọi số liệu; không có: chỉ đọc vào để xem"
        )
        parser.add_argument("--json", action="store_true", help="in ra JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise Refusal(f"Không có tệp “{path}”.", code="no_such_file")
        by, unit = system_person(), unit_by_code(options["unit"])
        content = path.read_bytes()
        progress = Progress(1) if len(content) > SHORT else None
        tell = progress.begin("đọc báo cáo") if progress else None
        report = take_in_report(unit, name=path.name, content=content, by=by, tell=tell)
        if progress:
            progress.end("Đã đọc xong.")
        confirmed = confirm_all(report, by=by) if options["all"] else 0
        if options["json"]:
            self.stdout.write(json.dumps(stored(report, confirmed), ensure_ascii=False, indent=1))
            return
        waiting = report.figures.filter(verdict=Verdict.OPEN).count()
        self.stdout.write(
            f"{report.title}: xác nhận {vn_number(confirmed)} số liệu,"
            f" còn {vn_number(waiting)} chờ xem."
        )
