import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from nennep.core.text import vn_number, vn_percent
from nennep.organisation.queries import unit_by_code
from nennep.recognition.choices import Level
from nennep.recognition.queries.contract import rating_json
from nennep.recognition.queries.ratings import NOT_RATED, cap_of, levels_of, trend_of


class Command(BaseCommand):
    help = (
        "Xếp loại chi bộ trong năm: từng mức, tỷ lệ tối đa của mức xuất sắc, diễn biến qua các năm."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", metavar="CODE", help="mã tổ chức")
        parser.add_argument("--year", required=True, type=int, metavar="YYYY", help="năm")
        parser.add_argument("--json", action="store_true", help="in ra JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        unit, year = unit_by_code(options["code"]), options["year"]
        now = levels_of(unit, [year])[year]
        cap, trend = cap_of(unit, year), trend_of(unit, year)
        if options["json"]:
            self.stdout.write(
                json.dumps(rating_json(now, cap, trend), ensure_ascii=False, indent=1)
            )
            return
        for level in Level:
            self.stdout.write(f"{level.label}: {vn_number(now.counts.get(level, 0))}")
        self.stdout.write(f"Chưa xếp loại: {vn_number(now.counts.get(NOT_RATED, 0))}")
        for each in trend:
            self.stdout.write(f"{each.year}: hoàn thành tốt trở lên {vn_percent(each.well_share)}")
