"""How many members of a unit have the e-handbook of the time on a day."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from nennep.core import clock
from nennep.core.periods import parse_day
from nennep.core.text import vn_part
from nennep.organisation.queries import unit_by_code
from nennep.training.queries.adoption import adoption_json


class Command(BaseCommand):
    help = "Cài đặt Sổ tay đảng viên điện tử của một tổ chức vào một ngày"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", metavar="CODE", help="mã tổ chức")
        parser.add_argument("--on", metavar="DATE", default="", help="ngày, năm-tháng-ngày")
        parser.add_argument("--json", action="store_true", help="in ra JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        on = parse_day(options["on"]) if options["on"] else clock.today()
        found: dict[str, Any] = adoption_json(unit_by_code(options["code"]), on)
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False))
            return
        members, cells = found["members"], found["cells"]
        for part, whole, words in (
            ("installed", "all", "Đã cài, trên tổng số đảng viên"),
            ("installed_not_exempt", "not_exempt", "Đã cài, trên đảng viên không được miễn"),
            ("signed_in", "all", "Đăng nhập được, trên tổng số đảng viên"),
        ):
            top, bottom = members[part], members[whole]
            share = vn_part(top, bottom) if bottom else "–"
            self.stdout.write(f"{words:<44} {share:>7} ({top}/{bottom})")
        self.stdout.write(f"Chi bộ đã đếm: {cells['counted']}/{cells['all']}")
