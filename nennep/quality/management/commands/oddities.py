"""What deserves a second look in the meetings of a month."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from nennep.accounts.queries import system_person
from nennep.core.periods import parse_month
from nennep.organisation.queries import unit_by_code
from nennep.quality.actions import look_again
from nennep.quality.models import Oddity


class Command(BaseCommand):
    help = "Chi tiết nên xem lại trong các buổi sinh hoạt của một tháng; --again: tìm lại từ đầu"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", metavar="CODE", help="mã tổ chức")
        parser.add_argument("--month", required=True, metavar="YYYY-MM", help="tháng")
        parser.add_argument("--again", action="store_true", help="tìm lại từ đầu")
        parser.add_argument("--json", action="store_true", help="in ra JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        unit, month = unit_by_code(options["code"]), parse_month(options["month"])
        if options["again"]:
            look_again(unit, month, by=system_person())
        found = Oddity.objects.within(unit).standing().filter(period=month).select_related("unit")
        rows = [_row(oddity) for oddity in found.order_by("unit__path", "kind")]
        if options["json"]:
            table = {"unit": unit.code, "month": options["month"], "oddities": rows}
            self.stdout.write(json.dumps(table, ensure_ascii=False))
            return
        for row in rows:
            self.stdout.write(f"{row['cell']:<24} {row['kind']:<8} {row['open_above_on'] or ''}")


def _row(oddity: Oddity) -> dict[str, Any]:
    """No texts and no names: where, which kind, and since when."""
    opens = oddity.open_above_on
    return {
        "cell": oddity.unit.code,
        "kind": oddity.kind,
        "found_on": oddity.found_on.isoformat(),
        "open_above_on": opens.isoformat() if opens else None,
        "explained": oddity.is_explained,
    }
