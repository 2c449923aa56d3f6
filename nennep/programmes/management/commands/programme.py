import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from nennep.core import clock
from nennep.core.periods import parse_day
from nennep.core.refusal import Refusal
from nennep.core.text import vn_date, vn_percent
from nennep.organisation.queries import unit_by_code
from nennep.programmes.queries.contract import programme_json
from nennep.programmes.queries.documents import documents_by_kind
from nennep.programmes.queries.finding import programme_by_symbol
from nennep.programmes.queries.standing import Carried, carried


class Command(BaseCommand):
    help = "Một đề án, chương trình: chỉ tiêu, kết quả so với chỉ tiêu, nơi đã triển khai, văn bản."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("symbol", metavar="SYMBOL", help="số, ký hiệu, ví dụ 11-ĐA/TU")
        parser.add_argument("--unit", required=True, metavar="CODE", help="mã tổ chức")
        parser.add_argument("--on", metavar="DATE", help="tính đến ngày (năm-tháng-ngày)")
        parser.add_argument("--json", action="store_true", help="in ra JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        unit = unit_by_code(options["unit"])
        day = parse_day(options["on"]) if options["on"] else clock.today()
        programme = programme_by_symbol(options["symbol"], unit)
        if programme is None:
            raise Refusal(
                f"Tổ chức này không thực hiện chương trình nào có số “{options['symbol']}”.",
                code="no_such_programme",
            )
        found = carried(programme, unit, day)
        documents = documents_by_kind(programme, unit, day)
        if options["json"]:
            content = programme_json(found, documents)
            self.stdout.write(json.dumps(content, ensure_ascii=False, indent=1))
            return
        for line in _lines(found, documents):
            self.stdout.write(line)


def _lines(found: Carried, documents: dict[str, int]) -> list[str]:
    basis = found.programme.basis
    return [
        f"{basis.symbol}, {basis.issuer}, {vn_date(basis.issued_on) or 'chưa rõ ngày'}",
        *(
            f"  {s.asked.indicator} {s.asked.aim.bound} {vn_percent(s.asked.aim.share)}:"
            f" {vn_percent(s.value)} ({s.asked.symbol})"
            for s in found.standings
        ),
        f"Đã triển khai: {len(found.adopted)}/{len(found.below)} tổ chức trực thuộc",
        f"Văn bản: {sum(documents.values())}",
    ]
